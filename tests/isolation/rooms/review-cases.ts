import { type Case, change, holds } from "../case";
import {
  enterByLink,
  guest,
  HASH,
  hashOf,
  inPlace,
  insertion,
  ofItem,
  type Place,
  person,
  q,
  type Row,
  ref,
  workspace,
} from "../vocabulary";

const submissionOf = (item: string, place: Place = "others") => ref(place, `submission of ${item}`);
const stepOf = (item: string, number = 1, place: Place = "others") => ref(place, `step ${number} of ${item}`);
const count = (table: string, where = "true") => `select 1 from ${table} where ${where}`;
const row = (table: string, id: string) => count(table, `id = ${id}`);

const versionOf = (item: string, number = 1) =>
  count("content_versions", `content_item_id = ${ref("others", item)} and version_number = ${number}`);

const decision = (status = "Approved", who = guest("others")) =>
  `status = '${status}', decided_by_guest = ${who}, decided_at = now()`;
const decides = (item: string, status?: string, place: Place = "others") =>
  `update approval_workflows set ${decision(status)} where id = ${stepOf(item, 1, place)}`;
const nextStep = (item: string, over: Row = {}): string =>
  insertion("approval_workflows", {
    workspace_id: workspace("others"),
    submission_id: submissionOf(item),
    ...ofItem("others", item),
    content_hash: HASH,
    step: "2",
    role: q("Admin"),
    written_by: person("colleague"),
    submitted_by: person("colleague"),
    ...over,
  });
const settles = (item: string, status: string) =>
  `update approval_submissions set status = '${status}', decided_at = now() where id = ${submissionOf(item)}`;

const enters = (link: string, who = hashOf("others", "guest")) => enterByLink(hashOf("others", link), who);
const opens = (link: string, proof = "the proof", address = "here") =>
  `app.open_review(${hashOf("others", link)}, '${address}', '${proof}', 'Kim', null, ${hashOf("new guest")})`;
const tries = (times: number, address: (n: number) => string = () => "here") =>
  Array.from({ length: times }, (_, n) => `select ${opens("passcode", "a guess", address(n))}`).join("; ");

const entries: Case[] = [
  ...["revoked", "expired", "never made"].map(
    (link): Case => ({
      who: "Nobody",
      label: `enters by a link that was ${link}`,
      statement: enters(link),
      right: "CO404",
    }),
  ),
  ...["revoked", "expired", "never made"].map(
    (link): Case => ({
      who: "Nobody",
      label: `opens a link that was ${link}`,
      statement: `select ${opens(link)}`,
      right: "CO404",
    }),
  ),
  ...["revoked", "expired", "never made"].map(
    (link): Case => ({
      who: "Nobody",
      label: `asks for the passcode's salt of a link that was ${link}`,
      statement: `select app.review_passcode_salt(${hashOf("others", link)})`,
      right: "CO404",
    }),
  ),
  { who: "Nobody", label: "enters by a link alone", statement: enters("link", "null"), right: "CO401" },
  {
    who: "Nobody",
    label: "enters by a link that another guest opened",
    statement: enters("link", hashOf("mine", "guest")),
    right: "CO401",
  },
  { who: "Nobody", label: "enters after the passcode was changed", statement: enters("changed"), right: "CO401" },
  {
    who: "Nobody",
    label: "enters with the passcode given",
    statement: `${enters("passcode")}; ${holds("app.guest_id() is not null")}`,
    right: "1",
  },
  {
    who: "Nobody",
    label: "is a guest, and neither a member nor a person",
    statement: `${enters("link")}; ${holds(`app.workspace_id() is null and app.user_id() is null and app.person_id() is null and app.visited_workspace_id() is null
      and app.role() = 'Guest' and app.guest_id() = ${guest("others")} and app.guest_link_id() = ${ref("others", "link")} and app.guest_workspace_id() = ${workspace("others")} and app.acting_workspace_id() = ${workspace("others")}`)}`,
    right: "1",
  },
  {
    who: "Admin",
    label: "is no guest",
    statement: holds("app.guest_id() is null and app.acting_workspace_id() = app.workspace_id()"),
    right: "1",
  },
  { who: "Visitor", label: "acts nowhere", statement: holds("app.acting_workspace_id() is null"), right: "1" },
  {
    who: "Nobody",
    label: "opens a link",
    statement: `${holds(`${opens("link")} like '%|%|%'`)}; ${holds("app.guest_id() is not null")}`,
    right: "1",
  },
  {
    who: "Nobody",
    label: "opens with the passcode",
    statement: holds(`${opens("passcode")} like '%|%|%'`),
    right: "1",
  },
  {
    who: "Nobody",
    label: "opens with another passcode",
    statement: holds(`${opens("passcode", "a guess")} = 'Wrong'`),
    right: "1",
  },
  {
    who: "Nobody",
    label: "opens without the passcode",
    statement: holds(
      `app.open_review(${hashOf("others", "passcode")}, 'here', null, 'Kim', null, ${hashOf("new guest")}) = 'Wrong'`,
    ),
    right: "1",
  },
  {
    who: "Nobody",
    label: "guesses a fifth time",
    statement: `${tries(4)}; ${holds(`${opens("passcode", "a guess")} = 'Wrong'`)}`,
    right: "1",
  },
  {
    who: "Nobody",
    label: "guesses a sixth time",
    statement: `${tries(5)}; ${holds(`${opens("passcode")} like 'Wait|%'`)}`,
    right: "1",
  },
  {
    who: "Nobody",
    label: "guesses again where the old guesses are forgotten",
    statement: `${tries(4, () => "long ago")}; ${holds(`${opens("passcode", "a guess", "long ago")} = 'Wrong' and ${opens("passcode", "the proof", "long ago")} like 'Wait|%'`)}`,
    right: "1",
  },
  {
    who: "Nobody",
    label: "opens from another address than the guesser's",
    statement: `${tries(9)}; ${holds(`${opens("passcode", "the proof", "there")} like '%|%|%'`)}`,
    right: "1",
  },
  {
    who: "Nobody",
    label: "opens what was guessed at from everywhere",
    statement: `${tries(25, String)}; ${holds(`${opens("passcode", "the proof", "there")} like 'Wait|%'`)}`,
    right: "1",
  },
  {
    who: "Nobody",
    label: "who waits is not counted",
    statement: `${tries(30, () => "just now")}; ${holds(`${opens("passcode")} like '%|%|%'`)}`,
    right: "1",
  },
];

const reads = (who: "Guest" | "GuestOther", label: string, statement: string, right: number): Case => ({
  who,
  label,
  statement,
  right: String(right),
});
const BEFORE_THE_CLIENT = ["asked", "answered", "last", "agreed", "decided", "declined"];
const HIDDEN = ["internal", "withdrawn", "replaced", "archived", "unlinked", "dropped", "client", "draft"];
const reading: Case[] = [
  ...BEFORE_THE_CLIENT.flatMap((item) => [
    reads("Guest", `reads the version of ${item}`, versionOf(item), 1),
    reads("Guest", `reads the submission of ${item}`, row("approval_submissions", submissionOf(item)), 1),
    reads("Guest", `reads the step of ${item}`, row("approval_workflows", stepOf(item)), 1),
    reads("GuestOther", `reads the version of ${item}`, versionOf(item), 0),
    reads("GuestOther", `reads the submission of ${item}`, row("approval_submissions", submissionOf(item)), 0),
    reads("GuestOther", `reads the step of ${item}`, row("approval_workflows", stepOf(item)), 0),
  ]),
  ...HIDDEN.flatMap((item) => [
    reads("Guest", `reads the version of ${item}`, versionOf(item), 0),
    reads("Guest", `reads the submission of ${item}`, row("approval_submissions", submissionOf(item)), 0),
    reads("Guest", `reads the step of ${item}`, row("approval_workflows", stepOf(item)), 0),
  ]),
  ...["archived", "unlinked", "dropped", "client"].map((item) =>
    reads("Guest", `reads the item ${item}`, row("content_items", ref("others", item)), 0),
  ),
  ...["internal", "withdrawn", "replaced"].map((item) =>
    reads("Guest", `reads the item ${item}`, row("content_items", ref("others", item)), 1),
  ),
  reads("Guest", "reads a later draft of what is before them", versionOf("asked", 2), 0),
  reads(
    "Guest",
    "reads the newer submission that colleagues have",
    row("approval_submissions", ref("others", "second submission")),
    0,
  ),
  reads(
    "Guest",
    "reads a colleague's step of what they see",
    `update approval_workflows set status = status where id = ${stepOf("internal")}`,
    0,
  ),
  reads(
    "Guest",
    "reads the item that was dropped from their link",
    count("review_link_items", `content_item_id = ${ref("others", "dropped")}`),
    0,
  ),
  reads("Guest", "reads the client's thread", row("comments_threads", ref("others", "client's thread")), 1),
  reads("Guest", "reads what a member said there", row("comments", ref("others", "member's word")), 1),
  reads("Guest", "reads what they said there", row("comments", ref("others", "guest's word")), 1),
  reads("Guest", "reads what was taken back there", row("comments", ref("others", "word taken back")), 0),
  reads("GuestOther", "reads the client's thread", row("comments_threads", ref("others", "client's thread")), 0),
  reads("GuestOther", "reads what a member said there", row("comments", ref("others", "member's word")), 0),
  reads(
    "Guest",
    "is told the names of who spoke and decided",
    count(
      "app.review_names()",
      `id in (${person("colleague")}, ${guest("others")}, ${ref("others", "guest of reading")})`,
    ),
    3,
  ),
  reads("Guest", "is told no other names", count("app.review_names()"), 3),
  reads(
    "Guest",
    "is told where it would go out",
    count("app.review_channels()", `id = ${ref("others", "channel")}`),
    1,
  ),
  reads("Guest", "is told of no other channels", count("app.review_channels()"), 1),
  reads("Guest", "sees their items", count("app.guest_items()"), 10),
  reads("Guest", "sees what was put before the client", count("app.guest_submissions()"), BEFORE_THE_CLIENT.length),
  ...(["Admin", "Visitor", "Person", "Nobody"] as const).flatMap((who): Case[] =>
    ["app.guest_items()", "app.guest_submissions()", "app.review_names()", "app.review_channels()"].map((set) => ({
      who,
      label: `asks ${set}`,
      statement: count(set),
      right: "42501",
    })),
  ),
  {
    who: "Viewer",
    label: "counts the links by which a client decides",
    statement: holds(`app.deciding_review_links(${ref("others", "asked")}) = 3`),
    right: "1",
  },
  {
    who: "Viewer",
    label: "counts another workspace's links",
    statement: holds(`app.deciding_review_links(${ref("theirs", "asked")}) = 0`),
    right: "1",
  },
  {
    who: "Viewer",
    label: "reads a guest's name",
    statement: holds(`app.review_guest_name(${guest("others")}) is not null`),
    right: "1",
  },
  {
    who: "Viewer",
    label: "reads another workspace's guest's name",
    statement: holds(`app.review_guest_name(${guest("theirs")}) is null`),
    right: "1",
  },
  {
    who: "Editor",
    label: "brings a link back that was taken back",
    statement: change("review_links", ref("others", "revoked link"), "revoked_at = null"),
    right: "0",
  },
];

const deciding: Case[] = [
  { who: "Guest", label: "approves the step that asks them", statement: decides("asked"), right: "1" },
  { who: "Guest", label: "declines the step that asks them", statement: decides("asked", "Rejected"), right: "1" },
  {
    who: "Guest",
    label: "decides without naming a row",
    statement: `update approval_workflows set ${decision()}`,
    right: "1",
  },
  { who: "GuestOther", label: "decides another link's step", statement: decides("asked"), right: "0" },
  ...["internal", "archived", "unlinked", "dropped", "client"].map(
    (item): Case => ({ who: "Guest", label: `decides the step of ${item}`, statement: decides(item), right: "0" }),
  ),
  {
    who: "Guest",
    label: "decides another workspace's step",
    statement: decides("asked", "Approved", "theirs"),
    right: "0",
  },
  { who: "Guest", label: "decides again", statement: decides("answered", "Rejected"), right: "0" },
  {
    who: "Guest",
    label: "decides in another guest's name",
    statement: `update approval_workflows set ${decision("Approved", guest("mine"))} where id = ${stepOf("asked")}`,
    right: "42501",
  },
  {
    who: "Guest",
    label: "decides in nobody's name",
    statement: `update approval_workflows set status = 'Approved', decided_at = now() where id = ${stepOf("asked")}`,
    right: "42501",
  },
  {
    who: "Guest",
    label: "takes the step away",
    statement: `update approval_workflows set status = 'Superseded' where id = ${stepOf("asked")}`,
    right: "42501",
  },
  {
    who: "Nobody",
    label: "decides by a link for reading",
    statement: `${enters("reading")}; update approval_workflows set ${decision("Approved", ref("others", "guest of reading"))} where id = ${stepOf("asked")}`,
    right: "42501",
  },
  {
    who: "Admin",
    label: "decides the client's step",
    statement: change(
      "approval_workflows",
      stepOf("asked"),
      `status = 'Approved', approved_by = ${person("admin")}, decided_at = now()`,
    ),
    right: "42501",
  },
  {
    who: "Admin",
    label: "decides the client's step in a guest's name",
    statement: change("approval_workflows", stepOf("asked"), decision()),
    right: "42501",
  },
  {
    who: "Admin",
    label: "puts a guest's name to a step that is superseded",
    statement: change("approval_workflows", stepOf("asked"), decision("Superseded")),
    right: "42501",
  },
  {
    who: "Admin",
    label: "puts their own name to it",
    statement: change(
      "approval_workflows",
      stepOf("asked"),
      `status = 'Superseded', approved_by = ${person("editor")}, decided_at = now()`,
    ),
    right: "42501",
  },
  {
    who: "Admin",
    label: "takes the guest's name from a decision",
    statement: change("approval_workflows", stepOf("answered"), "decided_by_guest = null"),
    right: "42501",
  },
  {
    who: "Guest",
    label: "opens the step after the one that they decided",
    statement: nextStep("answered"),
    right: "1",
  },
  {
    who: "Guest",
    label: "opens it for a lesser role",
    statement: nextStep("answered", { role: q("Viewer") }),
    right: "42501",
  },
  {
    who: "Guest",
    label: "opens it as approved",
    statement: nextStep("answered", { status: q("Approved") }),
    right: "42501",
  },
  { who: "Guest", label: "opens the step after one that is open", statement: nextStep("asked"), right: "42501" },
  { who: "GuestOther", label: "opens the step after another guest's", statement: nextStep("answered"), right: "42501" },
  { who: "Admin", label: "opens the step after a guest's", statement: nextStep("answered"), right: "42501" },
  {
    who: "Guest",
    label: "approves the submission whose steps are all approved",
    statement: settles("last", "Approved"),
    right: "1",
  },
  { who: "Guest", label: "approves a submission half-way", statement: settles("answered", "Approved"), right: "42501" },
  {
    who: "Guest",
    label: "rejects a submission whose step they approved",
    statement: settles("answered", "Rejected"),
    right: "42501",
  },
  {
    who: "Guest",
    label: "rejects a submission with its step",
    statement: `${decides("asked", "Rejected")}; ${settles("asked", "Rejected")}`,
    right: "1",
  },
  { who: "Guest", label: "dates an approval anew", statement: settles("agreed", "Approved"), right: "0" },
  { who: "Guest", label: "takes a submission away", statement: settles("asked", "Superseded"), right: "42501" },
  {
    who: "GuestOther",
    label: "approves another link's submission",
    statement: settles("last", "Approved"),
    right: "0",
  },
  {
    who: "GuestOther",
    label: "is told that all steps are approved",
    statement: holds(`app.all_steps_approved(${submissionOf("theirs", "theirs")})`),
    right: "0",
  },
  {
    who: "GuestOther",
    label: "approves submissions without naming a row",
    statement: `update approval_submissions set status = 'Rejected'`,
    right: "42501",
  },
  {
    who: "Guest",
    label: "lets an item follow what they decided",
    statement: holds(`app.settle_item(${submissionOf("decided")})`),
    right: "1",
  },
  {
    who: "GuestOther",
    label: "lets another link's item follow",
    statement: holds(`app.settle_item(${submissionOf("decided")})`),
    right: "0",
  },
  {
    who: "Guest",
    label: "locks an item to decide on it",
    statement: holds(`app.lock_item(${ref("others", "asked")})`),
    right: "1",
  },
  {
    who: "GuestOther",
    label: "locks another link's item",
    statement: holds(`app.lock_item(${ref("others", "asked")})`),
    right: "0",
  },
  {
    who: "Guest",
    label: "locks an item that is not of their link",
    statement: holds(`app.lock_item(${ref("others", "unlinked")})`),
    right: "0",
  },
  { who: "Guest", label: "holds their link", statement: holds("app.hold_review_link()"), right: "1" },
  { who: "Admin", label: "holds a link", statement: holds("app.hold_review_link()"), right: "42501" },
  ...(["Admin", "Person", "Nobody"] as const).map(
    (who): Case => ({
      who,
      label: "takes the role of clients, and sees nothing by it",
      statement: "set local role contentos_guest; select id from content_items",
      right: "0",
    }),
  ),
  {
    who: "Guest",
    label: "puts the role of clients off, and is nobody by it",
    statement: "set local role contentos_app; select id from content_items",
    right: "0",
  },
  {
    who: "Guest",
    label: "puts the role of clients off, and decides nothing by it",
    statement: `set local role contentos_app; update approval_workflows set status = 'Approved', approved_by = ${person("admin")}, decided_at = now() where id = ${stepOf("asked")}`,
    right: "0",
  },
];

const said = (over: Row): Row => ({
  ...inPlace("others", "said"),
  ...ofItem("others", "asked"),
  guest_id: guest("others"),
  ...over,
});
const inThread = { thread_id: ref("others", "client's thread"), body: q("x") };
const receipt = (over: Row): string =>
  insertion("review_receipts", {
    workspace_id: workspace("others"),
    link_id: ref("others", "link"),
    guest_id: guest("others"),
    ...ofItem("others", "answered"),
    submission_id: submissionOf("answered"),
    approval_id: stepOf("answered"),
    content_hash: HASH,
    decision: q("Approved"),
    jws: q("x"),
    ...over,
  });
const byReader = (statement: string) => `${enters("reading")}; ${statement}`;
const ofReader = { guest_id: ref("others", "guest of reading") };
const writing: Case[] = [
  {
    who: "Guest",
    label: "opens a thread that colleagues alone read",
    statement: insertion("comments_threads", said({ visibility: q("Internal") })),
    right: "42501",
  },
  {
    who: "Guest",
    label: "opens a thread on a later draft",
    statement: insertion("comments_threads", said({ visibility: q("Client"), version_number: "2" })),
    right: "42501",
  },
  {
    who: "Guest",
    label: "opens a thread on what is with colleagues",
    statement: insertion("comments_threads", said({ ...ofItem("others", "internal"), visibility: q("Client") })),
    right: "42501",
  },
  {
    who: "Nobody",
    label: "opens a thread by a link for reading",
    statement: byReader(insertion("comments_threads", said({ ...ofReader, visibility: q("Client") }))),
    right: "42501",
  },
  {
    who: "Nobody",
    label: "answers by a link for reading",
    statement: byReader(insertion("comments", said({ ...ofReader, ...inThread }))),
    right: "42501",
  },
  {
    who: "Guest",
    label: "answers in a thread that colleagues alone read",
    statement: insertion(
      "comments",
      said({ ...ofItem("others", "draft"), ...inThread, thread_id: ref("others", "thread") }),
    ),
    right: "42501",
  },
  {
    who: "Guest",
    label: "speaks in another guest's name",
    statement: insertion("comments", said({ ...inThread, guest_id: guest("mine") })),
    right: "42501",
  },
  {
    who: "Guest",
    label: "speaks in a member's name",
    statement: insertion("comments", said({ ...inThread, guest_id: "null", author_id: person("editor") })),
    right: "42501",
  },
  {
    who: "Editor",
    label: "speaks in a guest's name",
    statement: insertion("comments", said({ ...inThread, author_id: "null" })),
    right: "42501",
  },
  {
    who: "Guest",
    label: "changes a word",
    statement: `update comments set body = 'x' where id = ${ref("others", "guest's word")}`,
    right: "42501",
  },
  { who: "Guest", label: "has a receipt for what they approved", statement: receipt({}), right: "1" },
  {
    who: "Guest",
    label: "has a receipt for what they did not",
    statement: receipt({ decision: q("ChangesRequested") }),
    right: "42501",
  },
  {
    who: "Guest",
    label: "has a receipt for another hash",
    statement: receipt({ content_hash: q("1".repeat(64)) }),
    right: "42501",
  },
  {
    who: "Guest",
    label: "has a receipt for another version",
    statement: receipt({ version_number: "2" }),
    right: "42501",
  },
  {
    who: "Guest",
    label: "has a receipt by another link",
    statement: receipt({ link_id: ref("mine", "link") }),
    right: "42501",
  },
  {
    who: "Guest",
    label: "has a receipt for a step of another submission",
    statement: receipt({ approval_id: stepOf("last") }),
    right: "42501",
  },
  {
    who: "Nobody",
    label: "has a receipt for a hold by a link for reading",
    statement: byReader(
      receipt({
        ...ofReader,
        ...ofItem("others", "asked"),
        link_id: ref("others", "reading link"),
        submission_id: submissionOf("asked"),
        approval_id: "null",
        decision: q("Held"),
      }),
    ),
    right: "42501",
  },
  { who: "Admin", label: "writes a receipt in a guest's name", statement: receipt({}), right: "42501" },
  {
    who: "Guest",
    label: "records as a member",
    statement: insertion("audit_events", {
      workspace_id: workspace("others"),
      actor_kind: q("Member"),
      actor_id: guest("others"),
      action: q("x"),
      subject_type: q("x"),
      subject_id: "gen_random_uuid()",
    }),
    right: "42501",
  },
  {
    who: "Admin",
    label: "records as a guest",
    statement: insertion("audit_events", {
      workspace_id: workspace("others"),
      actor_kind: q("Guest"),
      actor_id: person("admin"),
      action: q("x"),
      subject_type: q("x"),
      subject_id: "gen_random_uuid()",
    }),
    right: "42501",
  },
  {
    who: "Guest",
    label: "enqueues a job",
    statement: "select app.enqueue_job('any', '{}', null, 'key', 1)",
    right: "42501",
  },
  {
    who: "Guest",
    label: "founds a workspace",
    statement: holds("app.found_workspace('New', 'new', '{}', 'UTC', 'here') is not null"),
    right: "42501",
  },
  { who: "Guest", label: "accepts an invitation", statement: "select app.accept_invitation('guest')", right: "42501" },
  {
    who: "Guest",
    label: "stops what has not gone out",
    statement: count(`app.hold_reviewed(${submissionOf("agreed")}, 'Wait')`, "held and state = 'OnHold'"),
    right: "1",
  },
  {
    who: "Guest",
    label: "is told what is out",
    statement: count(`app.hold_reviewed(${submissionOf("agreed")}, 'Wait')`, "not held and state = 'Published'"),
    right: "1",
  },
  {
    who: "Guest",
    label: "stops what is not approved",
    statement: count(`app.hold_reviewed(${submissionOf("asked")}, 'Wait')`),
    right: "42501",
  },
  {
    who: "GuestOther",
    label: "stops another link's",
    statement: count(`app.hold_reviewed(${submissionOf("agreed")}, 'Wait')`),
    right: "42501",
  },
  {
    who: "Nobody",
    label: "stops it by a link for reading",
    statement: byReader(count(`app.hold_reviewed(${submissionOf("agreed")}, 'Wait')`)),
    right: "42501",
  },
  {
    who: "Admin",
    label: "stops it as a client",
    statement: count(`app.hold_reviewed(${submissionOf("agreed")}, 'Wait')`),
    right: "42501",
  },
];

export const REVIEW_CASES: Case[] = [...entries, ...reading, ...deciding, ...writing];

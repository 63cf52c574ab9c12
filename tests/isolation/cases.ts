import type { Who } from "./expectations";
import { id, type Place, person, q, type Row, session, step, workspace } from "./rows";
import { insertion } from "./stage";

/** What a table of commands can't say. `right` is the count of rows that the last statement meets, or a SQLSTATE. */
type Case = { who: Who | "contentos_auth" | "contentos_worker"; label: string; statement: string; right: string };

const ref = (...name: string[]) => q(id(...name));
const holds = (condition: string) => `select 1 where ${condition}`;
const change = (table: string, row: string, set: string) =>
  `update ${table} set ${set} where workspace_id = ${workspace("others")} and id = ${row}`;
const decides = (who: Parameters<typeof person>[0], row: string, status = "Approved") =>
  change("approval_workflows", row, `status = '${status}', approved_by = ${person(who)}, decided_at = now()`);
const stepOf = (item: string, number = 1, place: Place = "others") => ref(place, `step ${number} of ${item}`);
const submissionOf = (item: string) => ref("others", `submission of ${item}`);
const open = (over: Row, of = "unopened", number = 1, role = "Editor") => {
  const { id: _, ...row } = step("others", of, number, role);
  return insertion("approval_workflows", { ...row, ...over });
};
const found = "app.found_workspace('New', 'new', '{}', 'UTC', 'here')";

const members: Case[] = [
  {
    who: "Admin",
    label: "demotes the owner",
    statement: `update workspace_members set role = 'Editor' where user_id = ${person("owner")}`,
    right: "CO409",
  },
  {
    who: "Admin",
    label: "removes the owner",
    statement: `update workspace_members set removed_at = now() where user_id = ${person("owner")}`,
    right: "CO409",
  },
  {
    who: "Owner",
    label: "hands over to an Editor",
    statement: `update workspaces set owner_id = ${person("editor")}`,
    right: "CO409",
  },
  {
    who: "Owner",
    label: "hands over to a stranger",
    statement: `update workspaces set owner_id = ${person("stranger")}`,
    right: "CO409",
  },
  { who: "Person", label: "founds a workspace", statement: holds(`${found} is not null`), right: "1" },
  {
    who: "Admin",
    label: "founds a workspace from within another",
    statement: holds(`${found} is not null`),
    right: "42501",
  },
  { who: "Nobody", label: "founds a workspace", statement: holds(`${found} is not null`), right: "42501" },
  {
    who: "Person",
    label: "accepts another's invitation",
    statement: "select app.accept_invitation('guest')",
    right: "CO403",
  },
  {
    who: "Nobody",
    label: "is the guest, who accepts an invitation and is back",
    statement: `select app.enter_person(${session("guest")}); select app.accept_invitation('guest'); ${holds("app.role() = 'Viewer'")}`,
    right: "1",
  },
  {
    who: "Nobody",
    label: "is the guest, who was removed",
    statement: `select app.enter_session(${session("guest")}, ${workspace("mine")})`,
    right: "CO404",
  },
  {
    who: "Nobody",
    label: "enters another's workspace",
    statement: `select app.enter_session(${session("admin")}, ${workspace("theirs")})`,
    right: "CO404",
  },
  {
    who: "Nobody",
    label: "enters by a session that expired",
    statement: `select app.enter_person(${ref("session", "expired")})`,
    right: "CO401",
  },
  {
    who: "Nobody",
    label: "enters a workspace by a session that expired",
    statement: `select app.enter_session(${ref("session", "expired")}, ${workspace("mine")})`,
    right: "CO401",
  },
  {
    who: "Nobody",
    label: "enters a job of another worker",
    statement: "select app.enter_job(current_setting('stage.job')::bigint, 'else')",
    right: "CO404",
  },
  {
    who: "Editor",
    label: "invites under a false name",
    statement: "select app.accept_invitation('guest')",
    right: "42501",
  },
];

const approval: Case[] = [
  { who: "Editor", label: "decides an Admin's step", statement: decides("editor", stepOf("half", 2)), right: "42501" },
  { who: "Admin", label: "decides an Admin's step", statement: decides("admin", stepOf("half", 2)), right: "1" },
  {
    who: "Admin",
    label: "decides in the Editor's name",
    statement: decides("editor", stepOf("reviewed")),
    right: "42501",
  },
  { who: "Admin", label: "decides a Client's step", statement: decides("admin", stepOf("client")), right: "42501" },
  { who: "Viewer", label: "decides a Viewer's step", statement: decides("viewer", stepOf("open")), right: "1" },
  {
    who: "Viewer",
    label: "decides an Editor's step",
    statement: decides("viewer", stepOf("reviewed")),
    right: "42501",
  },
  { who: "WriterOther", label: "decides a Viewer's step", statement: decides("writer", stepOf("open")), right: "1" },
  {
    who: "WriterOwn",
    label: "decides on their own work",
    statement: decides("writer", stepOf("open", 1, "mine")),
    right: "42501",
  },
  { who: "System", label: "decides", statement: decides("admin", stepOf("open")), right: "42501" },
  {
    who: "Admin",
    label: "decides both steps",
    statement: `${decides("admin", stepOf("reviewed"))}; ${open({ submission_id: submissionOf("reviewed") }, "reviewed", 2, "Admin")}; update approval_workflows set status = 'Approved', approved_by = ${person("admin")}, decided_at = now() where submission_id = ${submissionOf("reviewed")} and step = 2`,
    right: "23505",
  },
  {
    who: "Editor",
    label: "rewrites their decision",
    statement: change("approval_workflows", stepOf("approved"), "comment = 'Never mind'"),
    right: "42501",
  },
  {
    who: "Editor",
    label: "turns their decision round",
    statement: change("approval_workflows", stepOf("approved"), "status = 'Rejected'"),
    right: "42501",
  },
  { who: "Editor", label: "opens a step of another's submission", statement: open({}), right: "42501" },
  { who: "Viewer", label: "opens a step", statement: open({}), right: "42501" },
  { who: "Editor", label: "opens a step out of turn", statement: open({}, "unopened", 2, "Admin"), right: "42501" },
  {
    who: "Admin",
    label: "opens the step after one that another decided",
    statement: open({}, "turn", 2, "Admin"),
    right: "42501",
  },
  {
    who: "Editor",
    label: "opens the step after the one that they decided",
    statement: open({}, "turn", 2, "Admin"),
    right: "1",
  },
  { who: "Editor", label: "opens it for a lesser role", statement: open({}, "turn", 2, "Viewer"), right: "42501" },
  {
    who: "Editor",
    label: "approves a submission without its steps",
    statement: change("approval_submissions", submissionOf("reviewed"), "status = 'Approved'"),
    right: "42501",
  },
  {
    who: "Admin",
    label: "approves a submission half-way",
    statement: change("approval_submissions", submissionOf("half"), "status = 'Approved'"),
    right: "42501",
  },
  {
    who: "Admin",
    label: "rejects a submission without its step",
    statement: change("approval_submissions", submissionOf("half"), "status = 'Rejected'"),
    right: "42501",
  },
  {
    who: "Editor",
    label: "rejects a submission with its step",
    statement: `${decides("editor", stepOf("reviewed"), "Rejected")}; ${change("approval_submissions", submissionOf("reviewed"), "status = 'Rejected'")}`,
    right: "1",
  },
  ...(["Admin", "WriterOwn", "System"] as const).map(
    (who): Case => ({
      who,
      label: "submits by a policy that isn't the workspace's",
      statement: insertion("approval_submissions", {
        workspace_id: workspace("mine"),
        content_item_id: ref("mine", "draft"),
        version_number: "1",
        content_hash: q("0".repeat(64)),
        steps: "'[]'",
        status: "'Approved'",
      }),
      right: "42501",
    }),
  ),
  ...(["Owner", "Editor"] as const).map(
    (who): Case => ({
      who,
      label: "approves an item that no submission approved",
      statement: change("content_items", ref("others", "draft"), "status = 'Approved'"),
      right: "42501",
    }),
  ),
  {
    who: "WriterOwn",
    label: "approves their own item",
    statement: `update content_items set status = 'Approved' where id = ${ref("mine", "draft")}`,
    right: "42501",
  },
  {
    who: "WriterOwn",
    label: "publishes their own item",
    statement: `update content_items set status = 'Published' where id = ${ref("mine", "approved")}`,
    right: "42501",
  },
  {
    who: "System",
    label: "publishes what was approved",
    statement: change("content_items", ref("others", "approved"), "status = 'Published', published_at = now()"),
    right: "1",
  },
  {
    who: "System",
    label: "publishes what nobody approved",
    statement: change("content_items", ref("others", "draft"), "status = 'Published'"),
    right: "42501",
  },
  {
    who: "Viewer",
    label: "locks an item to decide on it",
    statement: holds(`app.lock_item(${ref("others", "open")})`),
    right: "1",
  },
  {
    who: "Viewer",
    label: "locks another workspace's item",
    statement: holds(`app.lock_item(${ref("theirs", "open")})`),
    right: "0",
  },
  { who: "Person", label: "locks an item", statement: holds(`app.lock_item(${ref("mine", "open")})`), right: "0" },
  {
    who: "Viewer",
    label: "lets an item follow its submission",
    statement: holds(`app.settle_item(${submissionOf("settling")})`),
    right: "1",
  },
  {
    who: "Viewer",
    label: "lets an item follow a submission that is open",
    statement: holds(`app.settle_item(${submissionOf("half")})`),
    right: "0",
  },
  {
    who: "Viewer",
    label: "lets another workspace's item follow",
    statement: holds(`app.settle_item(${ref("theirs", "submission of settling")})`),
    right: "0",
  },
];

const distribution: Case[] = [
  {
    who: "Editor",
    label: "writes an attempt that only a job makes",
    statement: insertion("distribution_attempts", {
      workspace_id: workspace("others"),
      schedule_id: ref("others", "bare schedule"),
      number: "1",
    }),
    right: "42501",
  },
  {
    who: "WriterOwn",
    label: "takes a schedule from its hold",
    statement: `update distribution_schedules set status = 'OnHold' where id = ${ref("mine", "schedule")}; update distribution_schedules set status = 'Scheduled' where id = ${ref("mine", "schedule")}`,
    right: "42501",
  },
  {
    who: "Editor",
    label: "changes an attempt that has ended",
    statement: `update distribution_attempts set ended_at = now(), outcome = 'Lost' where id = ${ref("others", "attempt")}; update distribution_attempts set error = 'x' where id = ${ref("others", "attempt")}`,
    right: "0",
  },
  {
    who: "Admin",
    label: "enqueues a job",
    statement: "select app.enqueue_job('any', '{}', null, 'key', 1)",
    right: "1",
  },
  { who: "Admin", label: "removes a job", statement: "select app.remove_job('key')", right: "1" },
  ...(["Person", "Visitor", "Nobody"] as const).flatMap((who): Case[] => [
    { who, label: "enqueues a job", statement: "select app.enqueue_job('any', '{}', null, 'key', 1)", right: "42501" },
    { who, label: "removes a job", statement: "select app.remove_job('key')", right: "42501" },
  ]),
];

const counts = (place: Place, metric: string) => holds(`app.count_visit(${ref(place, "page")}, '${metric}')`);
const site: Case[] = [
  { who: "Visitor", label: "is counted again", statement: counts("others", "views"), right: "1" },
  { who: "Visitor", label: "is counted for the first time", statement: counts("others", "clicks"), right: "1" },
  { who: "Visitor", label: "is counted elsewhere", statement: counts("theirs", "views"), right: "0" },
  { who: "Admin", label: "counts themselves", statement: counts("others", "views"), right: "0" },
  {
    who: "Visitor",
    label: "sees a page that was taken down",
    statement: `select 1 from site_pages where id = ${ref("others", "gone page")}`,
    right: "0",
  },
  {
    who: "Viewer",
    label: "sees a page that was taken down",
    statement: `select 1 from site_pages where id = ${ref("others", "gone page")}`,
    right: "1",
  },
  {
    who: "Visitor",
    label: "is told that a page is gone",
    statement: holds("app.page_was_removed('gone-others')"),
    right: "1",
  },
  {
    who: "Visitor",
    label: "is told of another workspace's",
    statement: holds("app.page_was_removed('gone-theirs')"),
    right: "0",
  },
];

const trail: Case[] = [
  {
    who: "Admin",
    label: "writes in the system's name",
    statement: insertion("audit_events", {
      workspace_id: workspace("others"),
      actor_kind: "'System'",
      actor_id: person("admin"),
      action: "'x'",
      subject_type: "'x'",
      subject_id: "gen_random_uuid()",
    }),
    right: "42501",
  },
  {
    who: "Nobody",
    label: "forgets the keys that are stale, and no other",
    statement: holds("app.purge_idempotency_keys() = 1"),
    right: "1",
  },
  {
    who: "Nobody",
    label: "forges a scope",
    statement: `select set_config('app.scope', 'session|' || ${workspace("mine")} || '||Admin|' || repeat('0', 64), true); select 1 from personas`,
    right: "42501",
  },
  {
    who: "contentos_auth",
    label: "changes a person, which is recorded",
    statement: `update users set name = 'New' where id = ${person("writer")}; select 1 from auth_events where user_id = ${person("writer")} and action = 'users.changed'`,
    right: "1",
  },
  {
    who: "contentos_auth",
    label: "changes an account, which is recorded",
    statement: `update auth_accounts set password = 'New' where user_id = ${person("writer")}; select 1 from auth_events where user_id = ${person("writer")} and action = 'auth_accounts.changed'`,
    right: "1",
  },
  {
    who: "contentos_auth",
    label: "ends a session, which is recorded",
    statement: `delete from auth_sessions where id = ${session("writer")}; select 1 from auth_events where user_id = ${person("writer")} and action = 'auth_sessions.removed'`,
    right: "1",
  },
  {
    who: "contentos_auth",
    label: "suspends a person, who has no session then",
    statement: `update users set suspended_at = now() where id = ${person("writer")}; select 1 from auth_sessions where user_id = ${person("writer")}`,
    right: "0",
  },
  {
    who: "contentos_auth",
    label: "enters a scope",
    statement: `select app.enter_person(${session("writer")})`,
    right: "42501",
  },
  {
    who: "contentos_worker",
    label: "enters a scope",
    statement: `select app.enter_person(${session("writer")})`,
    right: "42501",
  },
  {
    who: "contentos_worker",
    label: "reads the jobs",
    statement: "select 1 from graphile_worker._private_jobs where locked_by = 'stage'",
    right: "1",
  },
  ...(["Admin", "System", "Nobody", "contentos_auth"] as const).map(
    (who): Case => ({
      who,
      label: "reads the jobs",
      statement: "select 1 from graphile_worker._private_jobs",
      right: "42501",
    }),
  ),
];

export const CASES: Case[] = [...members, ...approval, ...distribution, ...site, ...trail].map((one) => ({
  ...one,
  label: `${one.who} ${one.label}`,
}));

import { type Case, change, holds } from "./case";
import { step } from "./rows";
import { insertion, type Place, person, q, type Row, ref, workspace } from "./vocabulary";

const decides = (who: Parameters<typeof person>[0], row: string, status = "Approved") =>
  change("approval_workflows", row, `status = '${status}', approved_by = ${person(who)}, decided_at = now()`);
const stepOf = (item: string, number = 1, place: Place = "others") => ref(place, `step ${number} of ${item}`);
const submissionOf = (item: string) => ref("others", `submission of ${item}`);
const open = (over: Row, of = "unopened", number = 1, role = "Editor") => {
  const { id: _, ...row } = step("others", of, number, role);
  return insertion("approval_workflows", { ...row, ...over });
};
export const APPROVAL_CASES: Case[] = [
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

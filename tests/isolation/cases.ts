import { APPROVAL_CASES } from "./approval-cases";
import { type Case, holds } from "./case";
import { ROOMS } from "./rooms";
import { insertion, type Place, person, ref, session, workspace } from "./vocabulary";

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
    label: "accepts an invitation from within a workspace",
    statement: "select app.accept_invitation('guest')",
    right: "42501",
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

const leadsTo = (slug: string, place: Place) =>
  `select app.enter_visitor('${slug}'); ${holds(`app.visited_workspace_id() = ${workspace(place)}`)}`;
const left = (slug: string) => holds(`exists (select from workspace_former_slugs where slug = '${slug}')`);
const addresses: Case[] = [
  {
    who: "Nobody",
    label: "comes by an address that a site has left",
    statement: leadsTo("former-theirs", "theirs"),
    right: "1",
  },
  {
    who: "Nobody",
    label: "comes by an address that no site had",
    statement: "select app.enter_visitor('never')",
    right: "CO404",
  },
  {
    who: "Admin",
    label: "moves the site, and its old address is kept",
    statement: `update workspaces set slug = 'once'; update workspaces set slug = 'moved'; ${left("once")}`,
    right: "1",
  },
  {
    who: "Admin",
    label: "takes an address that led to another workspace's site, and has it alone",
    statement: `update workspaces set slug = 'former-theirs'; ${leadsTo("former-theirs", "mine")}`,
    right: "1",
  },
  {
    who: "Admin",
    label: "leaves an address that led to another workspace's site before, and it leads on to their own",
    statement: `update workspaces set slug = 'former-theirs'; update workspaces set slug = 'moved'; ${left("former-theirs")}`,
    right: "1",
  },
  {
    who: "Admin",
    label: "moves the site back, and nothing leads away from it",
    statement: `update workspaces set slug = 'former-mine'; ${holds("not exists (select from workspace_former_slugs where slug = 'former-mine')")}`,
    right: "1",
  },
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
    statement: holds("app.purge_idempotency_keys() = 4"),
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

export const CASES: Case[] = [
  ...members,
  ...addresses,
  ...APPROVAL_CASES,
  ...distribution,
  ...site,
  ...trail,
  ...ROOMS.flatMap(({ cases }) => cases ?? []),
].map((one) => ({
  ...one,
  label: `${one.who} ${one.label}`,
}));

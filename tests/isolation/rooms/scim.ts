import { ADMINS, CLOSED, each, names } from "../actors";
import { type Case, holds } from "../case";
import type { RoomIsolation } from "../room";
import { authorOf, hashOf, inPlace, type Place, person, q, type Row, ref, session, workspace } from "../vocabulary";

const token = (place: Place): Row => ({
  ...inPlace(place, "scim token"),
  token_hash: hashOf(place, "scim token"),
  created_by: person(place === "theirs" ? "stranger" : "admin"),
});
const user = (place: Place): Row => ({ workspace_id: workspace(place), user_id: person(authorOf(place)) });
const group = (place: Place): Row => ({ ...inPlace(place, "scim group"), display_name: q(place), role: q("Viewer") });
const member = (place: Place): Row => ({ ...user(place), group_id: ref(place, "scim group") });

const VARIANTS: Record<string, Row> = {
  revoked: { revoked_at: "now()" },
  expired: { expires_at: "now() - interval '1 s'" },
};

/** By the directory, and then as an Admin, who sees what came of it. */
const enter = (name = "scim token", place: Place = "others") => `select app.enter_scim(${hashOf(place, name)})`;
const asAdmin = `select app.enter_session(${session("admin")}, ${workspace("mine")})`;
const nobody = (label: string, statements: string[], right = "1"): Case => ({
  who: "Nobody",
  label: `by a directory's token ${label}`,
  statement: statements.join("; "),
  right,
});
const recorded = (action: string, subject: string) =>
  `exists (select from audit_events where action = 'auth.scim_${action}' and subject_id = ${subject} and actor_kind = 'System')`;
const isMember = (name: "writer" | "colleague" | "viewer") =>
  `exists (select from workspace_members where workspace_id = ${workspace("mine")} and user_id = ${person(name)} and removed_at is null)`;
const off = (who: Parameters<typeof person>[0]) => `select app.scim_change_user(${person(who)}, null, '{}', false)`;
const theirs = ref("theirs", "scim group");
const mine = ref("mine", "scim group");

const CASES: Case[] = [
  nobody("that is made up", [`select app.enter_scim(${hashOf("made up")})`], "COK01"),
  ...Object.keys(VARIANTS).map((name) => nobody(`that is ${name}`, [enter(name)], "COK01")),
  ...["workspace_members", "users", "content_items", "auth_scim_groups", "auth_sso_domains", "audit_events"].map(
    (table) => nobody(`reads ${table}`, [enter(), `select 1 from ${table}`], "0"),
  ),
  nobody("is noted", [
    enter(),
    asAdmin,
    holds(`(select last_used_at is not null from auth_scim_tokens where id = ${ref("others", "scim token")})`),
  ]),
  nobody("sees the members of its own domains", [
    enter(),
    holds(`exists (select from app.scim_users(${person("writer")}, null, null, 0, 9))
      and exists (select from app.scim_users(null, 'writer@example.com', null, 0, 9))
      and not exists (select from app.scim_users(${person("stranger")}, null, null, 0, 9))`),
  ]),
  nobody("sees its own groups", [
    enter(),
    holds(`exists (select from app.scim_groups(${mine}, null, null, 0, 9) g where g.members -> 0 ->> 'value' = ${person("writer")})
      and not exists (select from app.scim_groups(${theirs}, null, null, 0, 9))`),
  ]),
  nobody("makes somebody of its domain a member, which is recorded", [
    enter(),
    "select app.scim_create_user('new@example.com', 'New', 'x', '{}', true)",
    holds(
      `(select u.active and u.role = 'Writer' and u.external_id = 'x' from app.scim_users(null, 'new@example.com', null, 0, 9) u)`,
    ),
  ]),
  nobody(
    "makes somebody of another workspace's domain one",
    [enter(), "select app.scim_create_user('x@taken.example', 'X', null, '{}', true)"],
    "CO403",
  ),
  nobody(
    "takes an account whose address nobody confirmed",
    [enter(), "select app.scim_create_user('guest@example.com', 'X', null, '{}', true)"],
    "CO4UV",
  ),
  nobody("switches somebody off, which is recorded", [
    enter(),
    off("writer"),
    asAdmin,
    holds(`not ${isMember("writer")} and ${recorded("member_ended", person("writer"))}`),
  ]),
  nobody("switches somebody off and on again", [
    enter(),
    off("writer"),
    off("writer").replace("false)", "true)"),
    asAdmin,
    holds(isMember("writer")),
  ]),
  nobody(
    "switches off whom the provider signed in",
    [enter(), off("viewer"), `select app.enter_person(${ref("session by sso")})`],
    "CO401",
  ),
  nobody("switches the owner off", [enter(), off("owner")], "CO409"),
  nobody("switches off somebody of another workspace", [enter(), off("stranger")], "CO404"),
  nobody("removes somebody, with what the directory called them", [
    enter(),
    `select app.scim_remove_user(${person("writer")})`,
    asAdmin,
    holds(
      `not ${isMember("writer")} and not exists (select from auth_scim_group_members where user_id = ${person("writer")})`,
    ),
  ]),
  nobody(
    "removes somebody of another workspace",
    [enter(), `select app.scim_remove_user(${person("stranger")})`],
    "CO404",
  ),
  nobody("makes a group, renames it and fills it", [
    enter(),
    `select app.scim_set_members(app.scim_write_group(null, 'New', 'x'), array[${person("viewer")}]::uuid[])`,
    "select app.scim_write_group(g.id, 'Newer', null) from app.scim_groups(null, 'new', null, 0, 9) g",
    holds("(select jsonb_array_length(g.members) = 1 from app.scim_groups(null, 'newer', null, 0, 9) g)"),
  ]),
  nobody("puts somebody into a mapped group, who becomes what that is", [
    enter(),
    `select app.scim_set_members(${mine}, array[${person("writer")}, ${person("editor")}]::uuid[])`,
    asAdmin,
    holds(
      `(select role = 'Viewer' from workspace_members where user_id = ${person("editor")}) and ${recorded("member_changed", person("editor"))}`,
    ),
  ]),
  nobody("puts an Admin into one, who stays an Admin", [
    enter(),
    `select app.scim_set_members(${mine}, array[${person("admin")}]::uuid[])`,
    asAdmin,
    holds(`(select role = 'Admin' from workspace_members where user_id = ${person("admin")})`),
  ]),
  nobody("removes a group", [
    enter(),
    `select app.scim_remove_group(${mine})`,
    holds(`not exists (select from app.scim_groups(${mine}, null, null, 0, 9))`),
  ]),
  nobody(
    "changes another workspace's group",
    [enter(), `select app.scim_write_group(${theirs}, 'Mine', null)`],
    "CO404",
  ),
  nobody("fills another workspace's group", [enter(), `select app.scim_set_members(${theirs}, '{}')`], "CO404"),
  nobody("removes another workspace's group", [enter(), `select app.scim_remove_group(${theirs})`], "CO404"),
  nobody(
    "puts somebody of another workspace into a group",
    [enter(), `select app.scim_set_members(${mine}, array[${person("stranger")}]::uuid[])`],
    "CO400",
  ),
  {
    who: "Admin",
    label: "says what a group is, and its members are that",
    statement: `update auth_scim_groups set role = 'Editor' where id = ${mine}; ${holds(`(select role = 'Editor' from workspace_members where user_id = ${person("writer")})`)}`,
    right: "1",
  },
  {
    who: "Admin",
    label: "provisions as a directory does",
    statement: "select app.scim_create_user('new@example.com', 'X', null, '{}', true)",
    right: "CO403",
  },
  {
    who: "Admin",
    label: "lists as a directory does",
    statement: "select 1 from app.scim_users(null, null, null, 0, 9)",
    right: "0",
  },
  {
    who: "Admin",
    label: "makes a group as a directory does",
    statement: "select app.scim_write_group(null, 'X', null)",
    right: "42501",
  },
  {
    who: "Admin",
    label: "makes a group give what only Admins give",
    statement: `update auth_scim_groups set role = 'Admin' where id = ${mine}`,
    right: "23514",
  },
  {
    who: "Admin",
    label: "brings a revoked token back",
    statement: `update auth_scim_tokens set revoked_at = null where id = ${ref("others", "revoked scim token")}`,
    right: "0",
  },
];

export const scim: RoomIsolation = {
  expectations: {
    "public.auth_scim_tokens": {
      select: ADMINS,
      readable: names("workspace_id id hint created_by created_at expires_at last_used_at revoked_at"),
      insert: { columns: names("workspace_id id hint token_hash created_by"), by: ADMINS, signed: ["created_by"] },
      update: each("expires_at revoked_at", ADMINS),
      notForKeys: { select: true, insert: true, update: names("expires_at revoked_at") },
      given: names("created_at last_used_at"),
    },
    "public.auth_scim_users": CLOSED,
    "public.auth_scim_groups": {
      select: ADMINS,
      update: each("role updated_at", ADMINS),
      notForKeys: { select: true, update: names("role updated_at") },
      given: names("workspace_id id display_name external_id created_at removed_at"),
    },
    "public.auth_scim_group_members": {
      select: ADMINS,
      notForKeys: { select: true },
      given: names("workspace_id group_id user_id"),
    },
  },
  rows: {
    auth_scim_tokens: token,
    auth_scim_users: user,
    auth_scim_groups: group,
    auth_scim_group_members: member,
  },
  fresh: {
    auth_scim_tokens: (place, me) => ({
      ...token(place),
      id: ref("new scim token"),
      token_hash: hashOf("new scim token"),
      created_by: me,
    }),
  },
  changes: { auth_scim_groups: { role: () => "role = 'Editor'" } },
  surroundings: (place) =>
    place !== "others"
      ? []
      : Object.entries(VARIANTS).map(([name, over]): [string, Row] => [
          "auth_scim_tokens",
          { ...token(place), id: ref(place, `${name} scim token`), token_hash: hashOf(place, name), ...over },
        ]),
  cases: CASES,
  openFunctions: {
    "app.enter_scim": "an entry: takes a live directory token's hash",
    "app.scim_users": "asks for a directory's scope, and tells of members in its verified domains only",
    "app.scim_create_user": "asks for a directory's scope, and makes members of its verified domains only",
    "app.scim_change_user": "asks for a directory's scope, and changes whom it sees only",
    "app.scim_remove_user": "asks for a directory's scope, and removes whom it sees only",
    "app.scim_groups": "asks for a directory's scope, and tells of its groups only",
    "app.scim_write_group": "asks for a directory's scope, and writes its groups only",
    "app.scim_set_members": "asks for a directory's scope, its group, and users whom it sees",
    "app.scim_remove_group": "asks for a directory's scope, and removes its groups only",
  },
};

import { ADMINS, each, names } from "../actors";
import { type Case, change, holds } from "../case";
import type { RoomIsolation } from "../room";
import { authorOf, id, inPlace, type Place, person, q, type Row, ref, session, workspace } from "../vocabulary";

const ADMINS_AND_JOBS = [...ADMINS, "System"] as const;
const hostOf = (place: Place, name = "domain") => q(`${name}.${place}.example`);
const domain = (place: Place, name: string): Row => ({
  ...inPlace(place, name),
  host: hostOf(place, name),
  token: q(`${name} of ${place}`),
  created_by: person(authorOf(place)),
});

const seen = (table: string, count: number) => holds(`(select count(*) from ${table}) = ${count}`);
const bound = q(id("session", "bound"));

const cases: Case[] = [
  {
    who: "Nobody",
    label: "is a visitor who comes by a host",
    statement: `select app.enter_visitor_of_host(${hostOf("theirs")}); ${holds(`app.visited_workspace_id() = ${workspace("theirs")}`)}`,
    right: "1",
  },
  {
    who: "Nobody",
    label: "is a visitor who comes by a host that is claimed only",
    statement: `select app.enter_visitor_of_host(${hostOf("theirs", "claimed")})`,
    right: "CO404",
  },
  {
    who: "Nobody",
    label: "is a visitor who comes by a host that was removed",
    statement: `select app.enter_visitor_of_host(${hostOf("theirs", "removed")})`,
    right: "CO404",
  },
  {
    who: "Admin",
    label: "is told that a host is somebody's",
    statement: holds(
      `app.host_is_verified(${hostOf("theirs")}) and not app.host_is_verified(${hostOf("theirs", "claimed")})`,
    ),
    right: "1",
  },
  {
    who: "Admin",
    label: "is told whose a host is",
    statement: `select app.workspace_of_host(${hostOf("theirs")})`,
    right: "42501",
  },
  {
    who: "contentos_auth",
    label: "says at which host a session began, and it is bound to that workspace",
    statement: `update auth_sessions set host = ${hostOf("theirs")} where id = ${session("viewer")};
      ${holds(`(select bound_to from auth_sessions where id = ${session("viewer")}) = ${workspace("theirs")}`)}`,
    right: "1",
  },
  {
    who: "contentos_auth",
    label: "says a host that is claimed only, and it is bound to none",
    statement: `update auth_sessions set host = ${hostOf("theirs", "claimed")} where id = ${session("viewer")};
      ${holds(`(select bound_to from auth_sessions where id = ${session("viewer")}) is null`)}`,
    right: "1",
  },
  {
    who: "Admin",
    label: "claims a host as verified",
    statement: `insert into site_domains (host, token, status) values ('x.example', 'x', 'Verified')`,
    right: "42501",
  },
  {
    who: "Admin",
    label: "verifies a host that another workspace has",
    statement: `insert into site_domains (id, host, token, created_by) values (${ref("contested")}, ${hostOf("theirs")}, 'x', ${person("admin")});
      update site_domains set status = 'Verified' where id = ${ref("contested")}`,
    right: "23505",
  },
  {
    who: "System",
    label: "removes a domain",
    statement: change("site_domains", ref("others", "domain"), "removed_at = now(), is_primary = false"),
    right: "42501",
  },
  {
    who: "Admin",
    label: "makes a domain primary, and the workspace knows",
    statement: `update site_domains set is_primary = true where host = ${hostOf("mine")};
      ${holds(`(select primary_host from workspaces) = ${hostOf("mine")}`)}`,
    right: "1",
  },
  {
    who: "Nobody",
    label: "is a person whose session is bound, in the workspace of that host",
    statement: `select app.enter_session(${bound}, null); ${holds(`app.workspace_id() = ${workspace("theirs")}`)}`,
    right: "1",
  },
  {
    who: "Nobody",
    label: "is a person whose session is bound, in another workspace of theirs",
    statement: `select app.enter_session(${bound}, ${workspace("mine")})`,
    right: "CO404",
  },
  {
    who: "Nobody",
    label: "is a person whose session is bound, and sees that workspace alone",
    statement: `select app.enter_person(${bound}); ${holds(`(select array_agg(id) from workspaces) = array[${workspace("theirs")}]::uuid[]
      and (select array_agg(workspace_id) from workspace_members) = array[${workspace("theirs")}]::uuid[]`)}`,
    right: "1",
  },
  {
    who: "Nobody",
    label: "is that person with a session that is not bound, and sees both",
    statement: `select app.enter_person(${session("twofold" as never)}); ${seen("workspaces", 2)}`,
    right: "1",
  },
  {
    who: "Nobody",
    label: "is a person whose session is bound, and founds a workspace",
    statement: `select app.enter_person(${bound}); select app.found_workspace('New', 'new', '{}', 'UTC', 'here')`,
    right: "42501",
  },
  {
    who: "Nobody",
    label: "is a person whose session is bound, and accepts another workspace's invitation",
    statement: `select app.enter_person(${q(id("session", "bound guest"))}); select app.accept_invitation('guest')`,
    right: "42501",
  },
];

/** Somebody in both workspaces, with a session that began at a host of theirs; and one who is invited elsewhere. */
const bindings = (place: Place): [table: string, row: Row][] => {
  if (place !== "theirs") return [];
  const twofold = person("twofold" as never);
  const sessionOf = (user: string, name: string, more: Row = {}): [string, Row] => [
    "auth_sessions",
    { id: q(id("session", name)), user_id: user, token: q(name), expires_at: "now() + interval '1 day'", ...more },
  ];
  return [
    ["site_domains", { ...domain(place, "removed"), status: q("Verified"), removed_at: "now()" }],
    ["users", { id: twofold, email: q("twofold@example.com"), name: q("twofold") }],
    ...(["mine", "theirs"] as const).map((where): [string, Row] => [
      "workspace_members",
      { workspace_id: workspace(where), user_id: twofold, role: q("Viewer") },
    ]),
    sessionOf(twofold, "twofold"),
    sessionOf(twofold, "bound", { bound_to: workspace("theirs") }),
    sessionOf(person("guest"), "bound guest", { bound_to: workspace("theirs") }),
  ];
};

export const domains: RoomIsolation = {
  expectations: {
    "public.site_domains": {
      select: ADMINS_AND_JOBS,
      insert: { columns: names("workspace_id id host token created_by"), by: ADMINS, signed: ["created_by"] },
      update: {
        ...each("status is_primary failures problem checked_at verified_at updated_at", ADMINS_AND_JOBS),
        removed_at: ADMINS,
      },
      given: ["created_at"],
    },
  },
  rows: {
    site_domains: (place) => ({ ...domain(place, "domain"), status: q("Verified"), verified_at: "now()" }),
  },
  fresh: { site_domains: (place, me) => ({ ...domain(place, "another"), created_by: me }) },
  changes: {
    site_domains: {
      status: () => "status = 'Lost'",
      problem: () => "problem = 'NoAnswer'",
      is_primary: () => "is_primary = true",
    },
  },
  surroundings: (place) => [["site_domains", domain(place, "claimed")], ...bindings(place)],
  cases,
  openFunctions: {
    "app.enter_visitor_of_host": "an entry: opens what is public",
    "app.host_is_verified": "tells whether a public name is somebody's, and not whose",
    "app.bound_workspace_id": "tells the entered scope",
  },
};

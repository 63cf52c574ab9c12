import { ADMINS, each, names } from "../actors";
import { holds } from "../case";
import type { RoomIsolation } from "../room";
import { authorOf, home, inPlace, type Place, person, q, type Row, ref, session, workspace } from "../vocabulary";

const policy = (place: Place): Row => ({ workspace_id: workspace(place) });
/** One a workspace. */
const connection = (place: Place): Row => ({
  workspace_id: workspace(place),
  id: ref(home(place), "sso connection"),
  client_id: q("contentos"),
  sealed_secret: "'\\x00'",
  default_role: q("Writer"),
  created_by: person(place === "theirs" ? "stranger" : "writer"),
});
const domain = (place: Place): Row => ({
  ...inPlace(place, "sso domain"),
  domain: q(`${place}.example`),
  created_by: person(authorOf(place)),
});

/** Of somebody whom the workspace's provider signed in. */
const bySso = {
  id: ref("session by sso"),
  user_id: person("viewer"),
  token: q("by sso"),
  expires_at: "now() + interval '1 day'",
  method: q("Sso"),
  sso_connection_id: ref(home("mine"), "sso connection"),
} satisfies Row;

export const auth: RoomIsolation = {
  expectations: {
    "public.auth_policies": {
      select: ADMINS,
      insert: {
        columns: names(
          "workspace_id require_second_factor require_sso session_hours idle_minutes key_days token_seconds",
        ),
        by: ADMINS,
      },
      update: each(
        "require_second_factor require_sso session_hours idle_minutes key_days token_seconds updated_at",
        ADMINS,
      ),
    },
    "public.auth_sso_connections": {
      select: ADMINS,
      insert: {
        columns: names(
          "workspace_id protocol issuer client_id sealed_secret sso_url slo_url certificates idp_initiated default_role",
        ),
        by: ADMINS,
      },
      update: each("sealed_secret sso_url slo_url idp_initiated default_role updated_at removed_at", ADMINS),
      given: names("id created_by created_at"),
    },
    "public.auth_sso_domains": {
      select: ADMINS,
      insert: { columns: names("workspace_id id domain token"), by: ADMINS },
      update: each("verified_at removed_at", ADMINS),
      given: names("created_by created_at"),
    },
  },
  rows: { auth_policies: policy, auth_sso_connections: connection, auth_sso_domains: domain },
  fresh: {
    auth_policies: policy,
    auth_sso_connections: (place) => ({
      workspace_id: workspace(place),
      protocol: q("Oidc"),
      client_id: q("contentos"),
      sealed_secret: "'\\x00'",
      sso_url: "null",
      slo_url: "null",
      certificates: "'{}'",
      default_role: q("Writer"),
    }),
    auth_sso_domains: (place) => ({ workspace_id: workspace(place), domain: q("new.example") }),
  },
  changes: {
    auth_sso_connections: {
      default_role: () => "default_role = 'Viewer'",
      // What goes with another protocol alone.
      sso_url: () => "sso_url = null",
      slo_url: () => "slo_url = null",
      idp_initiated: () => "idp_initiated = false",
    },
    auth_policies: {
      session_hours: () => "session_hours = 8",
      idle_minutes: () => "idle_minutes = 30",
      key_days: () => "key_days = 30",
      token_seconds: () => "token_seconds = 60",
    },
  },
  surroundings: (place) => [
    [
      "auth_sso_domains",
      {
        ...inPlace(place, "verified sso domain"),
        domain: q({ mine: "example.com", others: "others.example.com", theirs: "taken.example" }[place]),
        verified_at: "now()",
        created_by: person(authorOf(place)),
      },
    ],
    ...(place === "mine" ? ([["auth_sessions", bySso]] satisfies [string, Row][]) : []),
  ],
  cases: [
    {
      who: "Admin",
      label: "asks for a second factor, and somebody enters without one",
      statement: `update auth_policies set require_second_factor = true where workspace_id = ${workspace("mine")}; select app.enter_session(${session("editor")}, ${workspace("mine")})`,
      right: "CO4F2",
    },
    {
      who: "Admin",
      label: "asks for single sign-on, and somebody of its domain enters without it",
      statement: `update auth_policies set require_sso = true where workspace_id = ${workspace("mine")}; select app.enter_session(${session("editor")}, ${workspace("mine")})`,
      right: "CO4SO",
    },
    {
      who: "Nobody",
      label: "enters by a session of the workspace's own provider",
      statement: `select app.enter_session(${bySso.id}, ${workspace("mine")}); ${holds("app.role() = 'Viewer'")}`,
      right: "1",
    },
    {
      who: "Admin",
      label: "claims a domain that another workspace speaks for",
      statement: `update auth_sso_domains set removed_at = now() where workspace_id = ${workspace("mine")}; insert into auth_sso_domains (workspace_id, domain, token) values (${workspace("mine")}, 'taken.example', 'x'); update auth_sso_domains set verified_at = now() where domain = 'taken.example' and removed_at is null`,
      right: "CO409",
    },
    ...(["auth_totp set confirmed_at", "auth_recovery_codes set used_at"] as const).map((change) => ({
      who: "contentos_auth" as const,
      label: `changes ${change.split(" ")[0]}, which is recorded`,
      statement: `update ${change} = now() where user_id = ${person("writer")}; select 1 from auth_events where user_id = ${person("writer")} and action = '${change.split(" ")[0]}.changed'`,
      right: "1",
    })),
    {
      who: "contentos_auth",
      label: "removes a passkey, which is recorded",
      statement: `delete from auth_passkeys where user_id = ${person("writer")}; select 1 from auth_events where user_id = ${person("writer")} and action = 'auth_passkeys.removed'`,
      right: "1",
    },
    {
      who: "contentos_auth",
      label: "refreshes a session that rested, which is kept",
      statement: `update auth_sessions set updated_at = now() - interval '2 hours' where id = ${session("writer")}; update auth_sessions set expires_at = now() + interval '2 days', updated_at = now() where id = ${session("writer")}; select 1 from auth_sessions where id = ${session("writer")} and longest_pause_seconds between 7199 and 7201`,
      right: "1",
    },
    {
      who: "Admin",
      label: "calls the provider of somebody's session another",
      statement: `update auth_sso_connections set issuer = 'https://another.example' where workspace_id = ${workspace("mine")}`,
      right: "42501",
    },
    {
      who: "Nobody",
      label: "joins by a provider",
      statement: `select app.join_by_sso(${session("writer")})`,
      right: "CO403",
    },
    {
      who: "Nobody",
      label: "enters past what a workspace asks for",
      statement: `select app.enter_membership(${session("writer")}, ${workspace("mine")})`,
      right: "42501",
    },
    {
      who: "Person",
      label: "joins by a session that no provider opened",
      statement: `select app.join_by_sso(${session("writer")}); ${holds("true")}`,
      right: "CO403",
    },
  ],
};

import type pg from "pg";
import type { Who } from "./actors";
import { PERSONAL, ROWS, surroundings } from "./rows";
import {
  entryOfGuest,
  guest,
  hashOf,
  id,
  insertion,
  PEOPLE,
  type PersonName,
  type Place,
  person,
  q,
  type Row,
  session,
  workspace,
} from "./vocabulary";

/** Tables with one row a workspace. */
const ONE_A_WORKSPACE = [
  "workspaces",
  "workspace_keys",
  "billing_subscriptions",
  "ai_settings",
  "retention_holds",
  "notifications_settings",
  "auth_policies",
  "auth_sso_connections",
  "workspace_support_rules",
];

export type Connection = Pick<pg.ClientBase, "query">;
export type Column = { name: string; type: string; required: boolean; key: boolean };
/** A table by its full name, with its columns in their order. */
export type Tables = Record<string, Column[]>;

/** Every table there is, but the jobs' own. */
export async function readTables(connection: Connection): Promise<Tables> {
  const { rows } = await connection.query<{ table: string; columns: Column[] }>(`
    select n.nspname || '.' || c.relname as table, jsonb_agg(jsonb_build_object(
      'name', a.attname, 'type', t.typname, 'required', a.attnotnull and not a.atthasdef and a.attidentity = '',
      'key', a.attnum = any (coalesce(k.indkey, '')::int2[])) order by a.attnum) as columns
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    join pg_type t on t.oid = a.atttypid
    left join pg_index k on k.indrelid = c.oid and k.indisprimary
    where c.relkind in ('r', 'p', 'v', 'm', 'f') and n.nspname !~ '^pg_' and n.nspname not in ('information_schema', 'graphile_worker')
    group by 1 order by 1`);
  return Object.fromEntries(rows.map(({ table, columns }) => [table, columns]));
}

const VALUES: Record<string, string> = {
  text: "'x'",
  int4: "1",
  int8: "1",
  float8: "0.5",
  bool: "false",
  uuid: "gen_random_uuid()",
  jsonb: "'[]'",
  bytea: "'\\x00'",
  timestamptz: "now()",
  date: "current_date",
  _text: "'{x}'",
  _float4: "'{0.5}'",
  _int2: "'{540}'",
  _uuid: "'{}'",
};

/** A value that another row of the same moment doesn't have. */
const CHANGED: Record<string, string> = {
  ...VALUES,
  text: "'changed'",
  int4: "7",
  int8: "7",
  float8: "0.25",
  jsonb: `'[{"changed": true}]'`,
  timestamptz: "now() + interval '1 hour'",
  _text: "'{changed}'",
  _float4: "'{0.25}'",
  _int2: "'{600}'",
  _uuid: "array[gen_random_uuid()]",
};

export function valueFor({ name, type }: Column, changed = false): string {
  const value = (changed ? CHANGED : VALUES)[type];
  if (!value) throw new Error(`No value for ${name} of type ${type}: give one in rows.ts or stage.ts`);
  return value;
}

/** The row with what the table requires beyond it. */
export const complete = (columns: Column[], row: Row): Row => ({
  ...Object.fromEntries(columns.filter(({ required }) => required).map((column) => [column.name, valueFor(column)])),
  ...row,
});

const PLACES: Place[] = ["mine", "others", "theirs"];

/** Two workspaces with a row of everything, of everybody. Run once, by a superuser. */
export async function setTheStage(connection: Connection, tables: Tables) {
  const rows: [table: string, row: Row][] = PEOPLE.flatMap((name): [string, Row][] => [
    ["users", { id: person(name), email: q(`${name}@example.com`), name: q(name) }],
    [
      "auth_sessions",
      { id: session(name), user_id: person(name), token: q(name), expires_at: "now() + interval '1 day'" },
    ],
  ]);
  rows.push(
    ["auth_accounts", { user_id: person("writer"), account_id: q("writer") }],
    ["auth_refresh_tokens", { session_id: session("writer"), token_hash: q("x"), expires_at: "now()" }],
    ["auth_verifications", {}],
    ["auth_signing_keys", {}],
    ["auth_totp", { user_id: person("writer") }],
    ["auth_recovery_codes", { user_id: person("writer") }],
    ["auth_passkeys", { user_id: person("writer") }],
    ["auth_attempts", {}],
    ["auth_saml_assertions", {}],
    ["auth_saml_keys", {}],
    ["auth_saml_sessions", { session_id: session("writer"), subject_key: q("x") }],
    ["http_limits", {}],
    ["auth_events", { user_id: person("stranger") }],
    [
      "auth_sessions",
      {
        id: q(id("session", "expired")),
        user_id: person("admin"),
        token: q("expired"),
        expires_at: "now() - interval '1 s'",
      },
    ],
  );
  for (const [name, role] of Object.entries({
    owner: "Admin",
    admin: "Admin",
    editor: "Editor",
    viewer: "Viewer",
    guest: "Viewer",
  })) {
    const removed = name === "guest" ? { removed_at: "now()" } : {};
    rows.push([
      "workspace_members",
      { workspace_id: workspace("mine"), user_id: person(name as PersonName), role: q(role), ...removed },
    ]);
  }
  rows.push([
    "workspace_invitations",
    {
      ...ROWS.workspace_invitations!("mine"),
      id: q(id("guest's invitation")),
      email: q("guest@example.com"),
      token_hash: q("guest"),
    },
  ]);
  rows.push([
    "idempotency_keys",
    { user_id: person("viewer"), key: q("stale"), created_at: "now() - interval '2 days'", id: q(id("stale")) },
  ]);
  for (const place of PLACES) {
    for (const [table, row] of Object.entries(ROWS)) {
      const shared = ONE_A_WORKSPACE.includes(table) && place === "others";
      const role = table === "workspace_members" ? { role: q(place === "theirs" ? "Admin" : "Writer") } : {};
      if (!shared && table !== "users") rows.push([table, { ...row(place), ...role }]);
    }
    rows.push(...surroundings(place));
  }
  rows.push(...Object.entries(PERSONAL));

  // As a replica, so that neither the order nor the guards matter: the stage is what guards are tried on.
  await connection.query("begin; set local session_replication_role = replica");
  for (const [table, row] of rows) {
    const statement = insertion(table, complete(tables[`public.${table}`]!, row), " overriding system value");
    await connection.query(statement).catch((error: Error) => {
      throw new Error(`${statement}: ${error.message}`);
    });
  }
  await connection.query("set local session_replication_role = origin");
  await connection.query(
    `select graphile_worker.add_job('any', json_build_object('workspaceId', ${workspace("mine")}))`,
  );
  await connection.query("update graphile_worker._private_jobs set locked_by = 'stage', locked_at = now()");
  await connection.query(
    `select graphile_worker.add_job('any', json_build_object('workspaceId', ${workspace("mine")}, 'onBehalfOf', ${person("writer")}))`,
  );
  await connection.query(
    "update graphile_worker._private_jobs set locked_by = 'stage for', locked_at = now() where locked_by is null",
  );
  await connection.query(
    `select graphile_worker.add_job('privacy.erase_workspace', json_build_object('workspaceId', ${workspace("theirs")}))`,
  );
  await connection.query(
    "update graphile_worker._private_jobs set locked_by = 'stage theirs', locked_at = now() where locked_by is null",
  );
  await connection.query("commit");
}

const MEMBERS: Partial<Record<Who, PersonName>> = {
  Owner: "owner",
  Admin: "admin",
  Editor: "editor",
  WriterOwn: "writer",
  WriterOther: "writer",
  Viewer: "viewer",
  Key: "admin",
  Person: "writer",
  PersonOther: "writer",
};
export const placeOf = (who: Who): Place => (who === "WriterOwn" || who === "Person" ? "mine" : "others");
/** The actor's own id, as SQL. */
export function meOf(who: Who): string {
  if (who.startsWith("Guest")) return guest(linkPlaceOf(who));
  return MEMBERS[who] ? person(MEMBERS[who]) : "null";
}
/** GuestOther has the link of the Writer's own items, and meets the colleague's. */
const linkPlaceOf = (who: Who): Place => (who === "GuestOther" ? "mine" : "others");

/** The statement by which an actor enters their scope. */
export function entryOf(who: Who): string {
  if (who === "Nobody") return "select set_config('app.scope', '', true)";
  if (who === "Visitor") return "select app.enter_visitor('ours')";
  if (who === "System") return "select app.enter_job((select current_setting('stage.job')::bigint), 'stage')";
  if (who === "Key") return `select app.enter_key(${hashOf("others", "key")}, null, 'content:write')`;
  if (who.startsWith("Guest")) return entryOfGuest(linkPlaceOf(who));
  const by = session(MEMBERS[who]!);
  return who.startsWith("Person")
    ? `select app.enter_person(${by})`
    : `select app.enter_session(${by}, ${workspace("mine")})`;
}

/**
 * Runs `work` in one transaction that is rolled back, with a function that tries a statement, says what came of it
 * (the rows it met, or the SQLSTATE) and undoes it, so that a thousand tries take one round trip.
 */
export async function onStage<T>(connection: Connection, work: (stage: Stage) => Promise<T>, before = ""): Promise<T> {
  await connection.query("begin");
  try {
    if (before) await connection.query(before);
    await connection.query(PROBE);
    return await work({
      as: (login, entry) => enter(connection, login, entry),
      attempt: (statements) => attempt(connection, statements),
    });
  } finally {
    await connection.query("rollback; reset session authorization");
  }
}

export type Stage = {
  as(login: string, entry?: string): Promise<void>;
  attempt(statements: string[]): Promise<string[]>;
};

const PROBE = `
  select set_config('stage.job', (select id::text from graphile_worker._private_jobs where locked_by = 'stage'), true),
    set_config('stage.job_for', (select id::text from graphile_worker._private_jobs where locked_by = 'stage for'), true),
    set_config('stage.job_theirs', (select id::text from graphile_worker._private_jobs where locked_by = 'stage theirs'), true),
    pg_advisory_xact_lock(hashtextextended('stage theirs', 0)), pg_advisory_xact_lock(hashtextextended('stage', 0)), pg_advisory_xact_lock(hashtextextended('stage for', 0));
  create schema probe;
  grant usage on schema probe to public;
  create function probe.attempt(statement text) returns text language plpgsql as $$
  declare met bigint;
  begin
    begin
      execute statement;
      get diagnostics met = row_count;
      raise exception using errcode = 'PROBE', message = met::text;
    exception when others then
      return case sqlstate when 'PROBE' then sqlerrm else sqlstate || ' ' || sqlerrm end;
    end;
  end $$;
  grant execute on function probe.attempt to public`;

/** Not SET ROLE: whoever is logged in is this role in all respects, until the superuser takes over again. */
async function enter(connection: Connection, login: string, entry = entryOf("Nobody")) {
  await connection.query("reset session authorization");
  await connection.query(`set local session authorization ${login}`);
  await connection.query(entry);
}

async function attempt(connection: Connection, statements: string[]) {
  const { rows } = await connection.query<{ outcome: string }>(
    "select probe.attempt(s) as outcome from unnest($1::text[]) with ordinality as t (s, n) order by n",
    [statements],
  );
  return rows.map(({ outcome }) => outcome);
}

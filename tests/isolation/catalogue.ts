import type pg from "pg";
import { ROOMS } from "./rooms";

/**
 * What must hold of every table, key, view, grant, role, function and policy, asked of the catalogue itself, so that
 * a new one is held to it without anyone remembering. `query` finds what breaks the rule; `plants` are ways to break it.
 */
export type Rule = { name: string; query: string; plants: string[] };

/** Unique beyond a workspace although the app's log-in gives their values. */
const PUBLIC_NAMES = {
  workspaces_slug_key: "a site's address is public, so that which ones are taken tells nothing",
  site_domains_verified: "a host is public, and only whoever has its record in DNS is told that it is taken",
  auth_api_keys_token_hash_key: "a key is random, so that nobody gives one that is taken",
  auth_scim_tokens_token_hash_key: "a token is random, so that nobody gives one that is taken",
  review_links_token_hash_key: "a token is random, so that nobody gives one that is taken",
};

/** What the app's log-in may run. A function that isn't here is closed to it, and one that is here says why it may be open. */
const OPEN_FUNCTIONS: Record<string, string> = {
  "app.workspace_id": "tells the entered scope",
  "app.visited_workspace_id": "tells the entered scope",
  "app.user_id": "tells the entered scope",
  "app.person_id": "tells the entered scope",
  "app.role": "tells the entered scope",
  "app.role_rank": "reads nothing",
  "app.enter_session": "an entry: takes a live session's id",
  "app.enter_person": "an entry: takes a live session's id",
  "app.enter_job": "an entry: takes a job and the id of the live worker that holds it",
  "app.enter_visitor": "an entry: opens what is public",
  "app.found_workspace": "asks for a person's scope",
  "app.join_by_sso": "asks for a person's scope and a session that a workspace's provider opened",
  "app.accept_invitation": "asks for a person's scope and an invitation's token",
  "app.decided_step": "reads with the rights of whoever asks",
  "app.lock_item": "asks for a workspace's scope, and locks its items only",
  "app.settle_item": "asks for a workspace's scope, and lets its items follow what was decided",
  "app.page_was_removed": "asks for a visitor's scope, and tells of its pages only",
  "app.count_visit": "asks for a visitor's scope, and counts its pages only",
  "app.enqueue_job": "asks for a workspace's scope, and takes the workspace from it",
  "app.remove_job": "asks for a workspace's scope, and takes the workspace from it",
  "app.purge_idempotency_keys": "removes what has expired, and tells how many",
  ...Object.assign({}, ...ROOMS.map(({ openFunctions }) => openFunctions)),
};

/** What the role may run that the app's log-in takes for clients. */
const CLIENT_FUNCTIONS: Record<string, string> = Object.assign(
  {},
  ...ROOMS.map(({ clientFunctions }) => clientFunctions),
);

const list = (names: string[]) => names.map((name) => `'${name}'`).join(", ");
const LOGINS = "'contentos_app', 'contentos_auth', 'contentos_worker'";

/** Our schemas, and for a table: has it a workspace, and can the app's log-in reach it, itself or as PUBLIC? */
const WITH = `
  with ours as (
    select oid, nspname from pg_namespace where nspname !~ '^pg_' and nspname <> 'information_schema'
  ), tables as (
    select c.oid, c.relname, c.relkind, c.relrowsecurity, c.relforcerowsecurity, c.reloptions, c.relacl,
      n.nspname || '.' || c.relname as what,
      case when n.nspname = 'public' and c.relname = 'workspaces'
        then (select attnum from pg_attribute a where a.attrelid = c.oid and a.attname = 'id')
        else (select attnum from pg_attribute a where a.attrelid = c.oid and a.attname = 'workspace_id' and not attisdropped)
      end as workspace,
      has_table_privilege('contentos_app', c.oid, 'select, insert, update, delete, truncate, references, trigger')
        or has_any_column_privilege('contentos_app', c.oid, 'select, insert, update, references')
        or has_table_privilege('contentos_guest', c.oid, 'select, insert, update, delete, truncate, references, trigger')
        or has_any_column_privilege('contentos_guest', c.oid, 'select, insert, update, references') as touched
    from pg_class c join ours n on n.oid = c.relnamespace where c.relkind in ('r', 'p', 'f', 'v', 'm')
  ), grants as (
    select c.oid, c.relkind, n.nspname || '.' || c.relname as what, null::name as col, a.grantee, a.privilege_type as privilege
      from pg_class c join ours n on n.oid = c.relnamespace, aclexplode(c.relacl) a
    union all
    select c.oid, c.relkind, n.nspname || '.' || c.relname, t.attname, a.grantee, a.privilege_type
      from pg_class c join ours n on n.oid = c.relnamespace join pg_attribute t on t.attrelid = c.oid, aclexplode(t.attacl) a
  ), functions as (
    select p.*, n.nspname || '.' || p.proname as what from pg_proc p join ours n on n.oid = p.pronamespace
  )`;

export const RULES: Rule[] = [
  {
    name: "what a role of ours can reach forces row-level security",
    query: `select what from tables where relkind in ('r', 'p', 'f') and what not like 'graphile\\_worker.%' and not (relrowsecurity and relforcerowsecurity)
      and (touched or exists (select from unnest(array[${LOGINS}, 'contentos_definer']) role
        where has_table_privilege(role, oid, 'select, insert, update, delete, truncate, references, trigger')
          or has_any_column_privilege(role, oid, 'select, insert, update, references')))`,
    plants: [
      "create table planted (id int); grant select (id) on planted to contentos_app",
      "create table planted (id int); alter table planted enable row level security; grant insert on planted to public",
      "create table planted (id int); grant select on planted to contentos_auth",
      "alter table app.scope_key no force row level security",
    ],
  },
  {
    name: "what has a workspace forces row-level security",
    query: `select what from tables where workspace is not null and relkind in ('r', 'p', 'f') and not (relrowsecurity and relforcerowsecurity)`,
    plants: [
      "create table planted (workspace_id uuid primary key)",
      "alter table workspaces no force row level security",
    ],
  },
  {
    name: "the workspace is required and first in the primary key, or the row is a person's in a key of its own",
    query: `select what from tables t where workspace is not null and relkind in ('r', 'p') and not exists (
      select from pg_index i
      join pg_attribute first on first.attrelid = t.oid and first.attnum = i.indkey[0]
      join pg_attribute w on w.attrelid = t.oid and w.attnum = t.workspace
      where i.indrelid = t.oid and i.indisunique and i.indpred is null and first.attnotnull
        and (i.indisprimary and first.attnum = t.workspace
             or not w.attnotnull and first.attname = 'user_id' and t.workspace = any (i.indkey)))`,
    plants: [
      "create table planted (id uuid primary key, workspace_id uuid not null)",
      "create table planted (id uuid primary key, workspace_id uuid, unique (workspace_id, id))",
    ],
  },
  {
    name: "what has a workspace, is bound to it or tells of it goes with it: app.erase_with_workspace was run for it",
    query: `select wanted.what from (
        select oid, what, 'erase_with_workspace' as policy, '*' as cmd from tables
          where workspace is not null and relkind in ('r', 'p') and what <> 'public.privacy_workspace_erasures'
        union all select 'auth_sessions'::regclass, 'public.auth_sessions', 'erase_with_workspace_sessions', 'd'
        union all select 'idempotency_keys'::regclass, 'public.idempotency_keys', 'erase_with_workspace_keys', 'd'
      ) wanted where not exists (select from pg_policy p where p.polrelid = wanted.oid and p.polname = wanted.policy and p.polcmd::text = wanted.cmd
        and p.polroles = array['contentos_definer'::regrole::oid] and pg_get_expr(p.polqual, p.polrelid) like '%erased_workspace()%')`,
    plants: [
      "create table planted (workspace_id uuid primary key)",
      "drop policy erase_with_workspace on personas",
      "drop policy erase_with_workspace_sessions on auth_sessions",
      "drop policy erase_with_workspace_keys on idempotency_keys",
      "alter policy erase_with_workspace on personas using (true)",
    ],
  },
  {
    name: "what goes after its days goes by a policy with that bound, and a hold is read by who removes",
    query: `select wanted.what || ': ' || wanted.policy as what from (values
        ('public.webhooks_deliveries', 'purge', 'd', '%30 days%'),
        ('public.webhooks_deliveries', 'retain', 'd', '%retention_cutoff(''Webhooks''%'),
        ('public.notifications', 'purge', 'd', '%90 days%'),
        ('public.notifications', 'retain', 'd', '%retention_cutoff(''Notifications''%'),
        ('public.notifications_deliveries', 'purge', 'd', '%90 days%'),
        ('public.notifications_deliveries', 'retain', 'd', '%retention_cutoff(''Notifications''%'),
        ('public.content_versions', 'retain', 'd', '%retention_cutoff(''Versions''%'),
        ('public.assets_uses', 'retain', 'd', '%ended_at IS NOT NULL%retention_cutoff(''Versions''%'),
        ('public.analytics_metrics', 'retain', 'd', '%retention_cutoff(''Metrics''%'),
        ('public.events', 'retain', 'd', '%retention_cutoff(''Events''%'),
        ('public.content_drafts', 'retain', 'w', '%retention_cutoff(''Drafts''%removed_at IS NOT NULL%retention_cutoff(''Versions''%'),
        ('public.ai_generations', 'retain', 'w', '%retention_cutoff(''Answers''%retention_cutoff(''Versions''%'),
        ('public.assets', 'retain', 'd', '%retention_cutoff(''Files''%'),
        ('public.assets_uploads', 'retain', 'd', '%retention_cutoff(''Files''%'),
        ('public.assets_page_uses', 'retain', 'd', '%ended_at IS NOT NULL%retention_cutoff(''Files''%'),
        ('public.assets_blobs', 'retain_mark', 'w', '%retention_cutoff(''Files''%'),
        ('public.assets_blobs', 'retain', 'd', '%going_at IS NOT NULL%'),
        ('public.assets', 'retain_read', 'r', '%workspace_id()%'),
        ('public.assets_blobs', 'retain_read', 'r', '%workspace_id()%'),
        ('public.analytics_metrics', 'retain_read', 'r', '%workspace_id()%'),
        ('public.site_pages', 'retain_read', 'r', '%workspace_id()%'),
        ('public.content_versions', 'retain_read', 'r', '%workspace_id()%'),
        ('public.retention_holds', 'keep', 'r', 'true')
      ) wanted (what, policy, cmd, bound) where not exists (select from pg_policy p where p.polrelid = wanted.what::regclass and p.polname = wanted.policy
        and p.polcmd::text = wanted.cmd and p.polroles = array['contentos_definer'::regrole::oid] and pg_get_expr(p.polqual, p.polrelid) like wanted.bound)`,
    plants: [
      "drop policy purge on webhooks_deliveries",
      "drop policy retain on notifications",
      "drop policy keep on retention_holds",
      "alter policy retain on notifications_deliveries using (true)",
      "alter policy retain on content_versions using (true)",
      "alter policy retain on content_drafts using (true)",
      "drop policy retain on ai_generations",
    ],
  },
  {
    name: "what refers to a version or a file is read by who removes them, so that none goes that is needed",
    query: `select t.what from pg_constraint k join tables t on t.oid = k.conrelid
      where k.contype = 'f' and k.confrelid in ('public.content_versions'::regclass, 'public.assets'::regclass)
        and not exists (select from pg_policy p where p.polrelid = t.oid and p.polname = 'retain_read' and p.polcmd = 'r'
          and p.polroles = array['contentos_definer'::regrole::oid])`,
    plants: [
      "drop policy retain_read on comments",
      "create table planted (workspace_id uuid, item uuid, number int, foreign key (workspace_id, item, number) references content_versions (workspace_id, content_item_id, version_number))",
    ],
  },
  {
    name: "a unique key has the workspace, or values that the app's log-in can't give",
    query: `select what || ': ' || k.relname as what from tables t join pg_index i on i.indrelid = t.oid join pg_class k on k.oid = i.indexrelid
      where t.workspace is not null and (i.indisunique or i.indisexclusion) and not (t.workspace = any (i.indkey))
        and k.relname not in (${list(Object.keys(PUBLIC_NAMES))})
        and (0 = any (i.indkey) or exists (
          select from pg_attribute a where a.attrelid = t.oid and a.attnum = any (i.indkey)
            and has_column_privilege('contentos_app', t.oid, a.attnum, 'insert, update')))`,
    plants: [
      "create unique index planted on personas (name)",
      "create unique index planted on personas (lower(name))",
      "alter table channels add constraint planted exclude using btree (remote_account with =)",
    ],
  },
  {
    name: "a foreign key to what has a workspace carries it on both sides",
    query: `select conname as what from pg_constraint k join tables other on other.oid = k.confrelid join tables t on t.oid = k.conrelid
      where k.contype = 'f' and other.workspace is not null and not exists (
        select from unnest(k.conkey, k.confkey) as pair (mine, theirs) where mine = t.workspace and theirs = other.workspace)`,
    plants: [
      "create unique index other on personas (id, workspace_id); alter table content_items add column p uuid, add column q uuid, add constraint planted foreign key (p, q) references personas (id, workspace_id)",
      "create table planted (id uuid primary key, home uuid references workspaces)",
    ],
  },
  {
    name: "a view asks as whoever reads it, and nobody reads a materialized one",
    query: `select what from tables where
      relkind = 'v' and touched and not coalesce('security_invoker=true' = any (reloptions) or 'security_invoker=on' = any (reloptions), false)
      or relkind = 'm' and (touched or exists (select from unnest(array[${LOGINS}]) login where has_table_privilege(login, oid, 'select')))`,
    plants: [
      "create view planted as select * from personas; grant select on planted to contentos_app",
      "create view planted as select * from personas; grant select (name) on planted to public",
      "create materialized view planted as select * from personas; grant select on planted to contentos_auth",
    ],
  },
  {
    name: "no rule rewrites what a table is asked",
    query: `select what || ': ' || r.rulename as what from tables t join pg_rewrite r on r.ev_class = t.oid where t.relkind not in ('v', 'm')`,
    plants: ["create rule planted as on update to personas do also select 1"],
  },
  {
    name: "what is granted to the app's log-in and to clients' role, a policy lets it be used for",
    query: `select what || coalesce('.' || col, '') || ' ' || privilege as what from grants
      where grantee in ('contentos_app'::regrole, 'contentos_guest'::regrole) and relkind in ('r', 'p') and privilege in ('SELECT', 'INSERT', 'UPDATE')
        and not exists (select from pg_policy p where p.polrelid = grants.oid and (p.polroles = '{0}' or grantee = any (p.polroles))
          and p.polcmd in ('*', case privilege when 'SELECT' then 'r' when 'INSERT' then 'a' else 'w' end))`,
    plants: [
      "grant update (body) on content_versions to contentos_app",
      "grant update (body) on content_drafts to contentos_guest",
      "grant insert (name) on planning_tags to contentos_guest",
    ],
  },
  {
    name: "the app's log-in and clients' role may SELECT, INSERT named columns and UPDATE named columns, and PUBLIC nothing",
    query: `select what || coalesce('.' || col, '') || ' ' || privilege || case grantee when 0 then ' to PUBLIC' else '' end as what from grants
      where grantee = 0 or grantee in ('contentos_app'::regrole, 'contentos_guest'::regrole)
        and not (privilege = 'SELECT' and relkind <> 'S' or privilege in ('INSERT', 'UPDATE') and col is not null)`,
    plants: [
      ...["delete", "truncate", "references", "trigger", "update", "insert"].flatMap((p) => [
        `grant ${p} on personas to contentos_app`,
        `grant ${p} on content_items to contentos_guest`,
      ]),
      "grant references (id) on personas to contentos_app",
      "grant select on personas to public",
      "create sequence planted; grant usage on sequence planted to contentos_app",
    ],
  },
  {
    name: "a log-in creates nothing outside the jobs' schema",
    query: `select login || ' in ' || nspname as what from ours, unnest(array[${LOGINS}]) login
      where has_schema_privilege(login, oid, 'create') and not (login = 'contentos_worker' and nspname = 'graphile_worker')
      union all select login || ' in the database' from unnest(array[${LOGINS}]) login where has_database_privilege(login, current_database(), 'create')`,
    plants: [
      "grant create on schema app to contentos_app",
      "grant create on schema public to public",
      "create schema planted; grant create on schema planted to contentos_auth",
    ],
  },
  {
    name: "no role of ours is privileged",
    query: `select rolname as what from pg_roles where rolname in (${LOGINS}, 'contentos_definer', 'contentos_guest')
      and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication or rolcanlogin and rolname in ('contentos_definer', 'contentos_guest'))`,
    plants: ["superuser", "bypassrls", "createrole", "createdb", "replication"]
      .map((power) => `alter role contentos_app ${power}`)
      .concat(
        "alter role contentos_definer login",
        "alter role contentos_guest login",
        "alter role contentos_guest bypassrls",
      ),
  },
  {
    name: "the log-ins of the app and of auth own nothing, and the worker's owns the jobs' schema and functions about jobs",
    query: `select d.refobjid::regrole || ' owns ' || pg_describe_object(d.classid, d.objid, d.objsubid) as what from pg_shdepend d
      where d.refclassid = 'pg_authid'::regclass and d.deptype = 'o'
        and d.dbid in (0, (select oid from pg_database where datname = current_database()))
        and (d.refobjid in ('contentos_app'::regrole, 'contentos_auth'::regrole, 'contentos_guest'::regrole) or d.refobjid = 'contentos_worker'::regrole
          and not exists (select from functions f where f.oid = d.objid and f.what in ('app.enqueue_job', 'app.remove_job', 'app.held_job_workspace', 'app.held_job_person', 'app.held_job_task', 'app.remove_jobs_of', 'app.rearm_jobs_of', 'app.wake_notifications', 'app.wake_webhooks', 'app.wake_sealer', 'app.wake_retainer', 'app.waiting_consumers', 'app.wake_billing') or f.oid = d.objid and f.what like 'graphile_worker.%')
          and not exists (select from pg_class c where c.oid = d.objid and c.relnamespace = 'graphile_worker'::regnamespace)
          and not exists (select from pg_type c where c.oid = d.objid and c.typnamespace = 'graphile_worker'::regnamespace)
          and not (d.classid = 'pg_namespace'::regclass and d.objid = 'graphile_worker'::regnamespace))`,
    plants: [
      "alter table personas owner to contentos_app",
      "alter function app.role owner to contentos_auth",
      "create table planted (id int); alter table planted owner to contentos_worker",
    ],
  },
  {
    name: "a log-in is a member of no role, but for the app's that may take clients' role and inherits nothing of it",
    query: `select member::regrole || ' of ' || roleid::regrole as what from pg_auth_members
      where member::regrole::text in (${LOGINS}, 'contentos_guest')
        and not (member = 'contentos_app'::regrole and roleid = 'contentos_guest'::regrole and not pg_has_role(member, roleid, 'usage'))`,
    plants: [
      "grant contentos_definer to contentos_app",
      "grant contentos_app to contentos_auth",
      "grant contentos_definer to contentos_guest",
      "grant contentos_guest to contentos_auth",
      // How it inherits is decided by the attribute, when the grant is made or when it is used, by the version.
      "alter role contentos_app inherit; grant contentos_guest to contentos_app",
    ],
  },
  {
    name: "a function with its owner's rights belongs to a bound role, and looks for names in the catalogue first and in temporary schemas last",
    query: `select what from functions where prosecdef and (
      proowner not in ('contentos_definer'::regrole, 'contentos_worker'::regrole)
      or not coalesce('search_path=pg_catalog, pg_temp' = any (proconfig), false))`,
    plants: [
      "alter function app.role() owner to current_user",
      "alter function app.role() reset search_path",
      "alter function app.role() set search_path = ''",
      "alter function app.role() set search_path = public",
    ],
  },
  {
    name: "PUBLIC runs nothing where a log-in may look",
    query: `select f.what from functions f where exists (select from unnest(array['contentos_app', 'contentos_auth']) login where has_schema_privilege(login, f.pronamespace, 'usage'))
        and exists (select from aclexplode(coalesce(f.proacl, acldefault('f', f.proowner))) a where a.grantee = 0)
      union select what from functions f where prosecdef and exists (select from aclexplode(coalesce(f.proacl, acldefault('f', f.proowner))) a where a.grantee = 0)`,
    plants: [
      "grant execute on function app.enter to public",
      "create function app.planted() returns int language sql as 'select 1'; grant execute on function app.planted to public",
    ],
  },
  {
    name: "the app's log-in runs what was opened to it on purpose, and nothing else",
    query: `select what from functions where has_schema_privilege('contentos_app', pronamespace, 'usage') and has_function_privilege('contentos_app', oid, 'execute')
      and what not in (${list(Object.keys(OPEN_FUNCTIONS))})
      union all select name || ' is not there, or not open' from unnest(array[${list(Object.keys(OPEN_FUNCTIONS))}]) name
      where not exists (select from functions f where f.what = name and has_function_privilege('contentos_app', f.oid, 'execute'))`,
    plants: [
      "grant execute on function app.enter to contentos_app",
      "grant execute on function app.seal to contentos_app",
      "drop function app.count_visit",
    ],
  },
  {
    name: "clients' role runs what was opened to it on purpose, and nothing else",
    query: `select what from functions where has_function_privilege('contentos_guest', oid, 'execute')
      and what not in (${list(Object.keys(CLIENT_FUNCTIONS))}) and what not like 'graphile\\_worker.%'
      union all select name || ' is not there, or not open' from unnest(array[${list(Object.keys(CLIENT_FUNCTIONS))}]) name
      where not exists (select from functions f where f.what = name and has_function_privilege('contentos_guest', f.oid, 'execute'))`,
    plants: ["grant execute on function app.enqueue_job to contentos_guest", "drop function app.review_names"],
  },
  {
    name: "auth's log-in runs none of it",
    query: `select what from functions where has_schema_privilege('contentos_auth', pronamespace, 'usage') and has_function_privilege('contentos_auth', oid, 'execute')`,
    plants: ["grant execute on function app.enter_session to contentos_auth"],
  },
  {
    name: "no function of ours claims to leak nothing",
    query: "select what from functions where proleakproof",
    plants: ["alter function app.role_rank leakproof"],
  },
  {
    name: "what a policy opens to the app's log-in depends on the scope",
    query: `select tablename || ': ' || policyname as what from pg_policies, unnest(array[qual, with_check]) as condition
      where schemaname in (select nspname from ours) and roles && array['contentos_app', 'contentos_guest', 'public']::name[] and schemaname <> 'graphile_worker'
        and permissive = 'PERMISSIVE'
        and condition !~ '\\mapp\\.(workspace_id|visited_workspace_id|acting_workspace_id|guest_workspace_id|guest_id|user_id|person_id)\\(\\)'`,
    plants: [
      "alter policy read on personas using (true)",
      "alter policy write on personas with check (true)",
      "create policy planted on personas for select to public using (name = 'shared')",
    ],
  },
];

type Connection = Pick<pg.ClientBase, "query">;

/** What breaks a rule, as `rule: what`. */
/** What breaks the rules, or as much of it as is asked for: the rules after the last that is told are not looked at. */
export async function brokenRules(
  connection: Connection,
  rules: Rule[] = RULES,
  { most }: { most?: number } = {},
): Promise<string[]> {
  const union = rules
    .map(({ query }, i) => `select ${i} as rule, what::text from (${query}) q${i}`)
    .join("\nunion all ");
  const { rows } = await connection.query<{ rule: number; what: string }>(`${WITH} ${union} limit ${most ?? "all"}`);
  return rows.map(({ rule, what }) => `${rules[rule]!.name}: ${what}`);
}

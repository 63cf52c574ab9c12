import type { Connection } from "./stage";

/** One way to weaken the database, in SQL. Only the matrix counts as a witness unless `catalogue` may be one as well. */
export type Mutation = {
  kind: string;
  statement: string;
  table?: string;
  actors?: "Nobody" | "Guest" | "logins";
  catalogue: boolean;
};

/** Every policy opened or gone, row-level security off or unforced, every grant widened, every guard gone. From the catalogue, so that new ones are tried as well. */
export async function mutations(connection: Connection): Promise<Mutation[]> {
  const { rows } = await connection.query<Mutation>(QUERY);
  return rows;
}

const QUERY = `
with tables as (
  select c.oid, c.oid::regclass::text as name, n.nspname || '.' || c.relname as "table", c.relrowsecurity
  from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind = 'r' and n.nspname in ('public', 'app')
), functions as (
  select p.oid, p.oid::regprocedure::text as name from pg_proc p where p.pronamespace = 'app'::regnamespace
), policies as (
  select format('%I on %I.%I', policyname, schemaname, tablename) as policy, schemaname || '.' || tablename as "table", qual, with_check, roles, cmd
  from pg_policies where schemaname in ('public', 'app')
), columns as (
  -- What no policy lets a role do, it can't do with a grant either: that is the catalogue's to see, and one column of a table is enough.
  select tables.*, role, privilege, a.attname, usable, row_number() over (partition by tables.oid, role, privilege order by a.attnum) as place
  from tables join pg_attribute a on a.attrelid = tables.oid and a.attnum > 0 and not a.attisdropped,
    unnest(array['select', 'insert', 'update']) privilege, unnest(array['contentos_app', 'contentos_guest']) role,
    lateral (select exists (select from policies p where p."table" = tables."table" and p.roles && array[role::name, 'public']
      and p.cmd in ('ALL', upper(privilege))) as usable) as rules
  where not has_column_privilege(role, tables.oid, a.attnum, privilege)
), found as (
  select 'policy reads anything' as kind, 'alter policy ' || policy || ' using (true)' as statement, "table", null as actors, false as catalogue
    from policies where qual <> 'true' and not 'contentos_definer' = any (roles)
  union all select 'policy takes anything', 'alter policy ' || policy || ' with check (true)', "table", null, false
    from policies where with_check <> 'true' and not 'contentos_definer' = any (roles)
  -- That each table is emptied with its workspace, and of what is old, is a rule of the catalogue. Of two that say the same one
  -- alone can go: they are tried together.
  union all select 'policy gone', 'drop policy ' || policy || coalesce((select string_agg('; drop policy ' || twin.policy, '' order by twin.policy)
      from policies twin where twin."table" = policies."table" and twin.policy <> policies.policy and twin.cmd = policies.cmd and twin.roles = policies.roles
        and twin.qual is not distinct from policies.qual and twin.with_check is not distinct from policies.with_check), ''), "table", null, policy ~ '^(erase_with_workspace|purge |retain |retain_read |retain_mark |keep on public.retention)' from policies
  union all select 'security off', 'alter table ' || name || ' disable row level security', "table", null,
      not exists (select from policies p where p."table" = tables."table" and 'contentos_app' = any (roles))
    from tables where relrowsecurity
  union all select 'security unforced', 'alter table ' || name || ' no force row level security', "table", null, true from tables where relrowsecurity
  union all select 'trigger gone', format('drop trigger %I on %s', g.tgname, name), "table", null, false
    from tables join pg_trigger g on g.tgrelid = tables.oid where not g.tgisinternal
  union all select privilege || ' granted', 'grant ' || privilege || ' on ' || name || ' to contentos_app', "table", 'Nobody', true
    from tables, unnest(array['select', 'insert', 'update', 'delete', 'truncate', 'references', 'trigger']) privilege
    where not has_table_privilege('contentos_app', tables.oid, privilege)
  union all select privilege || ' granted to all', 'grant ' || privilege || ' on ' || name || ' to public', "table", 'Nobody', true
    from tables, unnest(array['select', 'insert', 'update', 'delete']) privilege
  union all select privilege || ' of a column granted to ' || role, format('grant %s (%I) on %s to %I', privilege, attname, name, role), "table",
      case role when 'contentos_app' then 'Nobody' else 'Guest' end, not usable
    from columns where usable or place = 1
  union all select privilege || ' granted to ' || login, 'grant ' || privilege || ' on ' || name || ' to ' || login, "table", 'logins', false
    from tables, unnest(array['select', 'insert', 'update', 'delete', 'truncate']) privilege, unnest(array['contentos_auth', 'contentos_worker']) login
    where not has_table_privilege(login, tables.oid, privilege)
  union all select 'function opened', 'grant execute on function ' || name || ' to ' || role, null, null, true
    from functions, unnest(array['public', 'contentos_app', 'contentos_auth', 'contentos_guest']) role
    where role = 'public' or not has_function_privilege(role, oid, 'execute')
  union all select 'function looks elsewhere', 'alter function ' || name || ' reset search_path', null, null, true
    from functions join pg_proc p using (oid) where p.prosecdef
  union all select 'schema opened', 'grant ' || privilege || ' on schema ' || nspname || ' to contentos_app', null, null, true
    from pg_namespace, unnest(array['usage', 'create']) privilege
    where nspname in ('public', 'app', 'graphile_worker') and not has_schema_privilege('contentos_app', nspname, privilege)
  union all select 'role given', 'grant ' || rolname || ' to contentos_app', null, null, true
    from pg_roles where rolname in ('contentos_definer', 'contentos_auth', 'contentos_worker', 'pg_read_all_data', 'pg_write_all_data')
  union all select 'power given', 'alter role contentos_app ' || power, null, null, true from unnest(array['superuser', 'bypassrls', 'createrole']) power
)
select kind, statement, "table", actors, catalogue from found`;

-- Erasure of a workspace: asked for by its owner, with days to take it back in which nothing can be changed, and then done
-- by a job, step by step, so that it goes on wherever it was cut off.

-- Outlives its workspace, so that there is no foreign key: ids and numbers alone.
create table privacy_workspace_erasures (
  workspace_id uuid not null default app.workspace_id(),
  id uuid not null default gen_random_uuid(),
  status text not null default 'Waiting' check (status in ('Waiting', 'Undone', 'Running', 'Done')),
  asked_by uuid not null default app.user_id() references users,
  asked_at timestamptz(3) not null default now(),
  due_at timestamptz(3) not null,
  ended_at timestamptz(3),
  /* who is told in the end: its Admins when it began */
  admins uuid[] not null default '{}',
  /* what was done where: rows of each table, objects, jobs, addresses, and the head of the audit log */
  done jsonb not null default '{}',
  /* the same, signed: compact JWS */
  receipt text,
  primary key (workspace_id, id),
  check ((status in ('Waiting', 'Running')) = (ended_at is null))
);
create unique index privacy_workspace_erasures_one on privacy_workspace_erasures (workspace_id) where status in ('Waiting', 'Running');
create index on privacy_workspace_erasures (asked_by);
alter table privacy_workspace_erasures enable row level security;
alter table privacy_workspace_erasures force row level security;
create policy read on privacy_workspace_erasures for select to contentos_app using (workspace_id = (select app.workspace_id()));
create policy own on privacy_workspace_erasures for select to contentos_app using (asked_by = (select app.person_id()));
create policy ask on privacy_workspace_erasures for insert to contentos_app
  with check (workspace_id = (select app.workspace_id()) and asked_by = (select app.user_id()) and (select app.key_id()) is null
              and exists (select from workspaces w where w.id = workspace_id and w.owner_id = (select app.user_id())));
grant select, insert (workspace_id, id, due_at) on privacy_workspace_erasures to contentos_app;
grant select, update (status, ended_at, admins, done, receipt) on privacy_workspace_erasures to contentos_definer;
create policy keep on privacy_workspace_erasures for select to contentos_definer using (true);
create policy move on privacy_workspace_erasures for update to contentos_definer using (true) with check (status <> 'Waiting');

-- Which workspace is being erased, while that goes on.
create function app.erased_workspace() returns uuid
  language plpgsql stable parallel restricted security definer set search_path = pg_catalog, pg_temp as $$
declare c text[] := app.claims();
begin
  return case when c[1] = 'workspace erasure' then c[2]::uuid end;
end $$;

-- For each table with a workspace, in the migration that makes it: its rows go with the workspace. A rule of the catalogue
-- asks for it.
create function app.erase_with_workspace(p_table regclass) returns void
  language plpgsql volatile set search_path = pg_catalog, pg_temp as $$
begin
  execute format('grant select, delete on %s to contentos_definer', p_table);
  execute format('create policy erase_with_workspace on %s for all to contentos_definer using (%I = (select app.erased_workspace())) with check (false)',
    p_table, case p_table::text when 'workspaces' then 'id' when 'public.workspaces' then 'id' else 'workspace_id' end);
end $$;

-- Erases one layer: the tables with rows of it to which no other such row refers, or all that are left where they refer to
-- each other round in a circle. Answers how many rows of which table; null where nothing is left.
create function app.wipe_workspace(p_workspace uuid) returns jsonb
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  one record;
  filled boolean;
  names text[] := '{}';
  ids oid[] := '{}';
  columns text[] := '{}';
  next int[];
  counts jsonb;
begin
  perform app.enter('workspace erasure', p_workspace, null, null);
  for one in
    select c.oid, c.relname, case c.relname when 'workspaces' then 'id' else 'workspace_id' end as col
    from pg_class c join pg_policy p on p.polrelid = c.oid and p.polname = 'erase_with_workspace' order by c.relname
  loop
    execute format('select exists (select from public.%I where %I = $1)', one.relname, one.col) into filled using p_workspace;
    if filled then
      names := names || one.relname::text; ids := ids || one.oid; columns := columns || one.col::text;
    end if;
  end loop;
  if names = '{}' then
    perform set_config('app.scope', '', true);
    return null;
  end if;
  select array_agg(i) into next from generate_subscripts(ids, 1) i
    where not exists (select from pg_constraint k
      where k.contype = 'f' and k.confrelid = ids[i] and k.conrelid <> ids[i] and k.conrelid = any (ids));
  next := coalesce(next, array(select generate_subscripts(ids, 1)));
  -- In one statement, after which foreign keys are looked at.
  execute (select 'with ' || string_agg(format('d%s as (delete from public.%I where %I = $1 returning 1)', i, names[i], columns[i]), ', ')
      || ' select ' || string_agg(format('jsonb_build_object(%L, (select count(*) from d%s))', names[i], i), ' || ') from unnest(next) i)
    into counts using p_workspace;
  perform set_config('app.scope', '', true);
  return counts;
end $$;

-- Numbers by name, added up.
create function app.added(one jsonb, other jsonb) returns jsonb
  language sql immutable parallel safe set search_path = pg_catalog, pg_temp as $$
  select coalesce(jsonb_object_agg(key, total), '{}') from (
    select key, sum(value::bigint) as total from (
      select * from jsonb_each_text(coalesce(one, '{}')) union all select * from jsonb_each_text(coalesce(other, '{}'))) both_of group by key) sums
$$;

create function app.held_job_task(p_job_id bigint, p_worker_id text) returns text
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select k.identifier from graphile_worker._private_jobs j join graphile_worker._private_tasks k on k.id = j.task_id
  where j.id = p_job_id and app.held_job_workspace(p_job_id, p_worker_id) is not null
$$;

create function app.remove_jobs_of(p_workspace uuid, p_except bigint) returns bigint
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare n bigint;
begin
  delete from graphile_worker._private_jobs j where j.payload ->> 'workspaceId' = p_workspace::text and j.id <> p_except;
  get diagnostics n = row_count;
  return n;
end $$;

-- What was refused while a workspace was frozen is tried again from its first try.
create function app.rearm_jobs_of(p_workspace uuid) returns void
  language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
  update graphile_worker._private_jobs j set attempts = 0, run_at = now(), last_error = null
  where j.payload ->> 'workspaceId' = p_workspace::text and j.locked_by is null and j.last_error like '%This workspace is frozen%'
$$;

-- As before; and whoever enters a workspace that waits to be erased changes nothing in it, and one that is being erased is
-- gone already. Jobs are asked by their own entries.
create or replace function app.enter(kind text, workspace uuid, person uuid, role text, guest uuid default null, link uuid default null) returns void
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  claims text := concat(kind, '|', workspace, '|', person, '|', role, '|', guest, '|', link);
  erasure text;
begin
  if kind in ('session', 'key', 'guest', 'visitor') then
    select e.status into erasure from public.privacy_workspace_erasures e
      where e.workspace_id = workspace and e.status in ('Waiting', 'Running');
    if erasure = 'Running' then
      raise exception using errcode = 'CO404', message = 'This workspace is being erased';
    elsif erasure = 'Waiting' and kind <> 'visitor' then
      perform set_config('transaction_read_only', 'on', true);
    end if;
  end if;
  perform set_config('app.scope', claims || '|' || app.seal(claims), true);
end $$;

-- COFRZ: its workspace waits to be erased, so that nothing is done in it but sealing, and erasing in the end.
create function app.require_thawed(p_workspace uuid, p_task text) returns void
  language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  if p_task not in ('audit.seal', 'privacy.erase_workspace') and exists (
      select from public.privacy_workspace_erasures e where e.workspace_id = p_workspace and e.status in ('Waiting', 'Running')) then
    raise exception using errcode = 'COFRZ', message = 'This workspace is frozen';
  end if;
end $$;

create or replace function app.enter_job(p_job_id bigint, p_worker_id text) returns text
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  workspace uuid := app.held_job_workspace(p_job_id, p_worker_id);
begin
  if workspace is null then
    raise exception using errcode = 'CO404', message = 'No such job in the hands of a live worker';
  end if;
  perform app.require_thawed(workspace, app.held_job_task(p_job_id, p_worker_id));
  perform app.enter('job', workspace, null, 'System');
  return concat(workspace, '||System');
end $$;

create or replace function app.enter_job_for(p_job_id bigint, p_worker_id text) returns text
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  workspace uuid := app.held_job_workspace(p_job_id, p_worker_id);
  person uuid := app.held_job_person(p_job_id, p_worker_id);
  member_role text;
begin
  if workspace is null then
    raise exception using errcode = 'CO404', message = 'No such job in the hands of a live worker';
  end if;
  perform app.require_thawed(workspace, app.held_job_task(p_job_id, p_worker_id));
  select m.role into member_role
    from public.workspace_members m join public.users u on u.id = m.user_id
    where m.workspace_id = workspace and m.user_id = person and m.removed_at is null and u.suspended_at is null;
  if not found then
    raise exception using errcode = 'CO403', message = 'This job works for nobody who is a member';
  end if;
  perform app.enter('session', workspace, person, member_role);
  return concat_ws('|', workspace, person, member_role);
end $$;

-- One of its Admins takes it back, and goes on in the workspace, in the same transaction. CO404: nothing waits to be erased.
create function app.undo_workspace_erasure(p_session uuid, p_workspace uuid) returns text
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  person uuid := app.person_id();
  member_role text;
begin
  select m.role into member_role from public.workspace_members m
    join public.auth_sessions s on s.id = p_session and s.user_id = m.user_id
    where m.workspace_id = p_workspace and m.user_id = person and m.removed_at is null;
  if not found then
    raise exception using errcode = 'CO404', message = 'No such workspace';
  end if;
  if member_role <> 'Admin' then
    raise exception using errcode = '42501', message = 'An Admin takes it back';
  end if;
  update public.privacy_workspace_erasures e set status = 'Undone', ended_at = now()
    where e.workspace_id = p_workspace and e.status = 'Waiting';
  if not found then
    raise exception using errcode = 'CO404', message = 'Nothing waits to be erased';
  end if;
  perform app.rearm_jobs_of(p_workspace);
  return app.enter_session(p_session, p_workspace);
end $$;

-- Begins what is due, so that nobody enters any more and no other job is left. Answers Begun until rows have gone, then
-- Running, and Done. Null: it is not due, was
-- taken back, or the job is in other hands.
create function app.begin_workspace_erasure(p_job_id bigint, p_worker_id text, p_erasure uuid) returns text
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  workspace uuid := app.held_job_workspace(p_job_id, p_worker_id);
  erasure public.privacy_workspace_erasures;
begin
  select * into erasure from public.privacy_workspace_erasures e
    where e.workspace_id = workspace and e.id = p_erasure and e.status <> 'Undone' for update;
  if not found or erasure.status = 'Waiting' and erasure.due_at > now() then return null; end if;
  if erasure.status = 'Done' then return 'Done'; end if;
  if erasure.status = 'Running' then return case when erasure.done ? 'rows' then 'Running' else 'Begun' end; end if;
  update public.privacy_workspace_erasures e set status = 'Running',
      admins = array(select m.user_id from public.workspace_members m
        where m.workspace_id = workspace and m.role = 'Admin' and m.removed_at is null order by m.joined_at),
      done = jsonb_build_object(
        'audit', (select jsonb_build_object('sequence', s.sequence, 'hash', s.hash) from public.audit_seals s
                  where s.workspace_id = workspace order by s.sequence desc limit 1),
        'beside', jsonb_build_object('jobs', app.remove_jobs_of(workspace, p_job_id)))
    where e.workspace_id = workspace and e.id = p_erasure;
  perform app.enter('workspace erasure', workspace, null, null);
  delete from public.auth_sessions s where s.bound_to = workspace
    or s.sso_connection_id in (select c.id from public.auth_sso_connections c where c.workspace_id = workspace);
  delete from public.idempotency_keys k where strpos(k.response::text, workspace::text) > 0;
  perform set_config('app.scope', '', true);
  return 'Begun';
end $$;

-- One more layer of rows, and what was done beside the database, which is added to what was. When nothing is left: Done,
-- with the addresses of those who are told, until the receipt is kept.
create function app.erase_workspace_step(p_job_id bigint, p_worker_id text, p_erasure uuid, p_beside jsonb,
    out status text, out workspace_id uuid, out done jsonb, out addresses text[])
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  erasure public.privacy_workspace_erasures;
  counts jsonb;
begin
  workspace_id := app.held_job_workspace(p_job_id, p_worker_id);
  select * into erasure from public.privacy_workspace_erasures e
    where e.workspace_id = erase_workspace_step.workspace_id and e.id = p_erasure
      and (e.status = 'Running' or e.status = 'Done' and e.receipt is null) for update;
  if not found then return; end if;
  if erasure.status = 'Running' then
    counts := app.wipe_workspace(workspace_id);
  end if;
  status := case when counts is null then 'Done' else 'Running' end;
  done := erasure.done || jsonb_build_object(
    'rows', app.added(erasure.done -> 'rows', counts), 'beside', app.added(erasure.done -> 'beside', p_beside));
  update public.privacy_workspace_erasures e set status = erase_workspace_step.status, done = erase_workspace_step.done,
      ended_at = case when erase_workspace_step.status = 'Done' then coalesce(e.ended_at, now()) end
    where e.workspace_id = erasure.workspace_id and e.id = p_erasure;
  addresses := array(select u.email from public.users u where u.id = any (erasure.admins) and u.suspended_at is null order by u.email);
end $$;

create function app.keep_workspace_erasure_receipt(p_job_id bigint, p_worker_id text, p_erasure uuid, p_receipt text) returns boolean
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
  update public.privacy_workspace_erasures e set receipt = p_receipt
    where e.workspace_id = app.held_job_workspace(p_job_id, p_worker_id) and e.id = p_erasure and e.status = 'Done' and e.receipt is null;
  return found;
end $$;

-- As before; and what goes with its workspace leaves nothing behind.
create or replace function app.record_change() returns trigger
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp set timezone = 'UTC' as $$
declare
  claims text[] := app.claims();
  old_row jsonb := case when tg_op <> 'INSERT' then to_jsonb(old) end;
  new_row jsonb := case when tg_op <> 'DELETE' then to_jsonb(new) end;
  row jsonb := coalesce(new_row, old_row);
  told text[] := tg_argv[1:];
  was jsonb;
  is_now jsonb;
begin
  if claims[1] = 'workspace erasure' then return null; end if;
  select jsonb_object_agg(k, case when k = any (told) or old_row -> k = 'null' then old_row -> k else '"(masked)"' end),
         jsonb_object_agg(k, case when k = any (told) or new_row -> k = 'null' then new_row -> k else '"(masked)"' end)
    into was, is_now
    from jsonb_object_keys(row) k
    where k not in ('workspace_id', 'updated_at')
      and case tg_op when 'UPDATE' then old_row -> k is distinct from new_row -> k else row -> k <> 'null' end;
  if tg_op = 'UPDATE' and is_now is null then return null; end if;
  insert into public.audit_changes (workspace_id, actor_kind, actor_id, login, operation, table_name, row_id, before, after) values (
    (row ->> case when tg_table_name = 'workspaces' then 'id' else 'workspace_id' end)::uuid,
    case claims[4] when 'Guest' then 'Guest' else case when claims[3] <> '' then 'Member' else 'System' end end,
    coalesce(nullif(claims[3], ''), nullif(claims[5], ''))::uuid,
    session_user,
    case tg_op when 'INSERT' then 'Inserted' when 'UPDATE' then 'Changed' else 'Removed' end,
    tg_table_name,
    (row ->> tg_argv[0])::uuid,
    case when tg_op <> 'INSERT' then was end,
    case when tg_op <> 'DELETE' then is_now end);
  return null;
end $$;

create policy erase_with_workspace_keys on idempotency_keys for delete to contentos_definer
  using ((select app.erased_workspace()) is not null and strpos(response::text, (select app.erased_workspace())::text) > 0);
create policy erase_with_workspace_sessions on auth_sessions for delete to contentos_definer
  using ((select app.erased_workspace()) is not null);
do $$ declare t regclass; begin
  for t in select c.oid::regclass from pg_class c
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and c.relname <> 'privacy_workspace_erasures'
      and (c.relname = 'workspaces'
           or exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'workspace_id' and not a.attisdropped))
  loop
    perform app.erase_with_workspace(t);
  end loop;
end $$;

grant create on schema app to contentos_definer, contentos_worker;
alter function app.erased_workspace owner to contentos_definer;
alter function app.wipe_workspace owner to contentos_definer;
alter function app.require_thawed owner to contentos_definer;
alter function app.undo_workspace_erasure owner to contentos_definer;
alter function app.begin_workspace_erasure owner to contentos_definer;
alter function app.erase_workspace_step owner to contentos_definer;
alter function app.keep_workspace_erasure_receipt owner to contentos_definer;
alter function app.held_job_task owner to contentos_worker;
alter function app.remove_jobs_of owner to contentos_worker;
alter function app.rearm_jobs_of owner to contentos_worker;
revoke create on schema app from contentos_definer, contentos_worker;
grant execute on function app.added, app.held_job_task, app.remove_jobs_of, app.rearm_jobs_of to contentos_definer;
-- After a backup was restored, an operator has it done again to what is written down elsewhere.
grant execute on function app.wipe_workspace to contentos_worker;
grant execute on function app.undo_workspace_erasure, app.begin_workspace_erasure, app.erase_workspace_step,
  app.keep_workspace_erasure_receipt to contentos_app;

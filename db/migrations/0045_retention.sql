-- For how long a workspace keeps what; and a legal hold, which stops that anything goes.

create table retention_rules (
  workspace_id uuid not null default app.workspace_id() references workspaces,
  what text not null check (what in ('Audit', 'Webhooks', 'Notifications')),
  /* null: as long as the deployment keeps it */
  days int,
  updated_by uuid not null default app.user_id() references users,
  updated_at timestamptz(3) not null default now(),
  primary key (workspace_id, what),
  /* the same bounds as in src/features/retention/kinds.ts */
  constraint retention_rules_bounds check (days between
    case what when 'Audit' then 365 when 'Webhooks' then 1 when 'Notifications' then 7 end and
    case what when 'Audit' then 3650 when 'Webhooks' then 30 when 'Notifications' then 90 end)
);

create table retention_holds (
  workspace_id uuid not null default app.workspace_id() references workspaces,
  /* null: nothing is held */
  since timestamptz(3),
  reason text check (length(reason) <= 500),
  updated_by uuid not null default app.user_id() references users,
  updated_at timestamptz(3) not null default now(),
  primary key (workspace_id)
);

do $$ declare t text; begin
  foreach t in array array['retention_rules', 'retention_holds'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('grant select on %I to contentos_app', t);
    execute format('create policy read on %I for select to contentos_app
      using (workspace_id = (select app.workspace_id()) and (select app.role()) = ''Admin'')', t);
    execute format('create policy make on %I for insert to contentos_app
      with check (workspace_id = (select app.workspace_id()) and (select app.role()) = ''Admin'' and updated_by = (select app.user_id()))', t);
    execute format('create policy change on %I for update to contentos_app
      using (workspace_id = (select app.workspace_id()))
      with check (workspace_id = (select app.workspace_id()) and (select app.role()) = ''Admin'' and updated_by = (select app.user_id()))', t);
    -- What is gone does not come back: a program decides nothing of it.
    execute format('create policy by_people on %I as restrictive for insert to contentos_app with check ((select app.key_id()) is null)', t);
    execute format('create policy by_people_only on %I as restrictive for update to contentos_app using (true) with check ((select app.key_id()) is null)', t);
    perform app.erase_with_workspace(t::regclass);
    execute format('create policy keep on %I for select to contentos_definer using (true)', t);
  end loop;
end $$;
grant insert (workspace_id, what, days, updated_by), update (days, updated_by, updated_at) on retention_rules to contentos_app;
grant insert (workspace_id, since, reason, updated_by), update (since, reason, updated_by, updated_at) on retention_holds to contentos_app;

create trigger record_change after insert or update or delete on retention_rules
  for each row execute function app.record_change('workspace_id', 'what', 'days');
create trigger record_change after insert or update or delete on retention_holds
  for each row execute function app.record_change('workspace_id', 'since');

create function app.is_held(p_workspace uuid) returns boolean
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select exists (select from public.retention_holds h where h.workspace_id = p_workspace and h.since is not null)
$$;

-- Before when a job removes something of its workspace; null where nothing goes.
create function app.retention_cutoff(p_what text) returns timestamptz
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select now() - make_interval(days => r.days) from public.retention_rules r
    where r.workspace_id = app.workspace_id() and r.what = p_what and app.role() = 'System' and not app.is_held(r.workspace_id)
$$;

-- How many rows are older than that many days, for an Admin who thinks about it.
create function app.count_old(p_what text, p_days int) returns bigint
  language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
  workspace uuid := app.workspace_id();
  cutoff timestamptz := now() - make_interval(days => p_days);
begin
  if workspace is null or app.role() <> 'Admin' then
    raise exception using errcode = '42501', message = 'An Admin counts';
  end if;
  return case p_what
    when 'Audit' then (select count(*) from public.audit_seals s where s.workspace_id = workspace and s.sealed_at < cutoff)
    when 'Webhooks' then (select count(*) from public.webhooks_deliveries d
      where d.workspace_id = workspace and d.created_at < cutoff and d.status <> 'Pending')
    when 'Notifications' then (select count(*) from public.notifications n where n.workspace_id = workspace and n.created_at < cutoff)
      + (select count(*) from public.notifications_deliveries d where d.workspace_id = workspace and d.created_at < cutoff)
  end;
end $$;

-- Removes the oldest of what the workspace's own rule says, so many at most. From when on is looked up here, whatever the job believes.
create function app.remove_old(p_what text, p_limit int) returns bigint
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  workspace uuid := app.workspace_id();
  cutoff timestamptz := app.retention_cutoff(p_what);
  old uuid[];
  gone bigint := 0;
  more bigint;
begin
  if cutoff is null then return 0; end if;
  if p_what = 'Webhooks' then
    old := array(select d.id from public.webhooks_deliveries d
      where d.workspace_id = workspace and d.created_at < cutoff and d.status <> 'Pending' order by d.created_at limit p_limit);
    delete from public.webhooks_attempts a where a.workspace_id = workspace and a.delivery_id = any (old);
    delete from public.webhooks_deliveries d where d.workspace_id = workspace and d.id = any (old);
    get diagnostics gone = row_count;
  elsif p_what = 'Notifications' then
    delete from public.notifications n where n.workspace_id = workspace and n.id in (
      select o.id from public.notifications o where o.workspace_id = workspace and o.created_at < cutoff order by o.created_at limit p_limit);
    get diagnostics gone = row_count;
    delete from public.notifications_deliveries d where d.workspace_id = workspace and d.id in (
      select o.id from public.notifications_deliveries o where o.workspace_id = workspace and o.created_at < cutoff
      order by o.created_at limit p_limit - gone);
    get diagnostics more = row_count;
    gone := gone + more;
  end if;
  return gone;
end $$;
create policy retain on webhooks_deliveries for delete to contentos_definer
  using (workspace_id = (select app.workspace_id()) and created_at < (select app.retention_cutoff('Webhooks')));
create policy retain on notifications for delete to contentos_definer
  using (workspace_id = (select app.workspace_id()) and created_at < (select app.retention_cutoff('Notifications')));
create policy retain on notifications_deliveries for delete to contentos_definer
  using (workspace_id = (select app.workspace_id()) and created_at < (select app.retention_cutoff('Notifications')));

-- A proof by a key that the database does not have: whoever owns it can't make a checkpoint up.
alter table audit_checkpoints add column proof text;
drop function app.retire_audit(timestamptz, int);

-- As before, up to a place of the chain that the job has read and proves; and not while the workspace is held. Answers null then.
create function app.retire_audit(p_before timestamptz, p_through bigint, p_proof text) returns bigint
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  workspace uuid := app.workspace_id();
  last public.audit_seals;
  gone bigint;
begin
  if workspace is null or app.role() <> 'System' or p_before > now() - interval '30 days' then
    raise exception using errcode = '42501', message = 'Old rows go by a job, and none that is younger than 30 days';
  end if;
  if app.is_held(workspace) then return null; end if;
  select * into last from public.audit_seals s where s.workspace_id = workspace and s.sequence = p_through and s.sealed_at < p_before;
  if not found then return null; end if;
  delete from public.audit_events r using public.audit_seals s
    where s.workspace_id = workspace and s.sequence <= last.sequence and r.workspace_id = workspace and r.id = s.row_id;
  delete from public.audit_changes r using public.audit_seals s
    where s.workspace_id = workspace and s.sequence <= last.sequence and r.workspace_id = workspace and r.id = s.row_id;
  delete from public.audit_seals s where s.workspace_id = workspace and s.sequence <= last.sequence;
  get diagnostics gone = row_count;
  insert into public.audit_checkpoints (workspace_id, sequence, hash, rows, before, proof)
    values (workspace, last.sequence, last.hash, gone, p_before, p_proof);
  return last.sequence;
end $$;

-- What every workspace loses after its days, as before; and nothing of one that is held.
create or replace function app.purge_webhooks() returns bigint
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  old uuid[] := array(select d.id from public.webhooks_deliveries d
    where d.created_at < now() - interval '30 days' and not app.is_held(d.workspace_id) limit 10000);
  purged bigint;
begin
  delete from public.webhooks_attempts a where a.delivery_id = any (old)
    and exists (select from public.webhooks_deliveries d
                where d.workspace_id = a.workspace_id and d.id = a.delivery_id and d.created_at < now() - interval '30 days');
  delete from public.webhooks_deliveries d where d.id = any (old) and d.created_at < now() - interval '30 days';
  get diagnostics purged = row_count;
  return purged;
end $$;

create or replace function app.purge_notifications() returns bigint
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  purged bigint;
begin
  delete from public.notifications_deliveries d where d.created_at < now() - interval '90 days' and not app.is_held(d.workspace_id);
  delete from public.notifications where (workspace_id, id) in (
    select n.workspace_id, n.id from public.notifications n
      where n.created_at < now() - interval '90 days' and not app.is_held(n.workspace_id) limit 100000);
  get diagnostics purged = row_count;
  return purged;
end $$;

create function app.wake_retainer(p_workspace uuid) returns void
  language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
  select graphile_worker.add_job(
    identifier => 'retention.remove', payload => json_build_object('workspaceId', p_workspace),
    max_attempts => 3, job_key => p_workspace || ':retention.remove')
$$;

-- Has a job come in each workspace that has a rule and is not held.
create function app.wake_retention() returns void
  language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
  select app.wake_retainer(r.workspace_id) from (
    select distinct workspace_id from public.retention_rules where days is not null) r
    where not app.is_held(r.workspace_id)
$$;

grant create on schema app to contentos_definer, contentos_worker;
alter function app.is_held owner to contentos_definer;
alter function app.retention_cutoff owner to contentos_definer;
alter function app.count_old owner to contentos_definer;
alter function app.remove_old owner to contentos_definer;
alter function app.retire_audit owner to contentos_definer;
alter function app.wake_retention owner to contentos_definer;
alter function app.wake_retainer owner to contentos_worker;
revoke create on schema app from contentos_definer, contentos_worker;
grant execute on function app.wake_retainer to contentos_definer;
grant execute on function app.retention_cutoff, app.count_old, app.remove_old, app.retire_audit, app.wake_retention to contentos_app;

-- The audit log as a chain of hashes, changes of rows told by the database itself, and how old rows go.

-- What became of a row, whoever did it: written by triggers alone, also where somebody changes it past the application.
create table audit_changes (
  workspace_id uuid not null references workspaces,
  id uuid not null default gen_random_uuid(),
  at timestamptz(3) not null default now(),
  actor_kind text not null check (actor_kind in ('Member', 'System', 'Guest')),
  actor_id uuid,
  /* the log-in of the database: another one than the application's went past it */
  login text not null,
  operation text not null check (operation in ('Inserted', 'Changed', 'Removed')),
  table_name text not null,
  row_id uuid not null,
  /* the columns that changed; those that may not be told stand there masked */
  before jsonb,
  after jsonb,
  primary key (workspace_id, id)
);
create index on audit_changes (workspace_id, at desc, id desc);
create index on audit_changes (workspace_id, row_id, at desc);

-- The chain: each seal has the hash of a row and of the seal before it. Rows are sealed by a job, after they were
-- committed, so that the chain does not let the writers of a workspace wait for each other.
create table audit_seals (
  workspace_id uuid not null default app.workspace_id() references workspaces,
  sequence bigint not null check (sequence > 0),
  kind text not null check (kind in ('Event', 'Change')),
  row_id uuid not null,
  sealed_at timestamptz(3) not null,
  hash text not null check (hash ~ '^[0-9a-f]{64}$'),
  primary key (workspace_id, sequence),
  unique (workspace_id, row_id)
);

-- Where rows went because they had become old enough: the chain goes on from the hash of the last of them.
create table audit_checkpoints (
  workspace_id uuid not null references workspaces,
  sequence bigint not null,
  hash text not null,
  rows bigint not null,
  before timestamptz(3) not null,
  at timestamptz(3) not null default now(),
  primary key (workspace_id, sequence)
);

do $$ declare t text; begin
  foreach t in array array['audit_changes', 'audit_seals', 'audit_checkpoints'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('grant select on %I to contentos_app', t);
    execute format('create policy read on %I for select to contentos_app
      using (workspace_id = (select app.workspace_id()) and (select app.role()) in (''Admin'', ''System''))', t);
  end loop;
end $$;
alter policy read on audit_events
  using (workspace_id = (select app.workspace_id()) and (select app.role()) in ('Admin', 'System'));
create policy seal on audit_seals for insert to contentos_app
  with check (workspace_id = (select app.workspace_id()) and (select app.role()) = 'System');
grant insert (workspace_id, sequence, kind, row_id, sealed_at, hash) on audit_seals to contentos_app;

-- Arguments: the column that names the row, and the columns that are told as they are. Of the others it is told that
-- they changed: bodies, secrets and what names a person stay out of a log that nobody may ever change.
create function app.record_change() returns trigger
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
create policy record on audit_changes for insert to contentos_definer with check (true);
grant insert on audit_changes to contentos_definer;

-- Has the sealer of a workspace come soon. Asked for after the commit and outside of it, since a job's key is a row that
-- those who write would wait for.
create function app.wake_sealer(p_workspace uuid) returns void
  language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
  select graphile_worker.add_job(
    identifier => 'audit.seal', payload => json_build_object('workspaceId', p_workspace),
    max_attempts => 5, job_key => p_workspace || ':audit.seal')
$$;

-- Wakes those whose wake-up got lost. Rows that are an hour older than the last seal are nobody's late commit: they are
-- for `verify` to find, and no job seals them. Those are woken as well whose oldest rows are to go.
create function app.wake_sealers(p_retire_before timestamptz, out events bigint, out changes bigint)
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  waiting record;
begin
  events := 0;
  changes := 0;
  for waiting in
    select w.id, e.count as events, c.count as changes
      from public.workspaces w
      left join lateral (select s.sealed_at - interval '1 hour' as since from public.audit_seals s
                         where s.workspace_id = w.id order by s.sequence desc limit 1) last on true,
      lateral (select count(*) from public.audit_events r
               where r.workspace_id = w.id and r.at >= coalesce(last.since, '-infinity')
                 and not exists (select from public.audit_seals s where s.workspace_id = w.id and s.row_id = r.id)) e,
      lateral (select count(*) from public.audit_changes r
               where r.workspace_id = w.id and r.at >= coalesce(last.since, '-infinity')
                 and not exists (select from public.audit_seals s where s.workspace_id = w.id and s.row_id = r.id)) c
      where e.count + c.count > 0 or (
        select s.sealed_at from public.audit_seals s where s.workspace_id = w.id order by s.sequence limit 1) < p_retire_before
  loop
    events := events + waiting.events;
    changes := changes + waiting.changes;
    perform app.wake_sealer(waiting.id);
  end loop;
end $$;

-- For the operator's own check: which workspaces there are.
create function app.audited_workspaces() returns table (id uuid, slug text)
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select w.id, w.slug from public.workspaces w order by w.slug
$$;

-- Lets the oldest sealed rows go, up to a day that is a month ago at least, and keeps where the chain goes on from.
-- Answers the checkpoint's sequence, or null where nothing was old enough.
create function app.retire_audit(p_before timestamptz, p_limit int) returns bigint
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  workspace uuid := app.workspace_id();
  last public.audit_seals;
  gone bigint;
begin
  if workspace is null or app.role() <> 'System' or p_before > now() - interval '30 days' then
    raise exception using errcode = '42501', message = 'Old rows go by a job, and none that is younger than 30 days';
  end if;
  select * into last from (
    select * from public.audit_seals s where s.workspace_id = workspace order by s.sequence limit p_limit) oldest
    where oldest.sealed_at < p_before order by oldest.sequence desc limit 1;
  if not found then return null; end if;
  delete from public.audit_events r using public.audit_seals s
    where s.workspace_id = workspace and s.sequence <= last.sequence and r.workspace_id = workspace and r.id = s.row_id;
  delete from public.audit_changes r using public.audit_seals s
    where s.workspace_id = workspace and s.sequence <= last.sequence and r.workspace_id = workspace and r.id = s.row_id;
  delete from public.audit_seals s where s.workspace_id = workspace and s.sequence <= last.sequence;
  get diagnostics gone = row_count;
  insert into public.audit_checkpoints (workspace_id, sequence, hash, rows, before)
    values (workspace, last.sequence, last.hash, gone, p_before);
  return last.sequence;
end $$;

-- As before; and whoever signs in is written down in each of their workspaces. Never what they came with.
create or replace function app.record_auth_event() returns trigger
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  before jsonb := case when tg_op <> 'INSERT' then to_jsonb(old) end;
  after jsonb := case when tg_op <> 'DELETE' then to_jsonb(new) end;
  changed text[];
  subject uuid;
begin
  select coalesce(array_agg(key order by key), '{}') into changed
    from jsonb_object_keys(coalesce(after, before)) key
    where tg_op = 'UPDATE' and before -> key is distinct from after -> key and key <> 'updated_at';
  if tg_op = 'UPDATE' and changed = '{}' then return null; end if;
  subject := (coalesce(after, before) ->> case when tg_table_name = 'users' then 'id' else 'user_id' end)::uuid;
  insert into public.auth_events (user_id, action, detail) values (
    subject,
    tg_table_name || '.' || case tg_op when 'INSERT' then 'created' when 'UPDATE' then 'changed' else 'removed' end,
    jsonb_strip_nulls(jsonb_build_object(
      'id', coalesce(after, before) -> 'id',
      'provider', coalesce(after, before) -> 'provider_id',
      'changed', case when tg_op = 'UPDATE' then to_jsonb(changed) end)));
  if tg_table_name = 'auth_sessions' and tg_op = 'INSERT' then
    insert into public.audit_events (workspace_id, id, actor_kind, actor_id, action, subject_type, subject_id)
      select m.workspace_id, gen_random_uuid(), 'Member', subject, 'auth.signed_in', 'member', subject
        from public.workspace_members m where m.user_id = subject and m.removed_at is null;
  end if;
  return null;
end $$;
create policy sign_in on audit_events for insert to contentos_definer with check (action = 'auth.signed_in');
grant insert on audit_events to contentos_definer;

do $$ declare t text; begin
  foreach t in array array['audit_events', 'audit_changes', 'audit_seals'] loop
    execute format('grant select, delete on %I to contentos_definer', t);
    execute format('create policy chain on %I for select to contentos_definer using (true)', t);
    execute format('create policy retire on %I for delete to contentos_definer using (workspace_id = app.workspace_id())', t);
  end loop;
end $$;
grant insert on audit_checkpoints to contentos_definer;
create policy keep on audit_checkpoints for insert to contentos_definer with check (workspace_id = app.workspace_id());

grant create on schema app to contentos_definer, contentos_worker;
alter function app.record_change owner to contentos_definer;
alter function app.record_auth_event owner to contentos_definer;
alter function app.wake_sealers owner to contentos_definer;
alter function app.audited_workspaces owner to contentos_definer;
alter function app.retire_audit owner to contentos_definer;
alter function app.wake_sealer owner to contentos_worker;
revoke create on schema app from contentos_definer, contentos_worker;
grant execute on function app.wake_sealer to contentos_definer;
grant execute on function app.audited_workspaces to contentos_worker;
grant execute on function app.wake_sealer, app.wake_sealers, app.retire_audit to contentos_app;

create trigger record_change after insert or update or delete on workspaces
  for each row execute function app.record_change('id', 'name', 'slug', 'owner_id', 'time_zone', 'region', 'language', 'approval_steps', 'late_after_minutes');
create trigger record_change after insert or update or delete on workspace_members
  for each row execute function app.record_change('user_id', 'user_id', 'role', 'removed_at');
create trigger record_change after insert or update or delete on content_items
  for each row execute function app.record_change('id', 'title', 'status', 'created_by', 'assignee_id', 'due_at', 'campaign_id', 'current_version_number', 'current_content_hash', 'published_at', 'archived_at');
create trigger record_change after insert or update or delete on content_adaptations
  for each row execute function app.record_change('id', 'content_item_id', 'version_number', 'channel_id', 'content_hash', 'removed_at');
create trigger record_change after insert or update or delete on personas
  for each row execute function app.record_change('id', 'name', 'removed_at');
create trigger record_change after insert or update or delete on planning_campaigns
  for each row execute function app.record_change('id', 'name', 'starts_on', 'ends_on', 'archived_at', 'removed_at');
create trigger record_change after insert or update or delete on channels
  for each row execute function app.record_change('id', 'network', 'name', 'status', 'removed_at');
create trigger record_change after insert or update or delete on distribution_schedules
  for each row execute function app.record_change('id', 'content_item_id', 'version_number', 'channel_id', 'scheduled_time', 'status', 'hold_reason', 'published_url', 'removed_at');
create trigger record_change after insert or update or delete on review_links
  for each row execute function app.record_change('id', 'expires_at', 'revoked_at');

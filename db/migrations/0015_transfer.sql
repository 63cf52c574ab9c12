-- A job may work for the person who asked for it: enqueueing writes down who that is, and nobody can say another.

create or replace function app.enqueue_job(p_task text, p_payload jsonb, p_run_at timestamptz, p_job_key text, p_max_attempts int, p_priority int default 0) returns text
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  workspace uuid := app.workspace_id();
  job_id text;
begin
  if workspace is null then
    raise exception using errcode = '42501', message = 'Jobs are enqueued within a workspace';
  end if;
  -- Job keys are one space for all workspaces: each gets its own part of it.
  select j.id::text into job_id from graphile_worker.add_job(
    identifier => p_task,
    -- Last, so that these stand whatever the payload said. Null where a job enqueues: it is nobody.
    payload => (p_payload || jsonb_build_object('workspaceId', workspace, 'onBehalfOf', app.user_id()))::json,
    run_at => p_run_at,
    max_attempts => p_max_attempts,
    job_key => workspace || ':' || p_job_key,
    priority => p_priority) j;
  return job_id;
end $$;

-- Whom a job works for that this worker holds, under the same proof as `app.held_job_workspace`.
create function app.held_job_person(p_job_id bigint, p_worker_id text) returns uuid
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select (j.payload ->> 'onBehalfOf')::uuid
  from graphile_worker._private_jobs j
  where j.id = p_job_id and j.locked_by = p_worker_id and app.held_job_workspace(p_job_id, p_worker_id) is not null
$$;

-- A job goes on as the person who asked for it, with the role that they have now. Policies take it for a session of
-- theirs. CO404: no such job in the hands of this worker. CO403: nobody asked, or whoever did is no member any more.
create function app.enter_job_for(p_job_id bigint, p_worker_id text) returns text
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  workspace uuid := app.held_job_workspace(p_job_id, p_worker_id);
  person uuid := app.held_job_person(p_job_id, p_worker_id);
  member_role text;
begin
  if workspace is null then
    raise exception using errcode = 'CO404', message = 'No such job in the hands of a live worker';
  end if;
  select m.role into member_role
    from public.workspace_members m join public.users u on u.id = m.user_id
    where m.workspace_id = workspace and m.user_id = person and m.removed_at is null and u.suspended_at is null;
  if not found then
    raise exception using errcode = 'CO403', message = 'This job works for nobody who is a member';
  end if;
  perform app.enter('session', workspace, person, member_role);
  return concat_ws('|', workspace, person, member_role);
end $$;

grant create on schema app to contentos_definer, contentos_worker;
alter function app.held_job_person owner to contentos_worker;
alter function app.enter_job_for owner to contentos_definer;
revoke create on schema app from contentos_definer, contentos_worker;
grant execute on function app.held_job_workspace to contentos_worker;
grant execute on function app.held_job_person to contentos_definer;
grant execute on function app.enter_job_for to contentos_app;

-- What comes in. One import at a time in a workspace.
create table transfer_imports (
  workspace_id uuid not null default app.workspace_id() references workspaces,
  id uuid not null default gen_random_uuid(),
  status text not null default 'Queued' check (status in ('Queued', 'Running', 'Finished', 'Failed', 'Canceled')),
  file_name text not null,
  /* the upload that it reads; none where it came from the command line */
  asset_id uuid,
  options jsonb not null default '{}',
  /* as recognised */
  format text check (format in ('Folder', 'WordPress', 'Rss', 'Atom', 'ContentOS')),
  /* what the entries are remembered by */
  source text,
  total int,
  imported int not null default 0,
  updated int not null default 0,
  unchanged int not null default 0,
  conflicts int not null default 0,
  skipped int not null default 0,
  failed int not null default 0,
  /* why it failed, for whoever asked for it */
  message text,
  created_by uuid not null default app.user_id() references users,
  created_at timestamptz(3) not null default now(),
  started_at timestamptz(3),
  ended_at timestamptz(3),
  primary key (workspace_id, id),
  foreign key (workspace_id, asset_id) references assets,
  check ((status in ('Finished', 'Failed', 'Canceled')) = (ended_at is not null))
);
create unique index transfer_imports_one on transfer_imports (workspace_id) where status in ('Queued', 'Running');
create index on transfer_imports (workspace_id, created_at desc, id desc);

-- What became of each entry in each import.
create table transfer_outcomes (
  workspace_id uuid not null default app.workspace_id(),
  import_id uuid not null,
  position int not null,
  key text not null,
  outcome text not null check (outcome in ('Imported', 'Updated', 'Unchanged', 'Conflict', 'Skipped', 'Failed')),
  title text,
  message text,
  notes jsonb not null default '[]',
  content_item_id uuid,
  primary key (workspace_id, import_id, position),
  foreign key (workspace_id, import_id) references transfer_imports,
  foreign key (workspace_id, content_item_id) references content_items
);
create index on transfer_outcomes (workspace_id, import_id, outcome, position);

-- The memory: what came from where, so that nothing comes twice.
create table transfer_entries (
  workspace_id uuid not null default app.workspace_id() references workspaces,
  source text not null,
  key text not null,
  format text not null,
  content_item_id uuid not null,
  /* of all that the source said */
  raw_hash text not null check (raw_hash ~ '^[0-9a-f]{64}$'),
  /* the version that was made of it: another current one was edited here */
  version_number int not null,
  /* of what an export would say of it: where that is the same, it gives back the original bytes */
  exported_hash text not null check (exported_hash ~ '^[0-9a-f]{64}$'),
  original bytea,
  /* author, dates, status and fields as the source had them */
  provenance jsonb not null default '{}',
  imported_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now(),
  primary key (workspace_id, source, key),
  foreign key (workspace_id, content_item_id) references content_items
);
create index on transfer_entries (workspace_id, content_item_id);
create index on transfer_entries (workspace_id, raw_hash);

-- Who wrote what came in, and when: here it is in the name of whoever imported it.
create table transfer_origins (
  workspace_id uuid not null default app.workspace_id() references workspaces,
  subject_type text not null check (subject_type in ('Item', 'Version', 'Thread', 'Comment')),
  subject_id uuid not null,
  author_name text,
  author_email text,
  at timestamptz(3),
  /* what was put before its text, to tell readers */
  prefix text,
  primary key (workspace_id, subject_type, subject_id)
);

-- What goes out: an archive that is kept for a week.
create table transfer_exports (
  workspace_id uuid not null default app.workspace_id() references workspaces,
  id uuid not null default gen_random_uuid(),
  status text not null default 'Queued' check (status in ('Queued', 'Running', 'Finished', 'Failed', 'Expired')),
  filter jsonb not null default '{}',
  items int,
  size_bytes bigint,
  sha256 text check (sha256 ~ '^[0-9a-f]{64}$'),
  /* the key that it is sealed under, wrapped; once it is gone, nobody opens the archive */
  wrapped_key bytea,
  message text,
  created_by uuid not null default app.user_id() references users,
  created_at timestamptz(3) not null default now(),
  ended_at timestamptz(3),
  expires_at timestamptz(3),
  primary key (workspace_id, id)
);
create unique index transfer_exports_one on transfer_exports (workspace_id) where status in ('Queued', 'Running');
create index on transfer_exports (workspace_id, created_at desc, id desc);

do $$ declare t text; begin
  foreach t in array array['transfer_imports', 'transfer_outcomes', 'transfer_entries', 'transfer_origins', 'transfer_exports'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('grant select on %I to contentos_app', t);
  end loop;
  -- Where an item came from is its readers' to know; how an import went is for those who may import.
  foreach t in array array['transfer_entries', 'transfer_origins'] loop
    execute format('create policy read on %I for select to contentos_app using (workspace_id = (select app.workspace_id()))', t);
  end loop;
  foreach t in array array['transfer_outcomes', 'transfer_entries', 'transfer_origins'] loop
    execute format('create policy write on %I for insert to contentos_app
      with check (workspace_id = (select app.workspace_id()) and (select app.role()) in (''Editor'', ''Admin''))', t);
  end loop;
end $$;

create policy read on transfer_imports for select to contentos_app
  using (workspace_id = (select app.workspace_id()) and (select app.role()) in ('Editor', 'Admin', 'System'));
create policy ask on transfer_imports for insert to contentos_app
  with check (workspace_id = (select app.workspace_id()) and (select app.role()) in ('Editor', 'Admin')
              and created_by = (select app.user_id()) and status = 'Queued');
-- The job itself says that it failed where whoever asked is no member any more.
create policy change on transfer_imports for update to contentos_app
  using (workspace_id = (select app.workspace_id()))
  with check (workspace_id = (select app.workspace_id()) and (select app.role()) in ('Editor', 'Admin', 'System'));
grant insert (workspace_id, id, status, file_name, asset_id, options, created_by),
      update (status, format, source, total, imported, updated, unchanged, conflicts, skipped, failed, message, started_at, ended_at)
  on transfer_imports to contentos_app;

create policy read on transfer_outcomes for select to contentos_app
  using (workspace_id = (select app.workspace_id()) and (select app.role()) in ('Editor', 'Admin'));
grant insert (workspace_id, import_id, position, key, outcome, title, message, notes, content_item_id) on transfer_outcomes to contentos_app;

create policy change on transfer_entries for update to contentos_app
  using (workspace_id = (select app.workspace_id()))
  with check (workspace_id = (select app.workspace_id()) and (select app.role()) in ('Editor', 'Admin'));
grant insert (workspace_id, source, key, format, content_item_id, raw_hash, version_number, exported_hash, original, provenance),
      update (raw_hash, version_number, exported_hash, original, provenance, updated_at) on transfer_entries to contentos_app;
grant insert (workspace_id, subject_type, subject_id, author_name, author_email, at, prefix) on transfer_origins to contentos_app;

create policy read on transfer_exports for select to contentos_app
  using (workspace_id = (select app.workspace_id()) and (select app.role()) in ('Admin', 'System'));
create policy ask on transfer_exports for insert to contentos_app
  with check (workspace_id = (select app.workspace_id()) and (select app.role()) = 'Admin'
              and created_by = (select app.user_id()) and status = 'Queued');
create policy change on transfer_exports for update to contentos_app
  using (workspace_id = (select app.workspace_id()))
  with check (workspace_id = (select app.workspace_id()) and (select app.role()) in ('Admin', 'System'));
grant insert (workspace_id, id, status, filter, created_by),
      update (status, items, size_bytes, sha256, wrapped_key, message, ended_at, expires_at) on transfer_exports to contentos_app;

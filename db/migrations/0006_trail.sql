-- Who did what: written in the transaction that did it, read by Admins, changed by nobody.
create table audit_events (
  workspace_id uuid not null default app.workspace_id() references workspaces,
  id uuid not null default gen_random_uuid(),
  at timestamptz(3) not null default now(),
  actor_kind text not null check (actor_kind in ('Member', 'System')),
  actor_id uuid,
  action text not null,
  subject_type text not null,
  subject_id uuid not null,
  detail jsonb not null default '{}',
  request_id text,
  primary key (workspace_id, id)
);
create index on audit_events (workspace_id, at desc, id desc);
create index on audit_events (workspace_id, subject_id, at desc);

-- What happened, for reactions and for whoever listens outside. Its order is that of the ids within an item.
create table events (
  workspace_id uuid not null default app.workspace_id() references workspaces,
  id bigint generated always as identity,
  type text not null,
  subject_id uuid not null,
  payload jsonb not null default '{}',
  actor_id uuid,
  at timestamptz(3) not null default now(),
  primary key (workspace_id, id)
);
create index on events (workspace_id, subject_id, id);

-- The same key and body give the same answer. Kept 24 hours, in the transaction of the work itself,
-- so that a crash undoes both and a race waits at the unique key.
create table idempotency_keys (
  user_id uuid not null default app.user_id() references users,
  workspace_id uuid default app.workspace_id(),
  key text not null,
  /* of operation, path and body */
  fingerprint text not null,
  status int,
  response jsonb,
  created_at timestamptz(3) not null default now(),
  id uuid not null default gen_random_uuid() primary key,
  unique nulls not distinct (user_id, workspace_id, key)
);
create index on idempotency_keys (created_at);

do $$ declare t text; begin
  foreach t in array array['audit_events', 'events', 'idempotency_keys'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('grant select on %I to contentos_app', t);
  end loop;
end $$;

create policy read on audit_events for select to contentos_app
  using (workspace_id = (select app.workspace_id()) and (select app.role()) = 'Admin');
create policy record on audit_events for insert to contentos_app
  with check (workspace_id = (select app.workspace_id()) and actor_id is not distinct from (select app.user_id())
              and actor_kind = case when (select app.role()) = 'System' then 'System' else 'Member' end);
grant insert (workspace_id, id, actor_kind, actor_id, action, subject_type, subject_id, detail, request_id) on audit_events to contentos_app;

create policy read on events for select to contentos_app using (workspace_id = (select app.workspace_id()));
create policy emit on events for insert to contentos_app
  with check (workspace_id = (select app.workspace_id()) and actor_id is not distinct from (select app.user_id()));
grant insert (workspace_id, type, subject_id, payload, actor_id) on events to contentos_app;

create policy own on idempotency_keys for select to contentos_app
  using (user_id = (select app.user_id()) and (workspace_id is null or workspace_id = (select app.workspace_id())));
create policy claim on idempotency_keys for insert to contentos_app
  with check (user_id = (select app.user_id()) and workspace_id is not distinct from (select app.workspace_id()));
create policy answer on idempotency_keys for update to contentos_app
  using (user_id = (select app.user_id()) and (workspace_id is null or workspace_id = (select app.workspace_id())));
grant insert (user_id, workspace_id, key, fingerprint), update (status, response) on idempotency_keys to contentos_app;

create function app.purge_idempotency_keys() returns bigint
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  purged bigint;
begin
  delete from public.idempotency_keys where created_at < now() - interval '24 hours';
  get diagnostics purged = row_count;
  return purged;
end $$;
grant select, delete on idempotency_keys to contentos_definer;
create policy purge_read on idempotency_keys for select to contentos_definer using (true);
create policy purge on idempotency_keys for delete to contentos_definer using (created_at < now() - interval '24 hours');
grant create on schema app to contentos_definer;
alter function app.purge_idempotency_keys owner to contentos_definer;
revoke create on schema app from contentos_definer;
grant execute on function app.purge_idempotency_keys to contentos_app;

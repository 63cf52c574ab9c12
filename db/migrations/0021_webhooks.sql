-- Outgoing webhooks: what happens in a workspace, told to addresses of its Admins' choice. One delivery for each endpoint and event, whose
-- id is the message's; each try of it is a row that is committed before anything is sent.

create table webhooks_endpoints (
  workspace_id uuid not null default app.workspace_id() references workspaces,
  id uuid not null default gen_random_uuid(),
  url text not null check (length(url) <= 2000),
  description text,
  /* null: every event */
  event_types text[] check (cardinality(event_types) > 0),
  status text not null default 'Enabled' check (status in ('Enabled', 'Paused')),
  /* by an Admin; since the receiver answered that it is gone; since it failed for days */
  pause_reason text check (pause_reason in ('Manual', 'Gone', 'Failing')),
  paused_at timestamptz(3),
  /* sealed with the workspace's key, for this endpoint alone */
  sealed_secret bytea not null,
  /* signs as well until then */
  previous_secret bytea,
  previous_until timestamptz(3),
  /* since the last delivery that was taken */
  failures int not null default 0,
  failing_since timestamptz(3),
  delivered_at timestamptz(3),
  created_by uuid not null default app.user_id() references users,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now(),
  removed_at timestamptz(3),
  primary key (workspace_id, id),
  check ((status = 'Paused') = (pause_reason is not null)),
  check ((status = 'Paused') = (paused_at is not null)),
  check ((previous_secret is null) = (previous_until is null))
);

create table webhooks_deliveries (
  workspace_id uuid not null default app.workspace_id(),
  id uuid not null default gen_random_uuid(),
  endpoint_id uuid not null,
  /* of the event; null for a ping, which is none */
  event_id bigint,
  type text not null,
  /* the body's time and `data`, as it is sent with each try */
  occurred_at timestamptz(3) not null,
  data jsonb not null,
  /* Skipped: the endpoint was paused when it happened; it can be replayed */
  status text not null default 'Pending' check (status in ('Pending', 'Delivered', 'Failed', 'Skipped')),
  /* in this round: a replay begins anew */
  tries int not null default 0,
  next_at timestamptz(3) not null default now(),
  /* a try is under way, by this job, and taken for lost from then on */
  claimed_by text,
  claimed_until timestamptz(3),
  created_at timestamptz(3) not null default now(),
  ended_at timestamptz(3),
  primary key (workspace_id, id),
  unique (workspace_id, endpoint_id, event_id),
  foreign key (workspace_id, endpoint_id) references webhooks_endpoints,
  check ((claimed_by is null) = (claimed_until is null))
);
create index on webhooks_deliveries (workspace_id, endpoint_id, next_at) where status = 'Pending';
create index on webhooks_deliveries (workspace_id, created_at desc, id desc);
create index on webhooks_deliveries (created_at);

create table webhooks_attempts (
  workspace_id uuid not null default app.workspace_id(),
  delivery_id uuid not null,
  number int not null,
  started_at timestamptz(3) not null,
  ended_at timestamptz(3),
  outcome text check (outcome in ('Delivered', 'Refused', 'Unreachable', 'Lost')),
  status_code int,
  /* the beginning of what the receiver said */
  response text check (length(response) <= 1000),
  error text,
  primary key (workspace_id, delivery_id, number),
  foreign key (workspace_id, delivery_id) references webhooks_deliveries,
  check ((ended_at is null) = (outcome is null))
);

do $$ declare t text; begin
  foreach t in array array['webhooks_endpoints', 'webhooks_deliveries', 'webhooks_attempts'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('grant select on %I to contentos_app', t);
    execute format('create policy read on %I for select to contentos_app
      using (workspace_id = (select app.workspace_id()) and (select app.role()) in (''Admin'', ''System''))', t);
  end loop;
end $$;

create policy make on webhooks_endpoints for insert to contentos_app
  with check (workspace_id = (select app.workspace_id()) and (select app.role()) = 'Admin' and created_by = (select app.user_id()));
-- A job says how it went, and pauses. What was removed stays so.
create policy change on webhooks_endpoints for update to contentos_app
  using (workspace_id = (select app.workspace_id()) and removed_at is null)
  with check (workspace_id = (select app.workspace_id()) and (select app.role()) in ('Admin', 'System'));
grant insert (workspace_id, id, url, description, event_types, sealed_secret, created_by),
      update (url, description, event_types, status, pause_reason, paused_at, sealed_secret, previous_secret, previous_until,
              failures, failing_since, delivered_at, updated_at, removed_at)
  on webhooks_endpoints to contentos_app;

-- Jobs write what happened; an Admin's is a ping.
create policy write on webhooks_deliveries for insert to contentos_app
  with check (workspace_id = (select app.workspace_id())
              and case (select app.role()) when 'System' then event_id is not null when 'Admin' then event_id is null else false end);
create policy change on webhooks_deliveries for update to contentos_app
  using (workspace_id = (select app.workspace_id()))
  with check (workspace_id = (select app.workspace_id()) and (select app.role()) in ('Admin', 'System'));
grant insert (workspace_id, id, endpoint_id, event_id, type, occurred_at, data, status),
      update (status, tries, next_at, claimed_by, claimed_until, ended_at)
  on webhooks_deliveries to contentos_app;

create policy write on webhooks_attempts for insert to contentos_app
  with check (workspace_id = (select app.workspace_id()) and (select app.role()) = 'System');
create policy settle on webhooks_attempts for update to contentos_app
  using (workspace_id = (select app.workspace_id()) and ended_at is null)
  with check (workspace_id = (select app.workspace_id()) and (select app.role()) = 'System');
grant insert (workspace_id, delivery_id, number, started_at),
      update (ended_at, outcome, status_code, response, error)
  on webhooks_attempts to contentos_app;

-- Whether the workspace of whoever acts, a client among them, has somebody to tell.
create function app.has_webhooks() returns boolean
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select exists (select from public.webhooks_endpoints e where e.workspace_id = app.acting_workspace_id() and e.removed_at is null)
$$;

-- With each event. One job for a transaction, whatever happens in it; a key that several transactions share would have them
-- wait for each other, at the risk of a deadlock.
create function app.wake_webhooks() returns void
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  workspace uuid := app.acting_workspace_id();
begin
  if workspace is null or not app.has_webhooks() then return; end if;
  perform graphile_worker.add_job(
    identifier => 'webhooks.consume',
    payload => jsonb_build_object('workspaceId', workspace)::json,
    job_key => workspace || ':webhooks.consume:' || pg_current_xact_id());
end $$;

-- Forgets what is older than 30 days. Answers how many deliveries it was, 10,000 at most.
create function app.purge_webhooks() returns bigint
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  old uuid[] := array(select d.id from public.webhooks_deliveries d where d.created_at < now() - interval '30 days' limit 10000);
  purged bigint;
begin
  delete from public.webhooks_attempts a where a.delivery_id = any (old)
    and exists (select from public.webhooks_deliveries d
                where d.workspace_id = a.workspace_id and d.id = a.delivery_id and d.created_at < now() - interval '30 days');
  delete from public.webhooks_deliveries d where d.id = any (old) and d.created_at < now() - interval '30 days';
  get diagnostics purged = row_count;
  return purged;
end $$;

-- What the definer role needs, and no more.
grant select on webhooks_endpoints to contentos_definer;
grant select, delete on webhooks_deliveries, webhooks_attempts to contentos_definer;
create policy wake on webhooks_endpoints for select to contentos_definer using (workspace_id = (select app.acting_workspace_id()));
create policy purge_read on webhooks_deliveries for select to contentos_definer using (true);
create policy purge on webhooks_deliveries for delete to contentos_definer using (created_at < now() - interval '30 days');
create policy purge_read on webhooks_attempts for select to contentos_definer using (true);
create policy purge on webhooks_attempts for delete to contentos_definer using (true);

grant create on schema app to contentos_definer, contentos_worker;
alter function app.has_webhooks owner to contentos_definer;
alter function app.purge_webhooks owner to contentos_definer;
alter function app.wake_webhooks owner to contentos_worker;
revoke create on schema app from contentos_definer, contentos_worker;
grant execute on function app.has_webhooks to contentos_app, contentos_worker;
grant execute on function app.wake_webhooks to contentos_app, contentos_guest;
grant execute on function app.purge_webhooks to contentos_app;

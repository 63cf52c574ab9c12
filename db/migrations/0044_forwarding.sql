-- Where a workspace has its audit log sent on: a bucket or a receiver of its own. Rows go once they are sealed, in the order
-- of the chain; a destination keeps how far that has come.

create table forwarding_destinations (
  workspace_id uuid not null default app.workspace_id() references workspaces,
  id uuid not null default gen_random_uuid(),
  name text not null check (length(name) between 1 and 80),
  kind text not null check (kind in ('Bucket', 'Splunk', 'JsonLines')),
  /* of a receiver; the endpoint of a bucket, null for Amazon's */
  url text check (length(url) <= 2000),
  region text,
  bucket text,
  prefix text,
  /* its credentials as JSON, sealed with the workspace's key, for this destination alone */
  sealed_secret bytea not null,
  /* the end of what names them, so that people tell one from another */
  hint text not null check (length(hint) <= 8),
  status text not null default 'Enabled' check (status in ('Enabled', 'Paused')),
  pause_reason text check (pause_reason in ('Manual', 'Failing')),
  paused_at timestamptz(3),
  /* the place in the chain up to which everything was taken */
  sent_sequence bigint not null default 0 check (sent_sequence >= 0),
  sent_at timestamptz(3),
  /* up to where the batch goes that was begun: it is sent again as it was, until it is taken */
  pending_through bigint check (pending_through > sent_sequence),
  failures int not null default 0,
  failing_since timestamptz(3),
  last_error text check (length(last_error) <= 1000),
  next_at timestamptz(3) not null default now(),
  /* a batch is under way, by this job, and taken for lost from then on */
  claimed_by text,
  claimed_until timestamptz(3),
  test_asked_at timestamptz(3),
  tested_at timestamptz(3),
  test_error text check (length(test_error) <= 1000),
  created_by uuid not null default app.user_id() references users,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now(),
  removed_at timestamptz(3),
  primary key (workspace_id, id),
  check ((kind = 'Bucket') = (bucket is not null)),
  check ((kind = 'Bucket') = (region is not null)),
  check (kind = 'Bucket' or url is not null and prefix is null),
  check ((status = 'Paused') = (pause_reason is not null)),
  check ((status = 'Paused') = (paused_at is not null)),
  check ((claimed_by is null) = (claimed_until is null))
);

alter table forwarding_destinations enable row level security;
alter table forwarding_destinations force row level security;
create policy read on forwarding_destinations for select to contentos_app
  using (workspace_id = (select app.workspace_id()) and (select app.role()) in ('Admin', 'System'));
create policy make on forwarding_destinations for insert to contentos_app
  with check (workspace_id = (select app.workspace_id()) and (select app.role()) = 'Admin' and created_by = (select app.user_id()));
-- A job says how far it came, and pauses. What was removed stays so.
create policy change on forwarding_destinations for update to contentos_app
  using (workspace_id = (select app.workspace_id()) and removed_at is null)
  with check (workspace_id = (select app.workspace_id()) and (select app.role()) in ('Admin', 'System'));
-- By an address of its own choosing, a key could have everything sent there that anybody does.
create policy by_people on forwarding_destinations as restrictive for insert to contentos_app with check ((select app.key_id()) is null);
create policy by_people_only on forwarding_destinations as restrictive for update to contentos_app
  using (true) with check ((select app.key_id()) is null);
grant select,
      insert (workspace_id, id, name, kind, url, region, bucket, prefix, sealed_secret, hint, sent_sequence, created_by),
      update (name, url, region, bucket, prefix, sealed_secret, hint, status, pause_reason, paused_at, sent_sequence, sent_at,
              pending_through, failures, failing_since, last_error, next_at, claimed_by, claimed_until, test_asked_at, tested_at,
              test_error, updated_at, removed_at)
  on forwarding_destinations to contentos_app;
select app.erase_with_workspace('forwarding_destinations');

-- Not of how far it came: each row of the log would make the next one.
create trigger record_change after insert or delete or update of url, region, bucket, prefix, sealed_secret, status, removed_at
  on forwarding_destinations
  for each row execute function app.record_change('id', 'name', 'kind', 'status', 'pause_reason', 'bucket', 'removed_at');

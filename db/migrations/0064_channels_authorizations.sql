-- Where a person was sent to a network's own page to agree: what comes back from there is good once, for ten minutes, and only for
-- that person, workspace and network. One row for each of these, so that nothing is left to clear away.
create table channels_authorizations (
  workspace_id uuid not null default app.workspace_id() references workspaces,
  created_by uuid not null default app.user_id() references users,
  network text not null check (length(network) <= 40),
  /* SHA-256 of what the network sends back with the person; null once it did */
  state_hash bytea check (length(state_hash) = 32),
  expires_at timestamptz(3) not null,
  primary key (workspace_id, created_by, network)
);
alter table channels_authorizations enable row level security;
alter table channels_authorizations force row level security;
create policy read on channels_authorizations for select to contentos_app
  using (workspace_id = (select app.workspace_id()) and created_by = (select app.user_id()));
create policy begin on channels_authorizations for insert to contentos_app
  with check (workspace_id = (select app.workspace_id()) and created_by = (select app.user_id()) and (select app.role()) = 'Admin');
create policy change on channels_authorizations for update to contentos_app
  using (workspace_id = (select app.workspace_id()) and created_by = (select app.user_id()));
grant select, insert (workspace_id, created_by, network, state_hash, expires_at), update (state_hash, expires_at)
  on channels_authorizations to contentos_app;
select app.erase_with_workspace('channels_authorizations');

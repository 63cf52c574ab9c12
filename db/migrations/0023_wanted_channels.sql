-- The networks that a workspace is to be on and has no account of yet: what it was begun from had them.
create table channels_wanted (
  workspace_id uuid not null default app.workspace_id() references workspaces,
  network text not null check (length(network) <= 40),
  created_by uuid not null default app.user_id() references users,
  created_at timestamptz(3) not null default now(),
  removed_at timestamptz(3),
  primary key (workspace_id, network)
);
alter table channels_wanted enable row level security;
alter table channels_wanted force row level security;
grant select on channels_wanted to contentos_app;
create policy read on channels_wanted for select to contentos_app using (workspace_id = (select app.workspace_id()));
create policy write on channels_wanted for insert to contentos_app
  with check (workspace_id = (select app.workspace_id()) and (select app.role()) = 'Admin' and created_by = (select app.user_id()));
create policy change on channels_wanted for update to contentos_app
  using (workspace_id = (select app.workspace_id()))
  with check (workspace_id = (select app.workspace_id()) and (select app.role()) = 'Admin');
grant insert (workspace_id, network, created_by), update (removed_at) on channels_wanted to contentos_app;

-- Filters of the list that somebody has given a name: for themselves, or for everyone in the workspace.
create table planning_views (
  workspace_id uuid not null default app.workspace_id() references workspaces,
  id uuid not null default gen_random_uuid(),
  name text not null,
  shared boolean not null default false,
  /* as in the list's address; what of it is gone when it is opened fits no item */
  filter jsonb not null,
  created_by uuid not null default app.user_id() references users,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now(),
  removed_at timestamptz(3),
  primary key (workspace_id, id)
);
create unique index planning_views_name on planning_views (workspace_id, lower(name)) where removed_at is null and shared;
create unique index planning_views_own_name on planning_views (workspace_id, created_by, lower(name)) where removed_at is null and not shared;
create index on planning_views (workspace_id, name, id) where removed_at is null;
create index on planning_views (workspace_id, created_at, id) where removed_at is null;

alter table planning_views enable row level security;
alter table planning_views force row level security;
grant select on planning_views to contentos_app;
-- One's own are nobody else's business. What Editors and Admins share, all members see and only they change.
create policy read on planning_views for select to contentos_app
  using (workspace_id = (select app.workspace_id()) and (shared or created_by = (select app.user_id())));
create policy write on planning_views for insert to contentos_app
  with check (workspace_id = (select app.workspace_id()) and created_by = (select app.user_id())
              and (not shared or (select app.role()) in ('Editor', 'Admin')));
create policy change on planning_views for update to contentos_app
  using (workspace_id = (select app.workspace_id())
         and (created_by = (select app.user_id()) or shared)
         and (not shared or (select app.role()) in ('Editor', 'Admin')))
  with check (workspace_id = (select app.workspace_id()) and (shared or created_by = (select app.user_id()))
              and (not shared or (select app.role()) in ('Editor', 'Admin')));
grant insert (workspace_id, id, name, shared, filter, created_by), update (name, shared, filter, updated_at, removed_at)
  on planning_views to contentos_app;

-- What passages of texts mean, as a model's numbers: by them a question in other words than the text finds it, where the
-- server has pgvector. Plain arrays, so that the table is the same on every server, under the same rules; what compares them
-- is asked for when it is needed. Filled only where the operator names a model and the workspace's Admin wants it.
alter table ai_settings add column find_by_meaning boolean not null default false;
grant select (find_by_meaning), insert (find_by_meaning), update (find_by_meaning) on ai_settings to contentos_app;

-- One row for each passage of an item's current version; of older versions none, since they are overwritten.
create table search_passages (
  workspace_id uuid not null default app.workspace_id() references workspaces,
  content_item_id uuid not null,
  /* the first one is 0, and always there once the item was looked at */
  number int not null check (number between 0 and 999),
  version_number int not null,
  model text not null check (length(model) <= 300),
  /* empty where there is no such passage any more */
  embedding real[] not null check (cardinality(embedding) <= 16000),
  updated_at timestamptz(3) not null default now(),
  primary key (workspace_id, content_item_id, number),
  foreign key (workspace_id, content_item_id, version_number) references content_versions (workspace_id, content_item_id, version_number)
);
alter table search_passages enable row level security;
alter table search_passages force row level security;
grant select, insert (workspace_id, content_item_id, number, version_number, model, embedding),
  update (version_number, model, embedding, updated_at) on search_passages to contentos_app;
create policy read on search_passages for select to contentos_app using (workspace_id = (select app.workspace_id()));
create policy keep on search_passages for insert to contentos_app
  with check (workspace_id = (select app.workspace_id()) and (select app.role()) = 'System');
create policy renew on search_passages for update to contentos_app
  using (workspace_id = (select app.workspace_id()) and (select app.role()) = 'System');
select app.erase_with_workspace('search_passages');

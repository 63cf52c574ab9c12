-- What somebody has typed and not saved yet: theirs alone, one an item. The counter goes on when the draft ends, so
-- that a window left open from before can't pass for the one that began it anew.
create table content_drafts (
  workspace_id uuid not null default app.workspace_id(),
  content_item_id uuid not null,
  user_id uuid not null default app.user_id() references users,
  body text not null,
  title text,
  metadata jsonb,
  /* the version that was read before typing */
  base_version int not null,
  draft_version int not null default 1 check (draft_version > 0),
  updated_at timestamptz(3) not null default now(),
  removed_at timestamptz(3),
  primary key (workspace_id, content_item_id, user_id),
  foreign key (workspace_id, content_item_id, base_version) references content_versions (workspace_id, content_item_id, version_number),
  /* what was thrown away is not kept */
  check (removed_at is null or (body = '' and title is null and metadata is null))
);

-- Names for versions, since a version itself never changes.
create table content_version_labels (
  workspace_id uuid not null default app.workspace_id(),
  id uuid not null default gen_random_uuid(),
  content_item_id uuid not null,
  version_number int not null,
  name text not null,
  created_by uuid not null default app.user_id() references users,
  created_at timestamptz(3) not null default now(),
  removed_at timestamptz(3),
  primary key (workspace_id, id),
  foreign key (workspace_id, content_item_id, version_number) references content_versions (workspace_id, content_item_id, version_number)
);
create unique index content_version_labels_name on content_version_labels (workspace_id, content_item_id, lower(name)) where removed_at is null;

alter table content_drafts enable row level security;
alter table content_drafts force row level security;
alter table content_version_labels enable row level security;
alter table content_version_labels force row level security;
grant select on content_drafts, content_version_labels to contentos_app;

-- Not even an Admin reads what somebody hasn't saved.
create policy read on content_drafts for select to contentos_app
  using (workspace_id = (select app.workspace_id()) and user_id = (select app.user_id()));
create policy write on content_drafts for insert to contentos_app
  with check (workspace_id = (select app.workspace_id()) and (select app.role()) in ('Writer', 'Editor', 'Admin')
              and user_id = (select app.user_id())
              and ((select app.role()) <> 'Writer' or exists (
                select from content_items i where i.workspace_id = content_drafts.workspace_id and i.id = content_item_id
                  and (i.created_by = (select app.user_id()) or i.assignee_id = (select app.user_id())))));
-- Who may no longer write an item may still throw away what they had typed.
create policy change on content_drafts for update to contentos_app
  using (workspace_id = (select app.workspace_id()) and user_id = (select app.user_id()))
  with check (workspace_id = (select app.workspace_id()) and user_id = (select app.user_id())
              and (removed_at is not null
                   or (select app.role()) in ('Editor', 'Admin')
                   or (select app.role()) = 'Writer' and exists (
                     select from content_items i where i.workspace_id = content_drafts.workspace_id and i.id = content_item_id
                       and (i.created_by = (select app.user_id()) or i.assignee_id = (select app.user_id())))));
grant insert (workspace_id, content_item_id, user_id, body, title, metadata, base_version),
      update (body, title, metadata, base_version, draft_version, updated_at, removed_at) on content_drafts to contentos_app;

create policy read on content_version_labels for select to contentos_app using (workspace_id = (select app.workspace_id()));
create policy write on content_version_labels for insert to contentos_app
  with check (workspace_id = (select app.workspace_id()) and (select app.role()) in ('Writer', 'Editor', 'Admin')
              and created_by = (select app.user_id())
              and ((select app.role()) <> 'Writer' or exists (
                select from content_items i where i.workspace_id = content_version_labels.workspace_id and i.id = content_item_id
                  and (i.created_by = (select app.user_id()) or i.assignee_id = (select app.user_id())))));
create policy change on content_version_labels for update to contentos_app
  using (workspace_id = (select app.workspace_id())
         and ((select app.role()) <> 'Writer' or exists (
           select from content_items i where i.workspace_id = content_version_labels.workspace_id and i.id = content_item_id
             and (i.created_by = (select app.user_id()) or i.assignee_id = (select app.user_id())))))
  with check (workspace_id = (select app.workspace_id()) and (select app.role()) in ('Writer', 'Editor', 'Admin'));
grant insert (workspace_id, id, content_item_id, version_number, name, created_by), update (removed_at) on content_version_labels to contentos_app;

-- A thread is on an item or on a passage of one version of it; what is said in it are its comments. A client with a
-- review link speaks as a guest: nobody may insert one before there are links.
create table comments_threads (
  workspace_id uuid not null default app.workspace_id() references workspaces,
  id uuid not null default gen_random_uuid(),
  content_item_id uuid not null,
  /* the version that it was opened on, whose text the passage is of */
  version_number int not null,
  /* who reads and answers: members alone, or the client as well; it stays as it was opened */
  visibility text not null default 'Internal' check (visibility in ('Internal', 'Client')),
  anchor_field text check (anchor_field in ('title', 'body')),
  /* in UTF-16 code units of that field, as JavaScript counts */
  anchor_start int check (anchor_start >= 0),
  anchor_end int check (anchor_end > anchor_start),
  anchor_quote text,
  author_id uuid default app.user_id() references users,
  guest_id uuid,
  /* of the insert, which comes after the wait for the item: the order in a thread is that of its events */
  created_at timestamptz(3) not null default clock_timestamp(),
  resolved_at timestamptz(3),
  resolved_by uuid references users,
  primary key (workspace_id, id),
  unique (workspace_id, content_item_id, id),
  foreign key (workspace_id, content_item_id, version_number) references content_versions (workspace_id, content_item_id, version_number),
  check (num_nonnulls(author_id, guest_id) = 1),
  check (num_nonnulls(anchor_field, anchor_start, anchor_end, anchor_quote) in (0, 4)),
  check ((resolved_at is null) = (resolved_by is null))
);
create index on comments_threads (workspace_id, content_item_id, created_at, id);

create table comments (
  workspace_id uuid not null default app.workspace_id(),
  id uuid not null default gen_random_uuid(),
  content_item_id uuid not null,
  thread_id uuid not null,
  /* the version that was current when it was said */
  version_number int not null,
  body text not null check (length(body) between 1 and 10000),
  author_id uuid default app.user_id() references users,
  guest_id uuid,
  created_at timestamptz(3) not null default clock_timestamp(),
  edited_at timestamptz(3),
  removed_at timestamptz(3),
  removed_by uuid references users,
  primary key (workspace_id, id),
  foreign key (workspace_id, content_item_id, thread_id) references comments_threads (workspace_id, content_item_id, id),
  foreign key (workspace_id, content_item_id, version_number) references content_versions (workspace_id, content_item_id, version_number),
  check (num_nonnulls(author_id, guest_id) = 1),
  check ((removed_at is null) = (removed_by is null))
);
create index on comments (workspace_id, thread_id, created_at, id);

create table comments_mentions (
  workspace_id uuid not null default app.workspace_id(),
  comment_id uuid not null,
  user_id uuid not null,
  created_at timestamptz(3) not null default clock_timestamp(),
  primary key (workspace_id, comment_id, user_id),
  foreign key (workspace_id, comment_id) references comments,
  foreign key (workspace_id, user_id) references workspace_members
);
create index on comments_mentions (workspace_id, user_id, created_at desc, comment_id desc);

do $$ declare t text; begin
  foreach t in array array['comments_threads', 'comments', 'comments_mentions'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('grant select on %I to contentos_app', t);
    execute format('create policy read on %I for select to contentos_app using (workspace_id = (select app.workspace_id()))', t);
  end loop;
end $$;

-- Every member speaks, and as nobody else. A job says nothing, having no user.
create policy open on comments_threads for insert to contentos_app
  with check (workspace_id = (select app.workspace_id()) and author_id = (select app.user_id()));
-- Resolved and reopened by whoever opened it, and by those who write the item.
create policy settle on comments_threads for update to contentos_app
  using (workspace_id = (select app.workspace_id())
         and ((select app.role()) in ('Editor', 'Admin') or author_id = (select app.user_id())
              or (select app.role()) = 'Writer' and exists (
                select from content_items i where i.workspace_id = comments_threads.workspace_id and i.id = content_item_id
                  and (i.created_by = (select app.user_id()) or i.assignee_id = (select app.user_id())))))
  with check (resolved_by is null or resolved_by = (select app.user_id()));
grant insert (workspace_id, id, content_item_id, version_number, visibility, anchor_field, anchor_start, anchor_end, anchor_quote, author_id),
      update (resolved_at, resolved_by) on comments_threads to contentos_app;

create policy say on comments for insert to contentos_app
  with check (workspace_id = (select app.workspace_id()) and author_id = (select app.user_id()));
-- Edited by its author; removed by its author and by Editors and Admins. What was removed stays so.
create policy change on comments for update to contentos_app
  using (workspace_id = (select app.workspace_id()) and removed_at is null
         and ((select app.role()) in ('Editor', 'Admin') or author_id = (select app.user_id())))
  with check (removed_by is null or removed_by = (select app.user_id()));
grant insert (workspace_id, id, content_item_id, thread_id, version_number, body, author_id),
      update (body, edited_at, removed_at, removed_by) on comments to contentos_app;

-- What a policy can't say, since it sees the row as it was or as it becomes. Without a scope it is silent.
create function app.guard_comment() returns trigger
  language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if app.role() is not null and (new.body, new.edited_at) is distinct from (old.body, old.edited_at)
      and old.author_id is distinct from app.user_id() then
    raise exception using errcode = '42501', message = 'Nobody changes the words of somebody else';
  end if;
  return new;
end $$;
create trigger guard_comment before update on comments for each row execute function app.guard_comment();

create policy mention on comments_mentions for insert to contentos_app
  with check (workspace_id = (select app.workspace_id()) and exists (
    select from comments c where c.workspace_id = comments_mentions.workspace_id and c.id = comment_id
      and c.author_id = (select app.user_id())));
grant insert (workspace_id, comment_id, user_id) on comments_mentions to contentos_app;

-- Files of a workspace. Their bytes are in storage, sealed; what is known of them is here.

-- Data keys that files are sealed under, wrapped by the deployment's master key. Apart from `workspace_keys`, which seals
-- credentials: a visitor who sees a picture has to get at this one, and gets at nothing else by it.
create table assets_keys (
  workspace_id uuid not null default app.workspace_id() references workspaces,
  id uuid not null default gen_random_uuid(),
  wrapped_key bytea not null,
  created_at timestamptz(3) not null default now(),
  primary key (workspace_id, id)
);

create table assets_folders (
  workspace_id uuid not null default app.workspace_id() references workspaces,
  id uuid not null default gen_random_uuid(),
  parent_id uuid,
  name text not null check (name <> ''),
  created_by uuid not null default app.user_id() references users,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now(),
  removed_at timestamptz(3),
  primary key (workspace_id, id),
  foreign key (workspace_id, parent_id) references assets_folders,
  check (parent_id <> id)
);
create unique index assets_folders_name on assets_folders (workspace_id, parent_id, lower(name)) nulls not distinct where removed_at is null;

-- One content: the same bytes are kept once in a workspace, and never change.
create table assets_blobs (
  workspace_id uuid not null default app.workspace_id() references workspaces,
  /* of the bytes as they were uploaded */
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  key_id uuid not null,
  size_bytes bigint not null check (size_bytes > 0),
  /* of an image, upright */
  width int check (width > 0),
  height int check (height > 0),
  animated boolean not null default false,
  /* [{"name", "contentType", "width", "height", "sizeBytes", "sha256"}]: smaller ones made of it, sealed under the same key */
  variants jsonb not null default '[]',
  created_at timestamptz(3) not null default now(),
  primary key (workspace_id, sha256),
  foreign key (workspace_id, key_id) references assets_keys
);

create table assets (
  workspace_id uuid not null default app.workspace_id() references workspaces,
  id uuid not null default gen_random_uuid(),
  /* a file that somebody imports from is no asset that anybody shows */
  purpose text not null default 'Asset' check (purpose in ('Asset', 'Import')),
  kind text not null check (kind in ('Image', 'Video', 'Audio', 'Document', 'Text', 'Archive')),
  file_name text not null check (file_name <> ''),
  /* as the content tells, whatever was claimed */
  content_type text not null,
  alt_text text not null default '',
  folder_id uuid,
  sha256 text not null,
  /* counts changes of the row; the bytes never change */
  revision int not null default 1 check (revision > 0),
  created_by uuid not null references users,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now(),
  removed_at timestamptz(3),
  primary key (workspace_id, id),
  foreign key (workspace_id, sha256) references assets_blobs,
  foreign key (workspace_id, folder_id) references assets_folders
);
create index on assets (workspace_id, created_at desc, id desc) where removed_at is null;
create index on assets (workspace_id, folder_id, created_at desc, id desc) where removed_at is null;
create index on assets (workspace_id, file_name, id) where removed_at is null;
create index on assets (workspace_id, sha256);

-- From the first request to the asset that came of it, or the reason why none did.
create table assets_uploads (
  workspace_id uuid not null default app.workspace_id() references workspaces,
  id uuid not null default gen_random_uuid(),
  purpose text not null default 'Asset' check (purpose in ('Asset', 'Import')),
  status text not null default 'Open' check (status in ('Open', 'Processing', 'Ready', 'Refused', 'Aborted')),
  /* as whoever uploads says */
  file_name text not null check (file_name <> ''),
  content_type text not null,
  size_bytes bigint not null check (size_bytes > 0),
  sha256 text check (sha256 ~ '^[0-9a-f]{64}$'),
  alt_text text not null default '',
  folder_id uuid,
  /* what the storage calls it */
  storage_ref text not null,
  reason text,
  asset_id uuid,
  created_by uuid not null default app.user_id() references users,
  created_at timestamptz(3) not null default now(),
  expires_at timestamptz(3) not null,
  primary key (workspace_id, id),
  foreign key (workspace_id, folder_id) references assets_folders,
  foreign key (workspace_id, asset_id) references assets,
  check ((status = 'Ready') = (asset_id is not null)),
  check ((status = 'Refused') = (reason is not null))
);

-- Where an asset is used, told by the rooms that use it. A use that has ended keeps nobody from removing the asset.
create table assets_uses (
  workspace_id uuid not null default app.workspace_id() references workspaces,
  asset_id uuid not null,
  kind text not null check (kind in ('Version', 'Adaptation', 'Page', 'Branding')),
  /* the item, the adaptation, the page or the workspace */
  subject_id uuid not null,
  /* 0 for what has no versions */
  version_number int not null default 0 check (version_number >= 0),
  content_item_id uuid,
  created_at timestamptz(3) not null default now(),
  ended_at timestamptz(3),
  primary key (workspace_id, asset_id, kind, subject_id, version_number),
  foreign key (workspace_id, asset_id) references assets,
  foreign key (workspace_id, content_item_id) references content_items,
  check ((kind = 'Branding') = (content_item_id is null)),
  check (kind <> 'Version' or subject_id = content_item_id),
  check (kind <> 'Branding' or subject_id = workspace_id)
);
create index on assets_uses (workspace_id, content_item_id) where ended_at is null;
create index on assets_uses (workspace_id, subject_id) where ended_at is null;

do $$ declare t text; begin
  foreach t in array array['assets_keys', 'assets_folders', 'assets_blobs', 'assets', 'assets_uploads', 'assets_uses'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('grant select on %I to contentos_app', t);
  end loop;
  foreach t in array array['assets_keys', 'assets_folders', 'assets_blobs', 'assets', 'assets_uses'] loop
    execute format('create policy read on %I for select to contentos_app using (workspace_id = (select app.workspace_id()))', t);
  end loop;
  -- What only jobs write.
  foreach t in array array['assets_keys', 'assets_blobs', 'assets'] loop
    execute format('create policy write on %I for insert to contentos_app
      with check (workspace_id = (select app.workspace_id()) and (select app.role()) = ''System'')', t);
  end loop;
end $$;

grant insert (workspace_id, id, wrapped_key) on assets_keys to contentos_app;
grant insert (workspace_id, sha256, key_id, size_bytes, width, height, animated, variants) on assets_blobs to contentos_app;
grant insert (workspace_id, id, purpose, kind, file_name, content_type, alt_text, folder_id, sha256, created_by),
      update (file_name, alt_text, folder_id, revision, updated_at, removed_at) on assets to contentos_app;

-- Writers change what they uploaded, Editors and Admins anything.
create policy change on assets for update to contentos_app
  using (workspace_id = (select app.workspace_id()) and ((select app.role()) <> 'Writer' or created_by = (select app.user_id())))
  with check (workspace_id = (select app.workspace_id()) and (select app.role()) in ('Writer', 'Editor', 'Admin'));

create policy write on assets_folders for insert to contentos_app
  with check (workspace_id = (select app.workspace_id()) and (select app.role()) in ('Writer', 'Editor', 'Admin')
              and created_by = (select app.user_id()));
create policy change on assets_folders for update to contentos_app
  using (workspace_id = (select app.workspace_id()) and ((select app.role()) <> 'Writer' or created_by = (select app.user_id())))
  with check (workspace_id = (select app.workspace_id()) and (select app.role()) in ('Writer', 'Editor', 'Admin'));
grant insert (workspace_id, id, parent_id, name, created_by), update (parent_id, name, updated_at, removed_at) on assets_folders to contentos_app;

-- An upload is its uploader's; what came of it is for the job to say.
create policy read on assets_uploads for select to contentos_app
  using (workspace_id = (select app.workspace_id()) and (created_by = (select app.user_id()) or (select app.role()) = 'System'));
create policy begin on assets_uploads for insert to contentos_app
  with check (workspace_id = (select app.workspace_id()) and (select app.role()) in ('Writer', 'Editor', 'Admin')
              and created_by = (select app.user_id()) and status = 'Open');
create policy change on assets_uploads for update to contentos_app
  using (workspace_id = (select app.workspace_id())
         and (created_by = (select app.user_id()) and status = 'Open' or (select app.role()) = 'System'))
  with check (workspace_id = (select app.workspace_id())
              and ((select app.role()) in ('Writer', 'Editor', 'Admin') and status in ('Open', 'Processing', 'Aborted')
                or (select app.role()) = 'System'));
grant insert (workspace_id, id, purpose, file_name, content_type, size_bytes, sha256, alt_text, folder_id, storage_ref, created_by, expires_at),
      update (status, reason, asset_id) on assets_uploads to contentos_app;

-- Whoever writes an item says what it uses; a job says it of pages, an Admin of the branding.
create policy use on assets_uses for insert to contentos_app
  with check (workspace_id = (select app.workspace_id()) and case kind
    when 'Page' then (select app.role()) = 'System'
    when 'Branding' then (select app.role()) = 'Admin'
    else (select app.role()) in ('Editor', 'Admin') or (select app.role()) = 'Writer' and exists (
      select from content_items i where i.workspace_id = assets_uses.workspace_id and i.id = content_item_id
        and (i.created_by = (select app.user_id()) or i.assignee_id = (select app.user_id()))) end);
create policy change on assets_uses for update to contentos_app
  using (workspace_id = (select app.workspace_id()))
  with check (workspace_id = (select app.workspace_id()) and case kind
    when 'Page' then (select app.role()) = 'System'
    when 'Branding' then (select app.role()) = 'Admin'
    else (select app.role()) in ('Editor', 'Admin') or (select app.role()) = 'Writer' and exists (
      select from content_items i where i.workspace_id = assets_uses.workspace_id and i.id = content_item_id
        and (i.created_by = (select app.user_id()) or i.assignee_id = (select app.user_id()))) end);
grant insert (workspace_id, asset_id, kind, subject_id, version_number, content_item_id), update (ended_at) on assets_uses to contentos_app;

-- A visitor sees what a live page or the branding shows, and nothing else of the library.
create policy visit on assets_uses for select to contentos_app
  using (workspace_id = (select app.visited_workspace_id()) and ended_at is null
         and (kind = 'Branding' or kind = 'Page' and exists (
           select from site_pages p where p.workspace_id = assets_uses.workspace_id and p.id = subject_id and p.removed_at is null)));
create policy visit on assets for select to contentos_app
  using (workspace_id = (select app.visited_workspace_id()) and exists (
    select from assets_uses u where u.workspace_id = assets.workspace_id and u.asset_id = assets.id));
create policy visit on assets_blobs for select to contentos_app
  using (workspace_id = (select app.visited_workspace_id()) and exists (
    select from assets a where a.workspace_id = assets_blobs.workspace_id and a.sha256 = assets_blobs.sha256));
create policy visit on assets_keys for select to contentos_app using (workspace_id = (select app.visited_workspace_id()));

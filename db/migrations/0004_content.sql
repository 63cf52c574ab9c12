create table channels (
  workspace_id uuid not null default app.workspace_id() references workspaces,
  id uuid not null default gen_random_uuid(),
  network text not null,
  name text not null,
  status text not null default 'Connected' check (status in ('Connected', 'Failing', 'Revoked', 'Disconnected')),
  /* the account as the network names it; one channel an account */
  remote_account text not null,
  health_message text,
  checked_at timestamptz(3),
  created_by uuid references users,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now(),
  removed_at timestamptz(3),
  primary key (workspace_id, id)
);
create unique index channels_account on channels (workspace_id, network, remote_account) where removed_at is null;

create table channel_credentials (
  workspace_id uuid not null default app.workspace_id(),
  channel_id uuid not null,
  /* AES-256-GCM under the workspace's key, bound to workspace and channel */
  sealed bytea not null,
  updated_at timestamptz(3) not null default now(),
  primary key (workspace_id, channel_id),
  foreign key (workspace_id, channel_id) references channels
);

create table personas (
  workspace_id uuid not null default app.workspace_id() references workspaces,
  id uuid not null default gen_random_uuid(),
  name text not null,
  attributes jsonb not null default '{}',
  created_by uuid references users,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now(),
  removed_at timestamptz(3),
  primary key (workspace_id, id)
);
create unique index personas_name on personas (workspace_id, lower(name)) where removed_at is null;
create index on personas (workspace_id, created_at, id) where removed_at is null;

create table content_items (
  workspace_id uuid not null default app.workspace_id() references workspaces,
  id uuid not null default gen_random_uuid(),
  title text not null,
  status text not null default 'Draft' check (status in ('Draft', 'InReview', 'Approved', 'Published')),
  created_by uuid not null default app.user_id() references users,
  assignee_id uuid references users,
  current_version_number int not null default 1,
  current_content_hash text not null,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now(),
  /* first time on any channel */
  published_at timestamptz(3),
  archived_at timestamptz(3),
  primary key (workspace_id, id)
);
create index on content_items (workspace_id, created_at desc, id desc) where archived_at is null;
create index on content_items (workspace_id, status, created_at desc, id desc) where archived_at is null;
create index on content_items (workspace_id, updated_at desc, id desc) where archived_at is null;
create index on content_items (workspace_id, status, updated_at desc, id desc) where archived_at is null;
create index on content_items (workspace_id, title, id) where archived_at is null;
create index on content_items (workspace_id, created_by, created_at desc, id desc) where archived_at is null;

create table content_versions (
  workspace_id uuid not null default app.workspace_id(),
  id uuid not null default gen_random_uuid(),
  content_item_id uuid not null,
  version_number int not null check (version_number > 0),
  title text not null,
  body text not null,
  metadata jsonb not null default '{}',
  assets jsonb not null default '[]',
  content_hash text not null check (content_hash ~ '^[0-9a-f]{64}$'),
  updated_by uuid not null default app.user_id() references users,
  updated_at timestamptz(3) not null default now(),
  primary key (workspace_id, id),
  unique (workspace_id, content_item_id, version_number),
  foreign key (workspace_id, content_item_id) references content_items
);

create table content_adaptations (
  workspace_id uuid not null default app.workspace_id(),
  id uuid not null default gen_random_uuid(),
  content_item_id uuid not null,
  version_number int not null,
  channel_id uuid not null,
  /* [{"text": "…"}], in the order in which they go out */
  parts jsonb not null,
  content_hash text not null check (content_hash ~ '^[0-9a-f]{64}$'),
  created_by uuid not null default app.user_id() references users,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now(),
  removed_at timestamptz(3),
  primary key (workspace_id, id),
  foreign key (workspace_id, content_item_id, version_number) references content_versions (workspace_id, content_item_id, version_number),
  foreign key (workspace_id, channel_id) references channels
);
create index on content_adaptations (workspace_id, content_item_id, created_at, id) where removed_at is null;

-- One submission of one version: what may go out, and who may decide.
create table approval_submissions (
  workspace_id uuid not null default app.workspace_id(),
  id uuid not null default gen_random_uuid(),
  content_item_id uuid not null,
  version_number int not null,
  /* over the canonical JSON of version, asset digests and adaptations */
  content_hash text not null check (content_hash ~ '^[0-9a-f]{64}$'),
  /* [{"id", "channelId", "parts", "contentHash"}]: what goes out on a channel; without an id, made by rule */
  adaptations jsonb not null default '[]',
  /* the policy as it was: [{"role": "Editor"}, …] */
  steps jsonb not null,
  status text not null default 'Pending' check (status in ('Pending', 'Approved', 'Rejected', 'Superseded')),
  submitted_by uuid not null default app.user_id() references users,
  submitted_at timestamptz(3) not null default now(),
  decided_at timestamptz(3),
  primary key (workspace_id, id),
  foreign key (workspace_id, content_item_id, version_number) references content_versions (workspace_id, content_item_id, version_number)
);
create unique index approval_submissions_live on approval_submissions (workspace_id, content_item_id)
  where status in ('Pending', 'Approved');

create table approval_workflows (
  workspace_id uuid not null default app.workspace_id(),
  id uuid not null default gen_random_uuid(),
  submission_id uuid not null,
  content_item_id uuid not null,
  version_number int not null,
  content_hash text not null,
  /* 0 where the policy asks nobody */
  step int not null check (step between 0 and 5),
  role text check (role in ('Admin', 'Editor', 'Writer', 'Viewer', 'Client')),
  status text not null default 'Pending' check (status in ('Pending', 'Approved', 'Rejected', 'Superseded')),
  /* whoever wrote the version: nobody decides on their own words */
  written_by uuid not null references users,
  submitted_by uuid not null references users,
  submitted_at timestamptz(3) not null default now(),
  approved_by uuid references users,
  decided_at timestamptz(3),
  comment text,
  primary key (workspace_id, id),
  unique (workspace_id, submission_id, step),
  foreign key (workspace_id, submission_id) references approval_submissions,
  foreign key (workspace_id, content_item_id, version_number) references content_versions (workspace_id, content_item_id, version_number),
  check ((approved_by is null) = (decided_at is null) or status = 'Superseded'),
  check ((step = 0) = (role is null))
);
create index on approval_workflows (workspace_id, submitted_at, id) where status = 'Pending';
create index on approval_workflows (workspace_id, content_item_id, submitted_at);
-- Four eyes: nobody decides two steps of one submission.
create unique index approval_workflows_four_eyes on approval_workflows (workspace_id, submission_id, approved_by) where approved_by is not null;

do $$ declare t text; begin
  foreach t in array array['channels', 'channel_credentials', 'personas', 'content_items', 'content_versions', 'content_adaptations',
                           'approval_submissions', 'approval_workflows'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('grant select on %I to contentos_app', t);
    if t <> 'channel_credentials' then
      execute format('create policy read on %I for select to contentos_app using (workspace_id = (select app.workspace_id()))', t);
    end if;
  end loop;
end $$;

-- Channels are an Admin's; jobs keep their health and rotated credentials.
create policy connect on channels for insert to contentos_app
  with check (workspace_id = (select app.workspace_id()) and (select app.role()) = 'Admin' and created_by = (select app.user_id()));
create policy change on channels for update to contentos_app
  using (workspace_id = (select app.workspace_id()))
  with check (workspace_id = (select app.workspace_id()) and (select app.role()) in ('Admin', 'System'));
grant insert (workspace_id, id, network, name, remote_account, created_by, checked_at) on channels to contentos_app;
grant update (name, status, health_message, checked_at, updated_at, removed_at) on channels to contentos_app;

create policy read on channel_credentials for select to contentos_app
  using (workspace_id = (select app.workspace_id()) and (select app.role()) in ('Admin', 'System'));
create policy connect on channel_credentials for insert to contentos_app
  with check (workspace_id = (select app.workspace_id()) and (select app.role()) = 'Admin');
create policy rotate on channel_credentials for update to contentos_app
  using (workspace_id = (select app.workspace_id()))
  with check (workspace_id = (select app.workspace_id()) and (select app.role()) in ('Admin', 'System'));
grant insert (workspace_id, channel_id, sealed), update (sealed, updated_at) on channel_credentials to contentos_app;

create policy write on personas for insert to contentos_app
  with check (workspace_id = (select app.workspace_id()) and (select app.role()) in ('Editor', 'Admin') and created_by = (select app.user_id()));
create policy change on personas for update to contentos_app
  using (workspace_id = (select app.workspace_id()))
  with check (workspace_id = (select app.workspace_id()) and (select app.role()) in ('Editor', 'Admin'));
grant insert (workspace_id, id, name, attributes, created_by), update (name, attributes, updated_at, removed_at) on personas to contentos_app;

-- A Writer writes what they made or what was assigned to them: the row as it was decides, and the row as it becomes.
create policy write on content_items for insert to contentos_app
  with check (workspace_id = (select app.workspace_id()) and (select app.role()) in ('Writer', 'Editor', 'Admin')
              and created_by = (select app.user_id()) and status = 'Draft');
create policy change on content_items for update to contentos_app
  using (workspace_id = (select app.workspace_id())
         and ((select app.role()) <> 'Writer' or created_by = (select app.user_id()) or assignee_id = (select app.user_id())))
  with check (workspace_id = (select app.workspace_id()) and (select app.role()) in ('Writer', 'Editor', 'Admin', 'System'));
grant insert (workspace_id, id, title, created_by, assignee_id, current_version_number, current_content_hash),
      update (title, status, assignee_id, current_version_number, current_content_hash, updated_at, published_at, archived_at) on content_items to contentos_app;

-- What a policy can't say, since it sees the row as it was or as it becomes. Without a scope, as in a migration, it is silent.
create function app.guard_item() returns trigger
  language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  role text := app.role();
begin
  if role is null then return new; end if;
  if new.status = 'Approved' and old.status <> 'Approved' and not exists (
      select from public.approval_submissions s
      where s.workspace_id = new.workspace_id and s.content_item_id = new.id
        and s.version_number = new.current_version_number and s.status = 'Approved') then
    raise exception using errcode = '42501', message = 'An item is approved when a submission of its current version is';
  end if;
  if new.status = 'Published' and old.status not in ('Approved', 'Published') then
    raise exception using errcode = '42501', message = 'Only what was approved is published';
  end if;
  if role = 'Writer' and (new.published_at is distinct from old.published_at or new.status = 'Published' and old.status <> 'Published') then
    raise exception using errcode = '42501', message = 'A Writer publishes nothing';
  end if;
  if role = 'System' and (new.title, new.assignee_id, new.current_version_number, new.current_content_hash, new.archived_at)
      is distinct from (old.title, old.assignee_id, old.current_version_number, old.current_content_hash, old.archived_at) then
    raise exception using errcode = '42501', message = 'A job writes no content';
  end if;
  return new;
end $$;
create trigger guard_item before update on content_items for each row execute function app.guard_item();

create policy write on content_versions for insert to contentos_app
  with check (workspace_id = (select app.workspace_id()) and (select app.role()) in ('Writer', 'Editor', 'Admin')
              and updated_by = (select app.user_id())
              and ((select app.role()) <> 'Writer' or exists (
                select from content_items i where i.workspace_id = content_versions.workspace_id and i.id = content_item_id
                  and (i.created_by = (select app.user_id()) or i.assignee_id = (select app.user_id())))));
grant insert (workspace_id, id, content_item_id, version_number, title, body, metadata, assets, content_hash, updated_by) on content_versions to contentos_app;

create policy write on content_adaptations for insert to contentos_app
  with check (workspace_id = (select app.workspace_id()) and (select app.role()) in ('Writer', 'Editor', 'Admin')
              and created_by = (select app.user_id())
              and ((select app.role()) <> 'Writer' or exists (
                select from content_items i where i.workspace_id = content_adaptations.workspace_id and i.id = content_item_id
                  and (i.created_by = (select app.user_id()) or i.assignee_id = (select app.user_id())))));
create policy change on content_adaptations for update to contentos_app
  using (workspace_id = (select app.workspace_id())
         and ((select app.role()) <> 'Writer' or exists (
           select from content_items i where i.workspace_id = content_adaptations.workspace_id and i.id = content_item_id
             and (i.created_by = (select app.user_id()) or i.assignee_id = (select app.user_id())))))
  with check (workspace_id = (select app.workspace_id()) and (select app.role()) in ('Writer', 'Editor', 'Admin'));
grant insert (workspace_id, id, content_item_id, version_number, channel_id, parts, content_hash, created_by),
      update (parts, content_hash, updated_at, removed_at) on content_adaptations to contentos_app;

-- The policy of this moment binds, whatever the code says.
create policy submit on approval_submissions for insert to contentos_app
  with check (workspace_id = (select app.workspace_id()) and (select app.role()) in ('Writer', 'Editor', 'Admin')
              and submitted_by = (select app.user_id())
              and status = case when steps = '[]' then 'Approved' else 'Pending' end
              and steps = (select w.approval_steps from workspaces w where w.id = (select app.workspace_id()))
              and ((select app.role()) <> 'Writer' or exists (
                select from content_items i where i.workspace_id = approval_submissions.workspace_id and i.id = content_item_id
                  and (i.created_by = (select app.user_id()) or i.assignee_id = (select app.user_id())))));
-- It is approved when all its steps are, rejected by whoever rejected one, superseded by whoever may write the item.
create policy decide on approval_submissions for update to contentos_app
  using (workspace_id = (select app.workspace_id()) and status in ('Pending', 'Approved'))
  with check (workspace_id = (select app.workspace_id()) and (
    status = 'Superseded' and (select app.role()) in ('Writer', 'Editor', 'Admin')
      and ((select app.role()) <> 'Writer' or exists (
        select from content_items i where i.workspace_id = approval_submissions.workspace_id and i.id = content_item_id
          and (i.created_by = (select app.user_id()) or i.assignee_id = (select app.user_id()))))
    or status = 'Approved' and jsonb_array_length(steps) = (
      select count(*) from approval_workflows w
      where w.workspace_id = approval_submissions.workspace_id and w.submission_id = approval_submissions.id and w.status = 'Approved' and w.step > 0)
    or status = 'Rejected' and exists (
      select from approval_workflows w
      where w.workspace_id = approval_submissions.workspace_id and w.submission_id = approval_submissions.id and w.status = 'Rejected'
        and w.approved_by = (select app.user_id()))));
grant insert (workspace_id, id, content_item_id, version_number, content_hash, adaptations, steps, status, submitted_by, decided_at),
      update (status, decided_at) on approval_submissions to contentos_app;

-- Whether whoever asks approved that step. A policy can't read its own table; a stable function asks for it.
create function app.decided_step(p_submission uuid, p_step int) returns boolean
  language plpgsql stable set search_path = pg_catalog, pg_temp as $$
begin
  return exists (select from public.approval_workflows w
                 where w.workspace_id = app.workspace_id() and w.submission_id = p_submission and w.step = p_step and w.status = 'Approved'
                   and w.approved_by = app.user_id());
end $$;
grant execute on function app.decided_step to contentos_app;

-- A step is opened by whoever submits or decided the one before, as the submission has it; nobody opens one that is
-- decided already, out of turn, for a lesser role or in another author's name.
create policy open on approval_workflows for insert to contentos_app
  with check (workspace_id = (select app.workspace_id()) and approved_by is null
              and status = case when step = 0 then 'Approved' else 'Pending' end
              and exists (
                select from approval_submissions s
                join content_versions v on v.workspace_id = s.workspace_id and v.content_item_id = s.content_item_id
                  and v.version_number = s.version_number
                where s.workspace_id = approval_workflows.workspace_id and s.id = submission_id
                  and s.content_item_id = approval_workflows.content_item_id and s.version_number = approval_workflows.version_number
                  and s.content_hash = approval_workflows.content_hash and s.submitted_by = approval_workflows.submitted_by
                  and v.updated_by = written_by
                  and case when step = 0 then s.steps = '[]' and s.status = 'Approved'
                      else s.status = 'Pending' and s.steps -> (step - 1) ->> 'role' = approval_workflows.role end)
              and case when step < 2 then submitted_by = (select app.user_id()) else app.decided_step(submission_id, step - 1) end);
create policy decide on approval_workflows for update to contentos_app
  using (workspace_id = (select app.workspace_id()) and status in ('Pending', 'Approved'))
  with check (workspace_id = (select app.workspace_id()) and (
    status = 'Superseded' and (select app.role()) in ('Writer', 'Editor', 'Admin')
      and ((select app.role()) <> 'Writer' or exists (
        select from content_items i where i.workspace_id = approval_workflows.workspace_id and i.id = content_item_id
          and (i.created_by = (select app.user_id()) or i.assignee_id = (select app.user_id()))))
    or status in ('Approved', 'Rejected') and approved_by = (select app.user_id())
       and approved_by <> submitted_by and approved_by <> written_by
       and role <> 'Client' and app.role_rank((select app.role())) between app.role_rank(role) and 4));
grant insert (workspace_id, id, submission_id, content_item_id, version_number, content_hash, step, role, status, written_by, submitted_by, submitted_at),
      update (status, approved_by, decided_at, comment) on approval_workflows to contentos_app;

create function app.keep_decision() returns trigger
  language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if old.status <> 'Pending' and (new.status <> 'Superseded' or (new.approved_by, new.decided_at, new.comment)
      is distinct from (old.approved_by, old.decided_at, old.comment)) then
    raise exception using errcode = '42501', message = 'A decision stands, or is superseded';
  end if;
  return new;
end $$;
create trigger keep_decision before update on approval_workflows for each row execute function app.keep_decision();

-- Whoever the approval policy asks may decide, also a Viewer, or a Writer of other items: the item is locked for
-- them, and follows the submission that they decided, in these two ways only.
create function app.lock_item(p_item uuid) returns boolean
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform from public.content_items i where i.workspace_id = app.workspace_id() and i.id = p_item for update;
  return found;
end $$;

create function app.settle_item(p_submission uuid) returns boolean
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
  update public.content_items i
    set status = case s.status when 'Approved' then 'Approved' else 'Draft' end, updated_at = now()
    from public.approval_submissions s
    where s.workspace_id = app.workspace_id() and s.id = p_submission and s.status in ('Approved', 'Rejected')
      and i.workspace_id = s.workspace_id and i.id = s.content_item_id and i.status = 'InReview'
      and i.current_version_number = s.version_number;
  return found;
end $$;

grant select, update (status, updated_at) on content_items to contentos_definer;
grant select on approval_submissions to contentos_definer;
create policy settle_read on content_items for select to contentos_definer using (workspace_id = (select app.workspace_id()));
create policy settle on content_items for update to contentos_definer
  using (workspace_id = (select app.workspace_id())) with check (workspace_id = (select app.workspace_id()));
create policy settle_read on approval_submissions for select to contentos_definer using (workspace_id = (select app.workspace_id()));
grant create on schema app to contentos_definer;
alter function app.lock_item owner to contentos_definer;
alter function app.settle_item owner to contentos_definer;
revoke create on schema app from contentos_definer;
grant execute on function app.lock_item, app.settle_item to contentos_app;

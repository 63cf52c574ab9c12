-- What a workspace plans with: tags, campaigns and templates.
create table planning_tags (
  workspace_id uuid not null default app.workspace_id() references workspaces,
  id uuid not null default gen_random_uuid(),
  name text not null,
  color text not null check (color ~ '^#[0-9a-f]{6}$'),
  created_by uuid references users,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now(),
  removed_at timestamptz(3),
  primary key (workspace_id, id)
);
create unique index planning_tags_name on planning_tags (workspace_id, lower(name)) where removed_at is null;
create index on planning_tags (workspace_id, name, id) where removed_at is null;
create index on planning_tags (workspace_id, created_at, id) where removed_at is null;

create table planning_campaigns (
  workspace_id uuid not null default app.workspace_id() references workspaces,
  id uuid not null default gen_random_uuid(),
  name text not null,
  goal text not null default '',
  starts_on date,
  ends_on date,
  archived_at timestamptz(3),
  created_by uuid references users,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now(),
  removed_at timestamptz(3),
  primary key (workspace_id, id),
  constraint planning_campaigns_span check (ends_on >= starts_on)
);
create unique index planning_campaigns_name on planning_campaigns (workspace_id, lower(name)) where removed_at is null;
create index on planning_campaigns (workspace_id, name, id) where removed_at is null;
create index on planning_campaigns (workspace_id, created_at, id) where removed_at is null;

create table planning_templates (
  workspace_id uuid not null default app.workspace_id() references workspaces,
  id uuid not null default gen_random_uuid(),
  name text not null,
  /* may hold {date}, {month} and {year} */
  title text not null,
  body text not null default '',
  metadata jsonb not null default '{}',
  brief jsonb,
  campaign_id uuid,
  /* a recipe: what of it is gone when it is used is left out */
  tag_ids uuid[] not null default '{}',
  created_by uuid references users,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now(),
  removed_at timestamptz(3),
  primary key (workspace_id, id),
  foreign key (workspace_id, campaign_id) references planning_campaigns
);
create unique index planning_templates_name on planning_templates (workspace_id, lower(name)) where removed_at is null;
create index on planning_templates (workspace_id, name, id) where removed_at is null;
create index on planning_templates (workspace_id, created_at, id) where removed_at is null;

-- An item's place in the plan.
alter table content_items add column due_at timestamptz(3), add column campaign_id uuid,
  add foreign key (workspace_id, campaign_id) references planning_campaigns;

-- What has no due date comes last in either direction, and a row comparison can say so. Not by coalesce: row-level
-- security takes it for leaky, and would look at every row.
create index content_items_due on content_items (workspace_id, (case when due_at is null then 'infinity' else due_at end), id)
  where archived_at is null;
create index content_items_due_backward on content_items (workspace_id, (case when due_at is null then '-infinity' else due_at end), id)
  where archived_at is null;
create index on content_items (workspace_id, assignee_id, created_at desc, id desc) where archived_at is null;
-- Of archived items too: the lineage of a campaign has all of it.
create index on content_items (workspace_id, campaign_id, created_at desc, id desc) where campaign_id is not null;

create table content_item_tags (
  workspace_id uuid not null default app.workspace_id(),
  content_item_id uuid not null,
  tag_id uuid not null,
  created_by uuid not null default app.user_id() references users,
  created_at timestamptz(3) not null default now(),
  removed_at timestamptz(3),
  primary key (workspace_id, content_item_id, tag_id),
  foreign key (workspace_id, content_item_id) references content_items,
  foreign key (workspace_id, tag_id) references planning_tags
);
create index on content_item_tags (workspace_id, tag_id, content_item_id) where removed_at is null;

create table content_briefs (
  workspace_id uuid not null default app.workspace_id(),
  content_item_id uuid not null,
  version int not null default 1 check (version > 0),
  goal text not null default '',
  persona_id uuid,
  keyword text not null default '',
  audience text not null default '',
  /* [{"channelId" or "network", "count"}] */
  channel_mix jsonb not null default '[]',
  key_messages text[] not null default '{}',
  notes text not null default '',
  updated_by uuid not null default app.user_id() references users,
  updated_at timestamptz(3) not null default now(),
  primary key (workspace_id, content_item_id),
  foreign key (workspace_id, content_item_id) references content_items,
  foreign key (workspace_id, persona_id) references personas
);
create index on content_briefs (workspace_id, persona_id, content_item_id) where persona_id is not null;

do $$ declare t text; begin
  foreach t in array array['planning_tags', 'planning_campaigns', 'planning_templates', 'content_item_tags', 'content_briefs'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('grant select on %I to contentos_app', t);
    execute format('create policy read on %I for select to contentos_app using (workspace_id = (select app.workspace_id()))', t);
  end loop;
  -- Editors and Admins say what a workspace plans with.
  foreach t in array array['planning_tags', 'planning_campaigns', 'planning_templates'] loop
    execute format('create policy write on %I for insert to contentos_app
      with check (workspace_id = (select app.workspace_id()) and (select app.role()) in (''Editor'', ''Admin'') and created_by = (select app.user_id()))', t);
    execute format('create policy change on %I for update to contentos_app
      using (workspace_id = (select app.workspace_id()))
      with check (workspace_id = (select app.workspace_id()) and (select app.role()) in (''Editor'', ''Admin''))', t);
  end loop;
end $$;
grant insert (workspace_id, id, name, color, created_by), update (name, color, updated_at, removed_at) on planning_tags to contentos_app;
grant insert (workspace_id, id, name, goal, starts_on, ends_on, created_by),
      update (name, goal, starts_on, ends_on, archived_at, updated_at, removed_at) on planning_campaigns to contentos_app;
grant insert (workspace_id, id, name, title, body, metadata, brief, campaign_id, tag_ids, created_by),
      update (name, title, body, metadata, brief, campaign_id, tag_ids, updated_at, removed_at) on planning_templates to contentos_app;

grant insert (due_at, campaign_id), update (due_at, campaign_id) on content_items to contentos_app;

-- A Writer tags and briefs what they may edit.
create policy write on content_item_tags for insert to contentos_app
  with check (workspace_id = (select app.workspace_id()) and (select app.role()) in ('Writer', 'Editor', 'Admin')
              and created_by = (select app.user_id())
              and ((select app.role()) <> 'Writer' or exists (
                select from content_items i where i.workspace_id = content_item_tags.workspace_id and i.id = content_item_id
                  and (i.created_by = (select app.user_id()) or i.assignee_id = (select app.user_id())))));
create policy change on content_item_tags for update to contentos_app
  using (workspace_id = (select app.workspace_id())
         and ((select app.role()) <> 'Writer' or exists (
           select from content_items i where i.workspace_id = content_item_tags.workspace_id and i.id = content_item_id
             and (i.created_by = (select app.user_id()) or i.assignee_id = (select app.user_id())))))
  with check (workspace_id = (select app.workspace_id()) and (select app.role()) in ('Writer', 'Editor', 'Admin'));
grant insert (workspace_id, content_item_id, tag_id, created_by), update (removed_at) on content_item_tags to contentos_app;

create policy write on content_briefs for insert to contentos_app
  with check (workspace_id = (select app.workspace_id()) and (select app.role()) in ('Writer', 'Editor', 'Admin')
              and updated_by = (select app.user_id())
              and ((select app.role()) <> 'Writer' or exists (
                select from content_items i where i.workspace_id = content_briefs.workspace_id and i.id = content_item_id
                  and (i.created_by = (select app.user_id()) or i.assignee_id = (select app.user_id())))));
create policy change on content_briefs for update to contentos_app
  using (workspace_id = (select app.workspace_id())
         and ((select app.role()) <> 'Writer' or exists (
           select from content_items i where i.workspace_id = content_briefs.workspace_id and i.id = content_item_id
             and (i.created_by = (select app.user_id()) or i.assignee_id = (select app.user_id())))))
  with check (workspace_id = (select app.workspace_id()) and (select app.role()) in ('Writer', 'Editor', 'Admin')
              and updated_by = (select app.user_id()));
grant insert (workspace_id, content_item_id, goal, persona_id, keyword, audience, channel_mix, key_messages, notes, updated_by),
      update (version, goal, persona_id, keyword, audience, channel_mix, key_messages, notes, updated_by, updated_at) on content_briefs to contentos_app;

-- A trigger of its own, so that what guards the rest of an item stays as it is.
create function app.guard_plan() returns trigger
  language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if app.role() = 'System' and (new.due_at, new.campaign_id) is distinct from (old.due_at, old.campaign_id) then
    raise exception using errcode = '42501', message = 'A job plans nothing';
  end if;
  return new;
end $$;
create trigger guard_plan before update of due_at, campaign_id on content_items for each row execute function app.guard_plan();

create table distribution_schedules (
  workspace_id uuid not null default app.workspace_id(),
  id uuid not null default gen_random_uuid(),
  content_item_id uuid not null,
  version_number int not null,
  submission_id uuid not null,
  channel_id uuid not null,
  adaptation_id uuid,
  /* over all that goes out, compared with what was approved just before it is sent */
  content_hash text not null check (content_hash ~ '^[0-9a-f]{64}$'),
  scheduled_time timestamptz(3) not null,
  time_zone text,
  status text not null default 'Scheduled'
    check (status in ('Scheduled', 'Publishing', 'Published', 'Failed', 'Canceled', 'OnHold', 'Unknown')),
  hold_reason text,
  /* what the last attempt said, for a person */
  message text,
  late_ms bigint,
  published_at timestamptz(3),
  published_url text,
  remote_id text,
  /* taken down from the network */
  removed_at timestamptz(3),
  /* when it is due: the scheduled time, or when a person last had it tried again */
  due_at timestamptz(3) not null default now(),
  /* the only job that may act on it; it changes only while no attempt is open */
  job_id bigint,
  /* attempts up to this number were of an earlier series, before a person had it tried again */
  tried_from int not null default 0,
  created_by uuid references users,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now(),
  primary key (workspace_id, id),
  foreign key (workspace_id, content_item_id, version_number) references content_versions (workspace_id, content_item_id, version_number),
  foreign key (workspace_id, submission_id) references approval_submissions,
  foreign key (workspace_id, channel_id) references channels,
  foreign key (workspace_id, adaptation_id) references content_adaptations
);
create index on distribution_schedules (workspace_id, scheduled_time, id);
create index on distribution_schedules (workspace_id, status, scheduled_time, id);
create index on distribution_schedules (workspace_id, content_item_id, scheduled_time);
-- The same version goes out on a channel at one time only once.
create unique index distribution_schedules_once on distribution_schedules (workspace_id, channel_id, content_item_id, version_number, scheduled_time)
  where status not in ('Failed', 'Canceled');

-- One remote object: a post of a thread, a page. The key is made once and never changes.
create table distribution_parts (
  workspace_id uuid not null default app.workspace_id(),
  id uuid not null default gen_random_uuid(),
  schedule_id uuid not null,
  channel_id uuid not null,
  position int not null check (position >= 0),
  remote_key text not null,
  text text not null,
  created_at timestamptz(3) not null default now(),
  remote_id text,
  remote_url text,
  published_at timestamptz(3),
  removed_at timestamptz(3),
  primary key (workspace_id, id),
  unique (workspace_id, schedule_id, position),
  unique (workspace_id, channel_id, remote_key),
  foreign key (workspace_id, schedule_id) references distribution_schedules,
  foreign key (workspace_id, channel_id) references channels
);

create table distribution_attempts (
  workspace_id uuid not null default app.workspace_id(),
  id uuid not null default gen_random_uuid(),
  schedule_id uuid not null,
  number int not null check (number > 0),
  kind text not null default 'Publish' check (kind in ('Publish', 'Reconcile', 'Remove', 'Resolve')),
  started_at timestamptz(3) not null default now(),
  ended_at timestamptz(3),
  outcome text check (outcome in ('Published', 'Absent', 'Removed', 'Refused', 'Passing', 'Lost', 'Unknown')),
  error text,
  primary key (workspace_id, id),
  unique (workspace_id, schedule_id, number),
  foreign key (workspace_id, schedule_id) references distribution_schedules,
  check ((ended_at is null) = (outcome is null))
);
-- At most one attempt without an outcome.
create unique index distribution_attempts_open on distribution_attempts (workspace_id, schedule_id) where ended_at is null;

-- A page of a workspace's own site. Its slugs are kept, also when it was taken down: an address is never another page's.
create table site_pages (
  workspace_id uuid not null default app.workspace_id() references workspaces,
  id uuid not null default gen_random_uuid(),
  content_item_id uuid not null,
  version_number int not null,
  /* the keys of all parts that went out as this page, by which the publisher finds it again */
  remote_keys text[] not null check (cardinality(remote_keys) > 0),
  slug text not null check (slug <> '' and slug !~ '[/?#.]'),
  /* lead here still */
  former_slugs text[] not null default '{}',
  title text not null,
  body text not null,
  /* made of the body when it was published, sanitised */
  html text not null,
  excerpt text not null,
  language text not null,
  word_count int not null check (word_count >= 0),
  image_url text,
  /* where the article has its home, if that is elsewhere */
  canonical_url text,
  published_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now(),
  removed_at timestamptz(3),
  primary key (workspace_id, id),
  unique (workspace_id, content_item_id),
  unique (workspace_id, slug),
  foreign key (workspace_id, content_item_id) references content_items
);
create index on site_pages (workspace_id, published_at desc, id desc) where removed_at is null;

-- Counted by day, without a word about who came.
create table site_counters (
  workspace_id uuid not null,
  page_id uuid not null,
  day date not null,
  metric_type text not null check (metric_type in ('views', 'reads', 'clicks')),
  value bigint not null default 0 check (value >= 0),
  primary key (workspace_id, page_id, day, metric_type),
  foreign key (workspace_id, page_id) references site_pages
);

create table analytics_metrics (
  workspace_id uuid not null default app.workspace_id(),
  id uuid not null default gen_random_uuid(),
  content_item_id uuid not null,
  schedule_id uuid,
  channel_id uuid,
  metric_type text not null,
  value bigint not null,
  /* the network or our own counter */
  source text not null,
  recorded_at timestamptz(3) not null default now(),
  primary key (workspace_id, id),
  foreign key (workspace_id, content_item_id) references content_items,
  foreign key (workspace_id, schedule_id) references distribution_schedules,
  foreign key (workspace_id, channel_id) references channels
);
create index on analytics_metrics (workspace_id, content_item_id, metric_type, recorded_at desc);
create index on analytics_metrics (workspace_id, schedule_id, metric_type, recorded_at desc);
create index on analytics_metrics (workspace_id, recorded_at);

-- When a remote object's metrics were asked for, and when they will be: the rhythm widens. One row an object: a page
-- that is published again stays the same page, counted under the schedule that made it.
create table analytics_fetches (
  workspace_id uuid not null default app.workspace_id(),
  schedule_id uuid not null,
  content_item_id uuid not null,
  channel_id uuid not null,
  remote_id text not null,
  /* first published, and last: the rhythm begins anew */
  published_at timestamptz(3) not null,
  since timestamptz(3) not null,
  fetches int not null default 0,
  fetched_at timestamptz(3),
  failed_at timestamptz(3),
  /* in a row */
  failures int not null default 0,
  error text,
  /* null where it is over */
  next_at timestamptz(3),
  /* by each metric that its network reports: {value, at, recordedAt}, or null where it never told */
  latest jsonb not null,
  primary key (workspace_id, schedule_id),
  unique (workspace_id, channel_id, remote_id),
  foreign key (workspace_id, schedule_id) references distribution_schedules,
  foreign key (workspace_id, content_item_id) references content_items,
  foreign key (workspace_id, channel_id) references channels
);
create index on analytics_fetches (workspace_id, content_item_id);

do $$ declare t text; begin
  foreach t in array array['distribution_schedules', 'distribution_parts', 'distribution_attempts', 'site_pages', 'site_counters',
                           'analytics_metrics', 'analytics_fetches'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('grant select on %I to contentos_app', t);
    execute format('create policy read on %I for select to contentos_app using (workspace_id = (select app.workspace_id()))', t);
  end loop;
  -- What only jobs write.
  foreach t in array array['distribution_parts', 'site_pages', 'analytics_metrics', 'analytics_fetches'] loop
    execute format('create policy write on %I for insert to contentos_app
      with check (workspace_id = (select app.workspace_id()) and (select app.role()) = ''System'')', t);
    execute format('create policy change on %I for update to contentos_app
      using (workspace_id = (select app.workspace_id()))
      with check (workspace_id = (select app.workspace_id()) and (select app.role()) = ''System'')', t);
  end loop;
end $$;

create policy schedule on distribution_schedules for insert to contentos_app
  with check (workspace_id = (select app.workspace_id()) and (select app.role()) in ('Editor', 'Admin')
              and created_by = (select app.user_id()) and status = 'Scheduled');
-- A Writer who saves a new version puts what was scheduled of the old one on hold, and does nothing else here.
create policy change on distribution_schedules for update to contentos_app
  using (workspace_id = (select app.workspace_id()) and ((select app.role()) <> 'Writer' or status in ('Scheduled', 'OnHold')))
  with check (workspace_id = (select app.workspace_id())
              and ((select app.role()) in ('Editor', 'Admin', 'System')
                or (select app.role()) = 'Writer' and status = 'OnHold' and exists (
                  select from content_items i where i.workspace_id = distribution_schedules.workspace_id and i.id = content_item_id
                    and (i.created_by = (select app.user_id()) or i.assignee_id = (select app.user_id())))));
grant insert (workspace_id, id, content_item_id, version_number, submission_id, channel_id, adaptation_id, content_hash, scheduled_time, time_zone, due_at, job_id, created_by),
      update (version_number, submission_id, adaptation_id, content_hash, scheduled_time, time_zone, status, hold_reason, message, late_ms,
              published_at, published_url, remote_id, removed_at, due_at, job_id, tried_from, updated_at) on distribution_schedules to contentos_app;

-- What goes out, where and when is for people to plan; what came of it, for who published. Without a scope it is silent.
create function app.guard_schedule() returns trigger
  language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  role text := app.role();
begin
  if role in ('Writer', 'System') and (new.version_number, new.submission_id, new.adaptation_id, new.content_hash, new.scheduled_time, new.time_zone)
      is distinct from (old.version_number, old.submission_id, old.adaptation_id, old.content_hash, old.scheduled_time, old.time_zone)
    or role = 'Writer' and (new.late_ms, new.published_at, new.published_url, new.remote_id, new.removed_at)
      is distinct from (old.late_ms, old.published_at, old.published_url, old.remote_id, old.removed_at) then
    raise exception using errcode = '42501', message = 'An Editor plans what goes out';
  end if;
  return new;
end $$;
create trigger guard_schedule before update on distribution_schedules for each row execute function app.guard_schedule();

grant insert (workspace_id, id, schedule_id, channel_id, position, remote_key, text, created_at),
      update (remote_id, remote_url, published_at, removed_at) on distribution_parts to contentos_app;

create policy try on distribution_attempts for insert to contentos_app
  with check (workspace_id = (select app.workspace_id())
              and ((select app.role()) = 'System' or (select app.role()) in ('Editor', 'Admin') and kind = 'Resolve'));
create policy change on distribution_attempts for update to contentos_app
  using (workspace_id = (select app.workspace_id()) and ended_at is null)
  with check (workspace_id = (select app.workspace_id()) and (select app.role()) in ('Editor', 'Admin', 'System'));
grant insert (workspace_id, id, schedule_id, number, kind, started_at, ended_at, outcome, error),
      update (ended_at, outcome, error) on distribution_attempts to contentos_app;

grant insert (workspace_id, id, content_item_id, version_number, remote_keys, slug, title, body, html, excerpt, language, word_count, image_url,
              canonical_url, published_at, updated_at),
      update (version_number, remote_keys, slug, former_slugs, title, body, html, excerpt, language, word_count, image_url, canonical_url,
              published_at, updated_at, removed_at) on site_pages to contentos_app;
create policy visit on site_pages for select to contentos_app
  using (workspace_id = (select app.visited_workspace_id()) and removed_at is null);

grant insert (workspace_id, id, content_item_id, schedule_id, channel_id, metric_type, value, source, recorded_at) on analytics_metrics to contentos_app;
drop policy change on analytics_metrics;
grant insert (workspace_id, schedule_id, content_item_id, channel_id, remote_id, published_at, since, next_at, latest),
      update (since, fetches, fetched_at, failed_at, failures, error, next_at, latest) on analytics_fetches to contentos_app;

-- A visitor counts, and reads no counter.
create function app.count_visit(p_page uuid, p_metric_type text) returns boolean
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  workspace uuid := app.visited_workspace_id();
begin
  if not exists (select from public.site_pages p where p.workspace_id = workspace and p.id = p_page and p.removed_at is null) then
    return false;
  end if;
  insert into public.site_counters as c (workspace_id, page_id, day, metric_type, value)
    values (workspace, p_page, current_date, p_metric_type, 1)
    on conflict (workspace_id, page_id, day, metric_type) do update set value = c.value + 1;
  return true;
end $$;
-- A visitor is told that a page is gone, and nothing of what it said.
create function app.page_was_removed(p_address text) returns boolean
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select exists (
    select from public.site_pages p
    where p.workspace_id = app.visited_workspace_id() and p.removed_at is not null
      and (p.slug = p_address or p.former_slugs @> array[p_address] or p.content_item_id::text = p_address))
$$;
grant select on site_pages to contentos_definer;
grant select, insert on site_counters to contentos_definer;
grant update (value) on site_counters to contentos_definer;
create policy count on site_pages for select to contentos_definer using (true);
create policy count_read on site_counters for select to contentos_definer using (true);
create policy count on site_counters for insert to contentos_definer with check (true);
create policy count_more on site_counters for update to contentos_definer using (true) with check (true);
grant create on schema app to contentos_definer;
alter function app.count_visit owner to contentos_definer;
alter function app.page_was_removed owner to contentos_definer;
revoke create on schema app from contentos_definer;
grant execute on function app.count_visit, app.page_was_removed to contentos_app;

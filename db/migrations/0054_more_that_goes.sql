-- More kinds that a workspace keeps for a time of its own: versions that nobody needs, drafts of archived items, what models
-- answered, single points of figures, and events that were told.

alter table retention_rules
  drop constraint retention_rules_what_check,
  drop constraint retention_rules_bounds,
  add constraint retention_rules_what_check check (what in
    ('Audit', 'Webhooks', 'Notifications', 'Versions', 'Drafts', 'Answers', 'Metrics', 'Events')),
  /* the same bounds as in src/features/retention/kinds.ts */
  add constraint retention_rules_bounds check (days between
    case what when 'Audit' then 365 when 'Webhooks' then 1 when 'Notifications' then 7 when 'Versions' then 30
      when 'Drafts' then 7 when 'Answers' then 1 when 'Metrics' then 90 when 'Events' then 7 end and
    case what when 'Webhooks' then 30 when 'Notifications' then 90 when 'Events' then 30 else 3650 end);

-- What refers to a version is read by who removes: a table that is forgotten here is named by the catalogue's rule.
do $$ declare t text; begin
  foreach t in array array['content_versions', 'content_adaptations', 'approval_submissions', 'approval_workflows', 'distribution_schedules',
    'site_pages', 'site_trials', 'content_drafts', 'content_version_labels', 'assets_uses', 'comments_threads', 'comments',
    'review_receipts', 'search_passages', 'ai_generations', 'analytics_metrics'] loop
    execute format('create policy retain_read on %I for select to contentos_definer using (workspace_id = (select app.workspace_id()))', t);
  end loop;
end $$;

-- Superseded before a time, and nothing that there is refers to them: not submitted, approved, planned, published, adapted,
-- named or talked about, and nobody's draft goes on from them. What refers is asked of the catalogue, so that a new
-- table is held to it as well.
create function app.unneeded_versions(p_workspace uuid, p_before timestamptz, p_limit bigint)
  returns table (content_item_id uuid, version_number int)
  language plpgsql stable set search_path = pg_catalog, pg_temp as $$
declare
  unneeded text;
begin
  select string_agg(format('not exists (select from %s r where %s%s)', k.conrelid::regclass,
      (select string_agg(format('r.%I = v.%I', mine.attname, theirs.attname), ' and ')
        from unnest(k.conkey, k.confkey) as pair (mine, theirs)
        join pg_attribute mine on mine.attrelid = k.conrelid and mine.attnum = pair.mine
        join pg_attribute theirs on theirs.attrelid = k.confrelid and theirs.attnum = pair.theirs),
      case k.conrelid::regclass::text
        when 'public.content_drafts' then ' and r.removed_at is null'
        when 'public.assets_uses' then ' and r.ended_at is null'
        when 'public.ai_generations' then ' and r.created_at >= $2' else '' end), ' and ')
    into unneeded from pg_constraint k where k.contype = 'f' and k.confrelid = 'public.content_versions'::regclass;
  return query execute 'select v.content_item_id, v.version_number
    from public.content_versions v join public.content_items i on i.workspace_id = v.workspace_id and i.id = v.content_item_id
    where v.workspace_id = $1 and v.updated_at < $2 and v.version_number < i.current_version_number
      and exists (select from public.content_versions n where n.workspace_id = v.workspace_id and n.content_item_id = v.content_item_id
        and n.version_number > v.version_number and n.updated_at < $2)
      and not exists (select from public.site_pages p where p.workspace_id = v.workspace_id and p.content_item_id = v.content_item_id
        and p.version_number = v.version_number)
      and ' || unneeded || ' order by v.updated_at limit $3'
    using p_workspace, p_before, p_limit;
end $$;

-- What nobody has touched since, of items that were archived before it.
create function app.old_drafts(p_workspace uuid, p_before timestamptz, p_limit bigint) returns table (content_item_id uuid, user_id uuid)
  language sql stable set search_path = pg_catalog, pg_temp as $$
  select d.content_item_id, d.user_id from public.content_drafts d
    join public.content_items i on i.workspace_id = d.workspace_id and i.id = d.content_item_id
    where d.workspace_id = p_workspace and d.removed_at is null and d.updated_at < p_before and i.archived_at < p_before
    order by d.updated_at limit p_limit
$$;

-- Points with a later one of the same counter on the same day of the workspace: the last of each day stays, so that what
-- came each day and all sums of it are as before.
create function app.old_points(p_workspace uuid, p_before timestamptz, p_limit bigint) returns setof uuid
  language sql stable set search_path = pg_catalog, pg_temp as $$
  select p.id from public.analytics_metrics p join public.workspaces w on w.id = p.workspace_id
    where p.workspace_id = p_workspace and p.recorded_at < p_before
      and exists (select from public.analytics_metrics later
        where later.workspace_id = p.workspace_id and later.content_item_id = p.content_item_id and later.metric_type = p.metric_type
          and later.schedule_id is not distinct from p.schedule_id and later.channel_id is not distinct from p.channel_id
          and later.source = p.source and later.recorded_at > p.recorded_at
          and (later.recorded_at at time zone w.time_zone)::date = (p.recorded_at at time zone w.time_zone)::date)
    order by p.recorded_at limit p_limit
$$;

-- Consumers of a workspace's events that have yet to go on.
create function app.waiting_consumers(p_workspace uuid) returns text[]
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select array(select left(k.identifier, -length('.consume')) from graphile_worker._private_jobs j
    join graphile_worker._private_tasks k on k.id = j.task_id
    where k.identifier like '%.consume' and j.payload ->> 'workspaceId' = p_workspace::text)
$$;

create function app.told_events(p_workspace uuid, p_before timestamptz, p_limit bigint) returns table (turn bigint, id bigint)
  language sql stable set search_path = pg_catalog, pg_temp as $$
  select e.turn, e.id from public.events e
    where e.workspace_id = p_workspace and e.at < p_before
      and not exists (select from public.events_consumers c
        where c.workspace_id = p_workspace and c.consumer = any (app.waiting_consumers(p_workspace)) and (c.turn, c.event_id) < (e.turn, e.id))
    order by e.turn, e.id limit p_limit
$$;

create or replace function app.count_old(p_what text, p_days int) returns bigint
  language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
  workspace uuid := app.workspace_id();
  cutoff timestamptz := now() - make_interval(days => p_days);
begin
  if workspace is null or app.role() <> 'Admin' then
    raise exception using errcode = '42501', message = 'An Admin counts';
  end if;
  return case p_what
    when 'Audit' then (select count(*) from public.audit_seals s where s.workspace_id = workspace and s.sealed_at < cutoff)
    when 'Webhooks' then (select count(*) from public.webhooks_deliveries d
      where d.workspace_id = workspace and d.created_at < cutoff and d.status <> 'Pending')
    when 'Notifications' then (select count(*) from public.notifications n where n.workspace_id = workspace and n.created_at < cutoff)
      + (select count(*) from public.notifications_deliveries d where d.workspace_id = workspace and d.created_at < cutoff)
    when 'Versions' then (select count(*) from app.unneeded_versions(workspace, cutoff, null))
    when 'Drafts' then (select count(*) from app.old_drafts(workspace, cutoff, null))
    when 'Answers' then (select count(*) from public.ai_generations g
      where g.workspace_id = workspace and g.created_at < cutoff and g.result is not null)
    when 'Metrics' then (select count(*) from app.old_points(workspace, cutoff, null))
    when 'Events' then (select count(*) from app.told_events(workspace, cutoff, null))
  end;
end $$;

create or replace function app.remove_old(p_what text, p_limit int) returns bigint
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  workspace uuid := app.workspace_id();
  cutoff timestamptz := app.retention_cutoff(p_what);
  old uuid[];
  gone bigint := 0;
  more bigint;
begin
  if cutoff is null then return 0; end if;
  if p_what = 'Webhooks' then
    old := array(select d.id from public.webhooks_deliveries d
      where d.workspace_id = workspace and d.created_at < cutoff and d.status <> 'Pending' order by d.created_at limit p_limit);
    delete from public.webhooks_attempts a where a.workspace_id = workspace and a.delivery_id = any (old);
    delete from public.webhooks_deliveries d where d.workspace_id = workspace and d.id = any (old);
    get diagnostics gone = row_count;
  elsif p_what = 'Notifications' then
    delete from public.notifications n where n.workspace_id = workspace and n.id in (
      select o.id from public.notifications o where o.workspace_id = workspace and o.created_at < cutoff order by o.created_at limit p_limit);
    get diagnostics gone = row_count;
    delete from public.notifications_deliveries d where d.workspace_id = workspace and d.id in (
      select o.id from public.notifications_deliveries o where o.workspace_id = workspace and o.created_at < cutoff
      order by o.created_at limit p_limit - gone);
    get diagnostics more = row_count;
    gone := gone + more;
  elsif p_what = 'Versions' then
    gone := app.remove_versions(workspace, cutoff, p_limit);
  elsif p_what = 'Drafts' then
    -- As its writer would: the row stays with its counter, and nothing of the text.
    update public.content_drafts d set body = '', title = null, metadata = null, removed_at = now()
      from app.old_drafts(workspace, cutoff, p_limit) o
      where d.workspace_id = workspace and d.content_item_id = o.content_item_id and d.user_id = o.user_id and d.removed_at is null;
    get diagnostics gone = row_count;
  elsif p_what = 'Answers' then
    -- What it cost and what a person said of it stay.
    update public.ai_generations g set result = null where g.workspace_id = workspace and g.id in (
      select o.id from public.ai_generations o where o.workspace_id = workspace and o.created_at < cutoff and o.result is not null
      order by o.created_at limit p_limit);
    get diagnostics gone = row_count;
  elsif p_what = 'Metrics' then
    delete from public.analytics_metrics p where p.workspace_id = workspace and p.id in (select app.old_points(workspace, cutoff, p_limit));
    get diagnostics gone = row_count;
  elsif p_what = 'Events' then
    delete from public.events e using app.told_events(workspace, cutoff, p_limit) o
      where e.workspace_id = workspace and e.turn = o.turn and e.id = o.id;
    get diagnostics gone = row_count;
  end if;
  return gone;
end $$;

-- With what is left of them elsewhere: uses of files that have ended, which version a model was asked about, and the place
-- of drafts that were thrown away.
create function app.remove_versions(p_workspace uuid, p_before timestamptz, p_limit int) returns bigint
  language plpgsql volatile set search_path = pg_catalog, pg_temp as $$
declare
  items uuid[];
  numbers int[];
  gone bigint;
begin
  select array_agg(o.content_item_id), array_agg(o.version_number) into items, numbers from app.unneeded_versions(p_workspace, p_before, p_limit) o;
  if items is null then return 0; end if;
  delete from public.assets_uses u where u.workspace_id = p_workspace and u.ended_at is not null
    and (u.content_item_id, u.version_number) in (select * from unnest(items, numbers));
  update public.ai_generations g set version_number = null where g.workspace_id = p_workspace
    and (g.content_item_id, g.version_number) in (select * from unnest(items, numbers));
  update public.content_drafts d set base_version = i.current_version_number from public.content_items i
    where d.workspace_id = p_workspace and d.removed_at is not null and i.workspace_id = p_workspace and i.id = d.content_item_id
      and (d.content_item_id, d.base_version) in (select * from unnest(items, numbers));
  delete from public.content_versions v where v.workspace_id = p_workspace
    and (v.content_item_id, v.version_number) in (select * from unnest(items, numbers));
  get diagnostics gone = row_count;
  return gone;
end $$;

create policy retain on content_versions for delete to contentos_definer
  using (workspace_id = (select app.workspace_id()) and updated_at < (select app.retention_cutoff('Versions')));
create policy retain on assets_uses for delete to contentos_definer
  using (workspace_id = (select app.workspace_id()) and ended_at is not null and created_at < (select app.retention_cutoff('Versions')));
create policy retain on analytics_metrics for delete to contentos_definer
  using (workspace_id = (select app.workspace_id()) and recorded_at < (select app.retention_cutoff('Metrics')));
create policy retain on events for delete to contentos_definer
  using (workspace_id = (select app.workspace_id()) and at < (select app.retention_cutoff('Events')));
create policy retain on content_drafts for update to contentos_definer
  using (workspace_id = (select app.workspace_id())
         and (updated_at < (select app.retention_cutoff('Drafts')) or removed_at is not null and (select app.retention_cutoff('Versions')) is not null))
  with check (removed_at is not null);
create policy retain on ai_generations for update to contentos_definer
  using (workspace_id = (select app.workspace_id())
         and created_at < greatest((select app.retention_cutoff('Answers')), (select app.retention_cutoff('Versions'))))
  with check (result is null or version_number is null);
grant update (body, title, metadata, removed_at, base_version) on content_drafts to contentos_definer;
grant update (result, version_number) on ai_generations to contentos_definer;

grant create on schema app to contentos_definer, contentos_worker;
alter function app.unneeded_versions owner to contentos_definer;
alter function app.old_drafts owner to contentos_definer;
alter function app.old_points owner to contentos_definer;
alter function app.told_events owner to contentos_definer;
alter function app.remove_versions owner to contentos_definer;
alter function app.waiting_consumers owner to contentos_worker;
revoke create on schema app from contentos_definer, contentos_worker;
grant execute on function app.waiting_consumers to contentos_definer;

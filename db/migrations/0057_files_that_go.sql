-- Removed files go after the days that a workspace says, where nothing that there is names them: first their rows, then, in
-- two steps around the storage, the bytes that no other file has.

alter table retention_rules
  drop constraint retention_rules_what_check,
  drop constraint retention_rules_bounds,
  add constraint retention_rules_what_check check (what in
    ('Audit', 'Webhooks', 'Notifications', 'Versions', 'Drafts', 'Answers', 'Metrics', 'Events', 'Files')),
  /* the same bounds as in src/features/retention/kinds.ts */
  add constraint retention_rules_bounds check (days between
    case what when 'Audit' then 365 when 'Webhooks' then 1 when 'Notifications' then 7 when 'Versions' then 30
      when 'Drafts' then 7 when 'Answers' then 1 when 'Metrics' then 90 when 'Events' then 7 when 'Files' then 7 end and
    case what when 'Webhooks' then 30 when 'Notifications' then 90 when 'Events' then 30 else 3650 end);

/* since when a job removes its bytes: nobody brings in the same ones meanwhile */
alter table assets_blobs add column going_at timestamptz(3);

-- What refers to a file is read by who removes: a table that is forgotten here is named by the catalogue's rule.
do $$ declare t text; begin
  foreach t in array array['assets', 'assets_blobs', 'assets_uploads', 'assets_page_uses', 'transfer_imports'] loop
    execute format('create policy retain_read on %I for select to contentos_definer using (workspace_id = (select app.workspace_id()))', t);
  end loop;
end $$;

-- Removed before a time, and named by no version, no adaptation, no live page, no branding and no import.
create function app.unneeded_assets(p_workspace uuid, p_before timestamptz, p_limit bigint) returns setof uuid
  language plpgsql stable set search_path = pg_catalog, pg_temp as $$
declare
  unneeded text;
begin
  select string_agg(format('not exists (select from %s r where %s%s)', k.conrelid::regclass,
      (select string_agg(format('r.%I = a.%I', mine.attname, theirs.attname), ' and ')
        from unnest(k.conkey, k.confkey) as pair (mine, theirs)
        join pg_attribute mine on mine.attrelid = k.conrelid and mine.attnum = pair.mine
        join pg_attribute theirs on theirs.attrelid = k.confrelid and theirs.attnum = pair.theirs),
      case k.conrelid::regclass::text when 'public.assets_page_uses' then ' and r.ended_at is null' else '' end), ' and ')
    into unneeded from pg_constraint k
    where k.contype = 'f' and k.confrelid = 'public.assets'::regclass and k.conrelid <> 'public.assets_uploads'::regclass;
  return query execute 'select a.id from public.assets a join public.workspaces w on w.id = a.workspace_id
    where a.workspace_id = $1 and a.removed_at < $2
      and a.id::text is distinct from w.branding ->> ''logoAssetId'' and a.id::text is distinct from w.branding ->> ''faviconAssetId''
      and ' || unneeded || ' order by a.removed_at limit $3'
    using p_workspace, p_before, p_limit;
end $$;

create function app.remove_assets(p_workspace uuid, p_before timestamptz, p_limit int) returns bigint
  language plpgsql volatile set search_path = pg_catalog, pg_temp as $$
declare
  old uuid[] := array(select app.unneeded_assets(p_workspace, p_before, p_limit));
  gone bigint;
begin
  delete from public.assets_uploads u where u.workspace_id = p_workspace and u.asset_id = any (old);
  delete from public.assets_page_uses u where u.workspace_id = p_workspace and u.asset_id = any (old) and u.ended_at is not null;
  delete from public.assets a where a.workspace_id = p_workspace and a.id = any (old);
  get diagnostics gone = row_count;
  return gone;
end $$;

-- Whoever brings bytes in holds it shared, and who marks bytes to go alone: none of them misses the other.
create function app.hold_files(p_alone boolean) returns void
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
  if p_alone then perform pg_advisory_xact_lock(hashtextextended('assets ' || app.workspace_id(), 0));
  else perform pg_advisory_xact_lock_shared(hashtextextended('assets ' || app.workspace_id(), 0)); end if;
end $$;

-- Marks bytes that no file has, and answers them with those that went on before, and all objects of theirs that no other
-- bytes share. For jobs, while the workspace has a rule and is not held.
create function app.begin_blobs(p_limit int) returns table (sha256 text, key_id uuid, objects text[])
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  workspace uuid := app.workspace_id();
begin
  if app.retention_cutoff('Files') is null then return; end if;
  update public.assets_blobs b set going_at = now() where b.workspace_id = workspace and b.going_at is null and b.sha256 in (
    select o.sha256 from public.assets_blobs o where o.workspace_id = workspace and o.going_at is null
      and not exists (select from public.assets a where a.workspace_id = workspace and a.sha256 = o.sha256) limit p_limit);
  return query select b.sha256, b.key_id, array(
      select o.sha from (select b.sha256 as sha union select v ->> 'sha256' from jsonb_array_elements(b.variants) v) o
      where not exists (select from public.assets_blobs other
        where other.workspace_id = workspace and other.key_id = b.key_id and other.going_at is null
          and (other.sha256 = o.sha or other.variants @> jsonb_build_array(jsonb_build_object('sha256', o.sha)))))
    from public.assets_blobs b where b.workspace_id = workspace and b.going_at is not null limit p_limit;
end $$;

create function app.end_blobs(p_blobs text[]) returns bigint
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare gone bigint;
begin
  delete from public.assets_blobs b where b.workspace_id = app.workspace_id() and b.sha256 = any (p_blobs) and b.going_at is not null;
  get diagnostics gone = row_count;
  return gone;
end $$;

create policy retain on assets for delete to contentos_definer
  using (workspace_id = (select app.workspace_id()) and removed_at < (select app.retention_cutoff('Files')));
create policy retain on assets_uploads for delete to contentos_definer
  using (workspace_id = (select app.workspace_id()) and (select app.retention_cutoff('Files')) is not null);
create policy retain on assets_page_uses for delete to contentos_definer
  using (workspace_id = (select app.workspace_id()) and ended_at is not null and (select app.retention_cutoff('Files')) is not null);
create policy retain_mark on assets_blobs for update to contentos_definer
  using (workspace_id = (select app.workspace_id()) and (select app.retention_cutoff('Files')) is not null);
create policy retain on assets_blobs for delete to contentos_definer
  using (workspace_id = (select app.workspace_id()) and going_at is not null and (select app.role()) = 'System');
grant update (going_at) on assets_blobs to contentos_definer;

-- As before, with files.
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
    when 'Files' then (select count(*) from app.unneeded_assets(workspace, cutoff, null))
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
  elsif p_what = 'Files' then
    gone := app.remove_assets(workspace, cutoff, p_limit);
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

grant create on schema app to contentos_definer;
alter function app.unneeded_assets owner to contentos_definer;
alter function app.remove_assets owner to contentos_definer;
alter function app.hold_files owner to contentos_definer;
alter function app.begin_blobs owner to contentos_definer;
alter function app.end_blobs owner to contentos_definer;
revoke create on schema app from contentos_definer;
grant execute on function app.hold_files, app.begin_blobs, app.end_blobs to contentos_app;

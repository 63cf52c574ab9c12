-- Where a workspace's site stood before. Such an address leads on to the new one until another workspace has it.
create table workspace_former_slugs (
  workspace_id uuid not null references workspaces,
  slug text not null unique,
  left_at timestamptz(3) not null default now(),
  primary key (workspace_id, slug)
);
alter table workspace_former_slugs enable row level security;
alter table workspace_former_slugs force row level security;
-- Written by the trigger alone. Read by the job that tells caches what to forget.
grant select on workspace_former_slugs to contentos_app;
create policy read on workspace_former_slugs for select to contentos_app
  using (workspace_id = (select app.workspace_id()) and (select app.role()) in ('Admin', 'System'));

grant select, insert, delete on workspace_former_slugs to contentos_definer;
create policy lead on workspace_former_slugs for select to contentos_definer using (true);
create policy leave on workspace_former_slugs for insert to contentos_definer with check (true);
create policy yield on workspace_former_slugs for delete to contentos_definer using (true);

-- Whoever has an address now has it alone: what led from there to somebody else ends.
create function app.keep_former_slug() returns trigger
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  delete from public.workspace_former_slugs f where f.slug = new.slug;
  if tg_op = 'UPDATE' and old.slug <> new.slug then
    insert into public.workspace_former_slugs (workspace_id, slug) values (new.id, old.slug);
  end if;
  return null;
end $$;

create or replace function app.enter_visitor(p_slug text) returns text
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  workspace uuid;
begin
  select w.id into workspace from public.workspaces w where w.slug = p_slug;
  if not found then
    select f.workspace_id into workspace from public.workspace_former_slugs f where f.slug = p_slug;
  end if;
  if workspace is null then
    raise exception using errcode = 'CO404', message = 'No such site';
  end if;
  perform app.enter('visitor', workspace, null, 'Visitor');
  return concat(workspace, '||Visitor');
end $$;

grant create on schema app to contentos_definer;
alter function app.keep_former_slug owner to contentos_definer;
revoke create on schema app from contentos_definer;
select app.erase_with_workspace('workspace_former_slugs');
create trigger keep_former_slug after insert or update of slug on workspaces for each row execute function app.keep_former_slug();

-- A workspace's own host names: proved by a DNS record, routed by the Host of a request.

create table site_domains (
  workspace_id uuid not null default app.workspace_id() references workspaces,
  id uuid not null default gen_random_uuid(),
  /* lower-case, punycode, without a dot at its end */
  host text not null check (host ~ '^[a-z0-9-]+(\.[a-z0-9-]+)+$' and length(host) <= 240),
  /* stands in the record that proves who decides on the host */
  token text not null,
  status text not null default 'Pending' check (status in ('Pending', 'Verified', 'Lost')),
  is_primary boolean not null default false,
  /* checks in a row, of those by the clock, that did not find the record */
  failures int not null default 0,
  /* what the last check met; null where it found the record */
  problem text check (problem in ('RecordMissing', 'NoAnswer')),
  checked_at timestamptz(3),
  verified_at timestamptz(3),
  created_by uuid not null default app.user_id() references users,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now(),
  removed_at timestamptz(3),
  primary key (workspace_id, id),
  check (not is_primary or status = 'Verified' and removed_at is null)
);
-- Many may claim a host, and one has it.
create unique index site_domains_verified on site_domains (host) where status = 'Verified' and removed_at is null;
create unique index site_domains_host on site_domains (workspace_id, host) where removed_at is null;
create unique index site_domains_primary on site_domains (workspace_id) where is_primary;

alter table site_domains enable row level security;
alter table site_domains force row level security;
-- The token is for those who set the record.
create policy read on site_domains for select to contentos_app
  using (workspace_id = (select app.workspace_id()) and (select app.role()) in ('Admin', 'System'));
create policy claim on site_domains for insert to contentos_app
  with check (workspace_id = (select app.workspace_id()) and (select app.role()) = 'Admin'
              and created_by = (select app.user_id()) and status = 'Pending');
create policy change on site_domains for update to contentos_app
  using (workspace_id = (select app.workspace_id()) and (select app.role()) in ('Admin', 'System'))
  with check (workspace_id = (select app.workspace_id())
              and ((select app.role()) = 'Admin' or (select app.role()) = 'System' and removed_at is null));
grant select, insert (workspace_id, id, host, token, created_by),
  update (status, is_primary, failures, problem, checked_at, verified_at, updated_at, removed_at) on site_domains to contentos_app;

-- Beside the name, so that whoever makes an address of the site needs no second look. Kept by the trigger alone.
alter table workspaces add column primary_host text;

create function app.keep_primary_host() returns trigger
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  chosen text := (select d.host from public.site_domains d where d.workspace_id = new.workspace_id and d.is_primary);
begin
  update public.workspaces w set primary_host = chosen, updated_at = now()
    where w.id = new.workspace_id and w.primary_host is distinct from chosen;
  return null;
end $$;

-- Whether a host is somebody's; not whose.
create function app.host_is_verified(p_host text) returns boolean
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select exists (select from public.site_domains d where d.host = p_host and d.status = 'Verified' and d.removed_at is null)
$$;

create function app.workspace_of_host(p_host text) returns uuid
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select d.workspace_id from public.site_domains d where d.host = p_host and d.status = 'Verified' and d.removed_at is null
$$;

-- A visitor comes by the host's name. CO404: it is nobody's.
create function app.enter_visitor_of_host(p_host text) returns text
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  workspace uuid := app.workspace_of_host(p_host);
begin
  if workspace is null then
    raise exception using errcode = 'CO404', message = 'No site at this host';
  end if;
  perform app.enter('visitor', workspace, null, 'Visitor');
  return concat(workspace, '||Visitor');
end $$;

grant select (workspace_id, host, status, is_primary, removed_at) on site_domains to contentos_definer;
grant update (primary_host, updated_at) on workspaces to contentos_definer;
create policy route on site_domains for select to contentos_definer using (true);
create policy keep_primary_host on workspaces for update to contentos_definer using (true) with check (true);

-- Whoever decides on a host can read what browsers send to it. So a session that began there opens its workspace alone,
-- wherever its cookie is taken. Null: a session of the deployment's own address, which opens all that its person may.
alter table auth_sessions add column host text, add column bound_to uuid;

-- Identity says at which host somebody signs in, and the database whose that is.
create function app.bind_session() returns trigger
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  new.bound_to := app.workspace_of_host(new.host);
  return new;
end $$;

create or replace function app.enter_session(p_session uuid, p_workspace uuid) returns text
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  person uuid;
  bound uuid;
  workspace uuid;
  member_role text;
begin
  select s.user_id, s.bound_to into person, bound from public.auth_sessions s where s.id = p_session and s.expires_at > now();
  if not found then
    raise exception using errcode = 'CO401', message = 'No live session';
  end if;
  workspace := coalesce(p_workspace, bound);
  if workspace is null then
    begin
      select m.workspace_id, m.role into strict workspace, member_role
        from public.workspace_members m where m.user_id = person and m.removed_at is null;
    exception
      when no_data_found then raise exception using errcode = 'CO404', message = 'No workspace';
      when too_many_rows then raise exception using errcode = 'CO400', message = 'Several workspaces';
    end;
  else
    select m.role into member_role from public.workspace_members m
      where m.workspace_id = workspace and m.user_id = person and m.removed_at is null and (bound is null or bound = workspace);
    if not found then
      raise exception using errcode = 'CO404', message = 'No such workspace';
    end if;
  end if;
  perform app.enter('session', workspace, person, member_role);
  return concat_ws('|', workspace, person, member_role);
end $$;

create or replace function app.enter_person(p_session uuid) returns text
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  person uuid;
  bound uuid;
begin
  select s.user_id, s.bound_to into person, bound from public.auth_sessions s where s.id = p_session and s.expires_at > now();
  if not found then
    raise exception using errcode = 'CO401', message = 'No live session';
  end if;
  perform app.enter('person', bound, person, null);
  return concat('|', person, '|');
end $$;

-- The only workspace that a person's session opens; null for one that opens all of them.
create function app.bound_workspace_id() returns uuid
  language plpgsql stable parallel restricted security definer set search_path = pg_catalog, pg_temp as $$
declare c text[] := app.claims();
begin
  return case when c[1] = 'person' then c[2]::uuid end;
end $$;

alter policy read_own on workspaces using (
  id = coalesce((select app.bound_workspace_id()), id)
  and exists (select from workspace_members m where m.workspace_id = id and m.user_id = (select app.person_id()) and m.removed_at is null));
alter policy read_own on workspace_members
  using (user_id = (select app.person_id()) and workspace_id = coalesce((select app.bound_workspace_id()), workspace_id));

-- A session of a client's host founds nothing, and joins no workspace but that one.
create function app.guard_bound_session() returns trigger
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if app.bound_workspace_id() is not null and new.workspace_id <> app.bound_workspace_id() then
    raise exception using errcode = '42501', message = 'This session opens one workspace';
  end if;
  return new;
end $$;

grant create on schema app to contentos_definer;
alter function app.keep_primary_host owner to contentos_definer;
alter function app.host_is_verified owner to contentos_definer;
alter function app.workspace_of_host owner to contentos_definer;
alter function app.enter_visitor_of_host owner to contentos_definer;
alter function app.bound_workspace_id owner to contentos_definer;
alter function app.bind_session owner to contentos_definer;
alter function app.guard_bound_session owner to contentos_definer;
revoke create on schema app from contentos_definer;
create trigger keep_primary_host after insert or update on site_domains for each row execute function app.keep_primary_host();
create trigger bind_session before update of host on auth_sessions for each row execute function app.bind_session();
create trigger guard_bound_session before insert or update on workspace_members for each row execute function app.guard_bound_session();
grant execute on function app.host_is_verified, app.enter_visitor_of_host, app.bound_workspace_id to contentos_app;

-- What a workspace asks of those who enter it, and its own identity provider.

-- Nothing of it is asked where there is no row.
create table auth_policies (
  workspace_id uuid not null default app.workspace_id() references workspaces,
  require_second_factor boolean not null default false,
  /* of members whose address is in one of its verified domains */
  require_sso boolean not null default false,
  /* since the sign-in, however often it was refreshed */
  session_hours int check (session_hours between 1 and 8760),
  updated_at timestamptz(3) not null default now(),
  primary key (workspace_id)
);

create table auth_sso_connections (
  workspace_id uuid not null default app.workspace_id() references workspaces,
  /* the database's alone: sessions go by it without a workspace */
  id uuid not null default gen_random_uuid(),
  issuer text not null check (length(issuer) <= 400),
  client_id text not null check (length(client_id) <= 400),
  sealed_secret bytea not null,
  /* of who comes by it for the first time */
  default_role text not null check (default_role in ('Editor', 'Writer', 'Viewer')),
  created_by uuid not null default app.user_id() references users,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now(),
  removed_at timestamptz(3),
  primary key (workspace_id, id)
);
create unique index auth_sso_connections_live on auth_sso_connections (workspace_id) where removed_at is null;

-- Who runs a domain's name servers speaks for its addresses, one workspace a domain.
create table auth_sso_domains (
  workspace_id uuid not null default app.workspace_id() references workspaces,
  id uuid not null default gen_random_uuid(),
  domain text not null check (domain = lower(domain) and length(domain) <= 253),
  /* what its TXT record has to say */
  token text not null,
  verified_at timestamptz(3),
  created_by uuid not null default app.user_id() references users,
  created_at timestamptz(3) not null default now(),
  removed_at timestamptz(3),
  primary key (workspace_id, id)
);
create unique index auth_sso_domains_own on auth_sso_domains (workspace_id, domain) where removed_at is null;

do $$ declare t text; begin
  foreach t in array array['auth_policies', 'auth_sso_connections', 'auth_sso_domains'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('grant select on %I to contentos_app, contentos_definer', t);
    execute format('create policy enter on %I for select to contentos_definer using (true)', t);
    execute format('create policy read on %I for select to contentos_app
      using (workspace_id = (select app.workspace_id()) and (select app.role()) = ''Admin'')', t);
    execute format('create policy write on %I for insert to contentos_app
      with check (workspace_id = (select app.workspace_id()) and (select app.role()) = ''Admin'')', t);
    execute format('create policy change on %I for update to contentos_app
      using (workspace_id = (select app.workspace_id()))
      with check (workspace_id = (select app.workspace_id()) and (select app.role()) = ''Admin'')', t);
  end loop;
end $$;
grant insert (workspace_id, require_second_factor, require_sso, session_hours),
      update (require_second_factor, require_sso, session_hours, updated_at) on auth_policies to contentos_app;
grant insert (workspace_id, issuer, client_id, sealed_secret, default_role),
      update (issuer, client_id, sealed_secret, default_role, updated_at, removed_at) on auth_sso_connections to contentos_app;
grant insert (workspace_id, id, domain, token), update (verified_at, removed_at) on auth_sso_domains to contentos_app;

-- Identity finds the provider of an address before anybody is signed in.
grant select on auth_sso_connections, auth_sso_domains to contentos_auth;
create policy identity on auth_sso_connections for select to contentos_auth using (true);
create policy identity on auth_sso_domains for select to contentos_auth using (true);

-- By which workspace's provider a session was opened: it opens no other workspace, but one with the same provider.
alter table auth_sessions add column sso_connection_id uuid;

-- Two workspaces can't both speak for a domain.
create function app.claim_domain() returns trigger
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if new.verified_at is not null and new.removed_at is null then
    perform pg_advisory_xact_lock(hashtext('contentos.auth.domain ' || new.domain));
    if exists (select from public.auth_sso_domains d
               where d.domain = new.domain and d.verified_at is not null and d.removed_at is null
                 and (d.workspace_id, d.id) <> (new.workspace_id, new.id)) then
      raise exception using errcode = 'CO409', message = 'Another workspace speaks for this domain';
    end if;
  end if;
  return new;
end $$;

-- What the entry as it was made is asked for first; then the workspace's own terms, whatever the request says.
-- CO4F2: a second factor. CO4SO: its single sign-on. CO4AG: signing in again.
alter function app.enter_session(uuid, uuid) rename to enter_membership;
revoke execute on function app.enter_membership from contentos_app;

create function app.enter_session(p_session uuid, p_workspace uuid) returns text
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  entered text := app.enter_membership(p_session, p_workspace);
  workspace uuid := split_part(entered, '|', 1)::uuid;
  person uuid := split_part(entered, '|', 2)::uuid;
  policy public.auth_policies;
  method text;
  second_factor boolean;
  connection uuid;
  began timestamptz;
begin
  select s.method, s.second_factor, s.sso_connection_id, s.created_at into method, second_factor, connection, began
    from public.auth_sessions s where s.id = p_session;
  if method = 'Sso' and not exists (
      select from public.auth_sso_connections used
        join public.auth_sso_connections own on own.issuer = used.issuer and own.client_id = used.client_id
       where used.id = connection and used.removed_at is null
         and own.workspace_id = workspace and own.removed_at is null) then
    raise exception using errcode = 'CO4AG', message = 'Another provider''s session';
  end if;
  select * into policy from public.auth_policies p where p.workspace_id = workspace;
  if not found or method = 'Operator' then
    return entered;
  end if;
  if policy.session_hours is not null and began < now() - make_interval(hours => policy.session_hours) then
    raise exception using errcode = 'CO4AG', message = 'The session is too old';
  end if;
  -- A provider of the workspace's own asks for what the workspace wants.
  if policy.require_second_factor and not second_factor and method <> 'Sso' then
    raise exception using errcode = 'CO4F2', message = 'A second factor is required';
  end if;
  -- The owner comes in by two factors as well, when the provider is away.
  if policy.require_sso and method <> 'Sso' and exists (
      select from public.auth_sso_domains d join public.users u on u.id = person
        join public.auth_sso_connections c on c.workspace_id = d.workspace_id and c.removed_at is null
       where d.workspace_id = workspace and d.verified_at is not null and d.removed_at is null
         and split_part(u.email, '@', 2) = d.domain)
     and not (second_factor and exists (select from public.workspaces w where w.id = workspace and w.owner_id = person)) then
    raise exception using errcode = 'CO4SO', message = 'Single sign-on is required';
  end if;
  return entered;
end $$;

-- Who comes by a workspace's provider goes on in it, and becomes a member the first time.
-- Answers 'workspace|user|role', and whether they have just joined. CO403: removed before, or not of its domains.
create function app.join_by_sso(p_session uuid) returns table (entered text, joined boolean)
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  person uuid := app.person_id();
  connection public.auth_sso_connections;
  membership public.workspace_members;
begin
  select c.* into connection from public.auth_sessions s
    join public.auth_sso_connections c on c.id = s.sso_connection_id and c.removed_at is null
   where s.id = p_session and s.user_id = person and s.method = 'Sso' and s.expires_at > now();
  if not found or not exists (
      select from public.auth_sso_domains d join public.users u on u.id = person
       where d.workspace_id = connection.workspace_id and d.verified_at is not null and d.removed_at is null
         and u.email_verified and split_part(u.email, '@', 2) = d.domain) then
    raise exception using errcode = 'CO403', message = 'Not by this provider';
  end if;
  insert into public.workspace_members (workspace_id, user_id, role)
    values (connection.workspace_id, person, connection.default_role)
    on conflict (workspace_id, user_id) do nothing;
  joined := found;
  select * into membership from public.workspace_members m
    where m.workspace_id = connection.workspace_id and m.user_id = person;
  if membership.removed_at is not null then
    raise exception using errcode = 'CO403', message = 'No member any more';
  end if;
  perform app.enter('session', connection.workspace_id, person, membership.role);
  entered := concat_ws('|', connection.workspace_id, person, membership.role);
  return next;
end $$;

grant create on schema app to contentos_definer;
alter function app.claim_domain owner to contentos_definer;
alter function app.enter_session owner to contentos_definer;
alter function app.join_by_sso owner to contentos_definer;
revoke create on schema app from contentos_definer;
create trigger claim_domain before insert or update on auth_sso_domains for each row execute function app.claim_domain();
grant execute on function app.enter_session, app.join_by_sso to contentos_app;
grant execute on function app.enter_membership to contentos_definer;

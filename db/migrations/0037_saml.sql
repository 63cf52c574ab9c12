-- Single sign-on by SAML 2.0 beside OpenID Connect, and how long sessions, keys and tokens may live in a workspace.

alter table auth_sso_connections
  add column protocol text not null default 'Oidc' check (protocol in ('Oidc', 'Saml')),
  /* where a SAML provider takes requests, by redirect */
  add column sso_url text check (length(sso_url) <= 2000),
  /* PEM, each; what the provider signs with */
  add column certificates text[] not null default '{}' check (cardinality(certificates) <= 10),
  /* whether it may begin by itself, without somebody having asked here */
  add column idp_initiated boolean not null default false,
  alter column client_id drop not null,
  alter column sealed_secret drop not null,
  add check (case protocol
    when 'Oidc' then client_id is not null and sealed_secret is not null and sso_url is null and certificates = '{}' and not idp_initiated
    else client_id is null and sealed_secret is null and sso_url is not null and certificates <> '{}' end);

-- By whom a session was vouched for doesn't change after it: another provider is another connection. Else an Admin could
-- have a provider of theirs claim somebody, and then say that it was another workspace's.
revoke update (issuer, client_id) on auth_sso_connections from contentos_app;
grant insert (protocol, sso_url, certificates, idp_initiated), update (sso_url, idp_initiated) on auth_sso_connections to contentos_app;

-- Assertions that were taken, by a hash, until they have expired: none is taken twice.
create table auth_saml_assertions (
  key text primary key,
  expires_at timestamptz(3) not null
);
create index on auth_saml_assertions (expires_at);
alter table auth_saml_assertions enable row level security;
alter table auth_saml_assertions force row level security;
create policy identity on auth_saml_assertions to contentos_auth using (true) with check (true);
grant select, insert, delete on auth_saml_assertions to contentos_auth;

alter table auth_policies
  /* without a request, to a quarter of an hour more: what a token lives that is not refreshed */
  add column idle_minutes int check (idle_minutes between 15 and 43200),
  /* since an API key was made or rotated */
  add column key_days int check (key_days between 1 and 3650),
  /* of a token that a key was changed for */
  add column token_seconds int check (token_seconds between 30 and 900);
grant insert (idle_minutes, key_days, token_seconds), update (idle_minutes, key_days, token_seconds) on auth_policies to contentos_app;

-- A refresh would hide the pause before it, so that the longest is kept.
alter table auth_sessions add column longest_pause_seconds int not null default 0;
create function app.note_pause() returns trigger
  language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  new.longest_pause_seconds := greatest(old.longest_pause_seconds, extract(epoch from now() - old.updated_at)::int);
  return new;
end $$;
create trigger note_pause before update of expires_at on auth_sessions for each row execute function app.note_pause();

-- As before; with providers of both protocols, and with pauses.
create or replace function app.enter_session(p_session uuid, p_workspace uuid) returns text
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
  pause int;
begin
  select s.method, s.second_factor, s.sso_connection_id, s.created_at,
      greatest(s.longest_pause_seconds, extract(epoch from now() - s.updated_at)::int)
    into method, second_factor, connection, began, pause
    from public.auth_sessions s where s.id = p_session;
  -- A SAML provider is whoever holds its keys: its name alone is anybody's to write.
  if method = 'Sso' and not exists (
      select from public.auth_sso_connections used
        join public.auth_sso_connections own on own.protocol = used.protocol and own.issuer = used.issuer
          and own.client_id is not distinct from used.client_id and own.certificates = used.certificates
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
  if policy.idle_minutes is not null and pause > policy.idle_minutes * 60 + 900 then
    raise exception using errcode = 'CO4AG', message = 'The session was not used for too long';
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

-- As before; and no key lives longer than its workspace lets keys live.
create or replace function app.enter_key(p_proof text, p_workspace uuid, p_scope text) returns text
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  k record;
  acting_role text;
begin
  select a.workspace_id, a.id, a.role, a.scopes, a.acts_for, m.role as member_role,
      a.last_used_at is null or a.last_used_at < now() - interval '1 minute' as stale
    into k
    from public.auth_api_keys a
    join public.workspace_members m on m.workspace_id = a.workspace_id and m.user_id = a.acts_for and m.removed_at is null
    join public.users u on u.id = a.acts_for and u.suspended_at is null
    left join public.auth_policies p on p.workspace_id = a.workspace_id
    where (a.token_hash = p_proof or a.proof = p_proof or a.previous_hash = p_proof and a.previous_until > now())
      and a.revoked_at is null and (a.expires_at is null or a.expires_at > now())
      and (p.key_days is null or coalesce(a.rotated_at, a.created_at) > now() - make_interval(days => p.key_days));
  if not found then
    raise exception using errcode = 'COK01', message = 'No live key';
  end if;
  if p_workspace <> k.workspace_id then
    raise exception using errcode = 'CO404', message = 'No such workspace';
  end if;
  if p_scope <> all (app.key_scopes())
     or p_scope <> all (k.scopes) and (p_scope not like '%:read' or replace(p_scope, ':read', ':write') <> all (k.scopes)) then
    raise exception using errcode = 'COK03', message = 'Not given to this key';
  end if;
  acting_role := case when app.role_rank(k.role) < app.role_rank(k.member_role) then k.role else k.member_role end;
  if p_scope is null or p_scope like '%:read' then
    perform set_config('transaction_read_only', 'on', true);
  end if;
  perform app.enter('key', k.workspace_id, k.acts_for, acting_role, k.id);
  return concat_ws('|', k.workspace_id, k.acts_for, acting_role, k.id, case when k.stale then 'touch' end);
end $$;

-- As before, with the workspace's terms: the key's end by them, and the most that a token may live.
drop function app.key_proof();
create function app.key_proof(out proof text, out scopes text[], out expires_at timestamptz, out token_seconds int)
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select a.proof, a.scopes,
      least(a.expires_at, coalesce(a.rotated_at, a.created_at) + make_interval(days => p.key_days)), p.token_seconds
    from public.auth_api_keys a left join public.auth_policies p on p.workspace_id = a.workspace_id
    where a.workspace_id = app.workspace_id() and a.id = app.key_id()
$$;

grant create on schema app to contentos_definer;
alter function app.key_proof owner to contentos_definer;
revoke create on schema app from contentos_definer;
grant execute on function app.key_proof to contentos_app;

-- API keys: a program acts in one workspace, for the Admin who answers for its key. The kind of its scope is `key`, with the
-- key's id where a guest's has theirs. Policies take it for a member of the lesser of two roles, the key's and that
-- person's; what only people do is closed to it here, by policies that restrict.

-- What keys may be given, by the operation's room. `app.enter_key` refuses what is not here, and so does the column.
-- Neither auth, workspaces, billing and privacy, nor what could decide for a client, nor what goes on as a person.
create function app.key_scopes() returns text[]
  language sql immutable parallel safe set search_path = pg_catalog, pg_temp as $$
  select array[
    'analytics:read', 'approval:read', 'approval:write', 'assets:read', 'assets:write', 'audit:read', 'channels:read',
    'channels:write', 'comments:read', 'comments:write', 'content:read', 'content:write', 'distribution:read',
    'distribution:write', 'events:read', 'personas:read', 'personas:write', 'planning:read', 'planning:write',
    'review:read', 'search:read', 'site:read', 'webhooks:read', 'webhooks:write']
$$;

-- 366 random bits: a UUID has 122.
create function app.random_proof() returns text
  language sql volatile set search_path = pg_catalog, pg_temp as $$
  select encode(sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())), 'hex')
$$;

create table auth_api_keys (
  workspace_id uuid not null default app.workspace_id() references workspaces,
  id uuid not null default gen_random_uuid(),
  name text not null,
  role text not null check (role in ('Admin', 'Editor', 'Writer', 'Viewer')),
  /* null: all that keys may */
  scopes text[] check (cardinality(scopes) > 0 and scopes <@ app.key_scopes()),
  /* the last characters of the key, by which people tell one from another */
  hint text not null,
  /* SHA-256: a key has 256 random bits, so that there is nothing to guess */
  token_hash text not null unique check (token_hash ~ '^[0-9a-f]{64}$'),
  /* the key before a rotation, which works until then as well */
  previous_hash text unique check (previous_hash ~ '^[0-9a-f]{64}$'),
  previous_until timestamptz(3),
  /* what service tokens carry instead of the key */
  proof text not null unique default app.random_proof(),
  /* the Admin in whose name it acts: whoever made it, or rotated it last */
  acts_for uuid not null default app.user_id() references users,
  created_by uuid not null default app.user_id() references users,
  created_at timestamptz(3) not null default now(),
  rotated_at timestamptz(3),
  expires_at timestamptz(3),
  /* to the minute */
  last_used_at timestamptz(3),
  revoked_at timestamptz(3),
  revoked_by uuid references users,
  primary key (workspace_id, id),
  foreign key (workspace_id, acts_for) references workspace_members,
  check ((previous_hash is null) = (previous_until is null)),
  check ((revoked_at is null) = (revoked_by is null))
);
create index on auth_api_keys (workspace_id, created_at desc, id desc);

create or replace function app.workspace_id() returns uuid
  language plpgsql stable parallel restricted security definer set search_path = pg_catalog, pg_temp as $$
declare c text[] := app.claims();
begin
  return case when c[1] in ('session', 'job', 'key') then c[2]::uuid end;
end $$;

create or replace function app.acting_workspace_id() returns uuid
  language plpgsql stable parallel restricted security definer set search_path = pg_catalog, pg_temp as $$
declare c text[] := app.claims();
begin
  return case when c[1] in ('session', 'job', 'guest', 'key') then c[2]::uuid end;
end $$;

-- The key that acts; null for everybody else.
create function app.key_id() returns uuid
  language plpgsql stable parallel restricted security definer set search_path = pg_catalog, pg_temp as $$
declare c text[] := app.claims();
begin
  return case when c[1] = 'key' then c[5]::uuid end;
end $$;

-- Key → workspace. The proof is a key's hash, or what a service token of it carries; the scope is the operation's, and
-- without one, as with one that reads, nothing can be written. Answers 'workspace|user|role|key', and '|touch' where its
-- use is to be noted. COK01: no live key, or whoever answers for it is no member any more, or is suspended.
-- CO404: it is another workspace's. COK03: it was not given this scope.
create function app.enter_key(p_proof text, p_workspace uuid, p_scope text) returns text
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
    where (a.token_hash = p_proof or a.proof = p_proof or a.previous_hash = p_proof and a.previous_until > now())
      and a.revoked_at is null and (a.expires_at is null or a.expires_at > now());
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

-- Notes that a key was used, at most once a minute. Takes the same proof as the entry.
create function app.touch_key(p_proof text) returns void
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
  update public.auth_api_keys a set last_used_at = now()
    where (a.token_hash = p_proof or a.proof = p_proof or a.previous_hash = p_proof)
      and (a.last_used_at is null or a.last_used_at < now() - interval '1 minute');
end $$;

-- For a service token of the key that acts, with when the key ends.
create function app.key_proof(out proof text, out scopes text[], out expires_at timestamptz)
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select a.proof, a.scopes, a.expires_at from public.auth_api_keys a where a.workspace_id = app.workspace_id() and a.id = app.key_id()
$$;

alter table auth_api_keys enable row level security;
alter table auth_api_keys force row level security;

create policy read on auth_api_keys for select to contentos_app
  using (workspace_id = (select app.workspace_id()) and (select app.role()) = 'Admin' and (select app.key_id()) is null);
create policy make on auth_api_keys for insert to contentos_app
  with check (workspace_id = (select app.workspace_id()) and (select app.role()) = 'Admin' and (select app.key_id()) is null
              and created_by = (select app.user_id()) and acts_for = (select app.user_id()));
-- What was revoked stays so. Nobody has a key act in the name of somebody else.
create policy change on auth_api_keys for update to contentos_app
  using (workspace_id = (select app.workspace_id()) and revoked_at is null)
  with check (workspace_id = (select app.workspace_id()) and (select app.role()) = 'Admin' and (select app.key_id()) is null
              and (revoked_by is null or revoked_by = (select app.user_id())));
grant select (workspace_id, id, name, role, scopes, hint, previous_until, acts_for, created_by, created_at, rotated_at, expires_at,
              last_used_at, revoked_at, revoked_by),
      insert (workspace_id, id, name, role, scopes, hint, token_hash, acts_for, created_by, expires_at),
      update (hint, token_hash, previous_until, acts_for, rotated_at, expires_at, revoked_at, revoked_by)
  on auth_api_keys to contentos_app;

-- What a policy can't say, since it sees the row as it was or as it becomes. Without a scope it is silent.
-- A rotation keeps the key before it as long as it says, without anybody reading it; where it keeps none, tokens end as well.
create function app.guard_api_key() returns trigger
  language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if new.token_hash <> old.token_hash then
    new.previous_hash := case when new.previous_until is not null then old.token_hash end;
    if new.previous_until is null then
      new.proof := app.random_proof();
    end if;
  end if;
  if app.role() is not null and new.acts_for <> old.acts_for and new.acts_for <> app.user_id() then
    raise exception using errcode = '42501', message = 'A key acts for whoever takes it on, and for nobody else';
  end if;
  return new;
end $$;
create trigger guard_api_key before update on auth_api_keys for each row execute function app.guard_api_key();

-- What only people do, whatever a key's role is.
create policy by_people on workspaces as restrictive for update to contentos_app
  using (true) with check ((select app.key_id()) is null);
create policy by_people on workspace_members as restrictive for update to contentos_app
  using (true) with check ((select app.key_id()) is null);
create policy by_people on workspace_invitations as restrictive for select to contentos_app using ((select app.key_id()) is null);
create policy by_people_new on workspace_invitations as restrictive for insert to contentos_app
  with check ((select app.key_id()) is null);
create policy by_people_only on workspace_invitations as restrictive for update to contentos_app
  using (true) with check ((select app.key_id()) is null);
-- By a link of its own making, a key could decide as the client.
create policy by_people on review_links as restrictive for insert to contentos_app with check ((select app.key_id()) is null);
-- Four eyes are people's: a key opens steps and supersedes them, and decides none.
create policy by_people on approval_workflows as restrictive for update to contentos_app
  using (true) with check (status = 'Superseded' or (select app.key_id()) is null);

-- What a key did is recorded as its person's, and names the key.
alter table audit_events add column api_key_id uuid default app.key_id();

-- A key's requests are told from its person's.
alter table idempotency_keys add column api_key_id uuid default app.key_id(),
  drop constraint idempotency_keys_user_id_workspace_id_key_key,
  add unique nulls not distinct (user_id, workspace_id, api_key_id, key);
create policy apart on idempotency_keys as restrictive for all to contentos_app
  using (api_key_id is not distinct from (select app.key_id()));

-- What the definer role needs, and no more.
grant select, update (last_used_at) on auth_api_keys to contentos_definer;
create policy enter on auth_api_keys for select to contentos_definer using (true);
create policy touch on auth_api_keys for update to contentos_definer using (true) with check (true);

grant create on schema app to contentos_definer;
alter function app.key_id owner to contentos_definer;
alter function app.enter_key owner to contentos_definer;
alter function app.touch_key owner to contentos_definer;
alter function app.key_proof owner to contentos_definer;
revoke create on schema app from contentos_definer;
grant execute on function app.key_id to contentos_app, contentos_worker, contentos_guest;
grant execute on function app.key_scopes to contentos_app, contentos_definer;
grant execute on function app.random_proof to contentos_app;
grant execute on function app.enter_key, app.touch_key, app.key_proof to contentos_app;

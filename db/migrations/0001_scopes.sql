-- Scopes: the only way in which the app's log-in sees a row of a tenant. See CONVENTIONS.md.
-- The log-in roles are made by provisioning, since their passwords are configuration.

do $$ begin
  -- With the role in this database, not at connection: PgBouncer refuses such startup parameters.
  execute format('alter role contentos_app in database %I set idle_in_transaction_session_timeout = %L', current_database(), '15s');
  execute format('alter role contentos_app in database %I set statement_timeout = %L', current_database(), '30s');
  execute format('alter role contentos_app in database %I set lock_timeout = %L', current_database(), '10s');
  execute format('alter role contentos_auth in database %I set idle_in_transaction_session_timeout = %L', current_database(), '15s');
  execute format('alter role contentos_auth in database %I set statement_timeout = %L', current_database(), '15s');
end $$;

revoke create on schema public from public;
create schema app;
grant usage on schema app to contentos_app, contentos_auth, contentos_worker, contentos_definer;
grant usage on schema public to contentos_app, contentos_auth, contentos_definer;
-- Functions made later can be run by nobody until a migration says who.
alter default privileges revoke execute on functions from public;

-- A plain setting can be set by any SQL of the app's log-in. What policies trust is
-- sealed with a key that only the definer role reads, for one transaction of one backend.
create table app.scope_key (key bytea not null);
alter table app.scope_key enable row level security;
alter table app.scope_key force row level security;
create policy seal on app.scope_key for select to contentos_definer using (true);
create policy plant on app.scope_key for insert to current_user with check (true);
insert into app.scope_key values (sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())));
drop policy plant on app.scope_key;
grant select on app.scope_key to contentos_definer;

-- The key stands on both sides of the message, so that a seal can't be extended.
create function app.seal(claims text) returns text
  language plpgsql stable parallel restricted security definer set search_path = pg_catalog, pg_temp as $$
declare
  k bytea := (select key from app.scope_key);
begin
  return encode(sha256(k || convert_to(
    claims || '|' || pg_backend_pid() || '|' || extract(epoch from transaction_timestamp()), 'UTF8') || k), 'hex');
end $$;

-- The claims of this transaction: kind|workspace|user|role. Null where no scope was entered.
create function app.claims() returns text[]
  language plpgsql stable parallel restricted security definer set search_path = pg_catalog, pg_temp as $$
declare
  scope text := current_setting('app.scope', true);
begin
  if coalesce(scope, '') = '' then return null; end if;
  if right(scope, 64) is distinct from app.seal(left(scope, -65)) then
    raise exception using errcode = '42501', message = 'This scope was not entered';
  end if;
  return string_to_array(left(scope, -65), '|', '');
end $$;

-- The workspace of a member or a job. Persons and visitors have none, so that what
-- members may read is closed to them without a word in each policy.
create function app.workspace_id() returns uuid
  language plpgsql stable parallel restricted security definer set search_path = pg_catalog, pg_temp as $$
declare c text[] := app.claims();
begin
  return case when c[1] in ('session', 'job') then c[2]::uuid end;
end $$;

create function app.visited_workspace_id() returns uuid
  language plpgsql stable parallel restricted security definer set search_path = pg_catalog, pg_temp as $$
declare c text[] := app.claims();
begin
  return case when c[1] = 'visitor' then c[2]::uuid end;
end $$;

create function app.user_id() returns uuid
  language plpgsql stable parallel restricted security definer set search_path = pg_catalog, pg_temp as $$
declare c text[] := app.claims();
begin
  return c[3]::uuid;
end $$;

-- The signed-in person outside any workspace.
create function app.person_id() returns uuid
  language plpgsql stable parallel restricted security definer set search_path = pg_catalog, pg_temp as $$
declare c text[] := app.claims();
begin
  return case when c[1] = 'person' then c[3]::uuid end;
end $$;

create function app.role() returns text
  language plpgsql stable parallel restricted security definer set search_path = pg_catalog, pg_temp as $$
declare c text[] := app.claims();
begin
  return c[4];
end $$;

-- What a role may do includes what the lesser ones may. System is a job, which acts for no one.
create function app.role_rank(role text) returns int
  language sql immutable parallel safe as $$
  select case role when 'Viewer' then 1 when 'Writer' then 2 when 'Editor' then 3 when 'Admin' then 4 when 'System' then 5 else 0 end
$$;

-- For the entries alone.
create function app.enter(kind text, workspace uuid, person uuid, role text) returns void
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  claims text := concat(kind, '|', workspace, '|', person, '|', role);
begin
  perform set_config('app.scope', claims || '|' || app.seal(claims), true);
end $$;

grant create on schema app to contentos_definer;
alter function app.seal owner to contentos_definer;
alter function app.claims owner to contentos_definer;
alter function app.workspace_id owner to contentos_definer;
alter function app.visited_workspace_id owner to contentos_definer;
alter function app.user_id owner to contentos_definer;
alter function app.person_id owner to contentos_definer;
alter function app.role owner to contentos_definer;
alter function app.enter owner to contentos_definer;
revoke create on schema app from contentos_definer;

grant execute on function app.workspace_id, app.visited_workspace_id, app.user_id, app.person_id, app.role to contentos_app, contentos_worker;
grant execute on function app.role_rank to contentos_app, contentos_definer;

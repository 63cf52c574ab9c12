-- Who people are. Only `contentos_auth` writes here; the app's log-in sees names of colleagues.

create table users (
  id uuid primary key default gen_random_uuid(),
  email text not null unique check (email = lower(email)),
  email_verified boolean not null default false,
  name text not null,
  image text,
  suspended_at timestamptz(3),
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now()
);

-- One way to sign in each; `credential` carries the password's hash.
create table auth_accounts (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null references users on delete cascade,
  provider_id text not null,
  account_id text not null,
  password text,
  access_token text,
  refresh_token text,
  id_token text,
  access_token_expires_at timestamptz(3),
  refresh_token_expires_at timestamptz(3),
  scope text,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now(),
  unique (provider_id, account_id)
);
create index on auth_accounts (user_id);

create table auth_sessions (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null references users on delete cascade,
  token text not null unique,
  expires_at timestamptz(3) not null,
  ip_address text,
  user_agent text,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now()
);
create index on auth_sessions (user_id);

create table auth_verifications (
  id uuid primary key default gen_random_uuid(),
  identifier text not null,
  value text not null,
  expires_at timestamptz(3) not null,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now()
);
create index on auth_verifications (identifier);

-- A session's refresh tokens are a family: one is live, the rest are used.
create table auth_refresh_tokens (
  id uuid primary key default gen_random_uuid(),
  session_id uuid not null references auth_sessions on delete cascade,
  token_hash text not null unique,
  created_at timestamptz(3) not null default now(),
  expires_at timestamptz(3) not null,
  used_at timestamptz(3)
);
create index on auth_refresh_tokens (session_id);

create table auth_signing_keys (
  kid text primary key,
  public_jwk jsonb not null,
  sealed_private_jwk bytea not null,
  created_at timestamptz(3) not null default now(),
  /* no longer signs; still verifies until the last token it signed has expired */
  retired_at timestamptz(3)
);

-- What happened to an identity, written by the database in the same transaction.
create table auth_events (
  id bigint generated always as identity primary key,
  at timestamptz(3) not null default now(),
  user_id uuid not null,
  action text not null,
  detail jsonb not null default '{}'
);
create index on auth_events (user_id, id);

do $$ declare t text; begin
  foreach t in array array['users', 'auth_accounts', 'auth_sessions', 'auth_verifications', 'auth_refresh_tokens', 'auth_signing_keys'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy identity on %I to contentos_auth using (true) with check (true)', t);
    execute format('grant select, insert, update on %I to contentos_auth', t);
  end loop;
end $$;
grant delete on auth_accounts, auth_sessions, auth_verifications, auth_refresh_tokens to contentos_auth;
grant select on users, auth_sessions to contentos_definer;
create policy enter on users for select to contentos_definer using (true);
create policy enter on auth_sessions for select to contentos_definer using (true);

alter table auth_events enable row level security;
alter table auth_events force row level security;
create policy record on auth_events for insert to contentos_definer with check (true);
create policy identity on auth_events for select to contentos_auth using (true);
grant insert on auth_events to contentos_definer;
grant select on auth_events to contentos_auth;

create function app.record_auth_event() returns trigger
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  before jsonb := case when tg_op <> 'INSERT' then to_jsonb(old) end;
  after jsonb := case when tg_op <> 'DELETE' then to_jsonb(new) end;
  changed text[];
  subject uuid;
begin
  select coalesce(array_agg(key order by key), '{}') into changed
    from jsonb_object_keys(coalesce(after, before)) key
    where tg_op = 'UPDATE' and before -> key is distinct from after -> key and key <> 'updated_at';
  if tg_op = 'UPDATE' and changed = '{}' then return null; end if;
  subject := (coalesce(after, before) ->> case when tg_table_name = 'users' then 'id' else 'user_id' end)::uuid;
  insert into public.auth_events (user_id, action, detail) values (
    subject,
    tg_table_name || '.' || case tg_op when 'INSERT' then 'created' when 'UPDATE' then 'changed' else 'removed' end,
    jsonb_strip_nulls(jsonb_build_object(
      'id', coalesce(after, before) -> 'id',
      'provider', coalesce(after, before) -> 'provider_id',
      'changed', case when tg_op = 'UPDATE' then to_jsonb(changed) end)));
  return null;
end $$;

-- A suspended person is out at once.
create function app.end_sessions_of_suspended() returns trigger
  language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  delete from public.auth_sessions where user_id = new.id;
  return null;
end $$;

grant create on schema app to contentos_definer;
alter function app.record_auth_event owner to contentos_definer;
revoke create on schema app from contentos_definer;
create trigger record after insert or update or delete on users for each row execute function app.record_auth_event();
create trigger record after insert or update or delete on auth_accounts for each row execute function app.record_auth_event();
create trigger record after insert or delete on auth_sessions for each row execute function app.record_auth_event();
create trigger suspend after update of suspended_at on users for each row
  when (new.suspended_at is not null) execute function app.end_sessions_of_suspended();

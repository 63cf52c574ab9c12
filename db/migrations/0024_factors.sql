-- More ways to prove who one is: a second factor, passkeys; and how each session was opened.

alter table auth_sessions
  add column method text not null default 'Password' check (method in ('Password', 'Passkey', 'Clerk', 'Sso', 'Operator')),
  /* whether more than a password was proved: a code, or a passkey that asked for a finger or a PIN */
  add column second_factor boolean not null default false;

-- The secret is sealed; a code is good once, so that the step of the last one is kept.
create table auth_totp (
  user_id uuid primary key references users on delete cascade,
  sealed_secret bytea not null,
  confirmed_at timestamptz(3),
  last_step bigint not null default 0,
  created_at timestamptz(3) not null default now()
);

create table auth_recovery_codes (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null references users on delete cascade,
  code_hash text not null,
  used_at timestamptz(3),
  unique (user_id, code_hash)
);

create table auth_passkeys (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null references users on delete cascade,
  name text not null,
  credential_id text not null unique,
  public_key bytea not null,
  /* how often the authenticator says it has signed; many say 0 for ever */
  counter bigint not null default 0,
  transports text[] not null default '{}',
  synced boolean not null,
  created_at timestamptz(3) not null default now(),
  last_used_at timestamptz(3)
);
create index on auth_passkeys (user_id);

-- Wrong passwords and codes, by a hash of what was tried and from where. Each makes the next one wait.
create table auth_attempts (
  key text primary key,
  failures int not null,
  last_at timestamptz(3) not null,
  free_at timestamptz(3) not null
);
create index on auth_attempts (last_at);

-- Tokens of links and challenges, each taken once.
create index on auth_verifications (expires_at);

do $$ declare t text; begin
  foreach t in array array['auth_totp', 'auth_recovery_codes', 'auth_passkeys', 'auth_attempts'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy identity on %I to contentos_auth using (true) with check (true)', t);
    execute format('grant select, insert, update, delete on %I to contentos_auth', t);
  end loop;
end $$;
create trigger record after insert or delete or update of confirmed_at on auth_totp for each row execute function app.record_auth_event();
create trigger record after insert or delete on auth_passkeys for each row execute function app.record_auth_event();
create trigger record after update of used_at on auth_recovery_codes for each row execute function app.record_auth_event();

-- Whether a colleague's address is known to be theirs: invitations in the name of others are not mailed.
grant select (email_verified) on users to contentos_app;

-- A key of ours for SAML: requests are signed by it, and assertions encrypted for it; and signing out by a provider.

create table auth_saml_keys (
  id uuid primary key default gen_random_uuid(),
  /* PEM; what providers are told */
  certificate text not null check (length(certificate) <= 20000),
  sealed_private_key bytea not null,
  created_at timestamptz(3) not null default now(),
  /* providers have until then to hear of it */
  signs_from timestamptz(3) not null,
  /* neither told nor used to open any more */
  ends_at timestamptz(3)
);

-- As whom a session's person is known to the provider: by this it asks us to end the session, and we ask it.
create table auth_saml_sessions (
  session_id uuid primary key references auth_sessions on delete cascade,
  connection_id uuid not null,
  /* hashes of the provider's name for the person, and for its session */
  subject_key text not null,
  index_key text,
  sealed_subject bytea not null
);
create index on auth_saml_sessions (subject_key);

do $$
declare t text;
begin
  foreach t in array array['auth_saml_keys', 'auth_saml_sessions'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy identity on %I to contentos_auth using (true) with check (true)', t);
  end loop;
end $$;
grant select, insert, update on auth_saml_keys to contentos_auth;
grant select, insert on auth_saml_sessions to contentos_auth;

alter table auth_sso_connections
  /* where a SAML provider takes requests to sign out, and answers to its own, by redirect */
  add column slo_url text check (length(slo_url) <= 2000),
  add check (slo_url is null or protocol = 'Saml');
grant insert (slo_url), update (slo_url) on auth_sso_connections to contentos_app;

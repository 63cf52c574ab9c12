-- Erasure of a person: asked for by themselves, with days to take it back, and then done by a job in one transaction.

create table privacy_erasures (
  id uuid not null default gen_random_uuid() primary key,
  user_id uuid not null default app.person_id() references users,
  status text not null default 'Waiting' check (status in ('Waiting', 'Undone', 'Done')),
  asked_at timestamptz(3) not null default now(),
  due_at timestamptz(3) not null,
  ended_at timestamptz(3),
  /* what was done where: a table and how many rows of it */
  counts jsonb,
  /* the same, signed: compact JWS */
  receipt text,
  check ((status = 'Waiting') = (ended_at is null))
);
create unique index privacy_erasures_one on privacy_erasures (user_id) where status = 'Waiting';
create index on privacy_erasures (due_at) where status = 'Waiting';
alter table privacy_erasures enable row level security;
alter table privacy_erasures force row level security;
grant select on privacy_erasures to contentos_app;
create policy own on privacy_erasures for select to contentos_app using (user_id = (select app.person_id()));
create policy ask on privacy_erasures for insert to contentos_app with check (user_id = (select app.person_id()));
create policy undo on privacy_erasures for update to contentos_app
  using (user_id = (select app.person_id()) and status = 'Waiting')
  with check (user_id = (select app.person_id()) and status = 'Undone');
grant insert (user_id, due_at), update (status, ended_at) on privacy_erasures to contentos_app;

-- Who is being erased, while that goes on: what policies open for it, they open to nothing else.
create function app.erased_person() returns uuid
  language plpgsql stable parallel restricted security definer set search_path = pg_catalog, pg_temp as $$
declare c text[] := app.claims();
begin
  return case when c[1] = 'erasure' then c[3]::uuid end;
end $$;

-- Takes away what names a person, wherever it is, and says of how many rows. Their ids stay, so that what they did keeps
-- an author and the audit chain its hashes; the row behind the id says Former member. Done again, it finds nothing.
create function app.wipe_person(p_person uuid) returns jsonb
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  address text := (select u.email from public.users u where u.id = p_person);
  gone text := p_person || '@erased.invalid';
  counts jsonb := '{}';
  n bigint;
begin
  if address is null then return null; end if;
  perform app.enter('erasure', null, p_person, null);
  update public.workspace_members m set removed_at = now() where m.user_id = p_person and m.removed_at is null;
  get diagnostics n = row_count; counts := counts || jsonb_build_object('workspace_members', n);
  delete from public.auth_sessions s where s.user_id = p_person;
  get diagnostics n = row_count; counts := counts || jsonb_build_object('auth_sessions', n);
  delete from public.auth_accounts a where a.user_id = p_person;
  get diagnostics n = row_count; counts := counts || jsonb_build_object('auth_accounts', n);
  delete from public.auth_verifications v where strpos(v.identifier || ' ' || v.value, address) > 0 or strpos(v.value, p_person::text) > 0;
  get diagnostics n = row_count; counts := counts || jsonb_build_object('auth_verifications', n);
  delete from public.auth_totp o where o.user_id = p_person;
  get diagnostics n = row_count; counts := counts || jsonb_build_object('auth_totp', n);
  delete from public.auth_recovery_codes c where c.user_id = p_person;
  get diagnostics n = row_count; counts := counts || jsonb_build_object('auth_recovery_codes', n);
  delete from public.auth_passkeys k where k.user_id = p_person;
  get diagnostics n = row_count; counts := counts || jsonb_build_object('auth_passkeys', n);
  delete from public.notifications o where o.user_id = p_person;
  get diagnostics n = row_count; counts := counts || jsonb_build_object('notifications', n);
  delete from public.notifications_deliveries d where d.user_id = p_person;
  get diagnostics n = row_count; counts := counts || jsonb_build_object('notifications_deliveries', n);
  delete from public.notifications_preferences f where f.user_id = p_person;
  get diagnostics n = row_count; counts := counts || jsonb_build_object('notifications_preferences', n);
  delete from public.content_drafts d where d.user_id = p_person;
  get diagnostics n = row_count; counts := counts || jsonb_build_object('content_drafts', n);
  delete from public.events_presence e where e.user_id = p_person;
  get diagnostics n = row_count; counts := counts || jsonb_build_object('events_presence', n);
  delete from public.planning_views v where v.created_by = p_person and not v.shared;
  get diagnostics n = row_count; counts := counts || jsonb_build_object('planning_views', n);
  delete from public.idempotency_keys k where k.user_id = p_person or strpos(k.response::text, address) > 0;
  get diagnostics n = row_count; counts := counts || jsonb_build_object('idempotency_keys', n);
  delete from public.review_idempotency_keys k where strpos(k.response::text, address) > 0;
  get diagnostics n = row_count; counts := counts || jsonb_build_object('review_idempotency_keys', n);
  update public.workspace_invitations i set email = gone, revoked_at = case when i.accepted_at is null then coalesce(i.revoked_at, now()) end
    where i.email = address;
  get diagnostics n = row_count; counts := counts || jsonb_build_object('workspace_invitations', n);
  update public.review_guests g set name = 'Former client', email = null where lower(g.email) = address;
  get diagnostics n = row_count; counts := counts || jsonb_build_object('review_guests', n);
  update public.transfer_origins o set author_name = null, author_email = null, prefix = null where lower(o.author_email) = address;
  get diagnostics n = row_count; counts := counts || jsonb_build_object('transfer_origins', n);
  update public.transfer_entries e set provenance = '{}', original = null
    where strpos(lower(e.provenance::text), address) > 0 or position(convert_to(address, 'UTF8') in e.original) > 0;
  get diagnostics n = row_count; counts := counts || jsonb_build_object('transfer_entries', n);
  update public.users u set email = gone, name = 'Former member', image = null, email_verified = false,
      suspended_at = coalesce(u.suspended_at, now()), updated_at = now()
    where u.id = p_person and u.email <> gone;
  get diagnostics n = row_count; counts := counts || jsonb_build_object('users', n);
  perform set_config('app.scope', '', true);
  return counts;
end $$;

-- Which of those that are due can be done: whoever still owns a workspace hands it over first.
create function app.due_erasures() returns setof uuid
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select e.id from public.privacy_erasures e
  where e.status = 'Waiting' and e.due_at <= now()
    and not exists (select from public.workspaces w where w.owner_id = e.user_id)
  order by e.due_at
$$;

-- Erases whoever asked for it, when the time is over; null where it is not, or somebody else just did. Answers the address,
-- to which a last mail goes, and which is nowhere after that.
create function app.erase_person(p_erasure uuid, out user_id uuid, out email text, out counts jsonb)
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
  select e.user_id into user_id from public.privacy_erasures e
    where e.id = p_erasure and e.id in (select app.due_erasures()) for update;
  if not found then return; end if;
  email := (select u.email from public.users u where u.id = erase_person.user_id);
  counts := app.wipe_person(erase_person.user_id);
  update public.privacy_erasures e set status = 'Done', ended_at = now(), counts = erase_person.counts where e.id = p_erasure;
end $$;

-- Of what was done, and once.
create function app.keep_erasure_receipt(p_erasure uuid, p_receipt text) returns boolean
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
  update public.privacy_erasures e set receipt = p_receipt where e.id = p_erasure and e.status = 'Done' and e.receipt is null;
  return found;
end $$;

grant select, delete on auth_accounts, auth_verifications, content_drafts, planning_views to contentos_definer;
grant delete on auth_sessions, notifications_preferences to contentos_definer;
grant select, delete on auth_totp, auth_recovery_codes, auth_passkeys to contentos_definer;
grant select, update (name, email) on review_guests to contentos_definer;
grant select, update (author_name, author_email, prefix) on transfer_origins to contentos_definer;
grant select, update (provenance, original) on transfer_entries to contentos_definer;
grant update (email, revoked_at) on workspace_invitations to contentos_definer;
grant update (email, name, image, email_verified, suspended_at, updated_at) on users to contentos_definer;
grant select, update (status, ended_at, counts, receipt) on privacy_erasures to contentos_definer;
create policy keep on privacy_erasures for select to contentos_definer using (true);
create policy done on privacy_erasures for update to contentos_definer using (true) with check (status = 'Done');
do $$ declare t text; begin
  foreach t in array array['auth_accounts', 'auth_verifications', 'auth_totp', 'auth_recovery_codes', 'auth_passkeys', 'content_drafts',
                           'planning_views', 'transfer_origins', 'transfer_entries'] loop
    execute format('create policy erase_read on %I for select to contentos_definer using ((select app.erased_person()) is not null)', t);
  end loop;
  foreach t in array array['auth_accounts', 'auth_verifications', 'auth_sessions', 'auth_totp', 'auth_recovery_codes', 'auth_passkeys',
                           'content_drafts', 'planning_views', 'idempotency_keys', 'review_idempotency_keys', 'events_presence',
                           'notifications', 'notifications_deliveries', 'notifications_preferences'] loop
    execute format('create policy erase on %I for delete to contentos_definer using ((select app.erased_person()) is not null)', t);
  end loop;
  foreach t in array array['review_guests', 'transfer_origins', 'transfer_entries', 'users'] loop
    execute format('create policy erase on %I for update to contentos_definer using ((select app.erased_person()) is not null) with check (true)', t);
  end loop;
end $$;

grant create on schema app to contentos_definer;
alter function app.erased_person owner to contentos_definer;
alter function app.wipe_person owner to contentos_definer;
alter function app.due_erasures owner to contentos_definer;
alter function app.erase_person owner to contentos_definer;
alter function app.keep_erasure_receipt owner to contentos_definer;
revoke create on schema app from contentos_definer;
-- After a backup was restored, an operator has it done again to those who are written down elsewhere.
grant execute on function app.wipe_person to contentos_worker;
grant execute on function app.due_erasures, app.erase_person, app.keep_erasure_receipt to contentos_app;

-- Who agreed to which text of the operator's, by its version. Nobody changes or takes back what was so: a newer version is
-- a row of its own.
create table privacy_consents (
  user_id uuid not null default app.person_id() references users,
  document text not null check (document in ('Terms', 'Privacy')),
  version text not null check (version ~ '^[0-9a-f]{12}$'),
  given_at timestamptz(3) not null default now(),
  primary key (user_id, document, version)
);
alter table privacy_consents enable row level security;
alter table privacy_consents force row level security;
grant select on privacy_consents to contentos_app;
create policy own on privacy_consents for select to contentos_app using (user_id = (select app.person_id()));
create policy give on privacy_consents for insert to contentos_app with check (user_id = (select app.person_id()));
grant insert (user_id, document, version) on privacy_consents to contentos_app;

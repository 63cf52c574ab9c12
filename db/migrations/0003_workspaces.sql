create table workspaces (
  id uuid primary key default gen_random_uuid(),
  name text not null,
  /* the public address of its site: /s/<slug> */
  slug text not null unique check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length(slug) <= 60),
  owner_id uuid not null references users,
  branding jsonb not null default '{}',
  time_zone text not null default 'UTC',
  region text not null,
  language text not null default 'en',
  /* [{"role": "Editor"}, {"role": "Admin"}]: binds submissions made after it was set */
  approval_steps jsonb not null default '[{"role": "Editor"}, {"role": "Admin"}]',
  /* a publication later than this is held for a person; null: never too late */
  late_after_minutes int check (late_after_minutes > 0),
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now()
);

create table workspace_members (
  workspace_id uuid not null references workspaces,
  user_id uuid not null references users,
  role text not null check (role in ('Admin', 'Editor', 'Writer', 'Viewer')),
  joined_at timestamptz(3) not null default now(),
  removed_at timestamptz(3),
  primary key (workspace_id, user_id)
);
create index on workspace_members (user_id) where removed_at is null;

create table workspace_invitations (
  workspace_id uuid not null default app.workspace_id() references workspaces,
  id uuid not null default gen_random_uuid(),
  email text not null check (email = lower(email)),
  role text not null check (role in ('Admin', 'Editor', 'Writer', 'Viewer')),
  token_hash text not null,
  invited_by uuid not null references users,
  created_at timestamptz(3) not null default now(),
  expires_at timestamptz(3) not null,
  accepted_at timestamptz(3),
  revoked_at timestamptz(3),
  primary key (workspace_id, id)
);
create unique index workspace_invitations_open on workspace_invitations (workspace_id, email)
  where accepted_at is null and revoked_at is null;
create index on workspace_invitations (token_hash);

-- The data key of a workspace, wrapped by the deployment's master key.
create table workspace_keys (
  workspace_id uuid not null default app.workspace_id() references workspaces,
  wrapped_key bytea not null,
  created_at timestamptz(3) not null default now(),
  primary key (workspace_id)
);

create table billing_subscriptions (
  workspace_id uuid not null default app.workspace_id() references workspaces,
  id uuid not null default gen_random_uuid(),
  tier text not null default 'Free' check (tier in ('Free', 'Team', 'Agency', 'Enterprise')),
  ai_credits_used int not null default 0,
  next_billing_date date,
  primary key (workspace_id, id),
  unique (workspace_id)
);

do $$ declare t text; begin
  foreach t in array array['workspaces', 'workspace_members', 'workspace_invitations', 'workspace_keys', 'billing_subscriptions'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('grant select on %I to contentos_app', t);
  end loop;
end $$;

create policy read on workspaces for select to contentos_app using (id = (select app.workspace_id()));
create policy read_own on workspaces for select to contentos_app using (
  exists (select from workspace_members m where m.workspace_id = id and m.user_id = (select app.person_id()) and m.removed_at is null));
create policy visit on workspaces for select to contentos_app using (id = (select app.visited_workspace_id()));
create policy change on workspaces for update to contentos_app
  using (id = (select app.workspace_id()))
  with check (id = (select app.workspace_id()) and (select app.role()) = 'Admin');
grant update (name, slug, owner_id, branding, time_zone, language, approval_steps, late_after_minutes, updated_at) on workspaces to contentos_app;

create policy read on workspace_members for select to contentos_app using (workspace_id = (select app.workspace_id()));
create policy read_own on workspace_members for select to contentos_app using (user_id = (select app.person_id()));
create policy change on workspace_members for update to contentos_app
  using (workspace_id = (select app.workspace_id()))
  with check (workspace_id = (select app.workspace_id()) and (select app.role()) = 'Admin');
grant update (role, removed_at) on workspace_members to contentos_app;

-- Tokens are hashed, and still only those who invite see them.
create policy read on workspace_invitations for select to contentos_app
  using (workspace_id = (select app.workspace_id()) and (select app.role()) = 'Admin');
create policy invite on workspace_invitations for insert to contentos_app
  with check (workspace_id = (select app.workspace_id()) and (select app.role()) = 'Admin' and invited_by = (select app.user_id()));
create policy change on workspace_invitations for update to contentos_app
  using (workspace_id = (select app.workspace_id()))
  with check (workspace_id = (select app.workspace_id()) and (select app.role()) = 'Admin');
grant insert (workspace_id, id, email, role, token_hash, invited_by, expires_at) on workspace_invitations to contentos_app;
grant update (role, token_hash, expires_at, revoked_at) on workspace_invitations to contentos_app;

create policy read on workspace_keys for select to contentos_app
  using (workspace_id = (select app.workspace_id()) and (select app.role()) in ('Admin', 'System'));
create policy plant on workspace_keys for insert to contentos_app
  with check (workspace_id = (select app.workspace_id()) and (select app.role()) = 'Admin');
grant insert (workspace_id, wrapped_key) on workspace_keys to contentos_app;

create policy read on billing_subscriptions for select to contentos_app
  using (workspace_id = (select app.workspace_id()) and (select app.role()) in ('Admin', 'System'));
create policy found on billing_subscriptions for insert to contentos_app
  with check (workspace_id = (select app.workspace_id()) and (select app.role()) = 'Admin' and tier = 'Free' and ai_credits_used = 0);
grant insert (workspace_id) on billing_subscriptions to contentos_app;

-- Names of colleagues, and of oneself.
create policy read on users for select to contentos_app using (
  id = (select app.user_id())
  or id in (select m.user_id from workspace_members m where m.workspace_id = (select app.workspace_id())));
grant select (id, email, name, image, created_at) on users to contentos_app;

-- The owner stays an Admin, whoever asks.
create function app.protect_owner() returns trigger
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if exists (select from public.workspaces w where w.id = new.workspace_id and w.owner_id = new.user_id)
     and (new.role <> 'Admin' or new.removed_at is not null) then
    raise exception using errcode = 'CO409', message = 'The owner of a workspace stays its Admin until it is handed over';
  end if;
  return new;
end $$;

create function app.require_admin_owner() returns trigger
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if new.owner_id <> old.owner_id and app.user_id() <> old.owner_id then
    raise exception using errcode = '42501', message = 'Only the owner hands a workspace over';
  end if;
  -- Locked, so that nobody demotes or removes them until the hand-over is committed.
  perform from public.workspace_members m
    where m.workspace_id = new.id and m.user_id = new.owner_id and m.role = 'Admin' and m.removed_at is null for update;
  if not found then
    raise exception using errcode = 'CO409', message = 'Hand a workspace over to one of its Admins';
  end if;
  return new;
end $$;

-- What the definer role needs, and no more.
grant select on workspaces, workspace_members, workspace_invitations to contentos_definer;
grant insert on workspaces, workspace_members to contentos_definer;
grant update (role, removed_at, joined_at) on workspace_members to contentos_definer;
grant update (accepted_at) on workspace_invitations to contentos_definer;
create policy enter on workspaces for select to contentos_definer using (true);
create policy found on workspaces for insert to contentos_definer with check (true);
create policy enter on workspace_members for select to contentos_definer using (true);
create policy found on workspace_members for insert to contentos_definer with check (true);
create policy return on workspace_members for update to contentos_definer using (true) with check (true);
create policy enter on workspace_invitations for select to contentos_definer using (true);
create policy accept on workspace_invitations for update to contentos_definer using (true) with check (true);

-- Session → workspace. Without one, the only workspace of the person is meant.
-- Answers 'workspace|user|role'. CO401: no live session. CO404: no such workspace for them. CO400: name one.
create function app.enter_session(p_session uuid, p_workspace uuid) returns text
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  person uuid;
  workspace uuid := p_workspace;
  member_role text;
begin
  select s.user_id into person from public.auth_sessions s where s.id = p_session and s.expires_at > now();
  if not found then
    raise exception using errcode = 'CO401', message = 'No live session';
  end if;
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
      where m.workspace_id = workspace and m.user_id = person and m.removed_at is null;
    if not found then
      raise exception using errcode = 'CO404', message = 'No such workspace';
    end if;
  end if;
  perform app.enter('session', workspace, person, member_role);
  return concat_ws('|', workspace, person, member_role);
end $$;

create function app.enter_person(p_session uuid) returns text
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  person uuid;
begin
  select s.user_id into person from public.auth_sessions s where s.id = p_session and s.expires_at > now();
  if not found then
    raise exception using errcode = 'CO401', message = 'No live session';
  end if;
  perform app.enter('person', null, person, null);
  return concat('|', person, '|');
end $$;

create function app.enter_visitor(p_slug text) returns text
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  workspace uuid;
begin
  select w.id into workspace from public.workspaces w where w.slug = p_slug;
  if not found then
    raise exception using errcode = 'CO404', message = 'No such site';
  end if;
  perform app.enter('visitor', workspace, null, 'Visitor');
  return concat(workspace, '||Visitor');
end $$;

-- A person founds a workspace and goes on in it as its Admin, in the same transaction.
-- Answers null where the slug is taken, and changes nothing.
create function app.found_workspace(p_name text, p_slug text, p_branding jsonb, p_time_zone text, p_region text) returns uuid
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  person uuid := app.person_id();
  workspace uuid := gen_random_uuid();
begin
  if person is null then
    raise exception using errcode = '42501', message = 'Only a person founds a workspace';
  end if;
  insert into public.workspaces (id, name, slug, owner_id, branding, time_zone, region)
    values (workspace, p_name, p_slug, person, p_branding, p_time_zone, p_region)
    on conflict (slug) do nothing;
  if not found then return null; end if;
  insert into public.workspace_members (workspace_id, user_id, role) values (workspace, person, 'Admin');
  perform app.enter('session', workspace, person, 'Admin');
  return workspace;
end $$;

-- A person accepts an invitation and goes on in the workspace, in the same transaction.
-- CO404: no such open invitation. CO403: it was for another address. CO409: already a member.
create function app.accept_invitation(p_token_hash text) returns text
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  person uuid := app.person_id();
  invitation public.workspace_invitations;
begin
  if person is null then
    raise exception using errcode = '42501', message = 'Only a person accepts an invitation';
  end if;
  select * into invitation from public.workspace_invitations i where i.token_hash = p_token_hash for update;
  if not found or invitation.accepted_at is not null or invitation.revoked_at is not null or invitation.expires_at < now() then
    raise exception using errcode = 'CO404', message = 'No open invitation';
  end if;
  if invitation.email <> (select u.email from public.users u where u.id = person) then
    raise exception using errcode = 'CO403', message = 'For another address';
  end if;
  insert into public.workspace_members as m (workspace_id, user_id, role)
    values (invitation.workspace_id, person, invitation.role)
    on conflict (workspace_id, user_id) do update
      set role = excluded.role, removed_at = null, joined_at = now() where m.removed_at is not null;
  if not found then
    raise exception using errcode = 'CO409', message = 'Already a member';
  end if;
  update public.workspace_invitations i set accepted_at = now()
    where i.workspace_id = invitation.workspace_id and i.id = invitation.id;
  perform app.enter('session', invitation.workspace_id, person, invitation.role);
  return concat_ws('|', invitation.workspace_id, person, invitation.role);
end $$;

grant create on schema app to contentos_definer;
alter function app.protect_owner owner to contentos_definer;
alter function app.require_admin_owner owner to contentos_definer;
alter function app.enter_session owner to contentos_definer;
alter function app.enter_person owner to contentos_definer;
alter function app.enter_visitor owner to contentos_definer;
alter function app.found_workspace owner to contentos_definer;
alter function app.accept_invitation owner to contentos_definer;
revoke create on schema app from contentos_definer;
create trigger protect_owner before update on workspace_members for each row execute function app.protect_owner();
create trigger require_admin_owner before update of owner_id on workspaces for each row execute function app.require_admin_owner();
grant execute on function app.enter_session, app.enter_person, app.enter_visitor, app.found_workspace, app.accept_invitation to contentos_app;

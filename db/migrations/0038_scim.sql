-- Provisioning by a workspace's directory (SCIM 2.0, RFC 7643 and 7644). A directory is an actor of its own: its scope sees
-- no row of any table, and does what the functions here let it do, with members whose address is in a domain that the
-- workspace has proved. It makes no Admin and changes none, and never the owner.

create table auth_scim_tokens (
  workspace_id uuid not null default app.workspace_id() references workspaces,
  id uuid not null default gen_random_uuid(),
  /* the last characters, by which people tell one from another */
  hint text not null,
  /* SHA-256 of 256 random bits */
  token_hash text not null unique check (token_hash ~ '^[0-9a-f]{64}$'),
  created_by uuid not null default app.user_id() references users,
  created_at timestamptz(3) not null default now(),
  /* set where another one takes its place */
  expires_at timestamptz(3),
  /* to the minute */
  last_used_at timestamptz(3),
  revoked_at timestamptz(3),
  primary key (workspace_id, id)
);

-- What a directory knows of a member, and wants told again.
create table auth_scim_users (
  workspace_id uuid not null,
  user_id uuid not null,
  external_id text check (length(external_id) <= 400),
  /* names, as the directory writes them */
  profile jsonb not null default '{}',
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now(),
  removed_at timestamptz(3),
  primary key (workspace_id, user_id),
  foreign key (workspace_id, user_id) references workspace_members
);

create table auth_scim_groups (
  workspace_id uuid not null references workspaces,
  id uuid not null default gen_random_uuid(),
  display_name text not null check (length(display_name) between 1 and 200),
  external_id text check (length(external_id) <= 400),
  /* what its members are here; an Admin says so */
  role text check (role in ('Editor', 'Writer', 'Viewer')),
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now(),
  removed_at timestamptz(3),
  primary key (workspace_id, id)
);
create unique index auth_scim_groups_name on auth_scim_groups (workspace_id, lower(display_name)) where removed_at is null;

create table auth_scim_group_members (
  workspace_id uuid not null,
  group_id uuid not null,
  user_id uuid not null,
  primary key (workspace_id, group_id, user_id),
  foreign key (workspace_id, group_id) references auth_scim_groups,
  foreign key (workspace_id, user_id) references auth_scim_users
);
create index on auth_scim_group_members (workspace_id, user_id);

do $$ declare t text; begin
  foreach t in array array['auth_scim_tokens', 'auth_scim_users', 'auth_scim_groups', 'auth_scim_group_members'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy directory on %I for select to contentos_definer using (true)', t);
    execute format('grant select on %I to contentos_definer', t);
  end loop;
  foreach t in array array['auth_scim_tokens', 'auth_scim_groups', 'auth_scim_group_members'] loop
    execute format('create policy read on %I for select to contentos_app
      using (workspace_id = (select app.workspace_id()) and (select app.role()) = ''Admin'' and (select app.key_id()) is null)', t);
  end loop;
end $$;
grant select (workspace_id, id, hint, created_by, created_at, expires_at, last_used_at, revoked_at),
      insert (workspace_id, id, hint, token_hash, created_by), update (expires_at, revoked_at) on auth_scim_tokens to contentos_app;
create policy make on auth_scim_tokens for insert to contentos_app
  with check (workspace_id = (select app.workspace_id()) and (select app.role()) = 'Admin' and (select app.key_id()) is null
              and created_by = (select app.user_id()));
create policy change on auth_scim_tokens for update to contentos_app
  using (workspace_id = (select app.workspace_id()) and revoked_at is null)
  with check (workspace_id = (select app.workspace_id()) and (select app.role()) = 'Admin' and (select app.key_id()) is null);
grant select, update (role, updated_at) on auth_scim_groups to contentos_app;
create policy change on auth_scim_groups for update to contentos_app
  using (workspace_id = (select app.workspace_id()) and removed_at is null)
  with check (workspace_id = (select app.workspace_id()) and (select app.role()) = 'Admin' and (select app.key_id()) is null);
grant select on auth_scim_group_members to contentos_app;

-- For whoever asks for all that is kept of them.
grant select on auth_scim_users to contentos_auth;
create policy identity on auth_scim_users for select to contentos_auth using (true);

-- The workspace whose directory acts; null for everybody else.
create function app.scim_workspace_id() returns uuid
  language plpgsql stable parallel restricted security definer set search_path = pg_catalog, pg_temp as $$
declare c text[] := app.claims();
begin
  return case when c[1] = 'scim' then c[2]::uuid end;
end $$;

-- Token → workspace. Answers 'workspace'. COK01: no live token.
create function app.enter_scim(p_hash text) returns text
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  token public.auth_scim_tokens;
begin
  select * into token from public.auth_scim_tokens k
    where k.token_hash = p_hash and k.revoked_at is null and (k.expires_at is null or k.expires_at > now());
  if not found then
    raise exception using errcode = 'COK01', message = 'No live token';
  end if;
  if token.last_used_at is null or token.last_used_at < now() - interval '1 minute' then
    update public.auth_scim_tokens k set last_used_at = now() where k.workspace_id = token.workspace_id and k.id = token.id;
  end if;
  perform app.enter('scim', token.workspace_id, null, 'Directory', null, token.id);
  return token.workspace_id;
end $$;

-- Whether the workspace has proved that it speaks for an address.
create function app.speaks_for(p_workspace uuid, p_email text) returns boolean
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select exists (select from public.auth_sso_domains d
    where d.workspace_id = p_workspace and d.domain = split_part(p_email, '@', 2) and d.verified_at is not null and d.removed_at is null)
$$;

-- Written in the name of the directory, with the token that it came with.
create function app.scim_record(p_action text, p_type text, p_subject uuid, p_detail jsonb) returns void
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  c text[] := app.claims();
begin
  insert into public.audit_events (workspace_id, id, actor_kind, actor_id, action, subject_type, subject_id, detail) values (
    coalesce(app.scim_workspace_id(), app.workspace_id()), gen_random_uuid(),
    case when c[1] = 'scim' then 'System' else 'Member' end, nullif(c[3], '')::uuid, p_action, p_type, p_subject,
    jsonb_strip_nulls(p_detail || jsonb_build_object('by', 'scim', 'tokenId', case when c[1] = 'scim' then c[6] end)));
end $$;

-- Members in verified domains, also those whom the directory has switched off and not removed. Never anybody else.
create function app.scim_users(p_id uuid, p_email text, p_external text, p_offset int, p_count int)
  returns table (id uuid, email text, name text, role text, active boolean, external_id text, profile jsonb,
                 groups jsonb, created_at timestamptz, updated_at timestamptz, total bigint)
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  with seen as (
    select u.id, u.email, u.name, m.role, m.removed_at is null as active, s.external_id, coalesce(s.profile, '{}') as profile,
        m.workspace_id, m.joined_at as created_at,
        greatest(m.joined_at, m.removed_at, s.updated_at, (
          select max(g.updated_at) from public.auth_scim_group_members x
            join public.auth_scim_groups g on g.workspace_id = x.workspace_id and g.id = x.group_id
           where x.workspace_id = m.workspace_id and x.user_id = m.user_id)) as updated_at
      from public.workspace_members m join public.users u on u.id = m.user_id
      left join public.auth_scim_users s on s.workspace_id = m.workspace_id and s.user_id = m.user_id and s.removed_at is null
     where m.workspace_id = app.scim_workspace_id() and (m.removed_at is null or s.user_id is not null)
       and app.speaks_for(m.workspace_id, u.email)
       and (p_id is null or u.id = p_id) and (p_email is null or u.email = p_email)
       and (p_external is null or s.external_id = p_external))
  select s.id, s.email, s.name, s.role, s.active, s.external_id, s.profile, coalesce((
        select jsonb_agg(jsonb_build_object('value', g.id, 'display', g.display_name) order by g.display_name)
          from public.auth_scim_group_members x
          join public.auth_scim_groups g on g.workspace_id = x.workspace_id and g.id = x.group_id and g.removed_at is null
         where x.workspace_id = s.workspace_id and x.user_id = s.id), '[]'),
      s.created_at, s.updated_at, count(*) over ()
    from seen s order by s.created_at, s.id offset p_offset limit p_count
$$;

-- By the mapped groups that they are in, the highest; else as new members are. An Admin's role is the Admins' to change.
create function app.scim_role(p_workspace uuid, p_user uuid) returns text
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select coalesce(
    (select g.role from public.auth_scim_group_members x
       join public.auth_scim_groups g on g.workspace_id = x.workspace_id and g.id = x.group_id and g.removed_at is null
      where x.workspace_id = p_workspace and x.user_id = p_user and g.role is not null
      order by app.role_rank(g.role) desc limit 1),
    (select c.default_role from public.auth_sso_connections c where c.workspace_id = p_workspace and c.removed_at is null),
    'Viewer')
$$;
create function app.scim_apply_roles(p_workspace uuid, p_users uuid[]) returns void
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  m record;
begin
  for m in select w.user_id, w.role as was, app.scim_role(p_workspace, w.user_id) as becomes
      from public.workspace_members w
      where w.workspace_id = p_workspace and w.user_id = any (p_users) and w.removed_at is null and w.role <> 'Admin'
      order by w.user_id for update
  loop
    if m.was <> m.becomes then
      update public.workspace_members w set role = m.becomes where w.workspace_id = p_workspace and w.user_id = m.user_id;
      perform app.scim_record('auth.scim_member_changed', 'member', m.user_id, jsonb_build_object('from', m.was, 'to', m.becomes));
    end if;
  end loop;
end $$;

-- A member no more, from the next request on; and what the workspace's own provider opened for them is over everywhere.
create function app.scim_end(p_user uuid) returns void
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  workspace uuid := app.scim_workspace_id();
begin
  update public.workspace_members m set removed_at = now() where m.workspace_id = workspace and m.user_id = p_user and m.removed_at is null;
  if not found then return; end if;
  delete from public.auth_sessions s using public.auth_sso_connections c
    where s.user_id = p_user and c.id = s.sso_connection_id and c.workspace_id = workspace;
  -- Else the invitation that is still in their mailbox would bring them back.
  update public.workspace_invitations i set revoked_at = now()
    where i.workspace_id = workspace and i.email = (select u.email from public.users u where u.id = p_user)
      and i.accepted_at is null and i.revoked_at is null;
  perform app.scim_record('auth.scim_member_ended', 'member', p_user, '{}');
end $$;
create function app.scim_begin(p_user uuid) returns void
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  workspace uuid := app.scim_workspace_id();
  becomes text := app.scim_role(workspace, p_user);
begin
  insert into public.workspace_members as m (workspace_id, user_id, role) values (workspace, p_user, becomes)
    on conflict (workspace_id, user_id) do update set role = becomes, removed_at = null, joined_at = now() where m.removed_at is not null;
  if found then
    perform app.scim_record('auth.scim_member_joined', 'member', p_user, jsonb_build_object('role', becomes));
  end if;
end $$;

-- CO403: not of a verified domain. CO409: there already. CO4UV: an account that whoever has the address has not confirmed,
-- and which may be somebody else's who waits for them.
create function app.scim_create_user(p_email text, p_name text, p_external text, p_profile jsonb, p_active boolean) returns uuid
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  workspace uuid := app.scim_workspace_id();
  person public.users;
begin
  if workspace is null or not app.speaks_for(workspace, p_email) then
    raise exception using errcode = 'CO403', message = 'Not of a verified domain';
  end if;
  insert into public.users (email, name, email_verified) values (p_email, p_name, true) on conflict (email) do nothing;
  select * into person from public.users u where u.email = p_email;
  if not person.email_verified then
    raise exception using errcode = 'CO4UV', message = 'An address that nobody has confirmed';
  end if;
  if exists (select from app.scim_users(person.id, null, null, 0, 1)) then
    raise exception using errcode = 'CO409', message = 'There already';
  end if;
  perform app.scim_begin(person.id);
  insert into public.auth_scim_users as s (workspace_id, user_id, external_id, profile) values (workspace, person.id, p_external, p_profile)
    on conflict (workspace_id, user_id) do update set external_id = p_external, profile = p_profile, updated_at = now(), removed_at = null;
  perform app.scim_record('auth.scim_user_created', 'member', person.id, '{}');
  if not p_active then
    perform app.scim_end(person.id);
  end if;
  return person.id;
end $$;

-- CO404: nobody whom it sees. CO409: the owner.
create function app.scim_change_user(p_user uuid, p_external text, p_profile jsonb, p_active boolean) returns void
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
  if not exists (select from app.scim_users(p_user, null, null, 0, 1)) then
    raise exception using errcode = 'CO404', message = 'No such user';
  end if;
  insert into public.auth_scim_users as s (workspace_id, user_id, external_id, profile)
    values (app.scim_workspace_id(), p_user, p_external, p_profile)
    on conflict (workspace_id, user_id) do update set external_id = p_external, profile = p_profile, updated_at = now(), removed_at = null;
  if p_active then
    perform app.scim_begin(p_user);
  else
    perform app.scim_end(p_user);
  end if;
  perform app.scim_record('auth.scim_user_changed', 'member', p_user, '{}');
end $$;

create function app.scim_remove_user(p_user uuid) returns void
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  workspace uuid := app.scim_workspace_id();
begin
  if not exists (select from app.scim_users(p_user, null, null, 0, 1)) then
    raise exception using errcode = 'CO404', message = 'No such user';
  end if;
  perform app.scim_end(p_user);
  delete from public.auth_scim_group_members x where x.workspace_id = workspace and x.user_id = p_user;
  update public.auth_scim_users s set removed_at = now(), updated_at = now(), external_id = null, profile = '{}'
    where s.workspace_id = workspace and s.user_id = p_user;
  perform app.scim_record('auth.scim_user_removed', 'member', p_user, '{}');
end $$;

create function app.scim_groups(p_id uuid, p_name text, p_external text, p_offset int, p_count int)
  returns table (id uuid, display_name text, external_id text, role text, members jsonb, created_at timestamptz, updated_at timestamptz, total bigint)
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select g.id, g.display_name, g.external_id, g.role, coalesce((
        select jsonb_agg(jsonb_build_object('value', x.user_id, 'display', u.email) order by u.email)
          from public.auth_scim_group_members x join public.users u on u.id = x.user_id
         where x.workspace_id = g.workspace_id and x.group_id = g.id), '[]'),
      g.created_at, g.updated_at, count(*) over ()
    from public.auth_scim_groups g
   where g.workspace_id = app.scim_workspace_id() and g.removed_at is null
     and (p_id is null or g.id = p_id) and (p_name is null or lower(g.display_name) = lower(p_name))
     and (p_external is null or g.external_id = p_external)
   order by g.created_at, g.id offset p_offset limit p_count
$$;

-- 23505: the name is taken. CO404: no such group.
create function app.scim_write_group(p_id uuid, p_name text, p_external text) returns uuid
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  workspace uuid := app.scim_workspace_id();
  written uuid;
begin
  if p_id is null then
    insert into public.auth_scim_groups (workspace_id, display_name, external_id) values (workspace, p_name, p_external) returning id into written;
    perform app.scim_record('auth.scim_group_created', 'scim_group', written, '{}');
    return written;
  end if;
  update public.auth_scim_groups g set display_name = p_name, external_id = p_external, updated_at = now()
    where g.workspace_id = workspace and g.id = p_id and g.removed_at is null returning g.id into written;
  if written is null then
    raise exception using errcode = 'CO404', message = 'No such group';
  end if;
  perform app.scim_record('auth.scim_group_changed', 'scim_group', written, '{}');
  return written;
end $$;

-- The group's members become these. CO404: no such group. CO400: somebody whom the directory doesn't see.
create function app.scim_set_members(p_group uuid, p_users uuid[]) returns void
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  workspace uuid := app.scim_workspace_id();
  touched uuid[];
begin
  perform from public.auth_scim_groups g where g.workspace_id = workspace and g.id = p_group and g.removed_at is null for update;
  if not found then
    raise exception using errcode = 'CO404', message = 'No such group';
  end if;
  if exists (select from unnest(p_users) w where not exists (select from app.scim_users(w, null, null, 0, 1))) then
    raise exception using errcode = 'CO400', message = 'No such user';
  end if;
  -- Who was invited before there was a directory is known to it from now on.
  insert into public.auth_scim_users (workspace_id, user_id) select workspace, w from unnest(p_users) w on conflict do nothing;
  with gone as (
    delete from public.auth_scim_group_members x
      where x.workspace_id = workspace and x.group_id = p_group and x.user_id <> all (p_users) returning x.user_id),
  new as (
    insert into public.auth_scim_group_members (workspace_id, group_id, user_id)
      select workspace, p_group, w from unnest(p_users) w on conflict do nothing returning user_id)
  select array_agg(user_id) into touched from (select user_id from gone union select user_id from new) t;
  if touched is null then return; end if;
  update public.auth_scim_groups g set updated_at = now() where g.workspace_id = workspace and g.id = p_group;
  perform app.scim_record('auth.scim_group_changed', 'scim_group', p_group, jsonb_build_object('members', cardinality(touched)));
  perform app.scim_apply_roles(workspace, touched);
end $$;

create function app.scim_remove_group(p_group uuid) returns void
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform app.scim_set_members(p_group, '{}');
  update public.auth_scim_groups g set removed_at = now(), updated_at = now()
    where g.workspace_id = app.scim_workspace_id() and g.id = p_group;
  perform app.scim_record('auth.scim_group_removed', 'scim_group', p_group, '{}');
end $$;

-- An Admin says what a group is: its members are that at once.
create function app.apply_group_role() returns trigger
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform app.scim_apply_roles(new.workspace_id, (
    select array_agg(x.user_id) from public.auth_scim_group_members x
     where x.workspace_id = new.workspace_id and x.group_id = new.id));
  return null;
end $$;
create trigger apply_group_role after update of role on auth_scim_groups for each row execute function app.apply_group_role();

-- What the definer role needs, and no more.
grant update (last_used_at) on auth_scim_tokens to contentos_definer;
create policy touch on auth_scim_tokens for update to contentos_definer using (true) with check (true);
grant insert (workspace_id, user_id, external_id, profile), update (external_id, profile, updated_at, removed_at) on auth_scim_users to contentos_definer;
grant insert (workspace_id, display_name, external_id), update (display_name, external_id, updated_at, removed_at) on auth_scim_groups to contentos_definer;
grant insert, delete on auth_scim_group_members to contentos_definer;
grant insert (email, name, email_verified) on users to contentos_definer;
do $$ declare t text; begin
  foreach t in array array['auth_scim_users', 'auth_scim_groups'] loop
    execute format('create policy provision on %I for insert to contentos_definer with check (workspace_id = (select app.scim_workspace_id()))', t);
    execute format('create policy reprovision on %I for update to contentos_definer
      using (workspace_id = (select app.scim_workspace_id())) with check (workspace_id = (select app.scim_workspace_id()))', t);
  end loop;
end $$;
create policy provision on auth_scim_group_members for insert to contentos_definer with check (workspace_id = (select app.scim_workspace_id()));
create policy deprovision on auth_scim_group_members for delete to contentos_definer using (workspace_id = (select app.scim_workspace_id()));
create policy provision on users for insert to contentos_definer with check ((select app.scim_workspace_id()) is not null);
create policy deprovision on auth_sessions for delete to contentos_definer using ((select app.scim_workspace_id()) is not null);
create policy provision on audit_events for insert to contentos_definer with check (action like 'auth.scim\_%');

-- What names somebody goes with them.
alter function app.wipe_person rename to wipe_person_before_scim;
revoke execute on function app.wipe_person_before_scim from contentos_worker;
create function app.wipe_person(p_person uuid) returns jsonb
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  counts jsonb := app.wipe_person_before_scim(p_person);
  n bigint;
begin
  if counts is null then return null; end if;
  perform app.enter('erasure', null, p_person, null);
  update public.auth_scim_users s set external_id = null, profile = '{}', removed_at = coalesce(s.removed_at, now())
    where s.user_id = p_person and (s.external_id is not null or s.profile <> '{}');
  get diagnostics n = row_count;
  perform set_config('app.scope', '', true);
  return counts || jsonb_build_object('auth_scim_users', n);
end $$;
create policy erase on auth_scim_users for update to contentos_definer using ((select app.erased_person()) is not null) with check (true);

grant create on schema app to contentos_definer;
do $$ declare f text; begin
  foreach f in array array['scim_workspace_id', 'enter_scim', 'speaks_for', 'scim_record', 'scim_users', 'scim_role', 'scim_apply_roles', 'scim_end',
      'scim_begin', 'scim_create_user', 'scim_change_user', 'scim_remove_user', 'scim_groups', 'scim_write_group', 'scim_set_members',
      'scim_remove_group', 'apply_group_role', 'wipe_person'] loop
    execute format('alter function app.%I owner to contentos_definer', f);
  end loop;
end $$;
revoke create on schema app from contentos_definer;
grant execute on function app.wipe_person to contentos_worker;
grant execute on function app.wipe_person_before_scim to contentos_definer;
grant execute on function app.enter_scim, app.scim_users, app.scim_create_user, app.scim_change_user, app.scim_remove_user,
  app.scim_groups, app.scim_write_group, app.scim_set_members, app.scim_remove_group to contentos_app;

-- Whoever operates the deployment looks into a workspace only with a reason and for a bounded time; its Admins see it, end it,
-- let it change something, or forbid it at all.

create table workspace_support (
  workspace_id uuid not null default app.workspace_id() references workspaces,
  id uuid not null default gen_random_uuid(),
  /* who enters, by their own account; no member */
  user_id uuid not null references users,
  reason text not null check (length(reason) between 10 and 500),
  begun_at timestamptz(3) not null default now(),
  ends_at timestamptz(3) not null,
  /* what an Admin let them do beyond reading */
  may_write boolean not null default false,
  ended_at timestamptz(3),
  /* null: by the operator */
  ended_by uuid references users,
  primary key (workspace_id, id),
  check (ends_at <= begun_at + interval '8 hours')
);
create unique index workspace_support_live on workspace_support (workspace_id, user_id) where ended_at is null;
create index on workspace_support (user_id);

create table workspace_support_rules (
  workspace_id uuid not null default app.workspace_id() references workspaces,
  forbidden boolean not null default false,
  updated_at timestamptz(3) not null default now(),
  primary key (workspace_id)
);

do $$ declare t text; begin
  foreach t in array array['workspace_support', 'workspace_support_rules'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('grant select on %I to contentos_app, contentos_definer', t);
    execute format('create policy enter on %I for select to contentos_definer using (true)', t);
    execute format('create policy read on %I for select to contentos_app using (workspace_id = (select app.workspace_id()))', t);
    execute format('create policy change on %I for update to contentos_app
      using (workspace_id = (select app.workspace_id()))
      with check (workspace_id = (select app.workspace_id()) and (select app.role()) = ''Admin'' and (select app.key_id()) is null)', t);
  end loop;
end $$;
create policy own on workspace_support for select to contentos_app using (user_id = (select app.person_id()));
create policy rule on workspace_support_rules for insert to contentos_app
  with check (workspace_id = (select app.workspace_id()) and (select app.role()) = 'Admin' and (select app.key_id()) is null);
grant update (may_write, ended_at, ended_by) on workspace_support to contentos_app;
grant insert (workspace_id, forbidden), update (forbidden, updated_at) on workspace_support_rules to contentos_app;

-- Whoever is in it by support sees that they may, and its members see their name.
create policy read_support on workspaces for select to contentos_app using (
  exists (select from workspace_support s where s.workspace_id = workspaces.id and s.user_id = (select app.person_id()) and s.ended_at is null and s.ends_at > now()));
create policy read_support on users for select to contentos_app using (
  exists (select from workspace_support s where s.user_id = users.id and s.workspace_id = (select app.workspace_id())));

-- As before; and support, where there is some: it reads what an Admin reads and changes nothing, or it may what an Editor
-- may, so that it can make nothing by which it would stay.
create or replace function app.enter_membership(p_session uuid, p_workspace uuid) returns text
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  person uuid;
  bound uuid;
  workspace uuid;
  member_role text;
  may_write boolean;
begin
  select s.user_id, s.bound_to into person, bound from public.auth_sessions s where s.id = p_session and s.expires_at > now();
  if not found then
    raise exception using errcode = 'CO401', message = 'No live session';
  end if;
  workspace := coalesce(p_workspace, bound);
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
      where m.workspace_id = workspace and m.user_id = person and m.removed_at is null and (bound is null or bound = workspace);
    if not found then
      select s.may_write into may_write from public.workspace_support s
        where s.workspace_id = workspace and s.user_id = person and s.ended_at is null and s.ends_at > now() and bound is null
          and not exists (select from public.workspace_support_rules r where r.workspace_id = workspace and r.forbidden);
      if not found then
        raise exception using errcode = 'CO404', message = 'No such workspace';
      end if;
      member_role := case when may_write then 'Editor' else 'Admin' end;
      if not may_write then
        perform set_config('transaction_read_only', 'on', true);
      end if;
    end if;
  end if;
  perform app.enter('session', workspace, person, member_role);
  return concat_ws('|', workspace, person, member_role);
end $$;

-- By the operator alone. Answers the access, or why there is none: no such workspace or person, a member, forbidden.
create function app.begin_support(p_slug text, p_email text, p_reason text, p_minutes int, out workspace_id uuid, out id uuid, out refused text)
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  person uuid := (select u.id from public.users u where u.email = p_email and u.suspended_at is null);
begin
  workspace_id := (select w.id from public.workspaces w where w.slug = p_slug);
  refused := case
    when begin_support.workspace_id is null then 'NoWorkspace'
    when person is null then 'NoPerson'
    when exists (select from public.workspace_members m
      where m.workspace_id = begin_support.workspace_id and m.user_id = person and m.removed_at is null) then 'Member'
    when exists (select from public.workspace_support_rules r
      where r.workspace_id = begin_support.workspace_id and r.forbidden) then 'Forbidden' end;
  if refused is not null then return; end if;
  -- One that has run out makes room for the next.
  update public.workspace_support s set ended_at = s.ends_at
    where s.workspace_id = begin_support.workspace_id and s.user_id = person and s.ended_at is null and s.ends_at <= now();
  id := gen_random_uuid();
  insert into public.workspace_support (workspace_id, id, user_id, reason, ends_at)
    values (begin_support.workspace_id, begin_support.id, person, p_reason, now() + make_interval(mins => p_minutes))
    on conflict do nothing;
  if not found then refused := 'Live'; return; end if;
  insert into public.audit_events (workspace_id, id, actor_kind, action, subject_type, subject_id, detail)
    values (begin_support.workspace_id, gen_random_uuid(), 'System', 'workspaces.support_begun', 'member', person,
      jsonb_build_object('supportId', begin_support.id, 'minutes', p_minutes));
end $$;

-- The operator ends what is live in a workspace. Answers how many there were.
create function app.end_support(p_slug text) returns bigint
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  workspace uuid := (select w.id from public.workspaces w where w.slug = p_slug);
  n bigint := 0;
  one record;
begin
  for one in update public.workspace_support s set ended_at = now()
    where s.workspace_id = workspace and s.ended_at is null returning s.id, s.user_id
  loop
    n := n + 1;
    insert into public.audit_events (workspace_id, id, actor_kind, action, subject_type, subject_id, detail)
      values (workspace, gen_random_uuid(), 'System', 'workspaces.support_ended', 'member', one.user_id, jsonb_build_object('supportId', one.id));
  end loop;
  return n;
end $$;
grant insert (workspace_id, id, user_id, reason, ends_at), update (ended_at) on workspace_support to contentos_definer;
create policy begin on workspace_support for insert to contentos_definer with check (not may_write);
create policy end_it on workspace_support for update to contentos_definer using (true) with check (ended_at is not null);
create policy support on audit_events for insert to contentos_definer with check (action in ('workspaces.support_begun', 'workspaces.support_ended'));
select app.erase_with_workspace('workspace_support'), app.erase_with_workspace('workspace_support_rules');

grant create on schema app to contentos_definer;
alter function app.enter_membership owner to contentos_definer;
alter function app.begin_support owner to contentos_definer;
alter function app.end_support owner to contentos_definer;
revoke create on schema app from contentos_definer;
grant execute on function app.begin_support, app.end_support to contentos_worker;

-- What support opens in a workspace is in its audit log: lists and single things, once in a while each.

-- As before; and says of support that it is support.
create or replace function app.enter_membership(p_session uuid, p_workspace uuid) returns text
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  person uuid;
  bound uuid;
  workspace uuid;
  member_role text;
  may_write boolean;
  is_support boolean := false;
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
      is_support := true;
      member_role := case when may_write then 'Editor' else 'Admin' end;
      if not may_write then
        perform set_config('transaction_read_only', 'on', true);
      end if;
    end if;
  end if;
  perform app.enter('session', workspace, person, member_role);
  return concat_ws('|', workspace, person, member_role) || case when is_support then '||support' else '' end;
end $$;

-- A row of the log about what support has read. In a transaction of its own, since support's reads change nothing. False
-- where the session is in no support of that workspace, also none that has just ended.
create function app.note_support_read(p_session uuid, p_workspace uuid, p_operation text, p_subject_type text, p_subject uuid) returns boolean
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  person uuid := (select s.user_id from public.auth_sessions s where s.id = p_session);
  support uuid;
begin
  select s.id into support from public.workspace_support s
    where s.workspace_id = p_workspace and s.user_id = person and coalesce(s.ended_at, s.ends_at) > now() - interval '5 minutes'
    order by s.begun_at desc limit 1;
  if not found then return false; end if;
  insert into public.audit_events (workspace_id, id, actor_kind, actor_id, action, subject_type, subject_id, detail)
    values (p_workspace, gen_random_uuid(), 'Member', person, 'workspaces.support_read', p_subject_type, coalesce(p_subject, p_workspace),
      jsonb_build_object('supportId', support, 'operation', p_operation));
  return true;
end $$;
alter policy support on audit_events
  with check (action in ('workspaces.support_begun', 'workspaces.support_ended', 'workspaces.support_read'));

grant create on schema app to contentos_definer;
alter function app.enter_membership owner to contentos_definer;
alter function app.note_support_read owner to contentos_definer;
revoke create on schema app from contentos_definer;
grant execute on function app.note_support_read to contentos_app;

-- Entering a scope, and every function that asks who is in it, in about two thirds of the time. In each transaction Postgres
-- prepares each expression of PL/pgSQL anew, and each function that is called enters its owner's rights and search_path:
-- so the seal is an expression that Postgres writes into its callers, and a statement that answers nothing is an assignment,
-- which needs no executor.

-- The key stands on both sides of the message, so that a seal can't be extended; the last 12 bytes of what stands between
-- are the connection and its transaction. Written into its callers: it keeps to what that asks (one expression, no settings).
create function app.seal(key bytea, claims text) returns text
  language sql stable parallel restricted
  return encode(sha256(key || convert_to(claims, 'UTF8') || int4send(pg_backend_pid())
    || timestamptz_send(transaction_timestamp()) || key), 'hex');

create or replace function app.claims() returns text[]
  language plpgsql stable parallel restricted security definer set search_path = pg_catalog, pg_temp as $$
declare
  scope text := current_setting('app.scope', true);
  k bytea;
begin
  if coalesce(scope, '') = '' then return null; end if;
  select key into k from app.scope_key;
  if right(scope, 64) is distinct from app.seal(k, left(scope, -65)) then
    raise exception using errcode = '42501', message = 'This scope was not entered';
  end if;
  return string_to_array(left(scope, -65), '|', '');
end $$;

-- As before; it answers what it set, so that it can stand in an assignment.
drop function app.enter(text, uuid, uuid, text, uuid, uuid);
create function app.enter(kind text, workspace uuid, person uuid, role text, guest uuid default null, link uuid default null) returns text
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  claims text := concat(kind, '|', workspace, '|', person, '|', role, '|', guest, '|', link);
  erasure text;
  k bytea;
begin
  if kind in ('session', 'key', 'guest', 'visitor') then
    select e.status into erasure from public.privacy_workspace_erasures e
      where e.workspace_id = workspace and e.status in ('Waiting', 'Running');
    if erasure is not null then
      if erasure = 'Running' then
        raise exception using errcode = 'CO404', message = 'This workspace is being erased';
      elsif kind <> 'visitor' then
        perform set_config('transaction_read_only', 'on', true);
      end if;
    end if;
  end if;
  select key into k from app.scope_key;
  return set_config('app.scope', claims || '|' || app.seal(k, claims), true);
end $$;

drop function app.seal(text);

create or replace function app.role_rank(role text) returns int
  language sql immutable parallel safe as $$
  select coalesce(array_position(array['Viewer', 'Writer', 'Editor', 'Admin', 'System'], role), 0)
$$;

-- The keys that live, with what they may at most: their member is one still, and neither is suspended or too old. Written
-- into its caller too, so that what that asks for is looked up in an index.
create function app.live_keys() returns table (token_hash text, proof text, previous_hash text, previous_until timestamptz,
    workspace_id uuid, entered text, scopes text[], stale boolean, erasure text)
  language sql stable
begin atomic
  select a.token_hash, a.proof, a.previous_hash, a.previous_until, a.workspace_id,
      concat(a.workspace_id, '|', a.acts_for, '|',
        case when app.role_rank(a.role) < app.role_rank(m.role) then a.role else m.role end, '|', a.id),
      a.scopes, a.last_used_at is null or a.last_used_at < now() - interval '1 minute', e.status
    from public.auth_api_keys a
    join public.workspace_members m on m.workspace_id = a.workspace_id and m.user_id = a.acts_for and m.removed_at is null
    join public.users u on u.id = a.acts_for and u.suspended_at is null
    left join public.auth_policies p on p.workspace_id = a.workspace_id
    left join public.privacy_workspace_erasures e on e.workspace_id = a.workspace_id and e.status in ('Waiting', 'Running')
    where a.revoked_at is null and (a.expires_at is null or a.expires_at > now())
      and (p.key_days is null or coalesce(a.rotated_at, a.created_at) > now() - make_interval(days => p.key_days));
end;

-- As before, and without `app.enter`, whose two looks are in its own. A key is one look into one index; a service token of
-- it, or the key before its rotation, is another one.
create or replace function app.enter_key(p_proof text, p_workspace uuid, p_scope text) returns text
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  workspace uuid;
  entered text;
  given text[];
  stale boolean;
  erasure text;
  sealing bytea;
  claims text;
  done text;
begin
  select k.workspace_id, k.entered, k.scopes, k.stale, k.erasure, s.key into workspace, entered, given, stale, erasure, sealing
    from app.live_keys() k cross join app.scope_key s where k.token_hash = p_proof;
  if workspace is null then
    select k.workspace_id, k.entered, k.scopes, k.stale, k.erasure, s.key into workspace, entered, given, stale, erasure, sealing
      from app.live_keys() k cross join app.scope_key s
      where k.proof = p_proof or k.previous_hash = p_proof and k.previous_until > now();
    if not found then
      raise exception using errcode = 'COK01', message = 'No live key';
    end if;
  end if;
  if p_workspace <> workspace then
    raise exception using errcode = 'CO404', message = 'No such workspace';
  end if;
  if p_scope <> all (app.key_scopes())
     or p_scope <> all (given) and (p_scope not like '%:read' or replace(p_scope, ':read', ':write') <> all (given)) then
    raise exception using errcode = 'COK03', message = 'Not given to this key';
  end if;
  if erasure = 'Running' then
    raise exception using errcode = 'CO404', message = 'This workspace is being erased';
  end if;
  claims := concat('key|', entered, '|');
  done := set_config('app.scope', claims || '|' || app.seal(sealing, claims), true);
  if erasure is not null or p_scope is null or p_scope like '%:read' then
    done := set_config('transaction_read_only', 'on', true);
  end if;
  return case when stale then entered || '|touch' else entered end;
end $$;

grant create on schema app to contentos_definer;
alter function app.seal(bytea, text) owner to contentos_definer;
alter function app.enter owner to contentos_definer;
alter function app.live_keys owner to contentos_definer;
revoke create on schema app from contentos_definer;

-- What is counted against rate limits by all processes together. Not logged: a crash may forget it, and nothing waits for
-- its disk. Keys are hashes of addresses, sessions, accounts, keys and workspaces.
create unlogged table http_limits (
  key text primary key,
  points int not null default 0,
  /* ms since 1970 */
  expire bigint
);
create index on http_limits (expire);
alter table http_limits enable row level security;
alter table http_limits force row level security;
create policy count on http_limits to contentos_auth using (true) with check (true);
grant select, insert, update, delete on http_limits to contentos_auth;

-- What an API key was refused leaves a row as well: the request's own transaction reads, or was rolled back. Takes the proof
-- that the entry takes; answers the workspace, null where no such key lives.
create function app.record_key_refusal(p_proof text, p_method text, p_path text, p_code text, p_request text) returns uuid
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  k record;
begin
  select a.workspace_id, a.id, a.acts_for into k
    from public.auth_api_keys a
    join public.workspace_members m on m.workspace_id = a.workspace_id and m.user_id = a.acts_for and m.removed_at is null
    join public.users u on u.id = a.acts_for and u.suspended_at is null
    where (a.token_hash = p_proof or a.proof = p_proof or a.previous_hash = p_proof and a.previous_until > now())
      and a.revoked_at is null and (a.expires_at is null or a.expires_at > now());
  if not found then return null; end if;
  insert into public.audit_events (workspace_id, id, actor_kind, actor_id, action, subject_type, subject_id, detail, request_id, api_key_id)
    values (k.workspace_id, gen_random_uuid(), 'Member', k.acts_for, 'audit.refused', 'workspace', k.workspace_id,
      jsonb_build_object('method', left(p_method, 10), 'path', left(p_path, 400), 'code', left(p_code, 60)), left(p_request, 200), k.id);
  return k.workspace_id;
end $$;
create policy key_refused on audit_events for insert to contentos_definer with check (action = 'audit.refused' and api_key_id is not null);

grant create on schema app to contentos_definer;
alter function app.record_key_refusal owner to contentos_definer;
revoke create on schema app from contentos_definer;
grant execute on function app.record_key_refusal to contentos_app;

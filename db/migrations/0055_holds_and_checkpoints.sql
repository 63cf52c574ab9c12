-- A legal hold comes before an erasure: a workspace that is held is not erased, nor is anybody who is or was a member of it.

create function app.is_person_held(p_person uuid) returns boolean
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select exists (select from public.workspace_members m join public.retention_holds h on h.workspace_id = m.workspace_id
    where m.user_id = p_person and h.since is not null)
$$;

-- Whether the scope's own workspace is held: for each of its members, who may be the one that asks.
create function app.workspace_held() returns boolean
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select app.workspace_id() is not null and app.is_held(app.workspace_id())
$$;

-- Which workspaces' holds keep a person from being erased, by name and nothing else: they are or were in them.
create function app.holds_of_person() returns setof text
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select w.name from public.workspace_members m join public.retention_holds h on h.workspace_id = m.workspace_id
    join public.workspaces w on w.id = m.workspace_id
    where m.user_id = app.person_id() and h.since is not null order by w.name
$$;

create or replace function app.due_erasures() returns setof uuid
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select e.id from public.privacy_erasures e
  where e.status = 'Waiting' and e.due_at <= now()
    and not exists (select from public.workspaces w where w.owner_id = e.user_id)
    and not exists (select from public.billing_accounts a where a.owner_id = e.user_id and a.stripe_subscription_id is not null)
    and not app.is_person_held(e.user_id)
  order by e.due_at
$$;

-- Nobody's subscription ends for an erasure that has to wait.
create or replace function app.paid_until_erasure() returns table (erasure_id uuid, subscription_id text)
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select e.id, a.stripe_subscription_id
  from public.privacy_erasures e join public.billing_accounts a on a.owner_id = e.user_id
  where e.status = 'Waiting' and e.due_at <= now() and a.stripe_subscription_id is not null
    and not exists (select from public.workspaces w where w.owner_id = e.user_id)
    and not app.is_person_held(e.user_id)
  order by e.due_at
$$;

-- When whoever asked was told by mail that a hold delays it.
alter table privacy_erasures add column held_told_at timestamptz(3);
grant update (held_told_at) on privacy_erasures to contentos_definer;
alter policy done on privacy_erasures with check (status = 'Done' or status = 'Waiting' and held_told_at is not null);

-- Those that are due, wait for a hold and were not told so.
create function app.held_erasures() returns table (erasure_id uuid, email text, workspaces text[])
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select e.id, u.email, array(select w.name from public.workspace_members m
      join public.retention_holds h on h.workspace_id = m.workspace_id join public.workspaces w on w.id = m.workspace_id
      where m.user_id = e.user_id and h.since is not null order by w.name)
  from public.privacy_erasures e join public.users u on u.id = e.user_id
  where e.status = 'Waiting' and e.due_at <= now() and e.held_told_at is null and app.is_person_held(e.user_id)
$$;
create function app.told_of_hold(p_erasure uuid) returns void
  language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
  update public.privacy_erasures e set held_told_at = now()
    where e.id = p_erasure and e.id in (select h.erasure_id from app.held_erasures() h)
$$;

-- As before; and Held where a hold began since it was asked for.
create or replace function app.begin_workspace_erasure(p_job_id bigint, p_worker_id text, p_erasure uuid) returns text
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  workspace uuid := app.held_job_workspace(p_job_id, p_worker_id);
  erasure public.privacy_workspace_erasures;
begin
  select * into erasure from public.privacy_workspace_erasures e
    where e.workspace_id = workspace and e.id = p_erasure and e.status <> 'Undone' for update;
  if not found or erasure.status = 'Waiting' and erasure.due_at > now() then return null; end if;
  if erasure.status = 'Done' then return 'Done'; end if;
  if erasure.status = 'Running' then return case when erasure.done ? 'rows' then 'Running' else 'Begun' end; end if;
  if app.is_held(workspace) then return 'Held'; end if;
  update public.privacy_workspace_erasures e set status = 'Running',
      admins = array(select m.user_id from public.workspace_members m
        where m.workspace_id = workspace and m.role = 'Admin' and m.removed_at is null order by m.joined_at),
      done = jsonb_build_object(
        'audit', (select jsonb_build_object('sequence', s.sequence, 'hash', s.hash) from public.audit_seals s
                  where s.workspace_id = workspace order by s.sequence desc limit 1),
        'beside', jsonb_build_object('jobs', app.remove_jobs_of(workspace, p_job_id)))
    where e.workspace_id = workspace and e.id = p_erasure;
  perform app.enter('workspace erasure', workspace, null, null);
  delete from public.auth_sessions s where s.bound_to = workspace
    or s.sso_connection_id in (select c.id from public.auth_sso_connections c where c.workspace_id = workspace);
  delete from public.idempotency_keys k where strpos(k.response::text, workspace::text) > 0;
  perform set_config('app.scope', '', true);
  return 'Begun';
end $$;

grant create on schema app to contentos_definer;
alter function app.is_person_held owner to contentos_definer;
alter function app.workspace_held owner to contentos_definer;
alter function app.holds_of_person owner to contentos_definer;
alter function app.held_erasures owner to contentos_definer;
alter function app.told_of_hold owner to contentos_definer;
revoke create on schema app from contentos_definer;
grant execute on function app.workspace_held, app.holds_of_person, app.held_erasures, app.told_of_hold to contentos_app;

-- Checkpoints of before there were proofs (0045) are told apart from made-up ones: what is there now is marked, and nothing
-- that is written from now on can be, since a constraint that is not validated holds for new rows alone.
alter table audit_checkpoints add column before_proofs boolean not null default false;
create policy mark_read on audit_checkpoints for select to current_user using (true);
create policy mark on audit_checkpoints for update to current_user using (true);
update audit_checkpoints set before_proofs = true where proof is null;
drop policy mark on audit_checkpoints;
drop policy mark_read on audit_checkpoints;
alter table audit_checkpoints add constraint audit_checkpoints_proven check (not before_proofs) not valid;

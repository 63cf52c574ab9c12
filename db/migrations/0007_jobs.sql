-- Jobs are graphile-worker's, in a schema of `contentos_worker`. The app's log-in enqueues through
-- one function, which takes the workspace from the scope, and enters a job's scope through another.

create function app.enqueue_job(p_task text, p_payload jsonb, p_run_at timestamptz, p_job_key text, p_max_attempts int, p_priority int default 0) returns text
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  workspace uuid := app.workspace_id();
  job_id text;
begin
  if workspace is null then
    raise exception using errcode = '42501', message = 'Jobs are enqueued within a workspace';
  end if;
  -- Job keys are one space for all workspaces: each gets its own part of it.
  select j.id::text into job_id from graphile_worker.add_job(
    identifier => p_task,
    payload => (p_payload || jsonb_build_object('workspaceId', workspace))::json,
    run_at => p_run_at,
    max_attempts => p_max_attempts,
    job_key => workspace || ':' || p_job_key,
    priority => p_priority) j;
  return job_id;
end $$;

create function app.remove_job(p_job_key text) returns void
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
  if app.workspace_id() is null then
    raise exception using errcode = '42501', message = 'Jobs are removed within a workspace';
  end if;
  perform graphile_worker.remove_job(app.workspace_id() || ':' || p_job_key);
end $$;

-- What dead workers hold is asked for every other second, among any number of jobs that wait for their time.
create index jobs_locked on graphile_worker._private_jobs (locked_by) where locked_by is not null;

-- The workspace of a job that this worker holds. The worker's id is random and known to it alone;
-- its lock proves that it lives.
create function app.held_job_workspace(p_job_id bigint, p_worker_id text) returns uuid
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select (j.payload ->> 'workspaceId')::uuid
  from graphile_worker._private_jobs j
  where j.id = p_job_id and j.locked_by = p_worker_id
    and exists (
      select from pg_catalog.pg_locks l
      where l.locktype = 'advisory' and l.granted and l.objsubid = 1
        and l.database = (select d.oid from pg_catalog.pg_database d where d.datname = pg_catalog.current_database())
        and (l.classid::bigint << 32 | l.objid::bigint) = pg_catalog.hashtextextended(p_worker_id, 0))
$$;

-- CO404: no such job, or this worker no longer holds it.
create function app.enter_job(p_job_id bigint, p_worker_id text) returns text
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  workspace uuid := app.held_job_workspace(p_job_id, p_worker_id);
begin
  if workspace is null then
    raise exception using errcode = 'CO404', message = 'No such job in the hands of a live worker';
  end if;
  perform app.enter('job', workspace, null, 'System');
  return concat(workspace, '||System');
end $$;

grant create on schema app to contentos_definer, contentos_worker;
alter function app.enqueue_job owner to contentos_worker;
alter function app.remove_job owner to contentos_worker;
alter function app.held_job_workspace owner to contentos_worker;
alter function app.enter_job owner to contentos_definer;
revoke create on schema app from contentos_definer, contentos_worker;
grant execute on function app.held_job_workspace to contentos_definer;
grant execute on function app.enqueue_job, app.remove_job, app.enter_job to contentos_app;

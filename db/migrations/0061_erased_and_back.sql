-- Of those who were erased, as a ledger outside of the database has them, who is in it again: a backup was restored. One question
-- for all of them, ahead of every start. A workspace's own row is the last that goes, so that an erasure that was cut off is seen.
create function app.erased_and_back(p_people uuid[], p_workspaces uuid[], out people uuid[], out workspaces uuid[])
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select
    array(select u.id from public.users u where u.id = any (p_people) and u.email <> u.id || '@erased.invalid'),
    array(select w.id from public.workspaces w where w.id = any (p_workspaces))
$$;

-- Who was erased and whose receipt was not kept: the file outside of the database, which has the line ahead of the receipt, may be
-- without it. Whoever erases writes it down at once, so that for a minute it is theirs to do.
create function app.untold_erasures() returns table (erasure_id uuid, user_id uuid, counts jsonb)
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select e.id, e.user_id, e.counts from public.privacy_erasures e
  where e.status = 'Done' and e.receipt is null and e.ended_at < now() - interval '1 minute'
  order by e.ended_at
$$;

grant create on schema app to contentos_definer;
alter function app.erased_and_back owner to contentos_definer;
alter function app.untold_erasures owner to contentos_definer;
revoke create on schema app from contentos_definer;
revoke execute on function app.erased_and_back, app.untold_erasures from public;
grant execute on function app.erased_and_back to contentos_worker;
grant execute on function app.untold_erasures to contentos_app;

-- Events in an order that readers follow without a gap, how far their consumers are, and who is looking at what.

-- Ids are given in one order and committed in another, so that who read up to one may miss a lower one. The turn is the
-- number of the writing transaction, or that of the newest which had ended by then, whichever is higher. The events of an
-- item are written while its row is held, so that (turn, id) has them in the order in which they happened; the number
-- alone has not, since whoever waited for the row may have got theirs before.
alter table events
  add column turn bigint not null
    default greatest(pg_current_xact_id()::text::bigint, pg_snapshot_xmax(pg_current_snapshot())::text::bigint - 1),
  drop constraint events_pkey,
  add primary key (workspace_id, turn, id);
drop index events_workspace_id_subject_id_id_idx;
create index on events using brin (at, turn);

-- Up to where the events are complete: whoever has yet to commit one has a later (turn, id). Where nobody writes on
-- this server, that is the newest number. Else those count who hold the lock of who has inserted an event, and nobody
-- beside: whoever takes that lock after this look gets an id after the last one, and a turn no lower than the newest number
-- that has ended. To be asked in a statement of its own, ahead of the one that reads.
create function app.settled_events(out turn bigint, out id bigint)
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  snapshot pg_snapshot := pg_current_snapshot();
  oldest bigint;
begin
  turn := pg_snapshot_xmax(snapshot)::text::bigint;
  id := 0;
  if pg_snapshot_xmin(snapshot) = pg_snapshot_xmax(snapshot) then return; end if;
  turn := turn - 1;
  id := (select case when s.is_called then s.last_value else 0 end from public.events_id_seq s);
  with locks as materialized (
    select l.virtualtransaction as holder, l.transactionid from pg_locks l
    where l.granted and (l.locktype = 'transactionid' and l.mode = 'ExclusiveLock'
      or l.locktype = 'relation' and l.mode = 'RowExclusiveLock' and l.relation = 'public.events'::regclass
        and l.database = (select d.oid from pg_database d where d.datname = current_database()))
  ), running as (
    select pg_snapshot_xip(snapshot) as number union all select pg_current_xact_id_if_assigned()
  )
  select min(r.number::text::bigint) into oldest
    from locks l join running r on r.number::xid = l.transactionid
    where l.holder in (select w.holder from locks w where w.transactionid is null);
  if oldest <= turn then
    turn := oldest;
    id := 0;
  end if;
end $$;

-- The events of the scope after a place, in order and without a gap, and whether there are some that have to wait.
-- `ahead`: the place is one that this server has yet to come to. Without a place, only where the end is.
create function app.read_events(
  p_turn bigint, p_id bigint, p_subject uuid, p_types text[], p_limit int,
  out settled_turn bigint, out settled_id bigint, out ahead boolean, out items json, out pending boolean)
  language plpgsql volatile set search_path = pg_catalog, pg_temp as $$
declare
  settled record := app.settled_events();
begin
  settled_turn := settled.turn;
  settled_id := settled.id;
  ahead := coalesce(p_turn > pg_snapshot_xmax(pg_current_snapshot())::text::bigint, false);
  -- A statement of its own, so that it sees all that was settled by then.
  select coalesce(json_agg(f), '[]') into items from (
    select e.turn, e.id, e.type, e.subject_id as "subjectId", e.payload, e.actor_id as "actorId", e.at
      from public.events e
      where e.workspace_id = (select app.workspace_id())
        and (e.turn, e.id) > (p_turn, p_id) and (e.turn, e.id) <= (settled_turn, settled_id)
        and (p_subject is null or e.subject_id = p_subject) and (p_types is null or e.type = any (p_types))
      order by e.turn, e.id limit p_limit) f;
  pending := exists (
    select from public.events e
      where e.workspace_id = (select app.workspace_id())
        and (e.turn, e.id) > (p_turn, p_id) and (e.turn, e.id) > (settled_turn, settled_id)
        and (p_subject is null or e.subject_id = p_subject) and (p_types is null or e.type = any (p_types)));
end $$;

-- How far a consumer, such as what sends notifications, has come in a workspace.
create table events_consumers (
  workspace_id uuid not null default app.workspace_id() references workspaces,
  consumer text not null,
  turn bigint not null default 0,
  event_id bigint not null default 0,
  updated_at timestamptz(3) not null default now(),
  primary key (workspace_id, consumer)
);

-- Who has an item open right now, a row for each tab. Unlogged: it is worth nothing after a crash, and no replica has it.
create unlogged table events_presence (
  workspace_id uuid not null default app.workspace_id() references workspaces,
  content_item_id uuid not null,
  user_id uuid not null default app.user_id() references users,
  client_id text not null check (length(client_id) <= 64),
  state text not null check (state in ('Viewing', 'Editing')),
  version_number int,
  field text check (length(field) <= 100),
  selection_start int,
  selection_end int,
  since timestamptz(3) not null default now(),
  seen_at timestamptz(3) not null default now(),
  left_at timestamptz(3),
  primary key (workspace_id, content_item_id, user_id, client_id),
  foreign key (workspace_id, content_item_id) references content_items (workspace_id, id)
);
create index on events_presence (seen_at);

do $$ declare t text; begin
  foreach t in array array['events_consumers', 'events_presence'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('grant select on %I to contentos_app', t);
  end loop;
end $$;

create policy read on events_consumers for select to contentos_app
  using (workspace_id = (select app.workspace_id()) and (select app.role()) = 'System');
create policy begin on events_consumers for insert to contentos_app
  with check (workspace_id = (select app.workspace_id()) and (select app.role()) = 'System');
create policy advance on events_consumers for update to contentos_app
  using (workspace_id = (select app.workspace_id()))
  with check (workspace_id = (select app.workspace_id()) and (select app.role()) = 'System');
grant insert (workspace_id, consumer), update (turn, event_id, updated_at) on events_consumers to contentos_app;

create policy read on events_presence for select to contentos_app using (workspace_id = (select app.workspace_id()));
create policy come on events_presence for insert to contentos_app
  with check (workspace_id = (select app.workspace_id()) and user_id = (select app.user_id())
              and (state = 'Viewing' or (select app.role()) <> 'Viewer'));
create policy stay on events_presence for update to contentos_app
  using (workspace_id = (select app.workspace_id()) and user_id = (select app.user_id()))
  with check (workspace_id = (select app.workspace_id()) and user_id = (select app.user_id())
              and (state = 'Viewing' or (select app.role()) <> 'Viewer'));
grant insert (workspace_id, content_item_id, user_id, client_id, state, version_number, field, selection_start, selection_end),
  update (state, version_number, field, selection_start, selection_end, since, seen_at, left_at) on events_presence to contentos_app;

-- Removes what nobody may ask for any more. Answers how many events it was, 100,000 at most.
-- A dump that is restored on another server brings turns that this one has yet to reach, and that would wait as long:
-- they are all there, and come before everything that is written here.
create function app.purge_events() returns bigint
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  reached bigint := pg_snapshot_xmax(pg_current_snapshot())::text::bigint;
  purged bigint;
begin
  update public.events_consumers c set turn = 0, event_id = coalesce(
      (select min(e.id) - 1 from public.events e where e.workspace_id = c.workspace_id and (e.turn, e.id) > (c.turn, c.event_id)),
      (select max(e.id) from public.events e where e.workspace_id = c.workspace_id), 0)
    where c.turn > reached;
  update public.events set turn = 0 where turn > reached;
  delete from public.events_presence where seen_at < now() - interval '1 hour';
  delete from public.events where (workspace_id, turn, id) in (
    select e.workspace_id, e.turn, e.id from public.events e where e.at < now() - interval '30 days' limit 100000);
  get diagnostics purged = row_count;
  return purged;
end $$;

grant select on events_id_seq to contentos_definer;
grant select, update (turn), delete on events to contentos_definer;
grant select, update (turn, event_id) on events_consumers to contentos_definer;
grant select, delete on events_presence to contentos_definer;
create policy purge_read on events for select to contentos_definer using (true);
create policy purge on events for delete to contentos_definer using (at < now() - interval '30 days');
create policy rebase on events for update to contentos_definer using (true) with check (turn = 0);
create policy purge_read on events_consumers for select to contentos_definer using (true);
create policy rebase on events_consumers for update to contentos_definer using (true) with check (turn = 0);
create policy purge_read on events_presence for select to contentos_definer using (true);
create policy purge on events_presence for delete to contentos_definer using (seen_at < now() - interval '1 hour');
grant create on schema app to contentos_definer;
alter function app.purge_events owner to contentos_definer;
alter function app.settled_events owner to contentos_definer;
revoke create on schema app from contentos_definer;
grant execute on function app.purge_events, app.settled_events, app.read_events to contentos_app;

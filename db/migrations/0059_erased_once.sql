-- Of two workers that come to the same person at once, the second waits for the first, and what it asked `due_erasures` is as old as
-- its statement: so it looks at the row itself again, which is read as the first left it. Otherwise it would erase once more, count
-- little, and its receipt might be the one that is kept.
create or replace function app.erase_person(p_erasure uuid, out user_id uuid, out email text, out counts jsonb)
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
  select e.user_id into user_id from public.privacy_erasures e
    where e.id = p_erasure and e.status = 'Waiting' and e.id in (select app.due_erasures()) for update;
  if not found then return; end if;
  email := (select u.email from public.users u where u.id = erase_person.user_id);
  counts := app.wipe_person(erase_person.user_id);
  update public.privacy_erasures e set status = 'Done', ended_at = now(), counts = erase_person.counts where e.id = p_erasure;
end $$;

-- Who does not want what is known of them to be sold or shared, by their own word or by their browser's signal. Each change is
-- a row with its time, and nobody alters one: the newest holds. All go with the person.
create table privacy_choices (
  user_id uuid not null default app.person_id() references users,
  id uuid not null default gen_random_uuid(),
  opted_out boolean not null,
  made_by text not null check (made_by in ('Person', 'Signal')),
  made_at timestamptz(3) not null default now(),
  primary key (user_id, id),
  -- A signal only ever says no.
  check (opted_out or made_by = 'Person')
);
create index on privacy_choices (user_id, made_at);
alter table privacy_choices enable row level security;
alter table privacy_choices force row level security;
grant select on privacy_choices to contentos_app;
create policy own on privacy_choices for select to contentos_app using (user_id = (select app.person_id()));
create policy choose on privacy_choices for insert to contentos_app with check (user_id = (select app.person_id()));
grant insert (user_id, opted_out, made_by) on privacy_choices to contentos_app;

grant select, delete on privacy_choices to contentos_definer;
create policy erase_read on privacy_choices for select to contentos_definer using ((select app.erased_person()) is not null);
create policy erase on privacy_choices for delete to contentos_definer using ((select app.erased_person()) is not null);

alter function app.wipe_person rename to wipe_person_before_choices;
revoke execute on function app.wipe_person_before_choices from contentos_worker;
create function app.wipe_person(p_person uuid) returns jsonb
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  counts jsonb := app.wipe_person_before_choices(p_person);
  n bigint;
begin
  if counts is null then return null; end if;
  perform app.enter('erasure', null, p_person, null);
  delete from public.privacy_choices c where c.user_id = p_person;
  get diagnostics n = row_count;
  perform set_config('app.scope', '', true);
  return counts || jsonb_build_object('privacy_choices', n);
end $$;
grant create on schema app to contentos_definer;
alter function app.wipe_person owner to contentos_definer;
revoke create on schema app from contentos_definer;
grant execute on function app.wipe_person to contentos_worker;

-- What people are told, by which ways, and what became of each message.

create table notifications (
  workspace_id uuid not null default app.workspace_id() references workspaces,
  id uuid not null default gen_random_uuid(),
  user_id uuid not null,
  kind text not null check (length(kind) <= 40),
  /* what it is of, such as event:12 or reminder:<approval>: nobody is told of one thing twice */
  source text not null check (length(source) <= 100),
  subject_id uuid not null,
  content_item_id uuid,
  /* a member, or a guest; null for a job */
  actor_id uuid,
  /* ids, numbers and words of our own lists, never texts of people */
  detail jsonb not null default '{}',
  /* whether it is shown in the application; otherwise it is kept for a mail alone */
  in_app boolean not null default true,
  created_at timestamptz(3) not null default now(),
  read_at timestamptz(3),
  /* when the digest is due that tells of it */
  digest_at timestamptz(3),
  /* the mail that tells of it */
  delivery_id uuid,
  primary key (workspace_id, id),
  unique (workspace_id, user_id, source),
  foreign key (workspace_id, user_id) references workspace_members,
  foreign key (workspace_id, content_item_id) references content_items
);
create index on notifications (workspace_id, user_id, created_at desc, id desc);
create index notifications_unread on notifications (workspace_id, user_id, created_at desc, id desc) where read_at is null and in_app;
create index on notifications (workspace_id, delivery_id) where delivery_id is not null;
create index notifications_to_gather on notifications (workspace_id, user_id, digest_at) where digest_at is not null and delivery_id is null;
create index on notifications (created_at);

-- How somebody wants to be told in a workspace. Without a row, as the code's defaults say.
create table notifications_preferences (
  workspace_id uuid not null default app.workspace_id() references workspaces,
  user_id uuid not null default app.user_id() references users,
  /* null: the workspace's */
  language text check (language in ('en', 'de')),
  time_zone text check (length(time_zone) <= 100),
  /* minutes of the day in that zone; from after until: over midnight */
  quiet_from int check (quiet_from between 0 and 1439),
  quiet_until int check (quiet_until between 0 and 1439),
  digest_hour int not null default 8 check (digest_hour between 0 and 23),
  /* 1 is Monday */
  digest_weekday int not null default 1 check (digest_weekday between 1 and 7),
  /* {topic: {"inApp": true, "email": "Now"}}, where it differs from the default */
  choices jsonb not null default '{}',
  /* by the link in a mail; no mail of this workspace until they want it again */
  unsubscribed_at timestamptz(3),
  updated_at timestamptz(3) not null default now(),
  primary key (workspace_id, user_id),
  check ((quiet_from is null) = (quiet_until is null))
);

-- What holds for a workspace.
create table notifications_settings (
  workspace_id uuid not null default app.workspace_id() references workspaces,
  /* null: never */
  remind_after_hours int default 24 check (remind_after_hours between 1 and 720),
  escalate_after_hours int default 72 check (escalate_after_hours between 1 and 720),
  /* the address of an incoming webhook, AES-256-GCM under the workspace's key, bound to the workspace */
  slack_sealed bytea,
  slack_topics text[] not null default '{}',
  /* before that, nothing is sent there */
  slack_free_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now(),
  primary key (workspace_id)
);

-- What was sent, is to be sent, or could not be.
create table notifications_deliveries (
  workspace_id uuid not null default app.workspace_id() references workspaces,
  id uuid not null default gen_random_uuid(),
  way text not null check (way in ('Email', 'Digest', 'Slack')),
  kind text check (length(kind) <= 40),
  user_id uuid references users,
  /* of a message to Slack, which is nobody's notification */
  source text check (length(source) <= 100),
  detail jsonb not null default '{}',
  status text not null default 'Queued' check (status in ('Queued', 'Sending', 'Sent', 'Failed', 'Bounced', 'Skipped')),
  due_at timestamptz(3) not null,
  attempts int not null default 0,
  /* attempts of which nobody knows the outcome, since the process ended */
  lost int not null default 0,
  address text,
  /* for Admins */
  message text,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now(),
  sent_at timestamptz(3),
  primary key (workspace_id, id),
  unique (workspace_id, source),
  check ((way = 'Slack') = (user_id is null)),
  check ((way = 'Slack') = (source is not null))
);
create index on notifications_deliveries (workspace_id, created_at desc, id desc);
create index notifications_deliveries_slack on notifications_deliveries (workspace_id, due_at, id) where way = 'Slack' and status in ('Queued', 'Sending');
create index on notifications_deliveries (created_at);

-- Addresses to which nothing is sent any more, since mail for them came back: of no workspace, and hashed.
create table notifications_stopped_addresses (
  address_hash text primary key check (address_hash ~ '^[0-9a-f]{64}$'),
  stopped_at timestamptz(3) not null default now()
);

do $$ declare t text; begin
  foreach t in array array['notifications', 'notifications_preferences', 'notifications_settings', 'notifications_deliveries'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('grant select on %I to contentos_app', t);
  end loop;
end $$;
alter table notifications_stopped_addresses enable row level security;
alter table notifications_stopped_addresses force row level security;

-- One's own alone, whatever one's role is. Jobs tell, and gather what a mail says.
create policy read on notifications for select to contentos_app
  using (workspace_id = (select app.workspace_id()) and (user_id = (select app.user_id()) or (select app.role()) = 'System'));
create policy tell on notifications for insert to contentos_app
  with check (workspace_id = (select app.workspace_id()) and (select app.role()) = 'System');
-- Whose it is can't change, so that what holds for the row as it was holds for the row as it becomes.
create policy change on notifications for update to contentos_app
  using (workspace_id = (select app.workspace_id()) and (user_id = (select app.user_id()) or (select app.role()) = 'System'));
grant insert (workspace_id, user_id, kind, source, subject_id, content_item_id, actor_id, detail, in_app, digest_at, delivery_id),
      update (read_at, delivery_id) on notifications to contentos_app;

create policy read on notifications_preferences for select to contentos_app
  using (workspace_id = (select app.workspace_id()) and (user_id = (select app.user_id()) or (select app.role()) = 'System'));
create policy choose on notifications_preferences for insert to contentos_app
  with check (workspace_id = (select app.workspace_id()) and user_id = (select app.user_id()));
create policy change on notifications_preferences for update to contentos_app
  using (workspace_id = (select app.workspace_id()) and user_id = (select app.user_id()));
grant insert (workspace_id, user_id, language, time_zone, quiet_from, quiet_until, digest_hour, digest_weekday, choices),
      update (language, time_zone, quiet_from, quiet_until, digest_hour, digest_weekday, choices, unsubscribed_at, updated_at)
  on notifications_preferences to contentos_app;

create policy read on notifications_settings for select to contentos_app
  using (workspace_id = (select app.workspace_id()) and (select app.role()) in ('Admin', 'System'));
create policy set on notifications_settings for insert to contentos_app
  with check (workspace_id = (select app.workspace_id()) and (select app.role()) = 'Admin');
create policy change on notifications_settings for update to contentos_app
  using (workspace_id = (select app.workspace_id()))
  with check (workspace_id = (select app.workspace_id()) and (select app.role()) in ('Admin', 'System'));
grant insert (workspace_id, remind_after_hours, escalate_after_hours, slack_sealed, slack_topics),
      update (remind_after_hours, escalate_after_hours, slack_sealed, slack_topics, slack_free_at, updated_at)
  on notifications_settings to contentos_app;

create policy read on notifications_deliveries for select to contentos_app
  using (workspace_id = (select app.workspace_id()) and (select app.role()) in ('Admin', 'System'));
create policy queue on notifications_deliveries for insert to contentos_app
  with check (workspace_id = (select app.workspace_id()) and (select app.role()) = 'System');
create policy change on notifications_deliveries for update to contentos_app
  using (workspace_id = (select app.workspace_id()))
  with check (workspace_id = (select app.workspace_id()) and (select app.role()) = 'System');
grant insert (workspace_id, id, way, kind, user_id, source, detail, due_at),
      update (status, due_at, attempts, lost, address, message, updated_at, sent_at) on notifications_deliveries to contentos_app;

-- Has the consumer go on, from whatever scope something happened in: a client's too. One job for all that happened to
-- one thing, whose row its writer holds, so that nobody waits for the job's row who does not wait for the thing anyway.
create function app.wake_notifications(p_subject uuid) returns void
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  workspace uuid := app.acting_workspace_id();
begin
  if workspace is null then
    raise exception using errcode = '42501', message = 'Jobs are enqueued within a workspace';
  end if;
  perform graphile_worker.add_job(
    identifier => 'notifications.consume',
    payload => json_build_object('workspaceId', workspace, 'onBehalfOf', null),
    job_key => workspace || ':notifications.consume.' || p_subject);
end $$;

-- Where mail for a member goes, and since when none does: for jobs, and for oneself. Nothing of whoever is a member no
-- more, or suspended.
create function app.notification_address(p_user uuid, out address text, out stopped_at timestamptz)
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select u.email, s.stopped_at
  from public.workspace_members m
  join public.users u on u.id = m.user_id
  left join public.notifications_stopped_addresses s on s.address_hash = encode(sha256(convert_to(u.email, 'UTF8')), 'hex')
  where m.workspace_id = app.workspace_id() and m.user_id = p_user and m.removed_at is null and u.suspended_at is null
    and (app.role() = 'System' or p_user = app.user_id())
$$;

-- Mail is wanted again at one's own address.
create function app.resume_notification_mail() returns void
  language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
  delete from public.notifications_stopped_addresses s using public.users u
    where u.id = app.user_id() and s.address_hash = encode(sha256(convert_to(u.email, 'UTF8')), 'hex')
$$;

-- Whoever got a mail wants no more of this workspace. The app has checked the mail's signed token. False: no such mail.
create function app.unsubscribe_notifications(p_workspace uuid, p_delivery uuid) returns boolean
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  person uuid := (select d.user_id from public.notifications_deliveries d
                  where d.workspace_id = p_workspace and d.id = p_delivery and d.way <> 'Slack');
begin
  if person is null then return false; end if;
  insert into public.notifications_preferences as p (workspace_id, user_id, unsubscribed_at) values (p_workspace, person, now())
    on conflict (workspace_id, user_id) do update set unsubscribed_at = coalesce(p.unsubscribed_at, now()), updated_at = now();
  return true;
end $$;

-- A mail came back. Where it always will, none is sent to that address any more, and its owner is told in the application
-- of each workspace that they are in. The app has checked who says so. False: no such mail, or it was known.
create function app.bounce_notification(p_workspace uuid, p_delivery uuid, p_message text, p_for_good boolean) returns boolean
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  bounced public.notifications_deliveries;
begin
  update public.notifications_deliveries d set status = 'Bounced', message = p_message, updated_at = now()
    where d.workspace_id = p_workspace and d.id = p_delivery and d.way <> 'Slack' and d.status in ('Sending', 'Sent')
    returning * into bounced;
  if not found then return false; end if;
  if p_for_good and bounced.address is not null then
    insert into public.notifications_stopped_addresses (address_hash)
      values (encode(sha256(convert_to(bounced.address, 'UTF8')), 'hex')) on conflict do nothing;
    insert into public.notifications (workspace_id, user_id, kind, source, subject_id)
      select m.workspace_id, m.user_id, 'MailStopped', 'bounce:' || bounced.id, bounced.id
      from public.workspace_members m join public.users u on u.id = m.user_id
      where m.user_id = bounced.user_id and m.removed_at is null and u.email = bounced.address
      on conflict do nothing;
  end if;
  return true;
end $$;

-- What is older than 90 days is forgotten. Answers how many notifications it were, 100,000 at most.
create function app.purge_notifications() returns bigint
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  purged bigint;
begin
  delete from public.notifications_deliveries where created_at < now() - interval '90 days';
  delete from public.notifications where (workspace_id, id) in (
    select n.workspace_id, n.id from public.notifications n where n.created_at < now() - interval '90 days' limit 100000);
  get diagnostics purged = row_count;
  return purged;
end $$;

grant select, insert, delete on notifications_stopped_addresses to contentos_definer;
create policy stop on notifications_stopped_addresses to contentos_definer using (true) with check (true);
grant select, delete on notifications to contentos_definer;
grant insert (workspace_id, user_id, kind, source, subject_id) on notifications to contentos_definer;
create policy bounce_read on notifications for select to contentos_definer using (true);
create policy bounce on notifications for insert to contentos_definer with check (kind = 'MailStopped');
create policy purge on notifications for delete to contentos_definer using (created_at < now() - interval '90 days');
grant select, delete, update (status, message, updated_at) on notifications_deliveries to contentos_definer;
create policy bounce_read on notifications_deliveries for select to contentos_definer using (true);
create policy bounce on notifications_deliveries for update to contentos_definer using (way <> 'Slack') with check (status = 'Bounced');
create policy purge on notifications_deliveries for delete to contentos_definer using (created_at < now() - interval '90 days');
grant select, insert (workspace_id, user_id, unsubscribed_at), update (unsubscribed_at, updated_at) on notifications_preferences to contentos_definer;
create policy unsubscribe_read on notifications_preferences for select to contentos_definer using (true);
create policy unsubscribe on notifications_preferences for insert to contentos_definer with check (unsubscribed_at is not null);
create policy unsubscribe_again on notifications_preferences for update to contentos_definer using (true) with check (unsubscribed_at is not null);

grant create on schema app to contentos_definer, contentos_worker;
alter function app.wake_notifications owner to contentos_worker;
alter function app.notification_address owner to contentos_definer;
alter function app.resume_notification_mail owner to contentos_definer;
alter function app.unsubscribe_notifications owner to contentos_definer;
alter function app.bounce_notification owner to contentos_definer;
alter function app.purge_notifications owner to contentos_definer;
revoke create on schema app from contentos_definer, contentos_worker;
grant execute on function app.wake_notifications to contentos_app, contentos_guest;
grant execute on function app.notification_address, app.resume_notification_mail, app.unsubscribe_notifications, app.bounce_notification,
  app.purge_notifications to contentos_app;

-- What happened before this is told to nobody.
create policy backfill_read on workspaces for select to current_user using (true);
create policy backfill on events_consumers for insert to current_user with check (consumer = 'notifications');
insert into events_consumers (workspace_id, consumer, turn)
  select id, 'notifications', pg_current_xact_id()::text::bigint from workspaces;
drop policy backfill on events_consumers;
drop policy backfill_read on workspaces;

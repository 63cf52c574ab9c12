-- A client is no member: a guest with a review link, in a scope and under a role of their own. What a guest reads and
-- writes is what is granted to `contentos_guest` and what its policies say; those of members are not asked, and cost
-- nothing more for it. `app.workspace_id()` and `app.user_id()` are null in this scope.
-- The app's log-in takes the role for a transaction and has nothing of it otherwise (see provisioning).

grant usage on schema app, public to contentos_guest;

create table review_links (
  workspace_id uuid not null default app.workspace_id() references workspaces,
  id uuid not null default gen_random_uuid(),
  name text not null,
  /* to the client, above the items */
  message text,
  token_hash text not null unique check (token_hash ~ '^[0-9a-f]{64}$'),
  /* Argon2id of the passcode with this salt is the proof; stored is its SHA-256, which opens nothing */
  passcode_salt text,
  passcode_check text,
  can_comment boolean not null default true,
  can_decide boolean not null default true,
  expires_at timestamptz(3),
  revoked_at timestamptz(3),
  created_by uuid not null default app.user_id() references users,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now(),
  primary key (workspace_id, id),
  check (num_nonnulls(passcode_salt, passcode_check) in (0, 2))
);
create index on review_links (workspace_id, created_at desc, id desc);

create table review_link_items (
  workspace_id uuid not null default app.workspace_id(),
  link_id uuid not null,
  content_item_id uuid not null,
  added_by uuid not null default app.user_id() references users,
  added_at timestamptz(3) not null default now(),
  removed_at timestamptz(3),
  primary key (workspace_id, link_id, content_item_id),
  foreign key (workspace_id, link_id) references review_links,
  foreign key (workspace_id, content_item_id) references content_items
);
create index on review_link_items (workspace_id, content_item_id) where removed_at is null;

-- Who somebody says they are, in one browser, by one link.
create table review_guests (
  workspace_id uuid not null,
  id uuid not null default gen_random_uuid(),
  link_id uuid not null,
  name text not null,
  email text,
  token_hash text not null check (token_hash ~ '^[0-9a-f]{64}$'),
  /* of the passcode that was given: with another one, the link is opened anew */
  passcode_salt text,
  opened_at timestamptz(3) not null default now(),
  primary key (workspace_id, id),
  unique (workspace_id, link_id, token_hash),
  foreign key (workspace_id, link_id) references review_links
);

-- Wrong passcodes of the last minutes, of an address (by hash) and, where it is empty, of all. A new passcode begins at none.
create table review_passcode_tries (
  workspace_id uuid not null,
  link_id uuid not null,
  passcode_salt text not null,
  address_hash text not null,
  tries int not null,
  since timestamptz(3) not null default now(),
  primary key (workspace_id, link_id, passcode_salt, address_hash),
  foreign key (workspace_id, link_id) references review_links
);

-- As `idempotency_keys`, of guests.
create table review_idempotency_keys (
  workspace_id uuid not null,
  id uuid not null default gen_random_uuid(),
  guest_id uuid not null,
  key text not null,
  fingerprint text not null,
  status int,
  response jsonb,
  created_at timestamptz(3) not null default now(),
  primary key (workspace_id, id),
  unique (workspace_id, guest_id, key),
  foreign key (workspace_id, guest_id) references review_guests
);
create index on review_idempotency_keys (created_at);

-- What a guest decided on what, signed: it is proved without asking us.
create table review_receipts (
  workspace_id uuid not null,
  id uuid not null default gen_random_uuid(),
  link_id uuid not null,
  guest_id uuid not null,
  content_item_id uuid not null,
  version_number int not null,
  submission_id uuid not null,
  /* the step that was decided; null for a hold */
  approval_id uuid,
  content_hash text not null,
  decision text not null check (decision in ('Approved', 'ChangesRequested', 'Held')),
  comment text,
  /* compact JWS (RFC 7515) over the whole */
  jws text not null,
  at timestamptz(3) not null default now(),
  primary key (workspace_id, id),
  unique (workspace_id, approval_id),
  foreign key (workspace_id, link_id) references review_links,
  foreign key (workspace_id, guest_id) references review_guests,
  foreign key (workspace_id, submission_id) references approval_submissions,
  foreign key (workspace_id, approval_id) references approval_workflows,
  foreign key (workspace_id, content_item_id, version_number) references content_versions (workspace_id, content_item_id, version_number),
  check ((approval_id is null) = (decision = 'Held'))
);
create index on review_receipts (workspace_id, content_item_id, at desc, id desc);

-- A client's decision names the guest, as a member's names the member.
alter table approval_workflows
  add column decided_by_guest uuid,
  add foreign key (workspace_id, decided_by_guest) references review_guests,
  drop constraint approval_workflows_check,
  add check ((num_nonnulls(approved_by, decided_by_guest) = 0) = (decided_at is null) or status = 'Superseded'),
  add check (num_nonnulls(approved_by, decided_by_guest) <= 1),
  add check (decided_by_guest is null or role = 'Client');
create unique index approval_workflows_four_eyes_of_guests on approval_workflows (workspace_id, submission_id, decided_by_guest)
  where decided_by_guest is not null;

-- The scope: kind|workspace|user|role|guest|link. The user is empty for a guest, whose id names nobody in `users`.
drop function app.enter(text, uuid, uuid, text);
create function app.enter(kind text, workspace uuid, person uuid, role text, guest uuid default null, link uuid default null) returns void
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  claims text := concat(kind, '|', workspace, '|', person, '|', role, '|', guest, '|', link);
begin
  perform set_config('app.scope', claims || '|' || app.seal(claims), true);
end $$;

create function app.guest_workspace_id() returns uuid
  language plpgsql stable parallel restricted security definer set search_path = pg_catalog, pg_temp as $$
declare c text[] := app.claims();
begin
  return case when c[1] = 'guest' then c[2]::uuid end;
end $$;

create function app.guest_id() returns uuid
  language plpgsql stable parallel restricted security definer set search_path = pg_catalog, pg_temp as $$
declare c text[] := app.claims();
begin
  return case when c[1] = 'guest' then c[5]::uuid end;
end $$;

create function app.guest_link_id() returns uuid
  language plpgsql stable parallel restricted security definer set search_path = pg_catalog, pg_temp as $$
declare c text[] := app.claims();
begin
  return case when c[1] = 'guest' then c[6]::uuid end;
end $$;

-- Where both members and guests act.
create function app.acting_workspace_id() returns uuid
  language plpgsql stable parallel restricted security definer set search_path = pg_catalog, pg_temp as $$
declare c text[] := app.claims();
begin
  return case when c[1] in ('session', 'job', 'guest') then c[2]::uuid end;
end $$;

-- For the entries alone. CO404: no such link, or it was taken back or has expired; which of them is not told.
create function app.live_review_link(p_token_hash text) returns public.review_links
  language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
  link public.review_links;
begin
  select * into link from public.review_links l
    where l.token_hash = p_token_hash and l.revoked_at is null and (l.expires_at is null or l.expires_at > now());
  if not found then
    raise exception using errcode = 'CO404', message = 'No live review link';
  end if;
  return link;
end $$;

-- What a passcode is to be hashed with; null where the link asks for none.
create function app.review_passcode_salt(p_token_hash text) returns text
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select (app.live_review_link(p_token_hash)).passcode_salt
$$;

-- Seconds to wait after too many wrong passcodes: 5 from one address, 25 of one link, each within 15 minutes of the first.
create function app.review_passcode_wait(p_workspace uuid, p_link uuid, p_salt text, p_address_hash text) returns int
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select coalesce(max(ceil(extract(epoch from t.since + interval '15 minutes' - now()))), 0)::int
  from public.review_passcode_tries t
  where t.workspace_id = p_workspace and t.link_id = p_link and t.passcode_salt = p_salt
    and (t.address_hash = '' and t.tries >= 25 or t.address_hash = p_address_hash and t.tries >= 5)
    and t.since > now() - interval '15 minutes'
$$;

-- Opens a link and goes on as its new guest, in the same transaction: 'workspace|guest|link'. A wrong passcode answers
-- 'Wrong' and too many 'Wait|seconds', so that the try is committed: whoever waits is not tried, and not counted.
create function app.open_review(p_token_hash text, p_address_hash text, p_passcode_proof text,
                                p_name text, p_email text, p_guest_token_hash text) returns text
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  link public.review_links := app.live_review_link(p_token_hash);
  guest uuid;
  wait int;
begin
  if link.passcode_salt is not null then
    delete from public.review_passcode_tries t
      where t.workspace_id = link.workspace_id and t.link_id = link.id and t.since <= now() - interval '15 minutes';
    -- One try at a time: whoever comes second finds the first one counted.
    insert into public.review_passcode_tries as t (workspace_id, link_id, passcode_salt, address_hash, tries)
      values (link.workspace_id, link.id, link.passcode_salt, '', 0)
      on conflict (workspace_id, link_id, passcode_salt, address_hash) do update set tries = t.tries;
    wait := app.review_passcode_wait(link.workspace_id, link.id, link.passcode_salt, p_address_hash);
    if wait > 0 then return concat('Wait|', wait); end if;
    if link.passcode_check is distinct from encode(sha256(convert_to(p_passcode_proof, 'UTF8')), 'hex') then
      insert into public.review_passcode_tries as t (workspace_id, link_id, passcode_salt, address_hash, tries)
        select link.workspace_id, link.id, link.passcode_salt, address, 1 from unnest(array['', p_address_hash]) address
        on conflict (workspace_id, link_id, passcode_salt, address_hash) do update set tries = t.tries + 1;
      return 'Wrong';
    end if;
  end if;
  insert into public.review_guests (workspace_id, link_id, name, email, token_hash, passcode_salt)
    values (link.workspace_id, link.id, p_name, p_email, p_guest_token_hash, link.passcode_salt)
    returning id into guest;
  perform app.enter('guest', link.workspace_id, null, 'Guest', guest, link.id);
  return concat_ws('|', link.workspace_id, guest, link.id);
end $$;

-- Link and guest → workspace. Answers 'workspace|guest|link'. CO404: no live link. CO401: open it (again).
create function app.enter_guest(p_token_hash text, p_guest_token_hash text) returns text
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  link public.review_links := app.live_review_link(p_token_hash);
  guest public.review_guests;
begin
  select * into guest from public.review_guests g
    where g.workspace_id = link.workspace_id and g.link_id = link.id and g.token_hash = p_guest_token_hash;
  if not found or link.passcode_salt is not null and guest.passcode_salt is distinct from link.passcode_salt then
    raise exception using errcode = 'CO401', message = 'Not opened by this guest, or with another passcode';
  end if;
  perform app.enter('guest', link.workspace_id, null, 'Guest', guest.id, link.id);
  return concat_ws('|', link.workspace_id, guest.id, link.id);
end $$;

-- The items of the guest's link.
create function app.guest_items() returns setof uuid
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select l.content_item_id
  from public.review_link_items l
  join public.content_items i on i.workspace_id = l.workspace_id and i.id = l.content_item_id
  where l.workspace_id = app.guest_workspace_id() and l.link_id = app.guest_link_id() and l.removed_at is null
    and i.archived_at is null
$$;

-- What was put before the client: an item's newest submission, if a step of it asks or asked the client and no newer
-- version has taken its place. Neither drafts, nor what is still with colleagues, nor history.
create function app.guest_submissions() returns table (submission_id uuid, content_item_id uuid, version_number int)
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select s.id, s.content_item_id, s.version_number
  from public.approval_submissions s
  where s.workspace_id = app.guest_workspace_id() and s.content_item_id in (select app.guest_items())
    and s.status <> 'Superseded'
    and exists (select from public.approval_workflows w
                where w.workspace_id = s.workspace_id and w.submission_id = s.id and w.role = 'Client')
    and not exists (select from public.approval_submissions later
                    where later.workspace_id = s.workspace_id and later.content_item_id = s.content_item_id
                      and later.submitted_at > s.submitted_at)
$$;

-- Whether the guest's link lives, and lets them 'comment' or 'decide'.
create function app.guest_may(p_act text) returns boolean
  language sql stable set search_path = pg_catalog, pg_temp as $$
  select exists (
    select from public.review_links l
    where l.workspace_id = app.guest_workspace_id() and l.id = app.guest_link_id()
      and l.revoked_at is null and (l.expires_at is null or l.expires_at > now())
      and case p_act when 'comment' then l.can_comment when 'decide' then l.can_decide else false end)
$$;

-- Holds the guest's link while they write, so that it is taken back before or after, and not half-way.
create function app.hold_review_link() returns boolean
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform from public.review_links l
    where l.workspace_id = app.guest_workspace_id() and l.id = app.guest_link_id()
      and l.revoked_at is null and (l.expires_at is null or l.expires_at > now())
    for share;
  return found;
end $$;

-- Names of who wrote or decided what the guest may read, of members and of guests alike: nothing else of them is told.
create function app.review_names() returns table (id uuid, name text)
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  with said as (
    select c.author_id, c.guest_id
    from public.comments c
    join public.comments_threads t on t.workspace_id = c.workspace_id and t.id = c.thread_id
    where c.workspace_id = app.guest_workspace_id() and t.visibility = 'Client' and c.removed_at is null
      and c.content_item_id in (select app.guest_items())
    union
    select null, w.decided_by_guest
    from public.approval_workflows w
    where w.workspace_id = app.guest_workspace_id() and w.role = 'Client'
      and w.submission_id in (select g.submission_id from app.guest_submissions() g))
  select u.id, u.name from public.users u where u.id in (select author_id from said)
  union all
  select g.id, g.name from public.review_guests g
  where g.workspace_id = app.guest_workspace_id() and g.id in (select guest_id from said)
$$;

-- Where what the guest reads would go out.
create function app.review_channels() returns table (id uuid, network text, name text)
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select c.id, c.network, c.name from public.channels c
  where c.workspace_id = app.guest_workspace_id() and c.id in (
    select (a ->> 'channelId')::uuid
    from public.approval_submissions s, jsonb_array_elements(s.adaptations) a
    where s.workspace_id = app.guest_workspace_id() and s.id in (select g.submission_id from app.guest_submissions() g))
$$;

-- For a member who submits: how many live links let a client decide on the item.
create function app.deciding_review_links(p_item uuid) returns int
  language sql stable set search_path = pg_catalog, pg_temp as $$
  select count(*)::int
  from public.review_links l
  join public.review_link_items i on i.workspace_id = l.workspace_id and i.link_id = l.id and i.removed_at is null
  where l.workspace_id = app.workspace_id() and i.content_item_id = p_item and l.can_decide
    and l.revoked_at is null and (l.expires_at is null or l.expires_at > now())
$$;

-- The name of a guest, for a member who reads what they decided.
create function app.review_guest_name(p_guest uuid) returns text
  language sql stable strict set search_path = pg_catalog, pg_temp as $$
  select g.name from public.review_guests g where g.workspace_id = app.workspace_id() and g.id = p_guest
$$;

-- Stops what was approved and has not gone out, and tells where each publication of it stands.
create function app.hold_reviewed(p_submission uuid, p_reason text) returns table (schedule_id uuid, state text, held boolean)
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  stopped uuid[];
begin
  if not app.guest_may('decide') or not exists (
      select from app.guest_submissions() g
      join public.approval_submissions s on s.workspace_id = app.guest_workspace_id() and s.id = g.submission_id
      where s.id = p_submission and s.status = 'Approved') then
    raise exception using errcode = '42501', message = 'Only what was approved by this link is held by it';
  end if;
  with changed as (
    update public.distribution_schedules d
      set status = 'OnHold', hold_reason = p_reason, job_id = null, updated_at = now()
      where d.workspace_id = app.guest_workspace_id() and d.submission_id = p_submission and d.status = 'Scheduled'
      returning d.id)
  select coalesce(array_agg(id), '{}') into stopped from changed;
  return query select d.id, d.status, d.id = any (stopped) from public.distribution_schedules d
    where d.workspace_id = app.guest_workspace_id() and d.submission_id = p_submission;
end $$;

do $$ declare t text; begin
  foreach t in array array['review_links', 'review_link_items', 'review_guests', 'review_passcode_tries', 'review_idempotency_keys', 'review_receipts'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
  end loop;
  foreach t in array array['review_links', 'review_link_items', 'review_guests', 'review_receipts'] loop
    execute format('create policy read on %I for select to contentos_app using (workspace_id = (select app.workspace_id()))', t);
  end loop;
  foreach t in array array['review_idempotency_keys', 'review_receipts', 'audit_events', 'events', 'approval_workflows', 'comments_threads', 'comments'] loop
    execute format('alter table %I alter column workspace_id set default app.acting_workspace_id()', t);
  end loop;
  foreach t in array array['review_idempotency_keys', 'review_receipts'] loop
    execute format('alter table %I alter column guest_id set default app.guest_id()', t);
  end loop;
end $$;
alter table review_receipts alter column link_id set default app.guest_link_id();

-- Editors and Admins give links. What was taken back stays so.
create policy review on review_links for select to contentos_guest
  using (workspace_id = (select app.guest_workspace_id()) and id = (select app.guest_link_id()));
create policy give on review_links for insert to contentos_app
  with check (workspace_id = (select app.workspace_id()) and (select app.role()) in ('Editor', 'Admin') and created_by = (select app.user_id()));
create policy change on review_links for update to contentos_app
  using (workspace_id = (select app.workspace_id()) and revoked_at is null)
  with check (workspace_id = (select app.workspace_id()) and (select app.role()) in ('Editor', 'Admin'));
grant select (workspace_id, id, name, message, passcode_salt, can_comment, can_decide, expires_at, revoked_at, created_by, created_at, updated_at),
      insert (workspace_id, id, name, message, token_hash, passcode_salt, passcode_check, can_comment, can_decide, expires_at, created_by),
      update (name, message, passcode_salt, passcode_check, can_comment, can_decide, expires_at, revoked_at, updated_at) on review_links to contentos_app;

create policy review on review_link_items for select to contentos_guest
  using (workspace_id = (select app.guest_workspace_id()) and link_id = (select app.guest_link_id()) and removed_at is null);
create policy give on review_link_items for insert to contentos_app
  with check (workspace_id = (select app.workspace_id()) and (select app.role()) in ('Editor', 'Admin') and added_by = (select app.user_id()));
create policy change on review_link_items for update to contentos_app
  using (workspace_id = (select app.workspace_id()))
  with check (workspace_id = (select app.workspace_id()) and (select app.role()) in ('Editor', 'Admin'));
grant select, insert (workspace_id, link_id, content_item_id, added_by), update (added_at, removed_at) on review_link_items to contentos_app;

create policy review on review_guests for select to contentos_guest
  using (workspace_id = (select app.guest_workspace_id()) and id = (select app.guest_id()));
grant select (workspace_id, id, link_id, name, email, opened_at) on review_guests to contentos_app;

create policy review on review_idempotency_keys for select to contentos_guest
  using (workspace_id = (select app.guest_workspace_id()) and guest_id = (select app.guest_id()));
create policy claim on review_idempotency_keys for insert to contentos_guest
  with check (workspace_id = (select app.guest_workspace_id()) and guest_id = (select app.guest_id()));
create policy answer on review_idempotency_keys for update to contentos_guest
  using (workspace_id = (select app.guest_workspace_id()) and guest_id = (select app.guest_id()));

create or replace function app.keep_decision() returns trigger
  language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if (old.status <> 'Pending' or new.status = 'Superseded') and (new.status <> 'Superseded'
      or (new.approved_by, new.decided_by_guest, new.decided_at, new.comment)
        is distinct from (old.approved_by, old.decided_by_guest, old.decided_at, old.comment)) then
    raise exception using errcode = '42501', message = 'A decision stands, or is superseded';
  end if;
  return new;
end $$;

create or replace function app.decided_step(p_submission uuid, p_step int) returns boolean
  language plpgsql stable set search_path = pg_catalog, pg_temp as $$
begin
  return exists (select from public.approval_workflows w
                 where w.workspace_id = app.acting_workspace_id() and w.submission_id = p_submission and w.step = p_step and w.status = 'Approved'
                   and (w.approved_by = app.user_id() or w.decided_by_guest = app.guest_id()));
end $$;

-- A guest sees the client's steps alone, and is told whether all of them are approved.
create function app.all_steps_approved(p_submission uuid) returns boolean
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select exists (
    select from public.approval_submissions s
    where s.workspace_id = app.guest_workspace_id() and s.id = p_submission and jsonb_array_length(s.steps) = (
      select count(*) from public.approval_workflows w
      where w.workspace_id = s.workspace_id and w.submission_id = s.id and w.status = 'Approved' and w.step > 0))
$$;

create policy review on approval_submissions for select to contentos_guest
  using (workspace_id = (select app.guest_workspace_id()) and id in (select g.submission_id from app.guest_submissions() g));
create policy review_decide on approval_submissions for update to contentos_guest
  using (workspace_id = (select app.guest_workspace_id()) and status = 'Pending'
         and id in (select g.submission_id from app.guest_submissions() g))
  with check (workspace_id = (select app.guest_workspace_id()) and (
    status = 'Approved' and app.all_steps_approved(id)
    or status = 'Rejected' and exists (
      select from approval_workflows w
      where w.workspace_id = approval_submissions.workspace_id and w.submission_id = approval_submissions.id and w.status = 'Rejected'
        and w.decided_by_guest = (select app.guest_id()))));

create policy review on approval_workflows for select to contentos_guest
  using (workspace_id = (select app.guest_workspace_id()) and role = 'Client'
         and submission_id in (select g.submission_id from app.guest_submissions() g));
create policy review_decide on approval_workflows for update to contentos_guest
  using (workspace_id = (select app.guest_workspace_id()) and role = 'Client' and status = 'Pending'
         and submission_id in (select g.submission_id from app.guest_submissions() g))
  with check (workspace_id = (select app.guest_workspace_id()) and status in ('Approved', 'Rejected')
              and decided_by_guest = (select app.guest_id()) and app.guest_may('decide'));
-- The step after a client's is opened by the guest who decided theirs.
alter policy open on approval_workflows to contentos_app, contentos_guest
  with check (workspace_id = (select app.acting_workspace_id()) and approved_by is null
              and status = case when step = 0 then 'Approved' else 'Pending' end
              and exists (
                select from approval_submissions s
                join content_versions v on v.workspace_id = s.workspace_id and v.content_item_id = s.content_item_id
                  and v.version_number = s.version_number
                where s.workspace_id = approval_workflows.workspace_id and s.id = submission_id
                  and s.content_item_id = approval_workflows.content_item_id and s.version_number = approval_workflows.version_number
                  and s.content_hash = approval_workflows.content_hash and s.submitted_by = approval_workflows.submitted_by
                  and v.updated_by = written_by
                  and case when step = 0 then s.steps = '[]' and s.status = 'Approved'
                      else s.status = 'Pending' and s.steps -> (step - 1) ->> 'role' = approval_workflows.role end)
              and case when step < 2 then submitted_by = (select app.user_id()) else app.decided_step(submission_id, step - 1) end);

-- The item follows a client's decision in the same two ways as a member's, if it is one of the guest's.
create or replace function app.lock_item(p_item uuid) returns boolean
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform from public.content_items i
    where i.workspace_id = app.acting_workspace_id() and i.id = p_item
      and (app.guest_id() is null or i.id in (select app.guest_items())) for update;
  return found;
end $$;

create or replace function app.settle_item(p_submission uuid) returns boolean
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
  update public.content_items i
    set status = case s.status when 'Approved' then 'Approved' else 'Draft' end, updated_at = now()
    from public.approval_submissions s
    where s.workspace_id = app.acting_workspace_id() and s.id = p_submission and s.status in ('Approved', 'Rejected')
      and (app.guest_id() is null or s.id in (select g.submission_id from app.guest_submissions() g))
      and i.workspace_id = s.workspace_id and i.id = s.content_item_id and i.status = 'InReview'
      and i.current_version_number = s.version_number;
  return found;
end $$;

create policy review on workspaces for select to contentos_guest using (id = (select app.guest_workspace_id()));
create policy review on content_items for select to contentos_guest
  using (workspace_id = (select app.guest_workspace_id()) and id in (select app.guest_items()));
create policy review on content_versions for select to contentos_guest
  using (workspace_id = (select app.guest_workspace_id())
         and (content_item_id, version_number) in (select g.content_item_id, g.version_number from app.guest_submissions() g));

-- A guest speaks where the client is meant to listen, of what was put before them, and as nobody else.
create policy review on comments_threads for select to contentos_guest
  using (workspace_id = (select app.guest_workspace_id()) and visibility = 'Client' and content_item_id in (select app.guest_items()));
create policy review_open on comments_threads for insert to contentos_guest
  with check (workspace_id = (select app.guest_workspace_id()) and guest_id = (select app.guest_id()) and author_id is null
              and visibility = 'Client' and app.guest_may('comment')
              and (content_item_id, version_number) in (select g.content_item_id, g.version_number from app.guest_submissions() g));
create policy review on comments for select to contentos_guest
  using (workspace_id = (select app.guest_workspace_id()) and removed_at is null and exists (
    select from comments_threads t where t.workspace_id = comments.workspace_id and t.id = thread_id));
create policy review_say on comments for insert to contentos_guest
  with check (workspace_id = (select app.guest_workspace_id()) and guest_id = (select app.guest_id()) and author_id is null
              and app.guest_may('comment') and (content_item_id, version_number) in (select g.content_item_id, g.version_number from app.guest_submissions() g)
              and exists (select from comments_threads t where t.workspace_id = comments.workspace_id and t.id = thread_id));
alter table comments_threads add foreign key (workspace_id, guest_id) references review_guests;
alter table comments add foreign key (workspace_id, guest_id) references review_guests;

-- A receipt is of what was decided, by whoever decided it.
create policy review on review_receipts for select to contentos_guest
  using (workspace_id = (select app.guest_workspace_id()) and guest_id = (select app.guest_id()));
create policy keep on review_receipts for insert to contentos_guest
  with check (workspace_id = (select app.guest_workspace_id()) and guest_id = (select app.guest_id()) and link_id = (select app.guest_link_id())
              and exists (
                select from approval_submissions s
                where s.workspace_id = review_receipts.workspace_id and s.id = submission_id
                  and s.content_item_id = review_receipts.content_item_id and s.version_number = review_receipts.version_number
                  and s.content_hash = review_receipts.content_hash)
              and case when decision = 'Held' then app.guest_may('decide') else exists (
                select from approval_workflows w
                where w.workspace_id = review_receipts.workspace_id and w.id = approval_id and w.submission_id = review_receipts.submission_id
                  and w.decided_by_guest = (select app.guest_id())
                  and w.status = case decision when 'Approved' then 'Approved' else 'Rejected' end) end);
grant select on review_receipts to contentos_app;

alter table audit_events drop constraint audit_events_actor_kind_check, add check (actor_kind in ('Member', 'System', 'Guest'));
create policy review on audit_events for insert to contentos_guest
  with check (workspace_id = (select app.guest_workspace_id()) and actor_id = (select app.guest_id()) and actor_kind = 'Guest');
create policy review on events for insert to contentos_guest
  with check (workspace_id = (select app.guest_workspace_id()) and actor_id = (select app.guest_id()));

create or replace function app.purge_idempotency_keys() returns bigint
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  purged bigint;
begin
  with members as (delete from public.idempotency_keys where created_at < now() - interval '24 hours' returning 1),
       guests as (delete from public.review_idempotency_keys where created_at < now() - interval '24 hours' returning 1)
  select (select count(*) from members) + (select count(*) from guests) into purged;
  return purged;
end $$;

-- What a client's role may touch at all.
grant select (id, name, branding, time_zone) on workspaces to contentos_guest;
grant select (workspace_id, id, title, status, archived_at) on content_items to contentos_guest;
grant select (workspace_id, content_item_id, version_number, title, body, metadata, updated_by) on content_versions to contentos_guest;
grant select, update (status, decided_at) on approval_submissions to contentos_guest;
grant select, update (status, decided_by_guest, decided_at, comment),
      insert (workspace_id, id, submission_id, content_item_id, version_number, content_hash, step, role, status, written_by, submitted_by, submitted_at)
  on approval_workflows to contentos_guest;
grant select (workspace_id, id, content_item_id, version_number, visibility, anchor_field, anchor_start, anchor_end, anchor_quote, resolved_at),
      insert (workspace_id, id, content_item_id, version_number, visibility, anchor_field, anchor_start, anchor_end, anchor_quote, guest_id)
  on comments_threads to contentos_guest;
grant select (workspace_id, id, content_item_id, thread_id, version_number, body, author_id, guest_id, created_at, edited_at, removed_at),
      insert (workspace_id, id, content_item_id, thread_id, version_number, body, guest_id)
  on comments to contentos_guest;
grant select (workspace_id, id, name, message, can_comment, can_decide, expires_at, revoked_at) on review_links to contentos_guest;
grant select (workspace_id, link_id, content_item_id, added_at, removed_at) on review_link_items to contentos_guest;
grant select (workspace_id, id, name, email) on review_guests to contentos_guest;
grant select, insert (workspace_id, guest_id, key, fingerprint), update (status, response) on review_idempotency_keys to contentos_guest;
grant select, insert (workspace_id, id, link_id, guest_id, content_item_id, version_number, submission_id, approval_id, content_hash, decision, comment, jws, at)
  on review_receipts to contentos_guest;
grant insert (workspace_id, id, actor_kind, actor_id, action, subject_type, subject_id, detail, request_id) on audit_events to contentos_guest;
grant insert (workspace_id, type, subject_id, payload, actor_id) on events to contentos_guest;

-- What the definer role needs, and no more.
grant select on review_links, review_link_items, review_guests, review_passcode_tries, review_idempotency_keys, approval_workflows, comments_threads, comments, channels to contentos_definer;
grant update (updated_at) on review_links to contentos_definer;
grant insert on review_guests to contentos_definer;
grant insert, update (tries), delete on review_passcode_tries to contentos_definer;
grant delete on review_idempotency_keys to contentos_definer;
grant select, update (status, hold_reason, job_id, updated_at) on distribution_schedules to contentos_definer;
create policy enter on review_links for select to contentos_definer using (true);
create policy review_hold on review_links for update to contentos_definer using (workspace_id = (select app.guest_workspace_id()));
create policy enter on review_guests for select to contentos_definer using (true);
create policy enter_new on review_guests for insert to contentos_definer with check (true);
create policy count on review_passcode_tries for select to contentos_definer using (true);
create policy count_first on review_passcode_tries for insert to contentos_definer with check (true);
create policy count_more on review_passcode_tries for update to contentos_definer using (true) with check (true);
create policy forget on review_passcode_tries for delete to contentos_definer using (since <= now() - interval '15 minutes');
create policy purge_read on review_idempotency_keys for select to contentos_definer using (true);
create policy purge on review_idempotency_keys for delete to contentos_definer using (created_at < now() - interval '24 hours');
create policy review_read on review_link_items for select to contentos_definer using (workspace_id = (select app.guest_workspace_id()));
create policy review_read on approval_workflows for select to contentos_definer using (workspace_id = (select app.guest_workspace_id()));
create policy review_read on comments_threads for select to contentos_definer using (workspace_id = (select app.guest_workspace_id()));
create policy review_read on comments for select to contentos_definer using (workspace_id = (select app.guest_workspace_id()));
create policy review_read on channels for select to contentos_definer using (workspace_id = (select app.guest_workspace_id()));
create policy review_read on distribution_schedules for select to contentos_definer using (workspace_id = (select app.guest_workspace_id()));
create policy review_hold on distribution_schedules for update to contentos_definer
  using (workspace_id = (select app.guest_workspace_id())) with check (workspace_id = (select app.guest_workspace_id()) and status = 'OnHold');
alter policy settle_read on content_items using (workspace_id = (select app.acting_workspace_id()));
alter policy settle on content_items
  using (workspace_id = (select app.acting_workspace_id())) with check (workspace_id = (select app.acting_workspace_id()));
alter policy settle_read on approval_submissions using (workspace_id = (select app.acting_workspace_id()));

grant create on schema app to contentos_definer;
do $$ declare f text; begin
  foreach f in array array['enter', 'guest_workspace_id', 'guest_id', 'guest_link_id', 'acting_workspace_id', 'live_review_link',
                           'review_passcode_salt', 'review_passcode_wait', 'open_review', 'enter_guest', 'guest_items', 'guest_submissions',
                           'hold_review_link', 'review_names', 'review_channels', 'hold_reviewed', 'all_steps_approved'] loop
    execute format('alter function app.%I owner to contentos_definer', f);
  end loop;
end $$;
revoke create on schema app from contentos_definer;
grant execute on function app.acting_workspace_id, app.guest_id to contentos_app, contentos_worker, contentos_guest;
grant execute on function app.review_passcode_salt, app.open_review, app.enter_guest, app.deciding_review_links, app.review_guest_name to contentos_app;
grant execute on function app.guest_may to contentos_guest, contentos_definer;
grant execute on function app.guest_workspace_id, app.guest_link_id, app.guest_items, app.guest_submissions, app.hold_review_link,
  app.review_names, app.review_channels, app.hold_reviewed, app.all_steps_approved, app.workspace_id, app.visited_workspace_id, app.user_id, app.person_id, app.role, app.decided_step, app.lock_item, app.settle_item
  to contentos_guest;

-- Credits as a ledger, and what the gateway keeps of every call to a model.

-- One row is one transaction: each column of its first half is an account, and what they say sums to zero. The second half
-- is what the accounts hold after it, so that any point in time is one row. Rows are written by the functions below alone,
-- and changed or removed by nobody: not even the owner has a policy for it.
create table billing_ledger (
  workspace_id uuid not null default app.workspace_id() references workspaces,
  /* 1, 2, 3 … without a gap */
  number int not null,
  id uuid not null default gen_random_uuid(),
  kind text not null check (kind in ('Included', 'TopUp', 'Correction', 'Reserve', 'Settle', 'Release', 'Lapse', 'Expire')),
  reservation_id uuid,
  /* the first day of the month that it counts to, in UTC */
  period date not null,
  issued int not null default 0,
  included int not null default 0,
  topped_up int not null default 0,
  reserved int not null default 0,
  spent int not null default 0,
  expired int not null default 0,
  included_balance int not null default 0 check (included_balance >= 0),
  topped_up_balance int not null default 0 check (topped_up_balance >= 0),
  reserved_balance int not null default 0 check (reserved_balance >= 0),
  /* what was included and spent since the period began */
  period_included int not null default 0,
  period_spent int not null default 0,
  note text check (length(note) <= 500),
  /* null for a job and for an operator */
  created_by uuid references users,
  /* later than that of the row before, so that it alone says what came first */
  at timestamptz(3) not null,
  primary key (workspace_id, number),
  unique (workspace_id, id),
  check (issued + included + topped_up + reserved + spent + expired = 0),
  check ((kind in ('Reserve', 'Settle', 'Release', 'Lapse')) = (reservation_id is not null))
);
create index on billing_ledger (workspace_id, at desc, id desc);
-- A reservation is made once and closed once.
create unique index on billing_ledger (workspace_id, reservation_id) where kind = 'Reserve';
create unique index on billing_ledger (workspace_id, reservation_id) where kind in ('Settle', 'Release', 'Lapse');

-- Reservations that are open; closing one removes it from here, and the ledger tells the rest.
create table billing_reservations (
  workspace_id uuid not null default app.workspace_id() references workspaces,
  id uuid not null default gen_random_uuid(),
  period date not null,
  included int not null,
  topped_up int not null,
  expires_at timestamptz(3) not null,
  primary key (workspace_id, id)
);
create index on billing_reservations (expires_at);

-- What was used is told by the ledger. Of old it was a number that nobody could check, and that nothing had counted.
drop policy found on billing_subscriptions;
alter table billing_subscriptions drop column ai_credits_used;
create policy found on billing_subscriptions for insert to contentos_app
  with check (workspace_id = (select app.workspace_id()) and (select app.role()) = 'Admin' and tier = 'Free');

do $$ declare t text; begin
  foreach t in array array['billing_ledger', 'billing_reservations'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('grant select on %I to contentos_app', t);
    execute format('create policy read on %I for select to contentos_app
      using (workspace_id = (select app.workspace_id()) and (select app.role()) in (''Admin'', ''System''))', t);
  end loop;
end $$;
-- The owner has what the definer has: none of them changes or removes a row of the ledger.
create policy keep_read on billing_ledger for select to contentos_definer using (true);
create policy keep on billing_ledger for insert to contentos_definer with check (true);
create policy keep on billing_reservations for all to contentos_definer using (true) with check (true);
create policy keep on billing_subscriptions for all to contentos_definer using (true) with check (true);
grant select, insert on billing_ledger to contentos_definer;
grant select, insert, delete on billing_reservations to contentos_definer;
grant select, insert (workspace_id), update (tier) on billing_subscriptions to contentos_definer;

-- As in `billing/tiers.ts`; a test compares the two.
create function app.included_credits(tier text) returns int
  language sql immutable parallel safe as $$
  select case tier when 'Free' then 100 when 'Team' then 2000 when 'Agency' then 10000 when 'Enterprise' then 50000 end
$$;

create function app.credit_period() returns date
  language sql volatile parallel safe as $$ select date_trunc('month', clock_timestamp() at time zone 'UTC')::date $$;

-- `s.ai_credits_used` of a subscription `s`: what was spent in this period.
create function public.ai_credits_used(s billing_subscriptions) returns int
  language sql stable as $$
  select coalesce((select case when l.period = app.credit_period() then l.period_spent else 0 end
    from public.billing_ledger l where l.workspace_id = s.workspace_id order by l.number desc limit 1), 0)
$$;

-- For the functions below, which hold the workspace's subscription meanwhile.
create function app.book_credits(p_workspace uuid, p_kind text, p_reservation uuid,
    p_included int, p_topped_up int, p_reserved int, p_spent int, p_expired int, p_note text default null) returns void
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  last public.billing_ledger;
  this date := app.credit_period();
  same boolean;
begin
  select * into last from public.billing_ledger l where l.workspace_id = p_workspace order by l.number desc limit 1;
  same := last.period is not distinct from this;
  insert into public.billing_ledger (workspace_id, number, kind, reservation_id, period,
      issued, included, topped_up, reserved, spent, expired,
      included_balance, topped_up_balance, reserved_balance, period_included, period_spent, note, created_by, at)
    values (p_workspace, coalesce(last.number, 0) + 1, p_kind, p_reservation, this,
      -(p_included + p_topped_up + p_reserved + p_spent + p_expired), p_included, p_topped_up, p_reserved, p_spent, p_expired,
      coalesce(last.included_balance, 0) + p_included, coalesce(last.topped_up_balance, 0) + p_topped_up,
      coalesce(last.reserved_balance, 0) + p_reserved,
      case when same then last.period_included else 0 end + case p_kind when 'Included' then p_included else 0 end,
      case when same then last.period_spent else 0 end + p_spent,
      p_note, app.user_id(), greatest(date_trunc('milliseconds', clock_timestamp()), last.at + interval '1 ms'));
end $$;

-- Ends one reservation with what of it was used; included credits are used first. False where it is not open.
create function app.close_reservation(p_workspace uuid, p_reservation uuid, p_kind text, p_used int) returns boolean
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  r public.billing_reservations;
  used int;
  back_included int;
  back_topped_up int;
begin
  delete from public.billing_reservations where workspace_id = p_workspace and id = p_reservation returning * into r;
  if not found then return false; end if;
  used := least(greatest(p_used, 0), r.included + r.topped_up);
  back_included := greatest(r.included - used, 0);
  back_topped_up := r.topped_up - greatest(used - r.included, 0);
  if r.period = app.credit_period() then
    perform app.book_credits(p_workspace, p_kind, p_reservation, back_included, back_topped_up, -(r.included + r.topped_up), used, 0);
  else
    -- What was included in a month that is over does not come back.
    perform app.book_credits(p_workspace, p_kind, p_reservation, 0, back_topped_up, -(r.included + r.topped_up), used, back_included);
  end if;
  return true;
end $$;

-- Holds the workspace's credits for this transaction: a new month begins, and stale reservations end.
create function app.open_credits(p_workspace uuid) returns public.billing_ledger
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  s public.billing_subscriptions;
  last public.billing_ledger;
  stale uuid;
  due int;
begin
  insert into public.billing_subscriptions (workspace_id) values (p_workspace) on conflict (workspace_id) do nothing;
  select * into s from public.billing_subscriptions b where b.workspace_id = p_workspace for update;
  select * into last from public.billing_ledger l where l.workspace_id = p_workspace order by l.number desc limit 1;
  if last.period <> app.credit_period() then
    if last.included_balance > 0 then
      perform app.book_credits(p_workspace, 'Expire', null, -last.included_balance, 0, 0, 0, last.included_balance);
    end if;
    last.period_included := 0;
  end if;
  -- Also where a workspace came to a higher tier within the month.
  due := app.included_credits(s.tier) - coalesce(last.period_included, 0);
  if due > 0 then
    perform app.book_credits(p_workspace, 'Included', null, due, 0, 0, 0, 0);
  end if;
  for stale in select r.id from public.billing_reservations r
      where r.workspace_id = p_workspace and r.expires_at <= clock_timestamp() order by r.expires_at, r.id loop
    perform app.close_reservation(p_workspace, stale, 'Lapse', 0);
  end loop;
  select * into last from public.billing_ledger l where l.workspace_id = p_workspace order by l.number desc limit 1;
  return last;
end $$;

create function app.tell_credits(l public.billing_ledger) returns jsonb
  language sql immutable as $$
  select jsonb_build_object('included', l.period_included, 'used', l.period_spent, 'reserved', l.reserved_balance,
    'remaining', l.included_balance + l.topped_up_balance, 'toppedUp', l.topped_up_balance)
$$;

-- Takes credits aside before they are spent; `reservationId` is null where there are too few.
create function app.reserve_credits(p_credits int, p_seconds int) returns jsonb
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  workspace uuid := app.workspace_id();
  last public.billing_ledger;
  part int;
  reservation uuid := gen_random_uuid();
begin
  if workspace is null or app.role_rank(app.role()) < app.role_rank('Writer') then
    raise exception using errcode = '42501', message = 'Writers, Editors, Admins and jobs spend credits';
  end if;
  if p_credits is null or p_credits < 1 or p_seconds is null or p_seconds not between 1 and 3600 then
    raise exception using errcode = '22023', message = 'Not a reservation';
  end if;
  last := app.open_credits(workspace);
  if last.included_balance + last.topped_up_balance < p_credits then
    return app.tell_credits(last) || jsonb_build_object('reservationId', null);
  end if;
  part := least(p_credits, last.included_balance);
  insert into public.billing_reservations (workspace_id, id, period, included, topped_up, expires_at)
    values (workspace, reservation, last.period, part, p_credits - part, clock_timestamp() + make_interval(secs => p_seconds));
  perform app.book_credits(workspace, 'Reserve', reservation, -part, part - p_credits, p_credits, 0, 0);
  select * into last from public.billing_ledger l where l.workspace_id = workspace order by l.number desc limit 1;
  return app.tell_credits(last) || jsonb_build_object('reservationId', reservation);
end $$;

-- Pays what was used and gives the rest back; nothing used gives all back. `closed` is false where that had happened before.
create function app.settle_credits(p_reservation uuid, p_used int) returns jsonb
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  workspace uuid := app.workspace_id();
  closed boolean;
  last public.billing_ledger;
begin
  if workspace is null or app.role_rank(app.role()) < app.role_rank('Writer') then
    raise exception using errcode = '42501', message = 'Writers, Editors, Admins and jobs spend credits';
  end if;
  perform app.open_credits(workspace);
  closed := app.close_reservation(workspace, p_reservation, case when p_used > 0 then 'Settle' else 'Release' end, p_used);
  select * into last from public.billing_ledger l where l.workspace_id = workspace order by l.number desc limit 1;
  return app.tell_credits(last) || jsonb_build_object('closed', closed);
end $$;

-- The scope's credits now, as a new month will find them where nothing was booked in it yet.
create function app.credit_balance() returns jsonb
  language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
  last public.billing_ledger;
  tier text := coalesce((select s.tier from public.billing_subscriptions s where s.workspace_id = app.workspace_id()), 'Free');
  due int := app.included_credits(tier);
begin
  select * into last from public.billing_ledger l where l.workspace_id = app.workspace_id() order by l.number desc limit 1;
  if last.period is distinct from app.credit_period() then
    last.included_balance := 0;
    last.period_included := 0;
    last.period_spent := 0;
  end if;
  due := greatest(due - last.period_included, 0);
  return jsonb_build_object('tier', tier, 'included', last.period_included + due, 'used', last.period_spent,
    'reserved', coalesce(last.reserved_balance, 0), 'toppedUp', coalesce(last.topped_up_balance, 0),
    'remaining', last.included_balance + due + coalesce(last.topped_up_balance, 0));
end $$;

-- Gives back what was reserved by who never came back for it. Answers how many reservations it was.
create function app.lapse_reservations() returns bigint
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  workspace uuid;
  stale bigint;
  found_stale bigint := 0;
begin
  for workspace, stale in select r.workspace_id, count(*) from public.billing_reservations r
      where r.expires_at <= clock_timestamp() group by 1 order by 1 limit 1000 loop
    perform app.open_credits(workspace);
    found_stale := found_stale + stale;
  end loop;
  return found_stale;
end $$;

-- For the operator's commands. Null where there is no such workspace.
create function app.top_up_credits(p_workspace uuid, p_credits int, p_note text) returns jsonb
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  last public.billing_ledger;
begin
  if not exists (select from public.workspaces w where w.id = p_workspace) then return null; end if;
  last := app.open_credits(p_workspace);
  if p_credits <> 0 then
    perform app.book_credits(p_workspace, case when p_credits < 0 then 'Correction' else 'TopUp' end, null, 0,
      greatest(p_credits, -last.topped_up_balance), 0, 0, 0, p_note);
  end if;
  return app.tell_credits(app.open_credits(p_workspace));
end $$;

create function app.set_tier(p_workspace uuid, p_tier text) returns jsonb
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
  if not exists (select from public.workspaces w where w.id = p_workspace) then return null; end if;
  perform app.open_credits(p_workspace);
  update public.billing_subscriptions set tier = p_tier where workspace_id = p_workspace;
  return app.tell_credits(app.open_credits(p_workspace));
end $$;

-- Every call to a model: what asked, what came of it, what it cost, and what a person did with it.
create table ai_generations (
  workspace_id uuid not null default app.workspace_id() references workspaces,
  id uuid not null default gen_random_uuid(),
  operation text not null,
  content_item_id uuid,
  version_number int,
  channel_id uuid,
  persona_id uuid,
  /* name and number of the template, such as headline@1 */
  prompt text not null,
  /* the one that answered; null before that, and where rules made it */
  model text,
  own_key boolean not null default false,
  status text not null default 'Running' check (status in ('Running', 'Succeeded', 'Failed', 'Canceled')),
  error_code text,
  /* each try in turn: model, outcome, milliseconds */
  tries jsonb not null default '[]',
  input_tokens int not null default 0,
  output_tokens int not null default 0,
  /* in millionths of a US dollar; null where neither the endpoint nor the operator says */
  cost_micros bigint,
  credits int not null default 0,
  reservation_id uuid,
  latency_ms int,
  /* what was answered, so that a repeated request and a person's verdict have it */
  result jsonb,
  feedback text check (feedback in ('Used', 'Edited', 'Dropped')),
  feedback_at timestamptz(3),
  feedback_by uuid references users,
  created_by uuid not null default app.user_id() references users,
  created_at timestamptz(3) not null default clock_timestamp(),
  ended_at timestamptz(3),
  primary key (workspace_id, id),
  foreign key (workspace_id, content_item_id, version_number) references content_versions (workspace_id, content_item_id, version_number),
  foreign key (workspace_id, persona_id) references personas,
  foreign key (workspace_id, channel_id) references channels
);
create index on ai_generations (workspace_id, created_at desc, id desc);
create index on ai_generations (workspace_id, content_item_id, created_at desc) where content_item_id is not null;

-- A workspace's own endpoint, limits and voice. The key is sealed with the workspace's own, and read through a function.
create table ai_settings (
  workspace_id uuid not null default app.workspace_id() references workspaces,
  base_url text check (length(base_url) <= 500),
  sealed_key bytea,
  key_hint text check (length(key_hint) <= 8),
  models text[] not null default '{}',
  /* models of these regions only, where there are any */
  regions text[] not null default '{}',
  zero_retention boolean not null default false,
  brand_voice text not null default '' check (length(brand_voice) <= 4000),
  max_requests_per_minute int check (max_requests_per_minute > 0),
  max_concurrent int check (max_concurrent > 0),
  max_tokens_per_day int check (max_tokens_per_day > 0),
  max_credits_per_day int check (max_credits_per_day > 0),
  updated_by uuid not null default app.user_id() references users,
  updated_at timestamptz(3) not null default now(),
  primary key (workspace_id)
);

alter table ai_generations enable row level security;
alter table ai_generations force row level security;
alter table ai_settings enable row level security;
alter table ai_settings force row level security;

grant select on ai_generations to contentos_app;
create policy read on ai_generations for select to contentos_app using (workspace_id = (select app.workspace_id()));
create policy ask on ai_generations for insert to contentos_app
  with check (workspace_id = (select app.workspace_id()) and created_by = (select app.user_id())
              and app.role_rank((select app.role())) >= app.role_rank('Writer'));
create policy close on ai_generations for update to contentos_app
  using (workspace_id = (select app.workspace_id())
         and ((select app.role()) in ('Editor', 'Admin') or (select app.role()) = 'Writer' and created_by = (select app.user_id())));
grant insert (workspace_id, id, operation, content_item_id, version_number, channel_id, persona_id, prompt, own_key, reservation_id, created_by),
  update (model, status, error_code, tries, input_tokens, output_tokens, cost_micros, credits, latency_ms, result, feedback, feedback_at, feedback_by, ended_at)
  on ai_generations to contentos_app;

grant select (workspace_id, base_url, key_hint, models, regions, zero_retention, brand_voice, max_requests_per_minute,
  max_concurrent, max_tokens_per_day, max_credits_per_day, updated_by, updated_at) on ai_settings to contentos_app;
create policy read on ai_settings for select to contentos_app using (workspace_id = (select app.workspace_id()));
create policy set on ai_settings for insert to contentos_app
  with check (workspace_id = (select app.workspace_id()) and (select app.role()) = 'Admin' and updated_by = (select app.user_id()));
create policy change on ai_settings for update to contentos_app
  using (workspace_id = (select app.workspace_id()))
  with check (workspace_id = (select app.workspace_id()) and (select app.role()) = 'Admin' and updated_by = (select app.user_id()));
grant insert (workspace_id, base_url, sealed_key, key_hint, models, regions, zero_retention, brand_voice, max_requests_per_minute,
    max_concurrent, max_tokens_per_day, max_credits_per_day, updated_by),
  update (base_url, sealed_key, key_hint, models, regions, zero_retention, brand_voice, max_requests_per_minute,
    max_concurrent, max_tokens_per_day, max_credits_per_day, updated_by, updated_at) on ai_settings to contentos_app;

-- The sealed key of the scope's workspace and what opens it together with the deployment's secret, for who may use AI.
create function app.ai_key() returns table (wrapped_key bytea, sealed_key bytea)
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select k.wrapped_key, s.sealed_key from public.ai_settings s join public.workspace_keys k on k.workspace_id = s.workspace_id
  where s.workspace_id = app.workspace_id() and s.sealed_key is not null and app.role_rank(app.role()) >= app.role_rank('Writer')
$$;
create policy open_key on ai_settings for select to contentos_definer using (true);
grant select (workspace_id, sealed_key) on ai_settings to contentos_definer;
create policy open_key on workspace_keys for select to contentos_definer using (true);
grant select on workspace_keys to contentos_definer;

grant create on schema app to contentos_definer;
alter function app.book_credits owner to contentos_definer;
alter function app.close_reservation owner to contentos_definer;
alter function app.open_credits owner to contentos_definer;
alter function app.reserve_credits owner to contentos_definer;
alter function app.settle_credits owner to contentos_definer;
alter function app.credit_balance owner to contentos_definer;
alter function app.lapse_reservations owner to contentos_definer;
alter function app.top_up_credits owner to contentos_definer;
alter function app.set_tier owner to contentos_definer;
alter function app.ai_key owner to contentos_definer;
revoke create on schema app from contentos_definer;
grant execute on function app.included_credits, app.credit_period, app.tell_credits to contentos_definer;
grant execute on function app.credit_period, public.ai_credits_used, app.reserve_credits, app.settle_credits, app.credit_balance,
  app.lapse_reservations, app.ai_key to contentos_app;
grant execute on function app.top_up_credits, app.set_tier to contentos_worker;

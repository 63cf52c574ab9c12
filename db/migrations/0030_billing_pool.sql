-- Workspaces that one account pays for may share their credits. What is included goes to a pool, from which a workspace
-- draws into its own ledger what it is about to spend, and to which it returns what it did not spend.

-- As of `billing_ledger`: rows are written once, by functions that hold the account meanwhile.
create table billing_pool_entries (
  account_id uuid not null references billing_accounts,
  /* 1, 2, 3 … without a gap */
  number int not null,
  kind text not null check (kind in ('Granted', 'Drawn', 'Returned', 'Expired')),
  /* the workspace that drew or returned */
  drawn_by uuid,
  period date not null,
  amount int not null check (amount <> 0),
  balance int not null check (balance >= 0),
  period_granted int not null,
  at timestamptz(3) not null,
  primary key (account_id, number),
  check ((kind in ('Drawn', 'Returned')) = (drawn_by is not null))
);
alter table billing_pool_entries enable row level security;
alter table billing_pool_entries force row level security;
create policy keep_read on billing_pool_entries for select to contentos_definer using (true);
create policy keep on billing_pool_entries for insert to contentos_definer with check (true);
grant select, insert on billing_pool_entries to contentos_definer;

alter table billing_ledger drop constraint billing_ledger_kind_check,
  add check (kind in ('Included', 'TopUp', 'Correction', 'Reserve', 'Settle', 'Release', 'Lapse', 'Expire', 'Return')),
  /* what was bought, so that it is booked once */
  add column source text check (length(source) <= 255);
create unique index billing_ledger_source on billing_ledger (workspace_id, source) where source is not null;

-- Whether an account's workspaces share in this month.
create function app.pools(a public.billing_accounts) returns boolean
  language sql volatile parallel safe as $$
  select case when app.credit_period() >= a.pooling_from then a.pooling_next else a.pooling end
$$;

drop function app.book_credits(uuid, text, uuid, int, int, int, int, int, text);
create function app.book_credits(p_workspace uuid, p_kind text, p_reservation uuid,
    p_included int, p_topped_up int, p_reserved int, p_spent int, p_expired int, p_note text default null, p_source text default null) returns void
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
      included_balance, topped_up_balance, reserved_balance, period_included, period_spent, note, source, created_by, at)
    values (p_workspace, coalesce(last.number, 0) + 1, p_kind, p_reservation, this,
      -(p_included + p_topped_up + p_reserved + p_spent + p_expired), p_included, p_topped_up, p_reserved, p_spent, p_expired,
      coalesce(last.included_balance, 0) + p_included, coalesce(last.topped_up_balance, 0) + p_topped_up,
      coalesce(last.reserved_balance, 0) + p_reserved,
      case when same then last.period_included else 0 end + case when p_kind in ('Included', 'Return') then p_included else 0 end,
      case when same then last.period_spent else 0 end + p_spent,
      p_note, p_source, app.user_id(), greatest(date_trunc('milliseconds', clock_timestamp()), last.at + interval '1 ms'));
end $$;

-- Held by whoever calls.
create function app.book_pool(p_account uuid, p_kind text, p_amount int, p_drawn_by uuid default null) returns void
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  last public.billing_pool_entries;
  this date := app.credit_period();
begin
  select * into last from public.billing_pool_entries e where e.account_id = p_account order by e.number desc limit 1;
  insert into public.billing_pool_entries (account_id, number, kind, drawn_by, period, amount, balance, period_granted, at)
    values (p_account, coalesce(last.number, 0) + 1, p_kind, p_drawn_by, this, p_amount, coalesce(last.balance, 0) + p_amount,
      case when last.period = this then last.period_granted else 0 end + case p_kind when 'Granted' then p_amount else 0 end,
      greatest(date_trunc('milliseconds', clock_timestamp()), last.at + interval '1 ms'));
end $$;

-- Holds the account of a workspace that shares, and has its pool as this month wants it: what one workspace has included,
-- for each that is paid for. Answers what is in it; null where the workspace does not share. Before the subscription is
-- held, never after.
create function app.open_pool(p_workspace uuid, out account uuid, out balance int)
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  a public.billing_accounts;
  last public.billing_pool_entries;
  due int;
begin
  select b.* into a from public.billing_subscriptions s join public.billing_accounts b on b.id = s.account_id where s.workspace_id = p_workspace;
  if a.id is null or not app.pools(a) then return; end if;
  select * into a from public.billing_accounts b where b.id = a.id for update;
  select * into last from public.billing_pool_entries e where e.account_id = a.id order by e.number desc limit 1;
  if last.period <> app.credit_period() then
    if last.balance > 0 then perform app.book_pool(a.id, 'Expired', -last.balance); end if;
    last.balance := 0;
    last.period_granted := 0;
  end if;
  due := app.included_credits(app.account_tier(a)) * (select count(*) from public.billing_subscriptions s where s.account_id = a.id)::int
    - coalesce(last.period_granted, 0);
  if due > 0 then perform app.book_pool(a.id, 'Granted', due); end if;
  account := a.id;
  balance := coalesce(last.balance, 0) + greatest(due, 0);
end $$;

-- What a workspace that shares has not spent is everybody's again.
create function app.return_to_pool(p_workspace uuid, p_account uuid) returns void
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  left_over int := (select l.included_balance from public.billing_ledger l where l.workspace_id = p_workspace order by l.number desc limit 1);
begin
  if p_account is null or coalesce(left_over, 0) = 0 then return; end if;
  perform app.book_credits(p_workspace, 'Return', null, -left_over, 0, 0, 0, 0);
  perform app.book_pool(p_account, 'Returned', left_over, p_workspace);
end $$;

create or replace function app.open_credits(p_workspace uuid) returns public.billing_ledger
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  s public.billing_subscriptions;
  last public.billing_ledger;
  pool record;
  stale uuid;
  due int;
begin
  perform app.ensure_subscription(p_workspace);
  select * into pool from app.open_pool(p_workspace);
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
  if due > 0 and pool.account is null then
    perform app.book_credits(p_workspace, 'Included', null, due, 0, 0, 0, 0);
  end if;
  for stale in select r.id from public.billing_reservations r
      where r.workspace_id = p_workspace and r.expires_at <= clock_timestamp() order by r.expires_at, r.id loop
    perform app.close_reservation(p_workspace, stale, 'Lapse', 0);
  end loop;
  perform app.return_to_pool(p_workspace, pool.account);
  select * into last from public.billing_ledger l where l.workspace_id = p_workspace order by l.number desc limit 1;
  return last;
end $$;

-- A workspace's credits now, as a new month will find them where nothing was booked in it yet. Of a pool, what is included
-- and remains is everybody's, and what was used is the workspace's.
create function app.told_credits(p_workspace uuid) returns jsonb
  language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
  last public.billing_ledger;
  a public.billing_accounts;
  p public.billing_pool_entries;
  tier text;
  included int;
  shared int := 0;
begin
  select b.* into a from public.workspaces w left join public.billing_subscriptions s on s.workspace_id = w.id
    join public.billing_accounts b on b.id = s.account_id or s.workspace_id is null and b.owner_id = w.owner_id where w.id = p_workspace;
  tier := coalesce(app.account_tier(a), (select d.default_tier from public.billing_deployment d));
  select * into last from public.billing_ledger l where l.workspace_id = p_workspace order by l.number desc limit 1;
  if last.period is distinct from app.credit_period() then
    last.included_balance := 0;
    last.period_included := 0;
    last.period_spent := 0;
  end if;
  included := greatest(app.included_credits(tier), last.period_included);
  if a.id is not null and app.pools(a) then
    included := app.included_credits(tier) * (select count(*) from public.billing_subscriptions s where s.account_id = a.id)::int;
    select * into p from public.billing_pool_entries e where e.account_id = a.id order by e.number desc limit 1;
    if p.period is distinct from app.credit_period() then
      p.balance := 0;
      p.period_granted := 0;
    end if;
    included := greatest(included, p.period_granted);
    shared := p.balance + included - p.period_granted;
  else
    shared := included - last.period_included;
  end if;
  return jsonb_build_object('tier', tier, 'included', included, 'used', last.period_spent,
    'pooled', a.id is not null and app.pools(a),
    'reserved', coalesce(last.reserved_balance, 0), 'toppedUp', coalesce(last.topped_up_balance, 0),
    'remaining', last.included_balance + shared + coalesce(last.topped_up_balance, 0));
end $$;

create or replace function app.credit_balance() returns jsonb
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select app.told_credits(app.workspace_id())
$$;

create or replace function app.reserve_credits(p_credits int, p_seconds int) returns jsonb
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  workspace uuid := app.workspace_id();
  last public.billing_ledger;
  pool record;
  missing int;
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
  select * into pool from app.open_pool(workspace);
  if coalesce(last.included_balance + last.topped_up_balance, 0) + coalesce(pool.balance, 0) < p_credits then
    return app.told_credits(workspace) || jsonb_build_object('reservationId', null);
  end if;
  -- What is included goes first, the pool's as a workspace's own.
  missing := least(p_credits - coalesce(last.included_balance, 0), coalesce(pool.balance, 0));
  if missing > 0 then
    perform app.book_pool(pool.account, 'Drawn', -missing, workspace);
    perform app.book_credits(workspace, 'Included', null, missing, 0, 0, 0, 0);
    select * into last from public.billing_ledger l where l.workspace_id = workspace order by l.number desc limit 1;
  end if;
  part := least(p_credits, last.included_balance);
  insert into public.billing_reservations (workspace_id, id, period, included, topped_up, expires_at)
    values (workspace, reservation, last.period, part, p_credits - part, clock_timestamp() + make_interval(secs => p_seconds));
  perform app.book_credits(workspace, 'Reserve', reservation, -part, part - p_credits, p_credits, 0, 0);
  return app.told_credits(workspace) || jsonb_build_object('reservationId', reservation);
end $$;

create or replace function app.settle_credits(p_reservation uuid, p_used int) returns jsonb
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  workspace uuid := app.workspace_id();
  closed boolean;
begin
  if workspace is null or app.role_rank(app.role()) < app.role_rank('Writer') then
    raise exception using errcode = '42501', message = 'Writers, Editors, Admins and jobs spend credits';
  end if;
  perform app.open_credits(workspace);
  closed := app.close_reservation(workspace, p_reservation, case when p_used > 0 then 'Settle' else 'Release' end, p_used);
  perform app.return_to_pool(workspace, (select o.account from app.open_pool(workspace) o));
  return app.told_credits(workspace) || jsonb_build_object('closed', closed);
end $$;

create or replace function app.top_up_credits(p_workspace uuid, p_credits int, p_note text) returns jsonb
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  last public.billing_ledger;
begin
  if not exists (select from public.workspaces w where w.id = p_workspace) then return null; end if;
  last := app.open_credits(p_workspace);
  if p_credits <> 0 then
    perform app.book_credits(p_workspace, case when p_credits < 0 then 'Correction' else 'TopUp' end, null, 0,
      greatest(p_credits, -coalesce(last.topped_up_balance, 0)), 0, 0, 0, p_note);
  end if;
  return app.told_credits(p_workspace);
end $$;

-- Whoever pays has the workspaces share or not, from the next month on: in this one, some have had theirs.
create function app.set_pooling(p_pooling boolean) returns boolean
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  account uuid := (select s.account_id from public.billing_subscriptions s where s.workspace_id = app.workspace_id());
begin
  if p_pooling is null then raise exception using errcode = '22023', message = 'Whether to share'; end if;
  update public.billing_accounts a
    set pooling = app.pools(a), pooling_next = p_pooling, pooling_from = (app.credit_period() + interval '1 month')::date
    where a.id = account and a.owner_id = app.user_id() and app.role() = 'Admin';
  return found;
end $$;

drop function app.tell_credits(public.billing_ledger);

grant create on schema app to contentos_definer;
alter function app.book_credits owner to contentos_definer;
alter function app.book_pool owner to contentos_definer;
alter function app.open_pool owner to contentos_definer;
alter function app.return_to_pool owner to contentos_definer;
alter function app.told_credits owner to contentos_definer;
alter function app.set_pooling owner to contentos_definer;
revoke create on schema app from contentos_definer;
grant execute on function app.pools to contentos_definer;
grant execute on function app.set_pooling to contentos_app;

-- Stripe tells by events that something happened; what is the case, a job asks Stripe itself.

-- What was taken in, by Stripe's id of it, so that it is taken in once.
create table billing_stripe_events (
  id text primary key check (length(id) <= 255),
  type text not null check (length(type) <= 255),
  /* null where it is about nobody here */
  account_id uuid references billing_accounts,
  created_at timestamptz(3) not null,
  received_at timestamptz(3) not null default clock_timestamp()
);
create index on billing_stripe_events (received_at);
alter table billing_stripe_events enable row level security;
alter table billing_stripe_events force row level security;
create policy keep on billing_stripe_events for all to contentos_definer using (true) with check (true);
grant select (id, received_at), insert (id, type, account_id, created_at), delete on billing_stripe_events to contentos_definer;

-- For functions below: a job of a workspace that nobody is in.
create function app.wake_billing(p_workspace uuid, p_task text, p_payload jsonb, p_job_key text) returns void
  language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
  select graphile_worker.add_job(
    identifier => p_task, payload => (p_payload || jsonb_build_object('workspaceId', p_workspace, 'onBehalfOf', null))::json,
    max_attempts => 12, job_key => p_workspace || ':' || p_job_key)
$$;

-- An event whose signature the app has checked. All that it does is to have a job ask Stripe: a forged one has no effect.
-- Known: it was taken in before. Ignored: it is about nobody here.
create function app.receive_stripe_event(p_id text, p_type text, p_created timestamptz, p_customer text, p_session text) returns text
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  account uuid := (select a.id from public.billing_accounts a where a.stripe_customer_id = p_customer);
  workspace uuid;
begin
  insert into public.billing_stripe_events (id, type, account_id, created_at) values (p_id, p_type, account, p_created)
    on conflict (id) do nothing;
  if not found then return 'Known'; end if;
  select s.workspace_id into workspace from public.billing_subscriptions s where s.account_id = account order by s.paid_since, s.workspace_id limit 1;
  if workspace is null then return 'Ignored'; end if;
  perform app.wake_billing(workspace, 'billing.sync', '{}', 'billing.sync');
  if p_session is not null then
    perform app.wake_billing(workspace, 'billing.purchase', jsonb_build_object('sessionId', p_session), 'billing.purchase.' || p_session);
  end if;
  return 'Taken';
end $$;

-- Each workspace of an account is told by a job of its own.
create function app.tell_of_plan(p_account uuid, p_detail jsonb) returns void
  language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
  select app.wake_billing(s.workspace_id, 'billing.tell', p_detail, 'billing.tell.' || gen_random_uuid())
    from public.billing_subscriptions s where s.account_id = p_account order by s.workspace_id
$$;

-- What Stripe answered to a job, which asked at p_asked_at. An answer to an older question changes nothing: whatever happened
-- after it was asked about by somebody later. `status` is null where there is no subscription. True where something changed.
create function app.apply_stripe_state(p_asked_at timestamptz, p_state jsonb) returns boolean
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  a public.billing_accounts;
  b public.billing_accounts;
  status text := p_state ->> 'status';
begin
  if app.role() is distinct from 'System' then
    raise exception using errcode = '42501', message = 'Jobs say what Stripe answered';
  end if;
  select * into a from public.billing_accounts o
    where o.id = (select s.account_id from public.billing_subscriptions s where s.workspace_id = app.workspace_id()) for update;
  if not found or a.synced_at >= p_asked_at then return false; end if;
  -- What the operator gave is not Stripe's to end.
  if status is null or status = 'Canceled' and a.provider = 'Manual' then
    update public.billing_accounts o set synced_at = p_asked_at where o.id = a.id;
    return false;
  end if;
  b := a;
  b.provider := 'Stripe';
  b.grace_ends_at := case when status in ('PastDue', 'Unpaid') then
    coalesce(a.grace_ends_at, clock_timestamp() + make_interval(days => (select d.grace_days from public.billing_deployment d))) end;
  b.status := case when status = 'PastDue' and b.grace_ends_at <= clock_timestamp() then 'Unpaid' else status end;
  b.tier := case when status <> 'Canceled' then p_state ->> 'tier' end;
  b.stripe_subscription_id := case when status <> 'Canceled' then p_state ->> 'subscriptionId' end;
  b.period_ends_at := case when status <> 'Canceled' then (p_state ->> 'periodEndsAt')::timestamptz end;
  b.trial_ends_at := case when status = 'Trialing' then (p_state ->> 'trialEndsAt')::timestamptz end;
  b.cancel_at := case when status <> 'Canceled' then (p_state ->> 'cancelAt')::timestamptz end;
  update public.billing_accounts o set (provider, status, tier, stripe_subscription_id, period_ends_at, trial_ends_at, grace_ends_at, cancel_at, synced_at)
    = (b.provider, b.status, b.tier, b.stripe_subscription_id, b.period_ends_at, b.trial_ends_at, b.grace_ends_at, b.cancel_at, p_asked_at)
    where o.id = a.id;
  perform app.spread_tier(a.id);
  if (app.account_tier(a), a.status, a.cancel_at) is distinct from (app.account_tier(b), b.status, b.cancel_at) then
    perform app.tell_of_plan(a.id, jsonb_build_object('from', app.account_tier(a), 'to', app.account_tier(b), 'status', b.status,
      'before', a.status, 'graceEndsAt', b.grace_ends_at, 'cancelAt', b.cancel_at));
  end if;
  return a is distinct from b;
end $$;

-- Credits that were paid for, once for each checkout. False where that was booked, or they are another account's.
create function app.book_purchase(p_workspace uuid, p_session text, p_credits int) returns boolean
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  last public.billing_ledger;
begin
  if app.role() is distinct from 'System' then
    raise exception using errcode = '42501', message = 'Jobs book what was bought';
  end if;
  if not exists (select from public.billing_subscriptions s join public.billing_subscriptions asked on asked.account_id = s.account_id
      where s.workspace_id = p_workspace and asked.workspace_id = app.workspace_id()) then
    return false;
  end if;
  last := app.open_credits(p_workspace);
  if exists (select from public.billing_ledger l where l.workspace_id = p_workspace and l.source = p_session) then return false; end if;
  perform app.book_credits(p_workspace, 'TopUp', null, 0, p_credits, 0, 0, 0, null, p_session);
  return true;
end $$;

-- Whoever pays is known to Stripe by one name, for good. Answers it.
create function app.set_stripe_customer(p_customer text) returns text
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  a public.billing_accounts;
begin
  select o.* into a from public.billing_accounts o
    where o.id = (select s.account_id from public.billing_subscriptions s where s.workspace_id = app.workspace_id())
      and o.owner_id = app.user_id() and app.role() = 'Admin' for update;
  if not found then
    raise exception using errcode = '42501', message = 'Whoever pays is known to Stripe';
  end if;
  if a.stripe_customer_id is null then
    update public.billing_accounts o set stripe_customer_id = p_customer where o.id = a.id;
    return p_customer;
  end if;
  return a.stripe_customer_id;
end $$;

-- By the clock: asks Stripe anew where a grace is over, and forgets what Stripe will not send again.
create function app.tend_billing() returns bigint
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  workspace uuid;
  woken bigint := 0;
begin
  delete from public.billing_stripe_events e where e.received_at < now() - interval '90 days';
  for workspace in select (select s.workspace_id from public.billing_subscriptions s where s.account_id = a.id order by s.paid_since, s.workspace_id limit 1)
      from public.billing_accounts a where a.status = 'PastDue' and a.grace_ends_at <= now() order by a.id limit 1000 loop
    if workspace is not null then
      perform app.wake_billing(workspace, 'billing.sync', '{}', 'billing.sync');
      woken := woken + 1;
    end if;
  end loop;
  return woken;
end $$;

-- For the operator: what an account has, without anybody paying. Null gives it what the deployment gives. Null where there is
-- no such workspace. CO409: it is paid by Stripe.
drop function app.set_tier(uuid, text);
create function app.set_tier(p_workspace uuid, p_tier text) returns jsonb
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  a public.billing_accounts;
begin
  if not exists (select from public.workspaces w where w.id = p_workspace) then return null; end if;
  perform app.ensure_subscription(p_workspace);
  select * into a from public.billing_accounts o
    where o.id = (select s.account_id from public.billing_subscriptions s where s.workspace_id = p_workspace) for update;
  if a.stripe_subscription_id is not null then
    raise exception using errcode = 'CO409', message = 'Paid by Stripe';
  end if;
  update public.billing_accounts o set tier = p_tier, provider = 'Manual', status = 'Active', grace_ends_at = null where o.id = a.id;
  perform app.spread_tier(a.id);
  perform app.tell_of_plan(a.id, jsonb_build_object('from', app.account_tier(a), 'to', (select s.tier from public.billing_subscriptions s where s.workspace_id = p_workspace),
    'status', 'Active', 'before', a.status, 'by', 'operator'));
  perform app.open_credits(p_workspace);
  return app.told_credits(p_workspace);
end $$;

grant create on schema app to contentos_definer, contentos_worker;
alter function app.wake_billing owner to contentos_worker;
alter function app.receive_stripe_event owner to contentos_definer;
alter function app.tell_of_plan owner to contentos_definer;
alter function app.apply_stripe_state owner to contentos_definer;
alter function app.book_purchase owner to contentos_definer;
alter function app.set_stripe_customer owner to contentos_definer;
alter function app.tend_billing owner to contentos_definer;
alter function app.set_tier owner to contentos_definer;
revoke create on schema app from contentos_definer, contentos_worker;
grant execute on function app.wake_billing to contentos_definer;
grant execute on function app.receive_stripe_event, app.apply_stripe_state, app.book_purchase, app.set_stripe_customer,
  app.tend_billing to contentos_app;
grant execute on function app.set_tier to contentos_worker;

-- Who pays, what for, and what is used of it. An account is a person's; it pays for the workspaces that they founded or
-- took over, each with a subscription of its own.

-- What holds for the whole deployment, as its processes say when they start.
create table billing_deployment (
  one boolean primary key default true check (one),
  default_tier text not null default 'Enterprise' check (default_tier in ('Free', 'Team', 'Agency', 'Enterprise')),
  grace_days int not null default 14 check (grace_days between 0 and 90)
);
insert into billing_deployment default values;

create table billing_accounts (
  id uuid primary key default gen_random_uuid(),
  owner_id uuid not null unique references users,
  /* null: the deployment's */
  tier text check (tier in ('Free', 'Team', 'Agency', 'Enterprise')),
  provider text not null default 'Manual' check (provider in ('Manual', 'Stripe')),
  status text not null default 'Active' check (status in ('Active', 'Trialing', 'PastDue', 'Unpaid', 'Canceled')),
  stripe_customer_id text unique,
  stripe_subscription_id text unique,
  /* when the question began whose answer is here: an answer to an older question changes nothing */
  synced_at timestamptz(3),
  period_ends_at timestamptz(3),
  trial_ends_at timestamptz(3),
  grace_ends_at timestamptz(3),
  /* when it ends, where that is wanted */
  cancel_at timestamptz(3),
  /* whether its workspaces share their credits; another wish holds from the month that begins at pooling_from */
  pooling boolean not null default false,
  pooling_next boolean not null default false,
  pooling_from date,
  created_at timestamptz(3) not null default now()
);

alter table billing_subscriptions add column account_id uuid references billing_accounts,
  add column paid_since timestamptz(3) not null default clock_timestamp();

-- Whoever owns a workspace pays for it. What an operator set stays; what nobody set follows the deployment from now on.
create policy backfill on workspaces for select to current_user using (true);
create policy backfill on billing_subscriptions for all to current_user using (true) with check (true);
insert into billing_accounts (owner_id, tier)
  select w.owner_id, (array['Team', 'Agency', 'Enterprise'])[max(case s.tier when 'Team' then 1 when 'Agency' then 2 when 'Enterprise' then 3 end)]
  from workspaces w left join billing_subscriptions s on s.workspace_id = w.id group by 1;
insert into billing_subscriptions (workspace_id) select w.id from workspaces w on conflict (workspace_id) do nothing;
update billing_subscriptions s set account_id = a.id, paid_since = w.created_at, tier = coalesce(a.tier, 'Enterprise')
  from workspaces w join billing_accounts a on a.owner_id = w.owner_id where w.id = s.workspace_id;
drop policy backfill on workspaces;
drop policy backfill on billing_subscriptions;
alter table billing_subscriptions alter column account_id set not null;
create index on billing_subscriptions (account_id, paid_since, workspace_id);

do $$ declare t text; begin
  foreach t in array array['billing_deployment', 'billing_accounts'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy keep on %I for all to contentos_definer using (true) with check (true)', t);
  end loop;
end $$;
grant select, update (default_tier, grace_days) on billing_deployment to contentos_definer;
grant select, insert (owner_id), update on billing_accounts to contentos_definer;
grant insert (account_id, tier), update (account_id, paid_since, next_billing_date) on billing_subscriptions to contentos_definer;
-- Opened by a function alone, since whose account pays is nothing that an Admin says.
drop policy found on billing_subscriptions;
revoke insert (workspace_id) on billing_subscriptions from contentos_app;

-- What counts towards a plan's limits.
create policy plan on channels for select to contentos_definer using (workspace_id = (select app.workspace_id()));
create policy plan on assets_blobs for select to contentos_definer using (workspace_id = (select app.workspace_id()));
create policy plan on assets_uploads for select to contentos_definer using (workspace_id = (select app.workspace_id()));
grant select on channels, assets_blobs to contentos_definer;
grant select (workspace_id, status, size_bytes, expires_at) on assets_uploads to contentos_definer;

create function app.account_tier(a public.billing_accounts) returns text
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select case when a.tier is null or a.status in ('Unpaid', 'Canceled')
    then (select d.default_tier from public.billing_deployment d) else a.tier end
$$;

-- A person's account, held for this transaction.
create function app.hold_account(p_owner uuid) returns public.billing_accounts
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  a public.billing_accounts;
begin
  insert into public.billing_accounts (owner_id) values (p_owner) on conflict (owner_id) do nothing;
  select * into a from public.billing_accounts b where b.owner_id = p_owner for update;
  return a;
end $$;

-- A workspace has a subscription, on its owner's account where nobody said another.
create function app.ensure_subscription(p_workspace uuid) returns void
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  a public.billing_accounts;
begin
  if exists (select from public.billing_subscriptions s where s.workspace_id = p_workspace) then return; end if;
  a := app.hold_account((select w.owner_id from public.workspaces w where w.id = p_workspace));
  insert into public.billing_subscriptions (workspace_id, account_id, tier) values (p_workspace, a.id, app.account_tier(a))
    on conflict (workspace_id) do nothing;
end $$;

create function app.open_subscription() returns void
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
  if app.workspace_id() is null or app.role() <> 'Admin' then
    raise exception using errcode = '42501', message = 'Whoever founds a workspace opens its subscription';
  end if;
  perform app.ensure_subscription(app.workspace_id());
end $$;

-- Of the account of whoever asks, held for this transaction: what is paid, and for how many workspaces.
create function app.hold_own_account() returns jsonb
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  person uuid := coalesce(app.person_id(), app.user_id());
  a public.billing_accounts;
begin
  if person is null then
    raise exception using errcode = '42501', message = 'Accounts are people''s';
  end if;
  a := app.hold_account(person);
  return jsonb_build_object('tier', app.account_tier(a), 'workspaces', (
    select count(*) from public.workspaces w left join public.billing_subscriptions s on s.workspace_id = w.id
    where s.account_id = a.id or s.workspace_id is null and w.owner_id = person));
end $$;

-- Each subscription of an account has its tier. Held by whoever calls.
create function app.spread_tier(p_account uuid) returns void
  language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
  update public.billing_subscriptions s set tier = app.account_tier(a), next_billing_date = (a.period_ends_at at time zone 'UTC')::date
    from public.billing_accounts a where a.id = p_account and s.account_id = a.id
      and (s.tier, s.next_billing_date) is distinct from (app.account_tier(a), (a.period_ends_at at time zone 'UTC')::date)
$$;

-- The scope's plan, and what is used of it: the one place that counts, for who is refused and for who is shown. Held for
-- this transaction, the workspace's subscription is where those meet who want the last place. `ahead` counts the
-- workspaces that the account pays for longer, `channelsAhead` the channels that were there before the one that is meant.
create function app.plan_usage(p_hold boolean, p_channel uuid default null) returns jsonb
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  workspace uuid := app.workspace_id();
  s public.billing_subscriptions;
begin
  if workspace is null then
    raise exception using errcode = '42501', message = 'A plan is a workspace''s';
  end if;
  if p_hold then
    perform app.ensure_subscription(workspace);
    perform from public.billing_subscriptions b where b.workspace_id = workspace for update;
  end if;
  select * into s from public.billing_subscriptions b where b.workspace_id = workspace;
  return jsonb_build_object(
    'tier', coalesce(s.tier, (select app.account_tier(a) from public.workspaces w join public.billing_accounts a on a.owner_id = w.owner_id
                              where w.id = workspace), (select d.default_tier from public.billing_deployment d)),
    'members', (select count(*) from public.workspace_members m where m.workspace_id = workspace and m.removed_at is null),
    'invited', (select count(*) from public.workspace_invitations i where i.workspace_id = workspace
                and i.accepted_at is null and i.revoked_at is null and i.expires_at > now()),
    'channels', (select count(*) from public.channels c where c.workspace_id = workspace and c.removed_at is null and c.network <> 'site'),
    'channelsAhead', (select count(*) from public.channels c, public.channels it
                      where it.workspace_id = workspace and it.id = p_channel and it.network <> 'site'
                        and c.workspace_id = workspace and c.removed_at is null and c.network <> 'site'
                        and (c.created_at, c.id) < (it.created_at, it.id)),
    'storageBytes', (select coalesce(sum(b.size_bytes), 0) from public.assets_blobs b where b.workspace_id = workspace and exists (
                       select from public.assets f where f.workspace_id = workspace and f.sha256 = b.sha256 and f.removed_at is null))
                  + (select coalesce(sum(u.size_bytes), 0) from public.assets_uploads u where u.workspace_id = workspace
                     and (u.status = 'Processing' or u.status = 'Open' and u.expires_at > now())),
    'workspaces', (select count(*) from public.billing_subscriptions o where o.account_id = s.account_id),
    'ahead', (select count(*) from public.billing_subscriptions o where o.account_id = s.account_id
              and (o.paid_since, o.workspace_id) < (s.paid_since, s.workspace_id)));
end $$;

-- The scope's account, for Admins and jobs. Its names at Stripe are for the one who pays, and for jobs.
create function app.billing_account() returns jsonb
  language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
  a public.billing_accounts;
  pays boolean;
begin
  if app.workspace_id() is null or app.role() not in ('Admin', 'System') then return null; end if;
  select b.* into a from public.billing_subscriptions s join public.billing_accounts b on b.id = s.account_id
    where s.workspace_id = app.workspace_id();
  if not found then return null; end if;
  pays := a.owner_id is not distinct from app.user_id();
  return jsonb_build_object('id', a.id, 'provider', a.provider, 'status', a.status, 'isPayer', pays,
    'payerName', (select u.name from public.users u where u.id = a.owner_id),
    'payerEmail', case when pays then (select u.email from public.users u where u.id = a.owner_id) end,
    'slug', (select w.slug from public.workspaces w where w.id = app.workspace_id()),
    'ownerPays', exists (select from public.workspaces w where w.id = app.workspace_id() and w.owner_id = a.owner_id),
    'isOwner', exists (select from public.workspaces w where w.id = app.workspace_id() and w.owner_id = app.user_id()),
    'periodEndsAt', a.period_ends_at, 'trialEndsAt', a.trial_ends_at, 'graceEndsAt', a.grace_ends_at, 'cancelAt', a.cancel_at,
    'pooling', a.pooling, 'poolingNext', a.pooling_next, 'poolingFrom', a.pooling_from,
    'customerId', case when pays or app.role() = 'System' then a.stripe_customer_id end,
    'subscriptionId', case when pays or app.role() = 'System' then a.stripe_subscription_id end,
    'now', clock_timestamp());
end $$;

-- The owner of a workspace that somebody else pays for pays for it from now on.
create function app.take_over_billing() returns boolean
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  a public.billing_accounts;
begin
  if not exists (select from public.workspaces w where w.id = app.workspace_id() and w.owner_id = app.user_id()) then
    raise exception using errcode = '42501', message = 'The owner of a workspace pays for it';
  end if;
  a := app.hold_account(app.user_id());
  update public.billing_subscriptions s set account_id = a.id, paid_since = clock_timestamp(), tier = app.account_tier(a)
    where s.workspace_id = app.workspace_id() and s.account_id <> a.id;
  if not found then return false; end if;
  perform app.spread_tier(a.id);
  return true;
end $$;

-- As the processes of a deployment say when they start: what those have for whom nobody pays, and the days of grace.
create function app.set_billing_defaults(p_tier text, p_grace_days int) returns void
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  account uuid;
begin
  update public.billing_deployment d set default_tier = p_tier, grace_days = p_grace_days
    where (d.default_tier, d.grace_days) is distinct from (p_tier, p_grace_days);
  if not found then return; end if;
  for account in select a.id from public.billing_accounts a
      where a.tier is null or a.status in ('Unpaid', 'Canceled') order by a.id for update loop
    perform app.spread_tier(account);
  end loop;
end $$;

grant create on schema app to contentos_definer;
alter function app.account_tier owner to contentos_definer;
alter function app.hold_account owner to contentos_definer;
alter function app.ensure_subscription owner to contentos_definer;
alter function app.open_subscription owner to contentos_definer;
alter function app.hold_own_account owner to contentos_definer;
alter function app.spread_tier owner to contentos_definer;
alter function app.plan_usage owner to contentos_definer;
alter function app.billing_account owner to contentos_definer;
alter function app.take_over_billing owner to contentos_definer;
alter function app.set_billing_defaults owner to contentos_definer;
revoke create on schema app from contentos_definer;
grant execute on function app.open_subscription, app.hold_own_account, app.plan_usage, app.billing_account,
  app.take_over_billing to contentos_app;
grant execute on function app.set_billing_defaults to contentos_worker;

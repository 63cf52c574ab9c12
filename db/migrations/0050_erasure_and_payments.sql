-- Whoever pays by a subscription is not erased while it lives: nobody could end it afterwards. A job ends it at Stripe first.
create or replace function app.due_erasures() returns setof uuid
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select e.id from public.privacy_erasures e
  where e.status = 'Waiting' and e.due_at <= now()
    and not exists (select from public.workspaces w where w.owner_id = e.user_id)
    and not exists (select from public.billing_accounts a where a.owner_id = e.user_id and a.stripe_subscription_id is not null)
  order by e.due_at
$$;

-- What has to be ended before those can be erased who are due.
create function app.paid_until_erasure() returns table (erasure_id uuid, subscription_id text)
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select e.id, a.stripe_subscription_id
  from public.privacy_erasures e join public.billing_accounts a on a.owner_id = e.user_id
  where e.status = 'Waiting' and e.due_at <= now() and a.stripe_subscription_id is not null
    and not exists (select from public.workspaces w where w.owner_id = e.user_id)
  order by e.due_at
$$;

-- Stripe has ended it. False where another one lives by now.
create function app.ended_for_erasure(p_erasure uuid, p_subscription text) returns boolean
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  account uuid;
begin
  update public.billing_accounts a
    set status = 'Canceled', tier = null, stripe_subscription_id = null, period_ends_at = null, trial_ends_at = null,
      grace_ends_at = null, cancel_at = null
    from app.paid_until_erasure() p, public.privacy_erasures e
    where p.erasure_id = p_erasure and e.id = p_erasure and a.owner_id = e.user_id and p.subscription_id = p_subscription
      and a.stripe_subscription_id = p_subscription
    returning a.id into account;
  if account is null then return false; end if;
  perform app.spread_tier(account);
  return true;
end $$;

grant create on schema app to contentos_definer;
alter function app.paid_until_erasure owner to contentos_definer;
alter function app.ended_for_erasure owner to contentos_definer;
revoke create on schema app from contentos_definer;
grant execute on function app.paid_until_erasure, app.ended_for_erasure to contentos_app;

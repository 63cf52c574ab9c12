import { createHash } from "node:crypto";
import Stripe from "stripe";
import { AppError } from "@/platform/errors";
import { TIER_NAMES, type TierName, TOP_UP_CREDITS } from "../tiers";

export type PaymentsConfig = {
  secretKey: string;
  /** Another place than Stripe's, such as a counterpart for tests. */
  apiUrl?: string | undefined;
  /** Of who pays for the first time; 0 for none. */
  trialDays: number;
};
export type PaidTier = Exclude<TierName, "Free">;

/** What Stripe says of an account, as `app.apply_stripe_state` takes it; null where it has no subscription. */
export type StripeState = {
  status: "Active" | "Trialing" | "PastDue" | "Unpaid" | "Canceled";
  tier: PaidTier | null;
  subscriptionId: string;
  periodEndsAt: string | null;
  trialEndsAt: string | null;
  cancelAt: string | null;
} | null;

/** A price is found by its lookup key; what it pays for, its metadata says as well, since a lookup key moves to a newer price. */
export const lookupKeyOf = (what: PaidTier | "top_up") => `contentos_${what.toLowerCase()}`;
const TIER_KEY = "contentos_tier";

const STATUSES: Partial<Record<Stripe.Subscription.Status, NonNullable<StripeState>["status"]>> = {
  active: "Active",
  trialing: "Trialing",
  past_due: "PastDue",
  unpaid: "Unpaid",
  paused: "Unpaid",
  canceled: "Canceled",
};

export type Back = { successUrl: string; cancelUrl: string };
type Buyer = Back & { customerId: string; accountId: string; workspaceId: string };
export type Payments = ReturnType<typeof createPayments>;

/** Every call to Stripe that there is. Each throws AppError `payment_failed` or `payments_unreachable`, and is never made in a transaction. */
export function createPayments({ secretKey, apiUrl, trialDays }: PaymentsConfig) {
  const stripe = new Stripe(secretKey, { timeout: 20_000, maxNetworkRetries: 2, telemetry: false, ...placeOf(apiUrl) });
  const calls = guarded({ ...buying(stripe, trialDays), ...subscribed(stripe), ...reading(stripe) });
  /** Whether money is real: what Stripe tells of the other kind is not ours. */
  return { ...calls, livemode: /^[rs]k_live_/.test(secretKey) };
}

async function priceOf(stripe: Stripe, what: PaidTier | "top_up") {
  const key = lookupKeyOf(what);
  const { data } = await stripe.prices.list({ lookup_keys: [key], active: true, limit: 1 });
  if (!data[0]) throw new Error(`Stripe has no active price with the lookup key ${key}`);
  return data[0].id;
}

const common = ({ customerId, accountId, workspaceId, successUrl, cancelUrl }: Buyer) =>
  ({
    customer: customerId,
    client_reference_id: accountId,
    success_url: successUrl,
    cancel_url: cancelUrl,
    billing_address_collection: "auto",
    customer_update: { name: "auto", address: "auto" },
    tax_id_collection: { enabled: true },
    metadata: { workspace_id: workspaceId },
  }) satisfies Partial<Stripe.Checkout.SessionCreateParams>;

const buying = (stripe: Stripe, trialDays: number) => ({
  /** The same account gets the same customer, also where two ask at once. */
  async createCustomer({ accountId, name, email }: { accountId: string; name: string; email: string }) {
    // A key that comes back with other words would be refused.
    const words = createHash("sha256").update(`${name}\n${email}`).digest("hex").slice(0, 16);
    const { id } = await stripe.customers.create(
      { name, email, metadata: { contentos_account: accountId } },
      { idempotencyKey: `contentos-customer-${accountId}-${words}` },
    );
    return id;
  },

  async checkoutPlan({ tier, first, ...buyer }: Buyer & { tier: PaidTier; first: boolean }) {
    const trial = first && trialDays > 0;
    const session = await stripe.checkout.sessions.create({
      ...common(buyer),
      mode: "subscription",
      line_items: [{ price: await priceOf(stripe, tier), quantity: 1 }],
      allow_promotion_codes: true,
      subscription_data: {
        metadata: { contentos_account: buyer.accountId },
        ...(trial && {
          trial_period_days: trialDays,
          trial_settings: { end_behavior: { missing_payment_method: "cancel" as const } },
        }),
      },
    });
    return addressOf(session);
  },

  async checkoutTopUp({ packs, ...buyer }: Buyer & { packs: number }) {
    const session = await stripe.checkout.sessions.create({
      ...common(buyer),
      mode: "payment",
      line_items: [{ price: await priceOf(stripe, "top_up"), quantity: packs }],
      invoice_creation: { enabled: true },
      metadata: { workspace_id: buyer.workspaceId, contentos_credits: String(packs * TOP_UP_CREDITS) },
    });
    return addressOf(session);
  },

  async openPortal({ customerId, returnUrl }: { customerId: string; returnUrl: string }) {
    return (await stripe.billingPortal.sessions.create({ customer: customerId, return_url: returnUrl })).url;
  },
});

const subscribed = (stripe: Stripe) => ({
  /** A greater plan is paid at once, for what is left of the period; what a smaller one gives back is on the next invoice. */
  async changePlan(subscriptionId: string, tier: PaidTier) {
    const price = await priceOf(stripe, tier);
    const subscription = await stripe.subscriptions.retrieve(subscriptionId);
    const item = subscription.items.data[0]!;
    const before = tierOf(item.price);
    const up = !before || TIER_NAMES.indexOf(tier) > TIER_NAMES.indexOf(before);
    await stripe.subscriptions.update(subscriptionId, {
      items: [{ id: item.id, price }],
      cancel_at_period_end: false,
      proration_behavior: up ? "always_invoice" : "create_prorations",
      payment_behavior: up ? "error_if_incomplete" : "allow_incomplete",
    });
  },

  /** Ends it at once, and gives nothing back; one that is over already is left as it is. */
  async cancelNow(subscriptionId: string) {
    const { status } = await stripe.subscriptions.retrieve(subscriptionId);
    if (status !== "canceled") await stripe.subscriptions.cancel(subscriptionId);
  },

  async cancelAtPeriodEnd(subscriptionId: string) {
    await stripe.subscriptions.update(subscriptionId, { cancel_at_period_end: true });
  },
});

const reading = (stripe: Stripe) => ({
  /** The newest first. Amounts are in the currency's smallest unit. */
  async listInvoices(customerId: string) {
    const { data } = await stripe.invoices.list({ customer: customerId, limit: 24 });
    return data.flatMap(({ id, number, status, currency, total, created, hosted_invoice_url, invoice_pdf }) =>
      id && isIssued(status)
        ? {
            id,
            number,
            status: INVOICE_STATUSES[status],
            currency: currency.toUpperCase(),
            total,
            createdAt: new Date(created * 1_000),
            url: hosted_invoice_url ?? null,
            pdfUrl: invoice_pdf ?? null,
          }
        : [],
    );
  },

  async stateOf(customerId: string): Promise<StripeState> {
    const { data } = await stripe.subscriptions.list({ customer: customerId, status: "all", limit: 100 });
    const known = data.filter(({ status }) => STATUSES[status]);
    const live = known.filter(({ status }) => status !== "canceled");
    const newest = (live.length > 0 ? live : known).toSorted((a, b) => b.created - a.created)[0];
    return newest ? stateIn(newest) : null;
  },

  /** What a checkout brought; undefined where nothing was paid for credits. */
  async purchaseOf(sessionId: string) {
    const session = await stripe.checkout.sessions.retrieve(sessionId);
    const { contentos_credits: credits, workspace_id: workspaceId } = session.metadata ?? {};
    if (session.mode !== "payment" || session.payment_status !== "paid" || !credits || !workspaceId) return undefined;
    return { workspaceId, credits: Number(credits), customerId: idOf(session.customer) };
  },
});

const INVOICE_STATUSES = { open: "Open", paid: "Paid", uncollectible: "Uncollectible", void: "Void" } as const;
const isIssued = (status: string | null): status is keyof typeof INVOICE_STATUSES =>
  status !== null && Object.hasOwn(INVOICE_STATUSES, status);

export const idOf = (reference: string | { id: string } | null | undefined) =>
  typeof reference === "string" ? reference : reference?.id;

function addressOf({ url }: Stripe.Checkout.Session) {
  if (!url) throw new Error("Stripe opened a checkout without an address");
  return url;
}

function tierOf({ metadata, lookup_key }: Pick<Stripe.Price, "metadata" | "lookup_key">): PaidTier | undefined {
  const paid = TIER_NAMES.filter((tier): tier is PaidTier => tier !== "Free");
  return paid.find((tier) => metadata?.[TIER_KEY] === tier) ?? paid.find((tier) => lookup_key === lookupKeyOf(tier));
}

function stateIn(subscription: Stripe.Subscription): StripeState {
  const item = subscription.items.data[0];
  const tier = item && tierOf(item.price);
  if (!tier) {
    throw new Error(
      `The price of ${subscription.id} names no plan: give it the metadata ${TIER_KEY}=Team, Agency or Enterprise`,
    );
  }
  const { cancel_at, cancel_at_period_end, trial_end } = subscription;
  const periodEnd = item.current_period_end;
  return {
    status: STATUSES[subscription.status]!,
    tier,
    subscriptionId: subscription.id,
    periodEndsAt: at(periodEnd),
    trialEndsAt: at(trial_end),
    cancelAt: at(cancel_at ?? (cancel_at_period_end ? periodEnd : null)),
  };
}

const at = (seconds: number | null | undefined) => (seconds ? new Date(seconds * 1_000).toISOString() : null);

function placeOf(apiUrl: string | undefined): Pick<Stripe.StripeConfig, "host" | "port" | "protocol"> {
  if (!apiUrl) return {};
  const { protocol, hostname, port } = new URL(apiUrl);
  return { host: hostname, ...(port && { port }), protocol: protocol === "http:" ? "http" : "https" };
}

type Calls = Record<string, (...args: never[]) => Promise<unknown>>;

/** What Stripe refuses or can't do now becomes a problem that a person can act on; what is our fault stays an error. */
function guarded<T extends Calls>(calls: T): T {
  const wrap =
    (call: (...args: never[]) => Promise<unknown>) =>
    async (...args: never[]) => {
      try {
        return await call(...args);
      } catch (cause) {
        if (cause instanceof Stripe.errors.StripeCardError) {
          const message = `The payment was refused: ${cause.message} Choose another way to pay under Manage payment.`;
          throw new AppError("payment_failed", message, { cause });
        }
        if (
          cause instanceof Stripe.errors.StripeConnectionError ||
          cause instanceof Stripe.errors.StripeAPIError ||
          cause instanceof Stripe.errors.StripeRateLimitError
        ) {
          throw new AppError("payments_unreachable", "Stripe can't be reached now: try again in a moment.", { cause });
        }
        throw cause;
      }
    };
  return Object.fromEntries(Object.entries(calls).map(([name, call]) => [name, wrap(call)])) as T;
}

import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import Stripe from "stripe";
import { afterAll, beforeAll } from "vitest";
import { createPayments, type Payments } from "@/features/billing";

type Status = "trialing" | "active" | "past_due" | "unpaid" | "canceled";
type Price = { id: string; object: "price"; lookup_key: string; metadata: Record<string, string>; unit_amount: number };
export type FakeSubscription = {
  id: string;
  object: "subscription";
  customer: string;
  status: Status;
  created: number;
  cancel_at: number | null;
  cancel_at_period_end: boolean;
  trial_end: number | null;
  items: { object: "list"; data: { id: string; price: Price; current_period_end: number }[] };
};
type Session = Record<string, unknown> & { id: string; customer: string; mode: string; payment_status: string };

const tierPrice = (tier: string, cents: number): Price => ({
  id: `price_${tier.toLowerCase()}`,
  object: "price",
  lookup_key: `contentos_${tier.toLowerCase()}`,
  metadata: { contentos_tier: tier },
  unit_amount: cents,
});
const PRICES: Price[] = [
  tierPrice("Team", 4_900),
  tierPrice("Agency", 19_900),
  tierPrice("Enterprise", 99_900),
  { id: "price_top_up", object: "price", lookup_key: "contentos_top_up", metadata: {}, unit_amount: 900 },
];
const MONTH_SECONDS = 30 * 24 * 3_600;
const nowSeconds = () => Math.floor(Date.now() / 1_000);

export const WEBHOOK_SECRET = "whsec_of_the_tests";

/**
 * Of Stripe, the few endpoints that we call, imitated from their documentation (https://docs.stripe.com/api, read
 * 2026-11-27): with a memory, which Stripe's own mock lacks. That each of our calls has the right shape is that mock's to say.
 */
export function imitatedStripe({ trialDays = 0 } = {}) {
  const customers = new Map<string, { id: string; object: "customer" }>();
  const byKey = new Map<string, unknown>();
  const sessions = new Map<string, Session>();
  const subscriptions = new Map<string, FakeSubscription>();
  const calls: { method: string; path: string; form: Record<string, string> }[] = [];
  let serial = 0;
  let isDown = false;
  /** Stands between a question and its answer, so that a test can put something in between. */
  let beforeAnswer: (path: string) => Promise<void> = async () => {};
  let url = "";
  const next = (prefix: string) => `${prefix}_${++serial}`;

  function createSession(form: Record<string, string>): Session {
    const id = next("cs_test");
    const packs = Number(form["line_items[0][quantity]"]);
    const session = {
      id,
      object: "checkout.session",
      url: `https://checkout.stripe.test/${id}`,
      mode: form.mode!,
      customer: form.customer!,
      payment_status: "unpaid",
      price: form["line_items[0][price]"],
      packs,
      trial_days: Number(form["subscription_data[trial_period_days]"] ?? 0),
      metadata: Object.fromEntries(
        Object.entries(form).flatMap(([key, value]) =>
          /^metadata\[(\w+)\]$/.test(key) ? [[key.slice(9, -1), value]] : [],
        ),
      ),
    };
    sessions.set(id, session);
    return session;
  }

  function updateSubscription(id: string, form: Record<string, string>) {
    const subscription = subscriptions.get(id)!;
    const price = PRICES.find((one) => one.id === form["items[0][price]"]);
    if (price) subscription.items.data[0]!.price = price;
    if (form.cancel_at_period_end) subscription.cancel_at_period_end = form.cancel_at_period_end === "true";
    return subscription;
  }

  const list = (data: unknown[]) => ({ object: "list", data, has_more: false });
  const ofCustomer = (form: Record<string, string>) =>
    structuredClone([...subscriptions.values()].filter(({ customer }) => customer === form.customer));

  function answer(method: string, path: string, form: Record<string, string>): unknown {
    const [, , kind, id, sub] = path.split("/");
    const asked = `${method} ${kind}`;
    if (asked === "POST customers") {
      const customer = { id: next("cus"), object: "customer" as const };
      customers.set(customer.id, customer);
      return customer;
    }
    if (asked === "GET prices") return list(PRICES.filter(({ lookup_key }) => lookup_key === form["lookup_keys[0]"]));
    if (asked === "POST checkout") return createSession(form);
    if (asked === "GET checkout") return sessions.get(sub!);
    if (asked === "GET subscriptions") return id ? subscriptions.get(id) : list(ofCustomer(form));
    if (asked === "POST subscriptions") return updateSubscription(id!, form);
    if (asked === "DELETE subscriptions") return Object.assign(subscriptions.get(id!)!, { status: "canceled" });
    if (asked === "POST billing_portal")
      return { id: next("bps"), url: `https://billing.stripe.test/${form.customer}` };
    if (asked === "GET invoices") return list([invoiceOf(form.customer!)]);
    return undefined;
  }

  async function handle(request: IncomingMessage) {
    const { pathname, searchParams } = new URL(request.url!, "http://127.0.0.1");
    let text = "";
    for await (const chunk of request) text += chunk;
    const form = Object.fromEntries(request.method === "GET" ? searchParams : new URLSearchParams(text));
    calls.push({ method: request.method!, path: pathname, form });
    if (isDown) return { status: 500, body: { error: { type: "api_error", message: "Down" } } };
    const key = request.headers["idempotency-key"] as string | undefined;
    const known = key && request.method === "POST" ? byKey.get(key) : undefined;
    const body = known ?? answer(request.method!, pathname, form);
    if (key) byKey.set(key, body);
    // Answered as it was, however long the answer takes.
    const sent = JSON.stringify(body ?? { error: { type: "invalid_request_error", message: `No ${pathname}` } });
    await beforeAnswer(pathname);
    return { status: body ? 200 : 404, body: JSON.parse(sent) };
  }

  const server = createServer((request, response) => {
    void handle(request).then(({ status, body }) => {
      response.writeHead(status, { "content-type": "application/json" });
      response.end(JSON.stringify(body));
    });
  });

  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => new Promise((resolve) => server.close(resolve)));

  let made: Payments | undefined;
  return {
    calls,
    subscriptions,
    get payments() {
      made ??= createPayments({ secretKey: "sk_test_imitated", apiUrl: url, trialDays });
      return made;
    },
    /** Somebody pays what a checkout asks for. */
    pay(checkoutUrl: string) {
      const session = sessions.get(checkoutUrl.split("/").at(-1)!)!;
      session.payment_status = "paid";
      if (session.mode !== "subscription") return { session, subscription: undefined };
      const trial = session.trial_days as number;
      const price = PRICES.find(({ id }) => id === session.price)!;
      const subscription: FakeSubscription = {
        id: next("sub"),
        object: "subscription",
        customer: session.customer,
        status: trial ? "trialing" : "active",
        created: nowSeconds() + serial,
        cancel_at: null,
        cancel_at_period_end: false,
        trial_end: trial ? nowSeconds() + trial * 86_400 : null,
        items: { object: "list", data: [{ id: next("si"), price, current_period_end: nowSeconds() + MONTH_SECONDS }] },
      };
      subscriptions.set(subscription.id, subscription);
      return { session, subscription };
    },
    goDown: (down: boolean) => {
      isDown = down;
    },
    hold: (until: (path: string) => Promise<void>) => {
      beforeAnswer = until;
    },
  };
}

const invoiceOf = (customer: string) => ({
  id: "in_1",
  object: "invoice",
  customer,
  number: "A1B2-0001",
  status: "paid",
  currency: "eur",
  total: 4_900,
  created: 1_790_000_000,
  hosted_invoice_url: "https://invoice.stripe.test/in_1",
  invoice_pdf: "https://invoice.stripe.test/in_1.pdf",
});

let events = 0;
/** An event as Stripe sends it. */
export const eventOf = (
  type: string,
  object: object,
  over: { id?: string; created?: number; livemode?: boolean } = {},
) => ({
  id: `evt_${++events}`,
  object: "event",
  type,
  created: nowSeconds(),
  livemode: false,
  data: { object },
  ...over,
});

/** Signed by Stripe's own library. @param ageSeconds how long ago it was signed */
export function signed(event: object, { secret = WEBHOOK_SECRET, ageSeconds = 0 } = {}) {
  const payload = JSON.stringify(event);
  const timestamp = nowSeconds() - ageSeconds;
  return { payload, header: Stripe.webhooks.generateTestHeaderString({ payload, secret, timestamp }) };
}

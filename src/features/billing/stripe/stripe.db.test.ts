import pg from "pg";
import { expect, test } from "vitest";
import { seedMember, seedWorkspace } from "#tests/factories";
import { caller, testApp } from "#tests/harness/app";
import { testDatabase } from "#tests/harness/database";
import { runJobs } from "#tests/harness/jobs";
import { eventOf, imitatedStripe, signed, WEBHOOK_SECRET } from "#tests/harness/stripe";
import { managePlan } from "@/entry/admin-credits";
import { billingTasks } from "../index";

const t = testDatabase({ tier: "Free", max: 20 });
const stripe = imitatedStripe();
const overrides = {
  get payments() {
    return stripe.payments;
  },
  stripeWebhookSecrets: ["whsec_the_next_one", WEBHOOK_SECRET],
};
const call = caller(t, overrides);
const work = () => runJobs(t, billingTasks({ db: t.db, payments: stripe.payments }));

async function send({ payload, header }: { payload: string; header: string }) {
  const app = testApp(t, overrides);
  const headers = { "stripe-signature": header, "content-type": "application/json" };
  return app.request("/api/v1/billing/stripe", { method: "POST", headers, body: payload });
}
const deliver = (event: object, how = {}) => send(signed(event, how));

type Paying = Awaited<ReturnType<typeof seedWorkspace>>;
const shown = async ({ admin }: Paying) => (await call(admin, "GET", "/billing/subscription")).body;
const chosen = async ({ admin }: Paying, tier: string) => {
  const { status, body } = await call(admin, "POST", "/billing/upgrade", { tier });
  expect(status).toBe(200);
  return body.checkoutUrl as string | null;
};

/** A workspace whose owner has just paid for a plan, and Stripe's event of it that nobody has sent yet. */
async function paid(tier = "Team") {
  const workspace = await seedWorkspace(t);
  const { subscription } = stripe.pay((await chosen(workspace, tier))!);
  return { ...workspace, subscription: subscription! };
}
const rows = (table: string, workspaceId: string, more = "") =>
  t.asOwner<Record<string, unknown>>(`select * from ${table} where workspace_id = $1 ${more}`, [workspaceId]);
const changes = (id: string) => rows("events", id, "and type like 'billing.%'");

test("a plan is bought, made greater, canceled at its end, and wanted again", async () => {
  const workspace = await seedWorkspace(t);
  const url = await chosen(workspace, "Team");
  expect(url).toMatch(/^https:\/\/checkout/);
  expect(await shown(workspace)).toMatchObject({ tier: "Free", provider: "Manual" });
  const { subscription } = stripe.pay(url!);
  expect((await deliver(eventOf("customer.subscription.created", subscription!))).status).toBe(204);
  await work();
  expect(await shown(workspace)).toMatchObject({
    tier: "Team",
    status: "Active",
    provider: "Stripe",
    nextBillingDate: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
    aiCredits: { included: 2_000 },
    offers: { portal: true, invoices: true, plans: ["Free", "Agency", "Enterprise"] },
  });
  const asked = stripe.calls.find(({ method, path }) => method === "POST" && path === "/v1/checkout/sessions")!.form;
  expect(asked).toMatchObject({ "tax_id_collection[enabled]": "true", "customer_update[address]": "auto" });

  // The change is asked of Stripe, and what Stripe then has is what counts.
  expect(await chosen(workspace, "Agency")).toBeNull();
  const upgraded = stripe.calls.findLast(({ method, path }) => method === "POST" && path.includes("/subscriptions/"))!;
  expect(upgraded.form).toMatchObject({
    proration_behavior: "always_invoice",
    payment_behavior: "error_if_incomplete",
  });
  await work();
  expect(await shown(workspace)).toMatchObject({ tier: "Agency", aiCredits: { included: 10_000 } });

  expect(await chosen(workspace, "Free")).toBeNull();
  await work();
  expect(await shown(workspace)).toMatchObject({ tier: "Agency", cancelAt: expect.any(String) });
  expect(await chosen(workspace, "Agency")).toBeNull();
  await work();
  expect(await shown(workspace)).toMatchObject({ tier: "Agency", cancelAt: null });

  subscription!.status = "canceled";
  await deliver(eventOf("customer.subscription.deleted", subscription!));
  await work();
  expect(await shown(workspace)).toMatchObject({ tier: "Free", status: "Canceled", nextBillingDate: null });
  // And bought anew: another subscription of the same customer.
  stripe.pay((await chosen(workspace, "Team"))!);
  await deliver(eventOf("customer.subscription.created", [...stripe.subscriptions.values()].at(-1)!));
  await work();
  expect(await shown(workspace)).toMatchObject({ tier: "Team", status: "Active" });
  const told = await rows("audit_events", workspace.id, "and action like 'billing.%' order by at");
  expect(told.map(({ action }) => action)).toContain("billing.plan_changed");
});

test("a smaller plan is paid for less from the next invoice on", async () => {
  const workspace = await paid("Agency");
  await deliver(eventOf("customer.subscription.created", workspace.subscription));
  await work();
  await chosen(workspace, "Team");
  expect(stripe.calls.at(-1)!.form).toMatchObject({ proration_behavior: "create_prorations" });
});

test("each event, five times, at once and shuffled, has one effect", async () => {
  const workspace = await paid("Team");
  const { subscription } = workspace;
  const topUp = await call(workspace.admin, "POST", "/billing/top-ups", { packs: 2 });
  const { session } = stripe.pay(String(topUp.body.checkoutUrl));
  const { customer } = subscription;
  const about = [
    eventOf("customer.subscription.created", subscription),
    eventOf("customer.subscription.updated", { ...subscription, status: "past_due" }, { created: 1 }),
    eventOf("invoice.paid", { id: "in_1", object: "invoice", customer }),
    eventOf("checkout.session.completed", session),
    eventOf("checkout.session.async_payment_succeeded", session),
    eventOf("customer.subscription.deleted", { ...subscription, status: "canceled" }, { created: 2 }),
  ];
  const five = about.flatMap((event) => Array.from({ length: 5 }, () => event));
  const shuffled = five.map((event, i) => ({ event, at: (i * 7_919) % 31 })).toSorted((a, b) => a.at - b.at);
  const answers = await Promise.all(shuffled.map(({ event }) => deliver(event)));
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([204]));
  await work();
  // Again, and late, when all was done.
  await Promise.all(about.map((event) => deliver(event)));
  await work();

  expect(await shown(workspace)).toMatchObject({ tier: "Team", status: "Active", aiCredits: { toppedUp: 2_000 } });
  expect(await rows("billing_ledger", workspace.id, "and kind = 'TopUp'")).toHaveLength(1);
  expect((await changes(workspace.id)).map(({ type, payload }) => ({ type, payload }))).toEqual([
    { type: "billing.plan_changed", payload: { from: "Free", to: "Team", status: "Active" } },
  ]);
  const known = await t.asOwner("select from billing_stripe_events where id = any ($1)", [about.map(({ id }) => id)]);
  expect(known).toHaveLength(about.length);
});

test("whatever the order, the last word is Stripe's own", async () => {
  const orders = [
    [0, 1, 2],
    [2, 1, 0],
    [1, 2, 0],
  ];
  for (const order of orders) {
    const workspace = await paid("Team");
    const { subscription } = workspace;
    const told = [
      eventOf("customer.subscription.created", structuredClone(subscription), { created: 1 }),
      eventOf(
        "customer.subscription.updated",
        { ...structuredClone(subscription), status: "past_due" },
        { created: 2 },
      ),
      eventOf(
        "customer.subscription.deleted",
        { ...structuredClone(subscription), status: "canceled" },
        { created: 3 },
      ),
    ];
    subscription.status = "canceled";
    for (const i of order) {
      await deliver(told[i]!);
      await work();
    }
    expect([order, await shown(workspace)]).toMatchObject([order, { tier: "Free" }]);
  }
});

test("an answer that was asked for earlier is not put over a later one", async () => {
  const workspace = await paid("Team");
  const { subscription } = workspace;
  await deliver(eventOf("customer.subscription.created", subscription));
  await work();
  await deliver(eventOf("invoice.upcoming", { customer: subscription.customer }));
  let release = () => {};
  let reached = () => {};
  const isAsked = new Promise<void>((resolve) => {
    reached = resolve;
  });
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  let first = true;
  stripe.hold(async (path) => {
    if (!first || path !== "/v1/subscriptions") return;
    first = false;
    reached();
    await held;
  });
  const slow = work();
  await isAsked;
  // Meanwhile it ends, and a second job asks and is answered.
  subscription.status = "canceled";
  await deliver(eventOf("customer.subscription.deleted", subscription));
  await work();
  expect(await shown(workspace)).toMatchObject({ tier: "Free", status: "Canceled" });
  release();
  await slow;
  stripe.hold(async () => {});
  expect(await shown(workspace)).toMatchObject({ tier: "Free", status: "Canceled" });
});

test("a forged event, an old one, one from the future and one that was changed are refused, and change nothing", async () => {
  const { id, subscription } = await paid("Enterprise");
  const event = eventOf("customer.subscription.created", subscription);
  const forged = await deliver(event, { secret: "whsec_somebody_elses" });
  expect([forged.status, (await forged.json()).code]).toEqual([403, "signature_invalid"]);
  for (const ageSeconds of [301, 3_600, -330, -3_600]) {
    expect([ageSeconds, (await deliver(event, { ageSeconds })).status]).toEqual([ageSeconds, 403]);
  }
  const { payload, header } = signed(event);
  expect((await send({ payload: payload.replace("price_enterprise", "price_team"), header })).status).toBe(403);
  expect((await send({ payload: `${payload} `, header })).status).toBe(403);
  expect((await send({ payload, header: "" })).status).toBe(403);
  expect((await send({ payload, header: header.replace("v1=", "v0=") })).status).toBe(403);
  expect((await send(signed({ toString: "no event" }))).status).toBe(204);
  await work();
  expect(await changes(id)).toEqual([]);
  expect(await t.asOwner("select from billing_stripe_events where id = $1", [event.id])).toEqual([]);
  // As it is, within the five minutes, it is taken in.
  expect((await deliver(event, { ageSeconds: 290 })).status).toBe(204);
  await work();
  expect(await changes(id)).toHaveLength(1);
});

test("an event about nobody here is answered, and does nothing", async () => {
  const answer = await deliver(eventOf("customer.subscription.created", { id: "sub_x", customer: "cus_of_another" }));
  expect(answer.status).toBe(204);
  expect((await deliver(eventOf("radar.early_fraud_warning.created", { id: "x" }))).status).toBe(204);
});

test("where no secret is set, events are not taken in", async () => {
  const { payload, header } = signed(eventOf("invoice.paid", {}));
  const headers = { "stripe-signature": header };
  const answer = await testApp(t).request("/api/v1/billing/stripe", { method: "POST", headers, body: payload });
  expect(answer.status).toBe(404);
});

test("while Stripe is out of reach nothing is lost", async () => {
  const workspace = await paid("Team");
  await deliver(eventOf("customer.subscription.created", workspace.subscription));
  stripe.goDown(true);
  await work();
  expect(await shown(workspace)).toMatchObject({ tier: "Free" });
  const refused = await call(workspace.admin, "GET", "/billing/invoices");
  expect([refused.status, refused.body.code]).toEqual([502, "payments_unreachable"]);
  stripe.goDown(false);
  await t.asOwner("update graphile_worker._private_jobs set run_at = now() where locked_by is null");
  await work();
  expect(await shown(workspace)).toMatchObject({ tier: "Team" });
});

test("who doesn't pay has the plan for a grace, then what is free, and the plan again when they pay", async () => {
  const workspace = await paid("Team");
  const { id, subscription } = workspace;
  await deliver(eventOf("customer.subscription.created", subscription));
  await work();
  subscription.status = "past_due";
  await deliver(eventOf("invoice.payment_failed", { id: "in_2", customer: subscription.customer }));
  await work();
  const failing = await shown(workspace);
  expect(failing).toMatchObject({ tier: "Team", status: "PastDue", graceEndsAt: expect.any(String) });
  const days = (Date.parse(String(failing.graceEndsAt)) - Date.now()) / 86_400_000;
  expect(Math.round(days)).toBe(14);
  // A further try that fails makes the grace no longer.
  await deliver(eventOf("invoice.payment_failed", { id: "in_2", customer: subscription.customer }));
  await work();
  expect((await shown(workspace)).graceEndsAt).toBe(failing.graceEndsAt);

  await t.asOwner(
    "update billing_accounts set grace_ends_at = now() where id = (select account_id from billing_subscriptions where workspace_id = $1)",
    [id],
  );
  await t.asOwner("select app.tend_billing()");
  await work();
  expect(await shown(workspace)).toMatchObject({ tier: "Free", status: "Unpaid" });
  subscription.status = "active";
  await deliver(eventOf("invoice.paid", { id: "in_2", customer: subscription.customer }));
  await work();
  expect(await shown(workspace)).toMatchObject({ tier: "Team", status: "Active", graceEndsAt: null });
  expect((await changes(id)).map(({ type }) => type)).toEqual([
    "billing.plan_changed",
    "billing.payment_failed",
    "billing.plan_changed",
    "billing.plan_changed",
  ]);
});

test("only who pays buys, and another workspace's Admin sees nothing of it", async () => {
  const workspace = await paid("Team");
  await deliver(eventOf("customer.subscription.created", workspace.subscription));
  await work();
  const { id } = workspace;
  const second = await seedMember(t, id, "Admin");
  const editor = await seedMember(t, id, "Editor");
  const stranger = await seedWorkspace(t);
  const doors = [
    ["POST", "/billing/upgrade", { tier: "Agency" }],
    ["POST", "/billing/top-ups", {}],
    ["POST", "/billing/portal", undefined],
    ["GET", "/billing/invoices", undefined],
    ["PUT", "/billing/pooling", { pooling: true }],
    ["POST", "/billing/payer", undefined],
  ] as const;
  const before = stripe.calls.length;
  for (const [method, path, body] of doors) {
    expect([path, (await call(null, method, path, body)).status]).toEqual([path, 401]);
    expect([path, (await call(editor, method, path, body)).status]).toEqual([path, 403]);
    expect([path, (await call(second, method, path, body)).status]).toEqual([path, 403]);
    expect([path, (await call({ ...stranger.admin, workspaceId: id }, method, path, body)).status]).toEqual([
      path,
      404,
    ]);
  }
  expect(stripe.calls).toHaveLength(before);
  expect((await call(second, "GET", "/billing/subscription")).body).toMatchObject({
    tier: "Team",
    payer: { you: false },
    offers: { plans: [], topUp: false, portal: false, invoices: false, pooling: false, takeOver: false },
  });
  expect((await call(stranger.admin, "GET", "/billing/subscription")).body).toMatchObject({ tier: "Free" });
  expect((await call(stranger.admin, "GET", "/billing/invoices")).body.items).toEqual([]);
  // And whoever pays does.
  expect((await call(workspace.admin, "GET", "/billing/invoices")).body.items).toMatchObject([
    { number: "A1B2-0001", status: "Paid", currency: "EUR", total: 4_900 },
  ]);
  expect((await call(workspace.admin, "POST", "/billing/portal")).body.url).toMatch(/^https:\/\/billing/);
  expect((await call(stranger.admin, "POST", "/billing/portal")).body.code).toBe("payment_required");
});

test("where nothing is sold, it is said who sets the plan", async () => {
  const { admin } = await seedWorkspace(t);
  const plain = caller(t);
  for (const [path, body] of [
    ["/billing/upgrade", { tier: "Team" }],
    ["/billing/top-ups", {}],
    ["/billing/portal", undefined],
  ] as const) {
    const refused = await plain(admin, "POST", path, body);
    expect([path, refused.status, refused.body.code]).toEqual([path, 409, "plan_set_by_operator"]);
  }
  expect((await plain(admin, "GET", "/billing/subscription")).body.offers).toMatchObject({ plans: [], topUp: false });
});

test("an operator sets a plan by hand, which is in the audit log, and not over what is paid by Stripe", async () => {
  const operator = new pg.Client({ connectionString: t.urls.worker });
  await operator.connect();
  const set = (workspace: string, tier: string) => managePlan(operator, { workspace, tier });
  try {
    const workspace = await seedWorkspace(t);
    expect(await set(workspace.id, "Agency")).toMatch("has the plan Agency now");
    await work();
    expect(await shown(workspace)).toMatchObject({ tier: "Agency", provider: "Manual" });
    const [row] = await rows("audit_events", workspace.id, "and action = 'billing.plan_changed'");
    expect(row).toMatchObject({ actor_kind: "System", detail: { from: "Free", to: "Agency", by: "operator" } });
    expect(await set(workspace.id, "default")).toMatch("has the plan Free now");
    await expect(set(workspace.id, "Gold")).rejects.toThrow("Free|Team|Agency|Enterprise|default");
    await expect(set("nowhere", "Team")).rejects.toThrow("no workspace");

    const payer = await paid("Team");
    await deliver(eventOf("customer.subscription.created", payer.subscription));
    await work();
    await expect(set(payer.id, "Enterprise")).rejects.toThrow("pays by Stripe");
    expect(await shown(payer)).toMatchObject({ tier: "Team", provider: "Stripe" });
  } finally {
    await operator.end();
  }
});

test("what Stripe tells of its other mode is ignored", async () => {
  const workspace = await paid();
  const event = eventOf("customer.subscription.created", workspace.subscription, { livemode: true });
  expect((await deliver(event)).status).toBe(204);
  await work();
  expect(await shown(workspace)).toMatchObject({ tier: "Free", provider: "Manual" });
  expect((await deliver({ ...event, livemode: false })).status).toBe(204);
  await work();
  expect(await shown(workspace)).toMatchObject({ tier: "Team", provider: "Stripe" });
});

test("a subscription is ended at once, and one that is over is left as it is", async () => {
  const { subscription } = await paid();
  await stripe.payments.cancelNow(subscription.id);
  expect(stripe.subscriptions.get(subscription.id)!.status).toBe("canceled");
  await stripe.payments.cancelNow(subscription.id);
  const ended = stripe.calls.filter(({ method, path }) => method === "DELETE" && path.endsWith(subscription.id));
  expect(ended).toHaveLength(1);
});

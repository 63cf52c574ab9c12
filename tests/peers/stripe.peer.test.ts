import Stripe from "stripe";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startStripeMock, stripeMockMissing } from "#tests/peers/stripe-server";
import { createPayments, type Payments } from "@/features/billing";

const missing = stripeMockMissing();
const SECRET_KEY = "sk_test_123";
const buyer = {
  customerId: "cus_1",
  accountId: "3e2d3c4b-0000-4000-8000-000000000001",
  workspaceId: "3e2d3c4b-0000-4000-8000-000000000002",
  successUrl: "https://content.example.com/w/acme/settings/billing?paid=yes",
  cancelUrl: "https://content.example.com/w/acme/settings/billing",
};

describe.skipIf(missing)(`Stripe's own mock${missing ? ` (skipped: ${missing})` : ""}`, () => {
  let server: Awaited<ReturnType<typeof startStripeMock>>;
  let payments: Payments;
  beforeAll(async () => {
    server = await startStripeMock();
    payments = createPayments({ secretKey: SECRET_KEY, apiUrl: server.url, trialDays: 14 });
  });
  afterAll(() => server?.stop());

  it("refuses what Stripe's description does not know, so that what it takes has the right shape", async () => {
    const { port } = new URL(server.url);
    const plain = new Stripe(SECRET_KEY, { host: "127.0.0.1", port, protocol: "http", maxNetworkRetries: 0 });
    await expect(plain.customers.create({ nickname: "x" } as never)).rejects.toMatchObject({ statusCode: 400 });
    await expect(
      plain.checkout.sessions.create({ mode: "subscription", tax_id_collection: { on: true } } as never),
    ).rejects.toMatchObject({ statusCode: 400 });
  });

  it("takes each of our calls", async () => {
    const { accountId, ...back } = buyer;
    expect(await payments.createCustomer({ accountId, name: "Kim", email: "kim@example.com" })).toMatch(/^cus_/);
    for (const first of [true, false])
      expect(await payments.checkoutPlan({ ...buyer, tier: "Team", first })).toMatch(/^https:\/\//);
    expect(await payments.checkoutTopUp({ ...back, accountId, packs: 3 })).toMatch(/^https:\/\//);
    await payments.changePlan("sub_1", "Agency");
    await payments.cancelAtPeriodEnd("sub_1");
    expect(await payments.openPortal({ customerId: "cus_1", returnUrl: buyer.cancelUrl })).toMatch(/^https:\/\//);
    expect(await payments.listInvoices("cus_1")).toBeInstanceOf(Array);
    expect(await payments.purchaseOf("cs_1")).toBeUndefined();
  });

  it("is told what is missing where a price names no plan", async () => {
    await expect(payments.stateOf("cus_1")).rejects.toThrow("names no plan: give it the metadata contentos_tier");
  });
});

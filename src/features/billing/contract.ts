import { createRoute } from "@hono/zod-openapi";
import {
  body,
  Cursor,
  creates,
  Id,
  Instant,
  inWorkspace,
  json,
  Limit,
  memberProblems,
  page,
  SIGNED_IN,
  Timestamp,
  z,
} from "@/platform/contract";
import { LIMIT_NAMES, TIER_NAMES } from "./tiers";

export { type LimitName, TIER_NAMES, TIERS, type TierName, TOP_UP_CREDITS } from "./tiers";

export const PROVIDERS = ["Manual", "Stripe"] as const;
export const STATUSES = ["Active", "Trialing", "PastDue", "Unpaid", "Canceled"] as const;
export const LIMIT_STATES = ["Ok", "Near", "Full", "Over"] as const;
const Tier = z.enum(TIER_NAMES).openapi("Tier");

const SUBSCRIPTION = {
  tier: "Free",
  status: "Active",
  provider: "Stripe",
  payer: { name: "Kim Example", you: true, owner: true },
  limits: [
    { name: "seats", used: 2, allowed: 3, state: "Ok" },
    { name: "workspaces", used: 1, allowed: 1, state: "Full" },
    { name: "channels", used: 3, allowed: 3, state: "Full" },
    { name: "storageBytes", used: 1_800_000_000, allowed: 2_147_483_648, state: "Near" },
  ],
  overPlan: false,
  trialEndsAt: null,
  graceEndsAt: null,
  cancelAt: null,
  pooling: { now: false, next: false, from: null },
  offers: {
    plans: ["Team", "Agency", "Enterprise"],
    topUp: true,
    portal: true,
    invoices: true,
    pooling: true,
    takeOver: false,
  },
  aiCredits: {
    pooled: false,
    included: 100,
    used: 12,
    reserved: 0,
    toppedUp: 0,
    remaining: 88,
    low: false,
    resetsAt: "2026-12-01T00:00:00.000Z",
  },
  nextBillingDate: null,
};

export const Subscription = z
  .object({
    tier: Tier,
    status: z.enum(STATUSES).openapi({
      description: "PastDue has its plan until `graceEndsAt`; Unpaid and Canceled have what those have who never paid.",
    }),
    provider: z.enum(PROVIDERS).openapi({ description: "Whether the operator says what the plan is, or Stripe." }),
    payer: z
      .object({
        name: z.string(),
        you: z.boolean(),
        owner: z.boolean().openapi({ description: "Whether whoever owns the workspace pays for it." }),
      })
      .nullable(),
    limits: z.array(
      z.object({
        name: z.enum(LIMIT_NAMES),
        used: z.number(),
        allowed: z.number(),
        state: z.enum(LIMIT_STATES).openapi({
          description: "Near from four fifths on. What is Over stays readable, and nothing is added to it.",
        }),
      }),
    ),
    overPlan: z.boolean().openapi({
      description: "Whether the account pays for more workspaces than its plan has, this one among the last of them.",
    }),
    trialEndsAt: Timestamp.nullable(),
    graceEndsAt: Timestamp.nullable(),
    cancelAt: Timestamp.nullable(),
    pooling: z
      .object({
        now: z.boolean(),
        next: z.boolean(),
        from: z.string().nullable().openapi({ description: "The day from which `next` holds." }),
      })
      .openapi({ description: "Whether the account's workspaces share their credits." }),
    offers: z
      .object({
        plans: z.array(Tier),
        topUp: z.boolean(),
        portal: z.boolean(),
        invoices: z.boolean(),
        pooling: z.boolean(),
        takeOver: z.boolean(),
      })
      .openapi({ description: "What whoever asks can do here." }),
    aiCredits: z.object({
      pooled: z.boolean().openapi({ description: "Then included and remaining are those of all who share." }),
      included: z.int().openapi({ description: "In this month." }),
      used: z.int().openapi({ description: "In this month." }),
      reserved: z.int().openapi({ description: "Taken aside by calls that are under way." }),
      toppedUp: z.int().openapi({ description: "What is left of what was added; it does not end with the month." }),
      remaining: z.int(),
      low: z.boolean().openapi({ description: "Whether four fifths are gone." }),
      resetsAt: Timestamp,
    }),
    nextBillingDate: z.string().nullable(),
  })
  .openapi("Subscription", { example: SUBSCRIPTION });

export const LEDGER_KINDS = [
  "Included",
  "TopUp",
  "Correction",
  "Reserve",
  "Settle",
  "Release",
  "Lapse",
  "Expire",
  "Return",
] as const;
export const LEDGER_ACCOUNTS = ["issued", "included", "toppedUp", "reserved", "spent", "expired"] as const;

const LedgerTransaction = z
  .object({
    id: Id,
    number: z.int(),
    kind: z.enum(LEDGER_KINDS),
    reservationId: Id.nullable(),
    entries: z
      .array(z.object({ account: z.enum(LEDGER_ACCOUNTS), amount: z.int() }))
      .openapi({ description: "They sum to zero." }),
    remaining: z.int().openapi({ description: "What could be spent after it." }),
    reserved: z.int(),
    note: z.string().nullable(),
    createdBy: Id.nullable(),
    at: Timestamp,
  })
  .openapi("LedgerTransaction", {
    example: {
      id: "3e2d3c4b-0000-4000-8000-000000000001",
      number: 7,
      kind: "Settle",
      reservationId: "3e2d3c4b-0000-4000-8000-000000000002",
      entries: [
        { account: "reserved", amount: -6 },
        { account: "spent", amount: 2 },
        { account: "included", amount: 4 },
      ],
      remaining: 98,
      reserved: 0,
      note: null,
      createdBy: "5f0c2f0a-61f5-4f0e-8a0d-2c7a7c1f0b02",
      at: "2026-11-22T09:00:00.000Z",
    },
  });
export const CreditLedger = page(LedgerTransaction).openapi("CreditLedger");

export const ListCredits = z.strictObject({
  until: Instant.optional().openapi({ description: "The ledger as it was then: the first row tells its balance." }),
  limit: Limit,
  cursor: Cursor,
});

const base = { tags: ["billing"], security: SIGNED_IN };

export const getSubscription = createRoute({
  ...base,
  operationId: "getSubscription",
  method: "get",
  path: "/billing/subscription",
  summary: "Read the workspace's tier and credits",
  request: { headers: inWorkspace },
  responses: { 200: json("The subscription", Subscription), ...memberProblems() },
});

export const listCredits = createRoute({
  ...base,
  operationId: "listCredits",
  method: "get",
  path: "/billing/credits",
  summary: "List the ledger of credits, the newest first",
  request: { headers: inWorkspace, query: ListCredits },
  responses: { 200: json("A page of the ledger", CreditLedger), ...memberProblems("invalid_cursor") },
});

export const ChoosePlan = z.strictObject({ tier: Tier }).openapi("ChoosePlan", { example: { tier: "Agency" } });
export const ChosenPlan = z
  .object({
    subscription: Subscription,
    checkoutUrl: z.string().nullable().openapi({
      description:
        "Where it is paid. Null where the plan that there is was changed: Stripe's answer arrives as an event.",
    }),
  })
  .openapi("ChosenPlan", { example: { subscription: SUBSCRIPTION, checkoutUrl: null } });
export const BuyCredits = z
  .strictObject({
    packs: z.int().min(1).max(100).default(1).openapi({ description: "Of 1,000 credits each." }),
  })
  .openapi("BuyCredits", { example: { packs: 2 } });
export const Checkout = z
  .object({ checkoutUrl: z.string() })
  .openapi("Checkout", { example: { checkoutUrl: "https://checkout.stripe.com/c/pay/cs_test_a1" } });
export const Portal = z
  .object({ url: z.string() })
  .openapi("BillingPortal", { example: { url: "https://billing.stripe.com/p/session/test_a1" } });
export const SetPooling = z
  .strictObject({ pooling: z.boolean() })
  .openapi("SetPooling", { example: { pooling: true } });

const Invoice = z
  .object({
    id: z.string(),
    number: z.string().nullable(),
    status: z.enum(["Open", "Paid", "Uncollectible", "Void"]),
    currency: z.string(),
    total: z.int().openapi({ description: "In the currency's smallest unit." }),
    createdAt: Timestamp,
    url: z.string().nullable(),
    pdfUrl: z.string().nullable(),
  })
  .openapi("Invoice", {
    example: {
      id: "in_1",
      number: "A1B2-0001",
      status: "Paid",
      currency: "EUR",
      total: 4_900,
      createdAt: "2026-11-01T09:00:00.000Z",
      url: "https://invoice.stripe.com/i/acct_1/test_1",
      pdfUrl: "https://pay.stripe.com/invoice/acct_1/test_1/pdf",
    },
  });
export const Invoices = z.object({ items: z.array(Invoice) }).openapi("Invoices");

const paying = ["plan_set_by_operator", "payments_unreachable"] as const;

export const choosePlan = createRoute({
  ...base,
  operationId: "choosePlan",
  method: "post",
  path: "/billing/upgrade",
  summary: "Choose a plan, as the one who pays",
  request: { headers: inWorkspace, body: body(ChoosePlan) },
  responses: {
    200: json("The subscription, or where to pay", ChosenPlan),
    ...memberProblems(...paying, "payment_failed"),
  },
});

export const buyCredits = createRoute({
  ...base,
  operationId: "buyCredits",
  method: "post",
  path: "/billing/top-ups",
  summary: "Buy credits for the workspace, as the one who pays",
  request: { headers: creates, body: body(BuyCredits) },
  responses: { 201: json("Where to pay", Checkout), ...memberProblems(...paying, "idempotency_key_reused") },
});

export const openPortal = createRoute({
  ...base,
  operationId: "openPortal",
  method: "post",
  path: "/billing/portal",
  summary: "Open Stripe's pages for ways to pay, tax ids and cancellation",
  request: { headers: inWorkspace },
  responses: {
    200: json("An address that holds for minutes", Portal),
    ...memberProblems(...paying, "payment_required"),
  },
});

export const listInvoices = createRoute({
  ...base,
  operationId: "listInvoices",
  method: "get",
  path: "/billing/invoices",
  summary: "List the newest invoices of the account, as the one who pays",
  request: { headers: inWorkspace },
  responses: { 200: json("Invoices, the newest first", Invoices), ...memberProblems(...paying) },
});

export const setPooling = createRoute({
  ...base,
  operationId: "setPooling",
  method: "put",
  path: "/billing/pooling",
  summary: "Have the account's workspaces share their credits, or not, from the next month on",
  request: { headers: inWorkspace, body: body(SetPooling) },
  responses: { 200: json("The subscription", Subscription), ...memberProblems() },
});

export const takeOverBilling = createRoute({
  ...base,
  operationId: "takeOverBilling",
  method: "post",
  path: "/billing/payer",
  summary: "Pay for the workspace, as its owner, in place of who paid until now",
  request: { headers: inWorkspace },
  responses: { 200: json("The subscription", Subscription), ...memberProblems("plan_limit", "conflict") },
});

import type { WorkspaceTx } from "@/db/client";
import { enqueue } from "@/db/queue";
import { record } from "@/features/audit";
import type { Actor } from "@/platform/actor";
import { AppError } from "@/platform/errors";
import { canPay } from "../policy";
import { requireAdmin } from "../service";
import type { PaidTier, Payments } from "../stripe/client";
import { setCustomer } from "../stripe/queries";
import type { TierName } from "../tiers";
import * as queries from "./queries";
import { requireWorkspaceRoom } from "./service";

type Tx = WorkspaceTx;
/** A transaction of its own, since Stripe is asked between them. */
export type InTx = <T>(work: (tx: Tx, actor: Actor) => Promise<T>) => Promise<T>;
export type PayingDeps = { payments: Payments | null; publicUrl: string };

/** @throws AppError `plan_set_by_operator` where there is nothing to buy */
export function requirePayments(payments: Payments | null): Payments {
  if (payments) return payments;
  throw new AppError(
    "plan_set_by_operator",
    "Nothing is bought here: whoever operates this deployment sets the plan. Ask them for another one.",
  );
}

/** The account of whoever pays, who asks. */
export async function requirePayer(tx: Tx, actor: Actor) {
  requireAdmin(actor);
  await queries.usage(tx, { hold: true });
  const account = await queries.account(tx);
  if (!canPay(account)) {
    throw new AppError("forbidden", `Only who pays does this: ask ${account?.payerName ?? "the workspace's owner"}.`);
  }
  return { ...account!, workspaceId: actor.workspaceId };
}
type Payer = Awaited<ReturnType<typeof requirePayer>>;

/** Their name at Stripe, which they get when they first buy something. */
async function customerOf(inTx: InTx, payments: Payments, payer: Payer) {
  if (payer.customerId) return payer.customerId;
  const { id: accountId, payerName, payerEmail } = payer;
  const made = await payments.createCustomer({ accountId, name: payerName, email: payerEmail! });
  return inTx((tx) => setCustomer(tx, made));
}

const backTo = (publicUrl: string, slug: string) => {
  const page = `${publicUrl}/w/${slug}/settings/billing`;
  return { successUrl: `${page}?paid=yes`, cancelUrl: page, returnUrl: page };
};

/** Answers where to pay; null where a plan that there is was changed. */
export async function choosePlan(deps: PayingDeps, inTx: InTx, { tier }: { tier: TierName }) {
  const payer = await inTx(requirePayer);
  const payments = requirePayments(deps.payments);
  if (payer.subscriptionId) {
    await (tier === "Free"
      ? payments.cancelAtPeriodEnd(payer.subscriptionId)
      : payments.changePlan(payer.subscriptionId, tier));
    await inTx(async (tx, actor) => {
      await chosen(tx, actor, tier);
      await enqueue(tx, { task: "billing.sync", payload: {}, jobKey: "billing.sync" });
    });
    return null;
  }
  if (tier === "Free") return null;
  const customerId = await customerOf(inTx, payments, payer);
  const url = await checkout(payments, { payer, customerId, tier, back: backTo(deps.publicUrl, payer.slug) });
  await inTx((tx, actor) => chosen(tx, actor, tier));
  return url;
}

type Ordered = { payer: Payer; customerId: string; tier: PaidTier; back: ReturnType<typeof backTo> };
const checkout = (payments: Payments, { payer, customerId, tier, back }: Ordered) =>
  payments.checkoutPlan({
    ...back,
    tier,
    customerId,
    accountId: payer.id,
    workspaceId: payer.workspaceId,
    first: payer.provider === "Manual",
  });

const chosen = async (tx: Tx, actor: Actor, tier: TierName) =>
  record(tx, actor, {
    action: "billing.plan_chosen",
    subjectType: "workspace",
    subjectId: actor.workspaceId,
    detail: { tier },
  });

export async function buyCredits(deps: PayingDeps, inTx: InTx, { packs }: { packs: number }) {
  const payer = await inTx(requirePayer);
  const payments = requirePayments(deps.payments);
  const customerId = await customerOf(inTx, payments, payer);
  return payments.checkoutTopUp({
    ...backTo(deps.publicUrl, payer.slug),
    packs,
    customerId,
    accountId: payer.id,
    workspaceId: payer.workspaceId,
  });
}

export async function openPortal(deps: PayingDeps, inTx: InTx) {
  const { customerId, slug } = await inTx(requirePayer);
  const payments = requirePayments(deps.payments);
  if (!customerId)
    throw new AppError("payment_required", "Nothing was bought yet: choose a plan or buy credits first.");
  return payments.openPortal({ customerId, returnUrl: backTo(deps.publicUrl, slug).returnUrl });
}

export async function listInvoices(deps: PayingDeps, inTx: InTx) {
  const { customerId } = await inTx(requirePayer);
  const payments = requirePayments(deps.payments);
  return { items: customerId ? await payments.listInvoices(customerId) : [] };
}

export async function setPooling(tx: Tx, actor: Actor, { pooling }: { pooling: boolean }) {
  await requirePayer(tx, actor);
  await queries.setPooling(tx, pooling);
  await record(tx, actor, {
    action: "billing.pooling_set",
    subjectType: "workspace",
    subjectId: actor.workspaceId,
    detail: { pooling },
  });
}

/** From the account that paid for it to its owner's own, which must have room for it. */
export async function takeOverBilling(tx: Tx, actor: Actor) {
  requireAdmin(actor);
  await queries.usage(tx, { hold: true });
  const account = await queries.account(tx);
  if (!account?.isOwner) throw new AppError("forbidden", "Only the owner of a workspace takes its payment over.");
  if (account.isPayer) throw new AppError("conflict", "You pay for this workspace already: there is nothing to do.");
  await requireWorkspaceRoom(tx);
  await queries.takeOver(tx);
  await record(tx, actor, {
    action: "billing.taken_over",
    subjectType: "workspace",
    subjectId: actor.workspaceId,
    detail: { from: account.id },
  });
}

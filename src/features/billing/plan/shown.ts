import type { WorkspaceTx } from "@/db/client";
import type { Actor } from "@/platform/actor";
import type { LIMIT_STATES } from "../contract";
import { canPay } from "../policy";
import { balance } from "../queries";
import { isLow, requireAdmin } from "../service";
import { LIMIT_NAMES, TIER_NAMES, TIERS } from "../tiers";
import * as queries from "./queries";
import { isOverPlan, usedOf } from "./service";

/** From this share on it is said that a limit is near. */
const NEAR_SHARE = 0.8;

function stateOf(used: number, allowed: number): (typeof LIMIT_STATES)[number] {
  if (used > allowed) return "Over";
  if (used === allowed) return "Full";
  return used >= allowed * NEAR_SHARE ? "Near" : "Ok";
}

/** The workspace's plan, what is used of it, and what whoever asks can do about it. */
export async function getSubscription(
  tx: WorkspaceTx,
  actor: Actor,
  { now, sells }: { now: Date /** Whether Stripe is set up. */; sells: boolean },
) {
  requireAdmin(actor);
  const usage = await queries.usage(tx, { hold: true });
  const account = await queries.account(tx);
  if (!account) throw new Error("The subscription that was opened just now is on no account");
  const { tier: _same, ...credits } = await balance(tx);
  const used = usedOf(usage);
  const { pooling, poolingNext, poolingFrom } = account;
  const changed = poolingFrom !== null && new Date(poolingFrom) <= now;
  const pays = canPay(account);
  return {
    tier: usage.tier,
    status: account.status,
    provider: account.provider,
    payer: { name: account.payerName, you: account.isPayer, owner: account.ownerPays },
    limits: LIMIT_NAMES.map((name) => {
      const allowed = TIERS[usage.tier][name];
      return { name, used: used[name], allowed, state: stateOf(used[name], allowed) };
    }),
    overPlan: isOverPlan(usage),
    trialEndsAt: account.trialEndsAt,
    graceEndsAt: account.graceEndsAt,
    cancelAt: account.cancelAt,
    pooling: { now: changed ? poolingNext : pooling, next: poolingNext, from: changed ? null : poolingFrom },
    offers: {
      plans: sells && pays ? TIER_NAMES.filter((tier) => tier !== usage.tier || account.cancelAt !== null) : [],
      topUp: sells && pays,
      portal: sells && pays && account.customerId !== null,
      invoices: sells && pays && account.customerId !== null,
      pooling: pays && usage.workspaces > 1,
      takeOver: account.isOwner && !account.isPayer,
    },
    aiCredits: {
      ...credits,
      low: isLow(credits),
      resetsAt: new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1, 1)),
    },
    nextBillingDate: account.periodEndsAt?.slice(0, 10) ?? null,
  };
}

import type { z } from "zod";
import type { WorkspaceTx } from "@/db/client";
import { emit } from "@/db/outbox";
import { decodeCursor, toPage } from "@/http/cursor";
import type { Actor, AnyActor } from "@/platform/actor";
import { AppError } from "@/platform/errors";
import { LEDGER_ACCOUNTS, type ListCredits } from "./contract";
import * as plan from "./plan/queries";
import { requireWithinWorkspaces } from "./plan/service";
import { canSee } from "./policy";
import * as queries from "./queries";
import { LOW_SHARE } from "./tiers";

type Tx = WorkspaceTx;

/** Every workspace has one, on the account of its owner. */
export async function openSubscription(tx: Tx) {
  await plan.openSubscription(tx);
}

/** Whether so little is left that somebody should be told; of all that there was in the month. */
export const isLow = ({ remaining, reserved, used, pooled, included, toppedUp }: queries.Credits) =>
  // Of what others who share have used, only what remains tells.
  remaining <= (pooled ? Math.max(included + toppedUp, remaining) : remaining + reserved + used) * LOW_SHARE;

/** What whoever spends credits is shown. */
export const shownCredits = (credits: queries.Credits) => ({
  included: credits.included,
  used: credits.used,
  remaining: credits.remaining,
  low: isLow(credits),
});

export const creditsNow = async (tx: Tx) => shownCredits(await queries.balance(tx));

/**
 * Takes credits aside before they are spent. Two at once can't have the same: they meet at the workspace's subscription,
 * which this transaction holds until its end.
 *
 * @param credits at least 1
 * @param seconds 1 to 3600; who has not settled by then gets them back, and pays nothing
 * @throws AppError `credits_exhausted` with what is left, `workspace_over_plan`
 */
export async function reserveCredits(tx: Tx, { credits, seconds }: { credits: number; seconds: number }) {
  await requireWithinWorkspaces(tx);
  const { reservationId, ...told } = await queries.reserve(tx, credits, seconds);
  if (reservationId) return { reservationId, credits: shownCredits(told) };
  throw new AppError(
    "credits_exhausted",
    `This needs up to ${credits} credits and ${told.remaining} are left: ask an Admin to add some, or wait for the next month.`,
    { extensions: { credits: { needed: credits, ...shownCredits(told) } } },
  );
}

/** Pays what was used, at most what was reserved, and gives the rest back. Done twice, it is done once. */
export async function settleCredits(
  tx: Tx,
  actor: AnyActor,
  { reservationId, used }: { reservationId: string; used: number },
) {
  const before = await queries.balance(tx);
  const { closed, ...told } = await queries.settle(tx, reservationId, used);
  const spent = closed ? told.used - before.used : 0;
  const wasLow = isLow({ ...told, used: told.used - spent, remaining: told.remaining + spent });
  const { remaining, included } = told;
  const subjectId = actor.workspaceId;
  if (spent > 0 && remaining + told.reserved === 0)
    await emit(tx, { type: "billing.credits_exhausted", subjectId, payload: { included } });
  else if (spent > 0 && isLow(told) && !wasLow)
    await emit(tx, { type: "billing.credits_low", subjectId, payload: { remaining, included } });
  return { closed, used: spent, credits: shownCredits(told) };
}

/** Gives everything back. */
export const releaseCredits = (tx: Tx, actor: AnyActor, { reservationId }: { reservationId: string }) =>
  settleCredits(tx, actor, { reservationId, used: 0 });

export function requireAdmin(actor: Actor) {
  if (!canSee(actor))
    throw new AppError("forbidden", "Only Admins see billing: ask one of your workspace.", { reason: "needs_admin" });
}

const SORT = "-at";

export async function listCredits(tx: Tx, actor: Actor, { until, limit, cursor }: z.output<typeof ListCredits>) {
  requireAdmin(actor);
  const rows = await queries.listLedger(tx, { until, after: decodeCursor(cursor, SORT), count: limit + 1 });
  const shown = rows.map((row) => ({
    ...row,
    entries: LEDGER_ACCOUNTS.flatMap((account) => (row[account] === 0 ? [] : [{ account, amount: row[account] }])),
    remaining: row.includedBalance + row.toppedUpBalance,
    reserved: row.reservedBalance,
  }));
  return toPage(shown, limit, SORT, (row) => row.at.toISOString());
}

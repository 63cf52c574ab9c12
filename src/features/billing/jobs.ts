import type { Database } from "@/db/client";
import { emit } from "@/db/outbox";
import { withJob } from "@/db/scope";
import { record } from "@/features/audit";
import type { JobClaim } from "@/platform/actor";
import { account } from "./plan/queries";
import * as queries from "./queries";
import type { Payments } from "./stripe/client";
import { applyState, bookPurchase, tend } from "./stripe/queries";

type Task = (payload: Record<string, string>, claim: JobClaim, signal: AbortSignal) => Promise<void>;
type Deps = { db: Database; payments: Payments | null };

/** Credits that were reserved by a call that never came back are free again, and whoever had time to pay has had it. */
export const lapseTask =
  ({ db }: Pick<Deps, "db">): Task =>
  async () => {
    await queries.lapse(db);
    await tend(db);
  };

export const billingTasks = ({ db, payments }: Deps): Record<string, Task> => ({
  "billing.lapse": lapseTask({ db }),

  /** Asks Stripe what the workspace's account has. What was asked first is never put over what was asked later. */
  "billing.sync": async (_payload, claim) => {
    const known = await withJob(db, claim, (tx) => account(tx));
    if (!payments || !known?.customerId) return;
    const state = await payments.stateOf(known.customerId);
    await withJob(db, claim, (tx) => applyState(tx, known.now, state));
  },

  /** Books credits that were bought, once for each checkout. */
  "billing.purchase": async ({ sessionId }, claim) => {
    const known = await withJob(db, claim, (tx) => account(tx));
    if (!payments || !known?.customerId || !sessionId) return;
    const bought = await payments.purchaseOf(sessionId);
    if (bought?.customerId !== known.customerId) return;
    await withJob(db, claim, async (tx, actor) => {
      const { workspaceId, credits } = bought;
      if (!(await bookPurchase(tx, workspaceId, sessionId, credits))) return;
      const subject = { subjectType: "workspace", subjectId: workspaceId };
      await record(tx, actor, { action: "billing.credits_bought", ...subject, detail: { credits } });
    });
  },

  /** Tells one workspace what became of the plan that it is on. */
  "billing.tell": (told, claim) =>
    withJob(db, claim, async (tx, actor) => {
      const { from = "", to = "", status = "", before, graceEndsAt, cancelAt, by } = told;
      const subjectId = actor.workspaceId;
      const detail = { from, to, status, ...(cancelAt && { cancelAt }), ...(by && { by }) };
      await record(tx, actor, { action: "billing.plan_changed", subjectType: "workspace", subjectId, detail });
      const failed = status === "PastDue" && before !== "PastDue";
      await emit(
        tx,
        failed
          ? { type: "billing.payment_failed", subjectId, payload: { graceEndsAt: graceEndsAt ?? null } }
          : { type: "billing.plan_changed", subjectId, payload: { from, to, status } },
      );
    }),
});

import type { WorkspaceTx } from "@/db/client";
import { enqueue } from "@/db/queue";
import * as queries from "./queries";

type Tx = WorkspaceTx;

const HOUR_MS = 3_600_000;
/** What holds where a workspace has set nothing. */
export const HOURS = { remindAfterHours: 24, escalateAfterHours: 72 };

export type Due = { step: queries.WaitingStep; what: "reminder" | "escalation"; at: Date };

/** What is still to be told of steps that wait, and when. Who was reminded once is not reminded again. */
export async function duesOf(tx: Tx): Promise<Due[]> {
  const { remindAfterHours, escalateAfterHours } = (await queries.findSettings(tx)) ?? HOURS;
  const after = (step: queries.WaitingStep, hours: number) => new Date(step.openedAt.getTime() + hours * HOUR_MS);
  return (await queries.waitingSteps(tx)).flatMap((step): Due[] => [
    ...(remindAfterHours && !step.reminded
      ? [{ step, what: "reminder" as const, at: after(step, remindAfterHours) }]
      : []),
    ...(escalateAfterHours && !step.escalated
      ? [{ step, what: "escalation" as const, at: after(step, escalateAfterHours) }]
      : []),
  ]);
}

/**
 * Has the job run when the next of them is due; one job for a workspace, and none where nothing waits.
 * @param againMs how long to wait with what is due already
 */
export async function planReminders(tx: Tx, now: Date, againMs = 0) {
  const next = Math.min(...(await duesOf(tx)).map(({ at }) => at.getTime()));
  if (!Number.isFinite(next)) return;
  const runAt = new Date(next > now.getTime() ? next : now.getTime() + againMs);
  await enqueue(tx, { task: "notifications.remind", payload: {}, jobKey: "notifications.remind", runAt });
}

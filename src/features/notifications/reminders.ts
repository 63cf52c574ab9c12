import type { Database, WorkspaceTx } from "@/db/client";
import { withJob } from "@/db/scope";
import type { JobClaim, SystemActor } from "@/platform/actor";
import * as queries from "./queries";
import { type TellingDeps, tell } from "./telling";
import { type Due, duesOf, planReminders } from "./waiting";

type Tx = WorkspaceTx;

/** `notifications.remind`: tells those who may decide what waits for them too long, and then the Admins. */
export const remindTask =
  ({ db, ...deps }: TellingDeps & { db: Database }) =>
  async (_payload: Record<string, string>, claim: JobClaim) =>
    withJob(db, claim, async (tx, actor) => {
      const now = deps.clock.now();
      for (const due of await duesOf(tx)) if (due.at <= now) await remind(tx, actor, due, { now, mails: deps.mails });
      await planReminders(tx, now, RESCHEDULE_MS);
    });

/** Where nobody could be told, it is tried again that much later: somebody may have joined. */
const RESCHEDULE_MS = 3_600_000;

async function remind(tx: Tx, actor: SystemActor, { step, what }: Due, when: { now: Date; mails: boolean }) {
  const { approvalId, contentItemId, role } = step;
  const event = { subjectId: contentItemId, payload: { approvalId } };
  const people = await queries.findRecipients(tx, event, { to: [what === "reminder" ? "deciders" : "admins"] });
  const told = {
    kind: what === "reminder" ? ("ReviewReminder" as const) : ("ReviewEscalated" as const),
    source: `${what}:${approvalId}`,
    subjectId: contentItemId,
    contentItemId,
    actorId: null,
    detail: { role },
  };
  await tell(tx, actor, told, people, when);
}

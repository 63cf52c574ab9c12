import { and, eq, gt, notInArray, sql } from "drizzle-orm";
import type { WorkspaceTx } from "@/db/client";
import { distributionPostingTimes as postingTimes, distributionSchedules as schedules } from "@/db/schema/distribution";

type Tx = WorkspaceTx;

export async function findMinutes(tx: Tx, channelId: string): Promise<number[]> {
  const rows = await tx
    .select({ minutes: postingTimes.minutes })
    .from(postingTimes)
    .where(eq(postingTimes.channelId, channelId));
  return rows[0]?.minutes ?? [];
}

/** Held for this transaction: whoever plans for the next time of the same channel waits, and finds this one taken. */
export async function lockMinutes(tx: Tx, channelId: string): Promise<number[]> {
  const rows = await tx
    .select({ minutes: postingTimes.minutes })
    .from(postingTimes)
    .where(eq(postingTimes.channelId, channelId))
    .for("update");
  return rows[0]?.minutes ?? [];
}

export async function saveMinutes(tx: Tx, channelId: string, minutes: number[]) {
  await tx
    .insert(postingTimes)
    .values({ channelId, minutes })
    .onConflictDoUpdate({
      target: [postingTimes.workspaceId, postingTimes.channelId],
      set: { minutes, updatedAt: sql`now()` },
    });
}

/** What a channel has planned for later, by its time in ms; what failed or was called off leaves its time free. */
export async function takenTimes(tx: Tx, channelId: string, after: Date): Promise<Map<number, string>> {
  const rows = await tx
    .select({ id: schedules.id, scheduledTime: schedules.scheduledTime })
    .from(schedules)
    .where(
      and(
        sql`${schedules.workspaceId} = (select app.workspace_id())`,
        eq(schedules.channelId, channelId),
        gt(schedules.scheduledTime, after),
        notInArray(schedules.status, ["Canceled", "Failed"]),
      ),
    );
  return new Map(rows.map(({ id, scheduledTime }) => [scheduledTime.getTime(), id]));
}

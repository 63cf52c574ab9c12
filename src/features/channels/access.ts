import type { WorkspaceTx } from "@/db/client";
import { emit } from "@/db/outbox";
import { dequeue, enqueue } from "@/db/queue";
import * as queries from "./queries";

type Tx = WorkspaceTx;

const DAY_MS = 24 * 3_600_000;
/** How many days ahead of its end people are told, and at the end itself. */
const STAGES = [14, 3, 0] as const;

const timeOf = (endsAt: Date, days: number) => new Date(endsAt.getTime() - days * DAY_MS);

/** The last stage that has come, if any. */
export const stageAt = (endsAt: Date, now: Date) => STAGES.findLast((days) => timeOf(endsAt, days) <= now);

const warnKey = (channelId: string) => `channels.warn:${channelId}`;

/** Has the job run at the next stage: one job a channel, and none where access doesn't end. */
export async function planWarning(tx: Tx, channelId: string, endsAt: Date | null, now: Date) {
  const runAt = endsAt && STAGES.map((days) => timeOf(endsAt, days)).find((at) => at > now);
  if (!runAt) return dequeue(tx, warnKey(channelId));
  await enqueue(tx, { task: "channels.warn", payload: { channelId }, jobKey: warnKey(channelId), runAt });
}

/** Notes when access ends by now. What was told of another end is over with it. */
export async function keepAccess(tx: Tx, channelId: string, endsAt: Date | undefined) {
  const { accessEndsAt, updatedAt: now } = await queries.updateAccess(tx, channelId, endsAt ?? null);
  await planWarning(tx, channelId, accessEndsAt, now);
}

type Expiring = Pick<queries.ChannelRow, "id" | "network"> & { accessEndsAt: Date };
type Why = { why: "InDays"; days: number } | { why: "Planned"; scheduleId: string };

/** Who hears of it is told once of each end and each reason, however often this is said. */
export const tellExpiring = (tx: Tx, { id, network, accessEndsAt }: Expiring, why: Why) =>
  emit(tx, {
    type: "channels.expiring",
    subjectId: id,
    payload: { network, accessEndsAt: accessEndsAt.toISOString(), ...why },
  });

export type PlanWarning = { code: "access_ends_before"; message: string; at: Date };

/** What is planned for after the end of a channel's access goes out only if a person connects it again: that is said at once. */
export async function warnOfEnd(
  tx: Tx,
  { channelId, scheduledTime, id: scheduleId }: { channelId: string; scheduledTime: Date; id: string },
): Promise<PlanWarning[]> {
  const [channel] = await queries.findChannels(tx, [channelId]);
  const endsAt = channel?.accessEndsAt;
  if (!endsAt || scheduledTime < endsAt) return [];
  await tellExpiring(tx, { ...channel, accessEndsAt: endsAt }, { why: "Planned", scheduleId });
  const message = `Access to ${channel.name} ends before this time: an Admin has to connect it again by then.`;
  return [{ code: "access_ends_before", message, at: endsAt }];
}

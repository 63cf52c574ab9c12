import type { Database, WorkspaceTx } from "@/db/client";
import { withJob } from "@/db/scope";
import type { JobClaim, SystemActor } from "@/platform/actor";
import { planWarning, stageAt, tellExpiring } from "./access";
import * as queries from "./queries";
import { markHealth } from "./service";

type Deps = { db: Database };

/** `channels.warn`: tells ahead that a channel's access ends for good, and at its end that it has. */
export const warnTask =
  ({ db }: Deps) =>
  ({ channelId = "" }: Record<string, string>, claim: JobClaim) =>
    withJob(db, claim, (tx, actor) => warn(tx, actor, channelId));

async function warn(tx: WorkspaceTx, actor: SystemActor, channelId: string) {
  const channel = await queries.lockChannel(tx, channelId);
  if (!channel?.accessEndsAt || channel.removedAt) return;
  const { accessEndsAt, accessToldDays: told, now } = channel;
  const days = stageAt(accessEndsAt, now);
  if (days === 0)
    return markHealth(tx, actor, { channelId }, { status: "Revoked", message: "The access that was given has ended." });
  if (days && (told === null || days < told) && channel.status !== "Revoked") {
    await queries.updateChannel(tx, channelId, { accessToldDays: days });
    await tellExpiring(tx, { ...channel, accessEndsAt }, { why: "InDays", days });
  }
  await planWarning(tx, channelId, accessEndsAt, now);
}

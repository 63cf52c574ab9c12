import type { ChannelError } from "@/channels/adapter";
import type { Network } from "@/channels/rules";
import type { WorkspaceTx } from "@/db/client";
import { emit } from "@/db/outbox";
import { channelOf, markHealth, type OpenAccount, openAccount } from "@/features/channels";
import type { SystemActor } from "@/platform/actor";
import { enqueueRemove, tell } from "./outcomes";
import { nextTry } from "./policy";
import { isConnected } from "./publication";
import { lockOwn, type PublisherPorts } from "./publisher";
import * as queries from "./queries";

type Tx = WorkspaceTx;

export type RemoveStep = {
  scheduleId: string;
  attemptId: string;
  network: Network;
  account: OpenAccount;
  /** Those that are out, the last one first: a thread is not left without its beginning. */
  parts: queries.PartRow[];
  tries: number;
  since: Date;
};

/** Removing is safe to repeat, so that a run without an answer is simply done again. */
export async function prepareRemoval(
  tx: Tx,
  _actor: SystemActor,
  scheduleId: string,
  jobId: string,
  { opening }: PublisherPorts,
): Promise<RemoveStep | undefined> {
  const own = await lockOwn(tx, scheduleId, jobId);
  if (!own || own.schedule.removedAt) return undefined;
  const { schedule, attempts, open } = own;
  if (open) await queries.endAttempt(tx, open.id, { outcome: "Lost", error: "It stopped before there was an answer." });
  const channel = await channelOf(tx, schedule.channelId);
  if (!channel || !isConnected(channel)) {
    const message = "It was not taken down: the channel is not connected.";
    await queries.updateSchedule(tx, scheduleId, { message, jobId: null });
    return undefined;
  }
  const attempt = await queries.insertAttempt(tx, {
    scheduleId,
    number: (attempts.at(-1)?.number ?? 0) + 1,
    kind: "Remove",
  });
  const series = [...attempts.filter(({ number, kind }) => number > schedule.triedFrom && kind === "Remove"), attempt];
  return {
    scheduleId,
    attemptId: attempt.id,
    network: channel.network,
    account: await openAccount(tx, schedule.channelId, opening),
    parts: (await queries.publishedParts(tx, scheduleId)).reverse(),
    tries: series.length,
    since: series[0]!.startedAt,
  };
}

type Taken = { removed: string[]; fault: ChannelError | undefined };

export async function settleRemoval(
  tx: Tx,
  actor: SystemActor,
  jobId: string,
  step: RemoveStep,
  { removed, fault }: Taken,
) {
  const own = await lockOwn(tx, step.scheduleId, jobId);
  if (own?.open?.id !== step.attemptId) throw new Error(`Attempt ${step.attemptId} is no longer this job's`);
  const { schedule } = own;
  for (const remoteId of removed) await queries.markRemoved(tx, schedule.channelId, remoteId);
  if (!fault) {
    await queries.endAttempt(tx, step.attemptId, { outcome: "Removed" });
    return showRemoved(tx, actor, schedule, removed);
  }
  const { message, retryAfterMs } = fault;
  const passes = fault.kind === "passing" || fault.kind === "lost";
  const outcome = fault.kind === "passing" ? "Passing" : fault.kind === "lost" ? "Lost" : "Refused";
  await queries.endAttempt(tx, step.attemptId, { outcome, error: message });
  const at = passes ? nextTry({ tries: step.tries, since: step.since, now: schedule.now, retryAfterMs }) : null;
  const next = at ? await enqueueRemove(tx, step.scheduleId, at) : null;
  await queries.updateSchedule(tx, step.scheduleId, { message: `It was not taken down: ${message}`, jobId: next });
  if (fault.kind === "revoked") await markHealth(tx, actor, step.account, { status: "Revoked", message });
  if (!at) {
    const { id: scheduleId, channelId, contentItemId } = schedule;
    await tell(tx, actor, "distribution.removal_failed", schedule, { channelId });
    await emit(tx, {
      type: "distribution.removal_failed",
      subjectId: contentItemId,
      payload: { scheduleId, channelId },
    });
  }
}

async function showRemoved(tx: Tx, actor: SystemActor, schedule: queries.ScheduleRow, remoteIds: string[]) {
  const { channelId, contentItemId } = schedule;
  for (const scheduleId of await queries.markSchedulesRemoved(tx, schedule.id, channelId, remoteIds)) {
    await tell(tx, actor, "distribution.removed", { id: scheduleId }, { channelId });
    await emit(tx, { type: "distribution.removed", subjectId: contentItemId, payload: { scheduleId, channelId } });
  }
}

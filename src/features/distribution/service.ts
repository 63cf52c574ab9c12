import type { z } from "zod";
import type { Channels } from "@/channels/registry";
import type { WorkspaceTx } from "@/db/client";
import { emit } from "@/db/outbox";
import { dequeue } from "@/db/queue";
import { approvedFor } from "@/features/approval";
import { requireChannelInPlan } from "@/features/billing";
import { warnOfEnd } from "@/features/channels";
import { lockItem, titlesOf } from "@/features/content";
import { workspaceSettings } from "@/features/workspaces";
import { decodeCursor, toPage } from "@/http/cursor";
import { constraintOf } from "@/http/problem";
import type { Actor } from "@/platform/actor";
import { AppError } from "@/platform/errors";
import { newId } from "@/platform/ids";
import { resolveScheduledTime, type ScheduledTime } from "@/platform/local-time";
import type { CreateSchedule, ListSchedules, Reschedule, ResolveUnknown, ScheduleNext } from "./contract";
import { enqueuePublish, enqueueRemove, publishKey, showPublished, tell } from "./outcomes";
import { nextStatus, requirePlanner, type ScheduleEvent } from "./policy";
import { nextFreeTime } from "./posting-times/service";
import { pinApproved, requireConnected, requireLive } from "./publication";
import * as queries from "./queries";

type Tx = WorkspaceTx;
type Row = queries.ScheduleRow;
export type PlanDeps = { publicUrl: string };

const A_YEAR_MS = 365 * 24 * 3_600_000;

const noSuchSchedule = () => new AppError("not_found", "There is no such schedule in this workspace.");

type Planned = { row: Row; time: ScheduledTime };
const presentPlanned = async (tx: Tx, { row, time }: Planned) => ({
  ...row,
  resolution: time.resolution,
  note: time.note ?? null,
  warnings: await warnOfEnd(tx, row),
});

type When = { scheduledTime: string; timeZone?: string | undefined };

async function resolveTime(tx: Tx, { scheduledTime, timeZone }: When, now: Date): Promise<ScheduledTime> {
  const zone = timeZone ?? (hasOffset(scheduledTime) ? undefined : (await workspaceSettings(tx)).timeZone);
  const time = resolveScheduledTime({ time: scheduledTime, timeZone: zone });
  if (now.getTime() - time.at.getTime() >= A_YEAR_MS) {
    const message = "This time is more than a year ago: give one to come, or a recent one for as soon as possible.";
    throw new AppError("invalid_request", message, { issues: [{ path: "scheduledTime", message, rule: "past" }] });
  }
  return time;
}

const hasOffset = (time: string) => /(z|[+-]\d{2}:\d{2})$/i.test(time);

export async function createSchedule(
  tx: Tx,
  actor: Actor,
  { now, ...input }: z.output<typeof CreateSchedule> & { now: Date },
  deps: PlanDeps,
) {
  requirePlanner(actor);
  return plan(tx, actor, input, await resolveTime(tx, input, now), deps);
}

/** Two that plan at once for one channel get two times: the second waits, and finds the first one's taken. */
export async function scheduleNext(
  tx: Tx,
  actor: Actor,
  { now, ...input }: z.output<typeof ScheduleNext> & { now: Date },
  deps: PlanDeps,
) {
  requirePlanner(actor);
  return plan(tx, actor, input, await nextFreeTime(tx, { id: input.channelId, now }), deps);
}

/** Holds the item, so that a version saved at the same moment either finds this schedule or is found by it. */
async function plan(
  tx: Tx,
  actor: Actor,
  input: z.output<typeof ScheduleNext>,
  time: ScheduledTime,
  { publicUrl }: PlanDeps,
) {
  await lockItem(tx, input.contentItemId);
  await requireChannelInPlan(tx, input.channelId);
  const pin = await pinApproved(tx, input, publicUrl);
  const id = newId();
  const jobId = await enqueuePublish(tx, id, time.at);
  const row = await queries.insertSchedule(tx, {
    ...pin,
    id,
    scheduledTime: time.at,
    timeZone: time.timeZone ?? null,
    jobId,
    createdBy: actor.userId,
  });
  if (!row) throw scheduleExists();
  await tell(tx, actor, "distribution.scheduled", row, { channelId: row.channelId });
  await emit(tx, {
    type: "distribution.scheduled",
    subjectId: row.contentItemId,
    payload: { scheduleId: id, channelId: row.channelId },
  });
  return presentPlanned(tx, { row, time });
}

const scheduleExists = () =>
  new AppError(
    "schedule_exists",
    "This version is planned for this channel at this time already: choose another time.",
  );

export async function listSchedules(tx: Tx, { sort, limit, cursor, ...filter }: z.output<typeof ListSchedules>) {
  const descending = sort.startsWith("-");
  const rows = await queries.listSchedules(tx, {
    ...filter,
    descending,
    after: decodeCursor(cursor, sort),
    count: limit + 1,
  });
  const { items, nextCursor } = toPage(rows, limit, sort, (row) => row.scheduledTime.toISOString());
  const ids = items.map(({ contentItemId }) => contentItemId);
  const titles = await titlesOf(tx, ids);
  return { items: items.map((row) => ({ ...row, title: titles.get(row.contentItemId)! })), nextCursor };
}

export async function getScheduleStatus(tx: Tx, { id }: { id: string }) {
  const found = await queries.findScheduleState(tx, id);
  if (!found) throw noSuchSchedule();
  return { ...found.schedule, attempts: found.attempts, parts: found.parts };
}

/** The schedule, held for this transaction, and the state that an event leads it to. */
async function lockFor(tx: Tx, actor: Actor, id: string, event: ScheduleEvent, code: AppError["code"]) {
  requirePlanner(actor);
  const row = await queries.lockSchedule(tx, id);
  if (!row) throw noSuchSchedule();
  const status = nextStatus(row.status, event);
  if (!status) throw new AppError(code, refusal(row.status));
  return { row, status };
}

const refusal = (status: Row["status"]) =>
  status === "Publishing"
    ? "It is going out right now: look again in a moment."
    : `This can't be done with a schedule that is ${status}.`;

/** A schedule whose unique place was taken by another meanwhile. */
async function update(tx: Tx, id: string, change: queries.ScheduleChange) {
  try {
    return (await queries.updateSchedule(tx, id, change))!;
  } catch (error) {
    if (constraintOf(error) === "distribution_schedules_once") throw scheduleExists();
    throw error;
  }
}

const lastNumber = (attempts: queries.AttemptRow[]) => attempts.at(-1)?.number ?? 0;

export async function reschedule(
  tx: Tx,
  actor: Actor,
  { id, now, repin, ...when }: z.output<typeof Reschedule> & { id: string; now: Date },
  { publicUrl }: PlanDeps,
) {
  const time = await resolveTime(tx, when, now);
  const { row: before, status } = await lockFor(tx, actor, id, "reschedule", "schedule_not_open");
  await requireConnected(tx, before.channelId);
  const pin = await repinned(tx, before, repin, publicUrl);
  const attempts = await queries.attemptsOf(tx, id);
  const row = await update(tx, id, {
    ...pin,
    status,
    scheduledTime: time.at,
    timeZone: time.timeZone ?? null,
    dueAt: queries.dueFor(time.at),
    jobId: await enqueuePublish(tx, id, time.at),
    triedFrom: lastNumber(attempts),
    holdReason: null,
    message: null,
  });
  await tell(tx, actor, "distribution.rescheduled", row, { versionNumber: row.versionNumber });
  await emit(tx, { type: "distribution.rescheduled", subjectId: row.contentItemId, payload: { scheduleId: id } });
  return presentPlanned(tx, { row, time });
}

/** What it goes on with: what it was pinned to while that is approved, else what is approved now, if that is wanted. */
async function repinned(tx: Tx, row: Row, repin: boolean, publicUrl: string) {
  await requireLive(tx, row.contentItemId);
  const approved = await approvedFor(tx, row.contentItemId);
  if (approved?.id === row.submissionId) return {};
  if (!approved) throw new AppError("not_approved", "What it was pinned to is no longer approved: submit the new one.");
  if (!repin)
    throw new AppError(
      "not_approved",
      `What it was pinned to is no longer approved: give repin: true for version ${approved.versionNumber}, or cancel it.`,
    );
  // Its parts carry the old text, under keys that may be known to the network.
  if ((await queries.partsOf(tx, row.id)).length > 0)
    throw new AppError("schedule_not_open", "It was tried already: cancel it, and schedule the new version.");
  const { contentItemId, channelId } = row;
  const { versionNumber, submissionId, adaptationId, contentHash } = await pinApproved(
    tx,
    { contentItemId, channelId },
    publicUrl,
  );
  return { versionNumber, submissionId, adaptationId, contentHash };
}

export async function cancelSchedule(tx: Tx, actor: Actor, { id }: { id: string }) {
  const { status } = await lockFor(tx, actor, id, "cancel", "schedule_not_open");
  await dequeue(tx, publishKey(id));
  const row = await update(tx, id, { status, jobId: null, holdReason: null });
  await tell(tx, actor, "distribution.canceled", row);
  await emit(tx, { type: "distribution.canceled", subjectId: row.contentItemId, payload: { scheduleId: id } });
  return row;
}

export async function retrySchedule(tx: Tx, actor: Actor, { id }: { id: string }) {
  const { row: before, status } = await lockFor(tx, actor, id, "retry", "schedule_not_open");
  await requireLive(tx, before.contentItemId);
  await requireConnected(tx, before.channelId);
  if ((await approvedFor(tx, before.contentItemId))?.id !== before.submissionId)
    throw new AppError("not_approved", "What it was pinned to is no longer approved: reschedule or cancel it.");
  const row = await update(tx, id, { ...(await startAgain(tx, before)), status });
  await tell(tx, actor, "distribution.retried", row);
  return row;
}

/** At once, and with all its tries before it. */
async function startAgain(tx: Tx, { id, now }: { id: string; now: Date }) {
  const triedFrom = lastNumber(await queries.attemptsOf(tx, id));
  return { dueAt: now, jobId: await enqueuePublish(tx, id), triedFrom, message: null };
}

type Resolution = z.output<typeof ResolveUnknown>;

/** A person's word, where the network can't tell. */
export async function resolveSchedule(tx: Tx, actor: Actor, { id, ...resolution }: Resolution & { id: string }) {
  const event = resolution.outcome === "Published" ? "succeed" : "miss";
  const { row: before, status } = await lockFor(tx, actor, id, event, "schedule_not_unknown");
  if (before.status !== "Unknown") throw new AppError("schedule_not_unknown", refusal(before.status));
  const attempts = await queries.attemptsOf(tx, id);
  if (attempts.at(-1)?.endedAt === null)
    throw new AppError("schedule_not_unknown", "The network is being asked right now: look again in a moment.");
  await dequeue(tx, publishKey(id));
  const number = lastNumber(attempts) + 1;
  await queries.insertEndedAttempt(tx, { scheduleId: id, number, kind: "Resolve", outcome: resolution.outcome });
  await tell(tx, actor, "distribution.resolved", before, { outcome: resolution.outcome });
  if (resolution.outcome === "Absent") return update(tx, id, { ...(await startAgain(tx, before)), status });
  return showPublished(tx, actor, before, { publishedUrl: resolution.url ?? null, remoteId: null });
}

/** Takes down what is out, by a job. */
export async function removePublication(
  tx: Tx,
  actor: Actor,
  { id }: { id: string },
  { channels }: { channels: Channels },
) {
  const { row: before, status } = await lockFor(tx, actor, id, "remove", "schedule_not_open");
  const parts = await queries.partsOf(tx, id);
  const out = parts.some((part) => part.remoteId !== null && part.removedAt === null);
  if (before.removedAt || (before.status === "Canceled" && !out))
    throw new AppError("schedule_not_open", "There is nothing of it on the network any more.");
  const channel = await requireConnected(tx, before.channelId);
  if (!channels[channel.network].removable)
    throw new AppError("removal_unsupported", `${channel.name} takes nothing down on demand: do it there.`);
  if (!out) throw new AppError("removal_unsupported", "We don't know where it is: take it down there.");
  const attempts = await queries.attemptsOf(tx, id);
  if (attempts.at(-1)?.endedAt === null)
    throw new AppError("schedule_not_open", "It is being taken down right now: look again in a moment.");
  const row = await update(tx, id, {
    status,
    jobId: await enqueueRemove(tx, id),
    triedFrom: lastNumber(attempts),
    message: null,
  });
  await tell(tx, actor, "distribution.removal_asked", row);
  return row;
}

import type { GuestTx, ScopedTx, WorkspaceTx } from "@/db/client";
import { emit } from "@/db/outbox";
import { dequeue, enqueue } from "@/db/queue";
import { record } from "@/features/audit";
import { channelOf, tellExpiring } from "@/features/channels";
import { lockItem, setStatus } from "@/features/content";
import type { AnyActor, GuestActor } from "@/platform/actor";
import type { EventOf } from "@/platform/events";
import { nextStatus, type ScheduleEvent } from "./policy";
import * as queries from "./queries";

type Tx = WorkspaceTx;
type Row = queries.ScheduleRow;
type Named = Pick<Row, "id" | "status" | "contentItemId" | "channelId">;

/** Lets an event lead a schedule on, as the table of states has it. Refusals are made before: here it is a defect. */
export async function move(
  tx: Tx,
  { id, status }: Pick<Row, "id" | "status">,
  event: ScheduleEvent,
  change: Omit<queries.ScheduleChange, "status">,
) {
  const next = nextStatus(status, event);
  if (!next) throw new Error(`"${event}" leads a schedule that is ${status} nowhere`);
  return (await queries.updateSchedule(tx, id, { ...change, status: next }))!;
}

/** One job a schedule, so that a second one takes the first one's place. */
export const publishKey = (id: string) => `distribution.publish:${id}`;
export const removeKey = (id: string) => `distribution.remove:${id}`;

/** Now, where no time is given. The job's id is to be kept on the schedule: no other job may act on it. */
export const enqueuePublish = (tx: Tx, id: string, runAt?: Date) =>
  enqueueFor(tx, "distribution.publish", id, publishKey(id), runAt);

export const enqueueRemove = (tx: Tx, id: string, runAt?: Date) =>
  enqueueFor(tx, "distribution.remove", id, removeKey(id), runAt);

/** So many that no worker's bad day makes a schedule forgotten; how often the network is tried is the policy's. */
const MOST_RUNS = 10_000;

const enqueueFor = async (tx: Tx, task: string, scheduleId: string, jobKey: string, runAt: Date | undefined) =>
  BigInt(await enqueue(tx, { task, payload: { scheduleId }, jobKey, maxAttempts: MOST_RUNS, ...(runAt && { runAt }) }));

export const tell = (
  tx: ScopedTx,
  actor: AnyActor,
  action: string,
  row: Pick<Row, "id">,
  detail?: Record<string, unknown>,
) =>
  record(tx, actor, {
    action,
    subjectType: "distribution_schedule",
    subjectId: row.id,
    ...(detail && { detail }),
  });

/** Records that all of it is out. The item is Published, unless a newer version was saved meanwhile. */
export async function showPublished(
  tx: Tx,
  actor: AnyActor,
  schedule: queries.LockedSchedule,
  remote: { publishedUrl: string | null; remoteId: string | null; network?: string },
) {
  const { publishedUrl, remoteId } = remote;
  const publishedAt = schedule.now;
  const row = await move(tx, schedule, "succeed", { publishedAt, publishedUrl, remoteId, message: null });
  const item = (await lockItem(tx, schedule.contentItemId))!;
  const isCurrent = item.currentVersionNumber === schedule.versionNumber && item.status === "Approved";
  if (isCurrent || !item.publishedAt)
    await setStatus(tx, item.id, isCurrent ? "Published" : item.status, item.publishedAt ?? publishedAt);
  const network = remote.network ?? (await channelOf(tx, schedule.channelId))?.network ?? "";
  const { id: scheduleId, channelId, versionNumber } = schedule;
  await tell(tx, actor, "distribution.published", schedule, { channelId, versionNumber });
  await emit(tx, {
    type: "distribution.published",
    subjectId: item.id,
    payload: { scheduleId, channelId, network, versionNumber },
  });
  return row;
}

/** For good, until a person has it tried again. */
export async function showFailed(tx: Tx, actor: AnyActor, schedule: Named, message: string) {
  await move(tx, schedule, "fail", { message, jobId: null });
  await tellOf(tx, actor, "distribution.failed", schedule);
}

/** Nobody can tell whether it is there: a person is asked. */
export const askPerson = (tx: Tx, actor: AnyActor, schedule: Named) =>
  tellOf(tx, actor, "distribution.unknown", schedule);

async function tellOf(tx: Tx, actor: AnyActor, type: "distribution.failed" | "distribution.unknown", schedule: Named) {
  const { id: scheduleId, channelId, contentItemId } = schedule;
  await tell(tx, actor, type, schedule, { channelId });
  await emit(tx, { type, subjectId: contentItemId, payload: { scheduleId, channelId } });
}

/** Waits for a person, who is told why. */
export async function showHeld(tx: Tx, actor: AnyActor, schedule: Named, reason: string) {
  await move(tx, schedule, "hold", { holdReason: reason, jobId: null });
  await tellHeld(tx, actor, schedule, reason);
}

async function tellHeld(
  tx: ScopedTx,
  actor: AnyActor,
  { id, contentItemId }: Pick<Row, "id" | "contentItemId">,
  reason: string,
) {
  await tell(tx, actor, "distribution.held", { id });
  await emit(tx, { type: "distribution.held", subjectId: contentItemId, payload: { scheduleId: id, reason } });
}

async function holdAll(tx: Tx, actor: AnyActor, held: queries.Held, reason: string) {
  for (const row of await queries.holdScheduled(tx, held, reason)) {
    await dequeue(tx, publishKey(row.id));
    await tellHeld(tx, actor, row, reason);
  }
}

/** Stops for a client what has not gone out; what is going out right now is left to finish. Answers where all of it stands. */
export async function stopForClient(
  tx: GuestTx,
  guest: GuestActor,
  { contentItemId, submissionId, reason }: { contentItemId: string; submissionId: string; reason: string },
) {
  const publications = await queries.holdReviewed(tx, submissionId, reason);
  for (const { id } of publications.filter(({ held }) => held))
    await tellHeld(
      tx,
      guest,
      { id, contentItemId },
      "A client stopped it: reschedule it when they agree, or cancel it.",
    );
  return publications;
}

/** Reactions: what happens elsewhere and stops what was planned, in the transaction in which it happens. */
export const holdOlderVersions = (tx: Tx, actor: AnyActor, event: EventOf<"content.version_saved">) =>
  holdAll(
    tx,
    actor,
    { contentItemId: event.subjectId, beforeVersion: event.payload.versionNumber },
    "A newer version was saved: have it approved and reschedule, or cancel.",
  );

export const holdSuperseded = (tx: Tx, actor: AnyActor, event: EventOf<"approval.superseded">) =>
  holdAll(
    tx,
    actor,
    { submissionId: event.payload.submissionId },
    "What was approved has changed: have it approved again and reschedule, or cancel.",
  );

export const holdArchived = (tx: Tx, actor: AnyActor, event: EventOf<"content.archived">) =>
  holdAll(
    tx,
    actor,
    { contentItemId: event.subjectId },
    "The item was archived: restore it and reschedule, or cancel.",
  );

/** What is planned for after the end of the access that was just given, the first of it. */
export async function warnOfPlanned(tx: Tx, { subjectId }: EventOf<"channels.connected">) {
  const channel = await channelOf(tx, subjectId);
  if (!channel?.accessEndsAt) return;
  const { accessEndsAt } = channel;
  const scheduleId = await queries.firstPlannedFrom(tx, channel.id, accessEndsAt);
  if (scheduleId) await tellExpiring(tx, { ...channel, accessEndsAt }, { why: "Planned", scheduleId });
}

export const holdDisconnected = (tx: Tx, actor: AnyActor, event: EventOf<"channels.disconnected">) =>
  holdAll(
    tx,
    actor,
    { channelId: event.subjectId },
    "The channel was disconnected: connect it and reschedule, or cancel.",
  );

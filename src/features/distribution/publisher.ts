import type { ChannelError, Publication, RemotePart } from "@/channels/adapter";
import { textsOf } from "@/channels/default-parts";
import type { Channels } from "@/channels/registry";
import type { Network } from "@/channels/rules";
import type { WorkspaceTx } from "@/db/client";
import { approvedFor, rebuildManifestHash } from "@/features/approval";
import { channelOf, markHealth, type OpenAccount, type Opening, openAccount } from "@/features/channels";
import { workspaceSettings } from "@/features/workspaces";
import type { SystemActor } from "@/platform/actor";
import type { Clock } from "@/platform/clock";
import { askPerson, enqueuePublish, move, showFailed, showHeld, showPublished } from "./outcomes";
import { isTooLate, nextQuestion, nextTry, QUESTIONS_BEFORE_TELLING, SETTLING_MS } from "./policy";
import { isConnected, publicationFor } from "./publication";
import * as queries from "./queries";

type Tx = WorkspaceTx;
type Locked = queries.LockedSchedule;

export type PublisherPorts = { channels: Channels; opening: Opening; clock: Clock; publicUrl: string };

type Begun = {
  scheduleId: string;
  attemptId: string;
  network: Network;
  account: OpenAccount;
  parts: queries.PartRow[];
  /** Of this kind and series, this one included. */
  tries: number;
  since: Date;
};
export type PublishStep = Begun & { kind: "Publish"; publication: Publication };
export type ReconcileStep = Begun & { kind: "Reconcile" };
/** A part that is out, and where. */
export type Placed = { part: queries.PartRow; remote: RemotePart };

/**
 * The schedule, if this job is the one to act on it. A schedule names its job, and gets another one only while no
 * attempt is open; so an attempt that this job finds open is its own, from a run that has ended without a word:
 * graphile-worker gives a job to a second worker only when the first is gone.
 */
export async function lockOwn(tx: Tx, scheduleId: string, jobId: string) {
  const schedule = await queries.lockSchedule(tx, scheduleId);
  if (!schedule || String(schedule.jobId) !== jobId) return undefined;
  const attempts = await queries.attemptsOf(tx, scheduleId);
  const last = attempts.at(-1);
  return { schedule, attempts, open: last && last.endedAt === null ? last : undefined };
}

/** Decides what is to be done and writes the attempt down; it is committed before the network hears of it. */
export async function prepare(tx: Tx, actor: SystemActor, scheduleId: string, jobId: string, ports: PublisherPorts) {
  const own = await lockOwn(tx, scheduleId, jobId);
  if (!own) return undefined;
  const { schedule, attempts, open } = own;
  if (open) {
    const error = "The publisher stopped before there was an answer.";
    await queries.endAttempt(tx, open.id, { outcome: "Lost", error });
    if (open.kind === "Publish") return lose(tx, schedule, error);
  }
  if (schedule.status === "Scheduled") return beginPublish(tx, actor, schedule, attempts, ports);
  if (schedule.status === "Unknown") return beginReconcile(tx, actor, schedule, attempts, ports);
  if (schedule.status === "Publishing") throw new Error(`Schedule ${scheduleId} is Publishing without an attempt`);
  return undefined;
}

/** Nobody knows whether it is there: the network is asked before anything is sent again. */
async function lose(tx: Tx, schedule: Locked, message: string) {
  const jobId = await enqueuePublish(tx, schedule.id, new Date(schedule.now.getTime() + SETTLING_MS));
  await move(tx, schedule, "lose", { message, jobId });
  return undefined;
}

async function beginPublish(
  tx: Tx,
  actor: SystemActor,
  schedule: Locked,
  attempts: queries.AttemptRow[],
  { channels, opening, clock, publicUrl }: PublisherPorts,
): Promise<PublishStep | undefined> {
  const { id, now, dueAt, channelId } = schedule;
  const hold = async (reason: string) => void (await showHeld(tx, actor, schedule, reason));
  if (dueAt > now) {
    await queries.updateSchedule(tx, id, { jobId: await enqueuePublish(tx, id, dueAt) });
    return undefined;
  }
  const settings = await workspaceSettings(tx);
  const before = attempts.length > 0 ? await queries.partsOf(tx, id) : [];
  // A thread that is half out is finished, however late.
  if (isTooLate(dueAt, now, settings.lateAfterMinutes) && !before.some(({ remoteId }) => remoteId))
    return void (await hold(
      `It could not go out within ${settings.lateAfterMinutes} minutes of its time: reschedule or cancel.`,
    ));
  const channel = await channelOf(tx, channelId);
  if (!channel || !isConnected(channel))
    return void (await hold("The channel is not connected: connect it and reschedule, or cancel."));
  const submission = await approvedFor(tx, schedule.contentItemId);
  if (submission?.id !== schedule.submissionId || (await rebuildManifestHash(tx, submission)) !== schedule.contentHash)
    return void (await hold("What was approved has changed: have it approved again and reschedule, or cancel."));

  const network = channel.network;
  const publication = await publicationFor(tx, schedule, submission, { settings, publicUrl, network });
  const account = await openAccount(tx, channelId, opening);
  const parts = before.length > 0 ? before : await makeParts(tx, schedule, publication, channels[network], clock);
  if (parts.length === 0) return void (await hold("There is no text to send: have one approved, or cancel."));
  const lateMs = Math.max(0, now.getTime() - schedule.scheduledTime.getTime());
  const attempt = await queries.insertAttempt(tx, {
    scheduleId: id,
    number: (attempts.at(-1)?.number ?? 0) + 1,
    kind: "Publish",
  });
  await move(tx, schedule, "start", { lateMs, message: null });
  const series = [...seriesOf(schedule, attempts, "Publish"), attempt];
  return {
    kind: "Publish",
    scheduleId: id,
    attemptId: attempt.id,
    network,
    account,
    parts,
    publication,
    tries: series.length,
    since: series[0]!.startedAt,
  };
}

/** Since a person last had it tried. */
const seriesOf = ({ triedFrom }: { triedFrom: number }, attempts: queries.AttemptRow[], kind: string) =>
  attempts.filter((attempt) => attempt.number > triedFrom && attempt.kind === kind);

/** Made once: the key is what makes a second call harmless, or the first one findable. */
function makeParts(tx: Tx, schedule: Locked, publication: Publication, adapter: Channels[Network], clock: Clock) {
  const rows = textsOf(publication, adapter.limits).map((text, position) => ({
    scheduleId: schedule.id,
    channelId: schedule.channelId,
    position,
    remoteKey: adapter.newKey(clock),
    text,
    createdAt: clock.now(),
  }));
  return rows.length > 0 ? queries.insertParts(tx, rows) : [];
}

async function beginReconcile(
  tx: Tx,
  actor: SystemActor,
  schedule: Locked,
  attempts: queries.AttemptRow[],
  { opening }: PublisherPorts,
): Promise<ReconcileStep | undefined> {
  const { id, channelId } = schedule;
  const channel = await channelOf(tx, channelId);
  if (!channel || !isConnected(channel)) {
    const message = "The channel is not connected, so that it can't be asked: look there, and say whether it is there.";
    await queries.updateSchedule(tx, id, { message, jobId: null });
    await askPerson(tx, actor, schedule);
    return undefined;
  }
  const attempt = await queries.insertAttempt(tx, {
    scheduleId: id,
    number: attempts.at(-1)!.number + 1,
    kind: "Reconcile",
  });
  const published = attempts.findLastIndex(({ kind }) => kind === "Publish");
  return {
    kind: "Reconcile",
    scheduleId: id,
    attemptId: attempt.id,
    network: channel.network,
    account: await openAccount(tx, channelId, opening),
    parts: await queries.partsOf(tx, id),
    tries: attempts.length - published,
    since: attempt.startedAt,
  };
}

/** The step's own schedule, which nobody else can have touched meanwhile. */
async function lockBegun(tx: Tx, step: Begun, jobId: string, status: Locked["status"]) {
  const own = await lockOwn(tx, step.scheduleId, jobId);
  if (own?.open?.id !== step.attemptId || own.schedule.status !== status)
    throw new Error(`Attempt ${step.attemptId} is no longer this job's`);
  return own;
}

const place = async (tx: Tx, { part, remote }: Placed) => void (await queries.markPublished(tx, part.id, remote));
export const placeAll = async (tx: Tx, placed: Placed[]) => {
  for (const each of placed) await place(tx, each);
};

/** Where the first part is, which is where all of it begins. */
function addressOf(parts: queries.PartRow[], placed: Placed[]) {
  const first = parts[0]!;
  const remote = placed.find(({ part }) => part.id === first.id)?.remote;
  return {
    remoteId: remote?.remoteId ?? first.remoteId,
    publishedUrl: remote ? (remote.remoteUrl ?? null) : first.remoteUrl,
  };
}

/** All that was placed in this step; those before the last are marked already. */
export type Sent = { placed: Placed[]; unmarked: Placed[]; fault: ChannelError | undefined };

/** Writes down what came of an attempt to publish, and what is to happen next. */
export async function settlePublish(tx: Tx, actor: SystemActor, jobId: string, step: PublishStep, sent: Sent) {
  const { schedule } = await lockBegun(tx, step, jobId, "Publishing");
  await placeAll(tx, sent.unmarked);
  const { fault } = sent;
  if (!fault) {
    await queries.endAttempt(tx, step.attemptId, { outcome: "Published" });
    await showPublished(tx, actor, schedule, { ...addressOf(step.parts, sent.placed), network: step.network });
    return;
  }
  const outcome = fault.kind === "passing" ? "Passing" : fault.kind === "lost" ? "Lost" : "Refused";
  await queries.endAttempt(tx, step.attemptId, { outcome, error: fault.message });
  if (fault.kind === "lost") return lose(tx, schedule, fault.message);
  if (fault.kind === "passing") return tryLater(tx, actor, schedule, step, fault);
  await showFailed(tx, actor, schedule, fault.message);
  if (fault.kind === "revoked")
    await markHealth(tx, actor, step.account, { status: "Revoked", message: fault.message });
}

async function tryLater(
  tx: Tx,
  actor: SystemActor,
  schedule: Locked,
  { tries, since }: Pick<Begun, "tries" | "since">,
  { message, retryAfterMs }: Pick<ChannelError, "message" | "retryAfterMs">,
) {
  const at = nextTry({ tries, since, now: schedule.now, retryAfterMs });
  if (!at) return showFailed(tx, actor, schedule, `${message} It was tried ${tries} times.`);
  const jobId = await enqueuePublish(tx, schedule.id, at);
  await move(tx, schedule, schedule.status === "Unknown" ? "miss" : "putOff", { message, jobId });
}

/** What the network said of the parts that are not known to be out. */
export type Answers = { found: Placed[]; absent: number; unsure: number; fault: ChannelError | undefined };

/** Writes down what the network knows; only its clear no leads to another try. */
export async function settleReconcile(
  tx: Tx,
  actor: SystemActor,
  jobId: string,
  step: ReconcileStep,
  answers: Answers,
) {
  const { schedule, attempts } = await lockBegun(tx, step, jobId, "Unknown");
  await placeAll(tx, answers.found);
  const { fault } = answers;
  if (fault && (fault.kind === "passing" || fault.kind === "lost")) return askLater(tx, actor, schedule, step, fault);
  if (fault || answers.unsure > 0) {
    const message = fault?.message ?? "The network can't tell whether it is there: look there, and say so here.";
    await queries.endAttempt(tx, step.attemptId, { outcome: "Unknown", error: fault?.message ?? null });
    await queries.updateSchedule(tx, schedule.id, { message, jobId: null });
    if (fault?.kind === "revoked")
      await markHealth(tx, actor, step.account, { status: "Revoked", message: fault.message });
    return askPerson(tx, actor, schedule);
  }
  if (answers.absent === 0) {
    await queries.endAttempt(tx, step.attemptId, { outcome: "Published" });
    await showPublished(tx, actor, schedule, { ...addressOf(step.parts, answers.found), network: step.network });
    return;
  }
  await queries.endAttempt(tx, step.attemptId, { outcome: "Absent" });
  const series = seriesOf(schedule, attempts, "Publish");
  if (series.length > 1)
    return tryLater(
      tx,
      actor,
      schedule,
      { tries: series.length, since: series[0]!.startedAt },
      {
        message: "An answer was lost, and nothing had arrived.",
        retryAfterMs: undefined,
      },
    );
  await move(tx, schedule, "miss", { message: null, jobId: await enqueuePublish(tx, schedule.id) });
}

async function askLater(
  tx: Tx,
  actor: SystemActor,
  schedule: Locked,
  { attemptId, tries }: ReconcileStep,
  { message, retryAfterMs }: ChannelError,
) {
  await queries.endAttempt(tx, attemptId, { outcome: "Passing", error: message });
  const jobId = await enqueuePublish(tx, schedule.id, nextQuestion({ tries, now: schedule.now, retryAfterMs }));
  await queries.updateSchedule(tx, schedule.id, { message, jobId });
  if (tries === QUESTIONS_BEFORE_TELLING) await askPerson(tx, actor, schedule);
}

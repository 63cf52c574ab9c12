import { ChannelError, type Measured, type RemotePart } from "@/channels/adapter";
import type { Channels } from "@/channels/registry";
import type { Database, WorkspaceTx } from "@/db/client";
import { enqueue } from "@/db/queue";
import { withJob } from "@/db/scope";
import { channelOf, markHealth, type OpenAccount, type Opening, openAccount } from "@/features/channels";
import { findSchedule, publishedParts, publishedSchedules } from "@/features/distribution";
import type { AnyActor, JobClaim } from "@/platform/actor";
import type { Clock } from "@/platform/clock";
import { AppError } from "@/platform/errors";
import type { OutboundFetch } from "@/platform/outbound-fetch";
import type { Keyring } from "@/platform/secrets";
import { type Fault, isPoint, nextAfterFault, nextFetch } from "./policy";
import * as queries from "./queries";

type Tx = WorkspaceTx;

type FetchDeps = { db: Database; channels: Channels; keyring: Keyring; fetch: OutboundFetch; clock: Clock };

type Task = (payload: Record<string, string>, claim: JobClaim, signal: AbortSignal) => Promise<void>;

/** For one question to a network. */
const CALL_MS = 60_000;
/** So many that no defect makes a publication forgotten; how often the network is asked is the rhythm's. */
const MOST_RUNS = 10_000;
/** What is due to go out goes first. */
const AFTER_PUBLISHING = 10;

/** One job an object: a second one takes the first one's place. */
export const enqueueFetch = (tx: Tx, scheduleId: string, runAt: Date) =>
  enqueue(tx, {
    task: "analytics.fetch",
    payload: { scheduleId },
    runAt,
    jobKey: `analytics.fetch:${scheduleId}`,
    maxAttempts: MOST_RUNS,
    priority: AFTER_PUBLISHING,
  });

/**
 * `analytics.fetch`: asks the network how a publication does, while no transaction is open, and plans the next time.
 * An answer that was lost with its process is asked for again; one that another job was faster with is dropped.
 */
export const fetchTask =
  (deps: FetchDeps): Task =>
  async ({ scheduleId }, claim, signal) => {
    const enter: Opening["enter"] = (work) => withJob(deps.db, claim, work);
    const question = await enter((tx) => prepare(tx, scheduleId!, deps, enter));
    if (!question) return;
    const answer = question.fault ?? (await ask(deps, question, claim, signal));
    signal.throwIfAborted();
    await withJob(deps.db, claim, (tx, actor) => keep(tx, actor, question.row, answer, deps.clock.now()));
  };

type Question = { row: queries.FetchRow; network: keyof Channels } & (
  | { fault: Fault }
  | { fault?: undefined; account: OpenAccount; parts: RemotePart[] }
);

/** Undefined where there is nothing to ask: the network counts nothing, can't be asked about it, or it was taken down. */
async function prepare(
  tx: Tx,
  scheduleId: string,
  { channels, keyring, clock }: FetchDeps,
  enter: Opening["enter"],
): Promise<Question | undefined> {
  const schedule = await findSchedule(tx, scheduleId);
  const channel = schedule && (await channelOf(tx, schedule.channelId));
  if (!schedule?.remoteId || !channel) return undefined;
  const { metricTypes } = channels[channel.network];
  if (metricTypes.length === 0) return undefined;

  const { contentItemId, channelId, remoteId } = schedule;
  const live = (await publishedSchedules(tx, contentItemId)).filter(
    (other) => other.channelId === channelId && other.remoteId === remoteId,
  );
  const newest = live[0];
  const parts = newest ? await publishedParts(tx, newest.id) : [];
  if (!newest || parts.length === 0) {
    await queries.endFetch(tx, channelId, remoteId);
    return undefined;
  }
  const row = await queries.openFetch(tx, {
    scheduleId,
    contentItemId,
    channelId,
    remoteId,
    publishedAt: live.at(-1)!.publishedAt!,
    since: newest.publishedAt!,
    nextAt: clock.now(),
    latest: Object.fromEntries(metricTypes.map((type) => [type, null])),
  });
  const { network } = channel;
  try {
    const account = await openAccount(tx, channelId, { keyring, enter });
    return { row, network, account, parts: parts.map(toRemote) };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { row, network, fault: { kind: "refused", message: error.message } };
  }
}

const toRemote = (part: { remoteId: string | null; remoteUrl: string | null }): RemotePart => ({
  remoteId: part.remoteId!,
  remoteUrl: part.remoteUrl ?? undefined,
});

/** Met with the credentials of this account. */
type Met = Fault & { account?: OpenAccount };
type Answer = Measured[] | Met;

async function ask(
  { channels, fetch, clock }: FetchDeps,
  question: Extract<Question, { fault?: undefined }>,
  claim: JobClaim,
  signal: AbortSignal,
): Promise<Answer> {
  const context = { fetch, clock, job: claim, signal: AbortSignal.any([signal, AbortSignal.timeout(CALL_MS)]) };
  try {
    return await channels[question.network].metrics(question.account, question.parts, context);
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof ChannelError)) throw error;
    const { kind, message, retryAfterMs } = error;
    return { kind, message, retryAfterMs, account: question.account };
  }
}

async function keep(tx: Tx, actor: AnyActor, asked: queries.FetchRow, answer: Answer, now: Date) {
  const { scheduleId } = asked;
  const row = await queries.lockFetch(tx, scheduleId);
  // Another job has asked meanwhile, and planned the next question.
  if (!row || row.fetches !== asked.fetches) return;
  const change = Array.isArray(answer)
    ? await keepMeasured(tx, row, answer, now)
    : await keepFault(tx, actor, row, answer, now);
  await queries.updateFetch(tx, scheduleId, { ...change, fetches: row.fetches + 1 });
  if (change.nextAt) await enqueueFetch(tx, scheduleId, change.nextAt);
}

async function keepMeasured(tx: Tx, row: queries.FetchRow, measured: Measured[], now: Date) {
  const latest = { ...row.latest };
  const points = [];
  const { contentItemId, scheduleId, channelId } = row;
  const source = (await channelOf(tx, channelId))!.network;
  for (const { metricType, value } of measured) {
    const before = latest[metricType];
    const isNew = isPoint(before, value, now);
    const at = now.toISOString();
    latest[metricType] = { value, at, recordedAt: isNew ? at : before!.recordedAt };
    if (isNew) points.push({ contentItemId, scheduleId, channelId, metricType, value, source, recordedAt: now });
  }
  if (points.length > 0) await queries.insertPoints(tx, points);
  const nextAt = nextFetch({ since: row.since, plannedAt: row.nextAt ?? now, now });
  return { latest, nextAt, fetchedAt: now, failures: 0, error: null };
}

async function keepFault(tx: Tx, actor: AnyActor, row: queries.FetchRow, fault: Met, now: Date) {
  const failures = row.failures + 1;
  if (fault.kind === "revoked" && fault.account)
    await markHealth(tx, actor, fault.account, { status: "Revoked", message: fault.message });
  const isOver = nextFetch({ since: row.since, plannedAt: now, now }) === null;
  const nextAt = isOver ? null : nextAfterFault(fault, failures, now);
  return { nextAt, failedAt: now, failures, error: fault.message };
}

import type { Database, WorkspaceTx } from "@/db/client";
import { emit } from "@/db/outbox";
import { enqueue } from "@/db/queue";
import { withJob } from "@/db/scope";
import { record, sealedLines } from "@/features/audit";
import { workspaceKey } from "@/features/workspaces";
import type { JobClaim, SystemActor } from "@/platform/actor";
import type { Clock } from "@/platform/clock";
import type { OutboundFetch } from "@/platform/outbound-fetch";
import type { Sent } from "@/platform/outbound-send";
import { failsForDays } from "@/platform/retrying";
import type { Keyring } from "@/platform/secrets";
import { batchOf, mostRows } from "./batches";
import { openCredentials } from "./credentials";
import { nextTry } from "./policy";
import * as queries from "./queries";
import { faultOf, sendOnce, type Target } from "./sending";

type Tx = WorkspaceTx;
type Deps = { db: Database; keyring: Keyring; fetch: OutboundFetch; clock: Clock };
type Task = (payload: Record<string, string>, claim: JobClaim, signal: AbortSignal) => Promise<void>;

/** A job makes way for other destinations' after so many batches, or so long; in ms. */
const ONE_GO = { batches: 20, ms: 20_000 };
/** How soon it is looked again whether somebody else's batch is over, in ms. */
const BUSY_MS = 2_000;
/** Longer than any batch takes, in ms: a claim that is older belongs to a process that died. */
const CLAIM_MS = 120_000;

/** `forwarding.send`: sends what was sealed to one destination, batch after batch, in order. */
export const sendTask =
  (deps: Deps): Task =>
  async ({ destinationId }, claim, signal) => {
    const began = deps.clock.now().getTime();
    for (let batches = 0; batches < ONE_GO.batches && deps.clock.now().getTime() - began < ONE_GO.ms; batches++) {
      signal.throwIfAborted();
      const next = await withJob(deps.db, claim, (tx) => begin(tx, destinationId!, claim, deps));
      if (!next) return;
      const sent = await sendOnce(next.target, next.message, { ...deps, signal });
      const goesOn = await withJob(deps.db, claim, (tx, actor) =>
        settle(tx, actor, { id: destinationId!, through: next.through, sent, claim, now: deps.clock.now() }),
      );
      if (!goesOn || !next.isFull) return;
    }
    await withJob(deps.db, claim, (tx) => comeBack(tx, destinationId!, deps.clock.now()));
  };

/** Up to where the batch goes is committed before anything is sent, so that a try after a crash sends the same. */
async function begin(tx: Tx, id: string, { jobId }: JobClaim, { keyring, clock }: Deps) {
  const destination = await queries.lockDestination(tx, id);
  if (!destination || destination.status === "Paused") return undefined;
  const now = clock.now();
  const { kind, claimedBy, claimedUntil, nextAt, sentSequence, pendingThrough, workspaceId, prefix } = destination;
  const isElsewhere = claimedUntil !== null && claimedUntil > now && claimedBy !== jobId;
  if (isElsewhere || nextAt > now) {
    await comeBack(tx, id, isElsewhere ? new Date(now.getTime() + BUSY_MS) : nextAt);
    return undefined;
  }
  const lines = await sealedLines(tx, sentSequence, mostRows(kind));
  if (lines.length === 0) return undefined;
  // Where all of it has gone as old meanwhile, there is nothing to be repeated.
  const repeats = pendingThrough !== null && pendingThrough >= lines[0]!.sequence;
  const { through, text, key } = batchOf(kind, workspaceId, prefix, lines, repeats ? pendingThrough : undefined);
  const until = new Date(now.getTime() + CLAIM_MS);
  await queries.noteProgress(tx, id, { claimedBy: jobId, claimedUntil: until, pendingThrough: through });
  const isFull = through < lines.at(-1)!.sequence || lines.length === mostRows(kind);
  const message = { text, key, id: `${id}:${through}` };
  return { target: await targetOf(tx, destination, keyring), message, through, isFull };
}

const targetOf = async (tx: Tx, destination: queries.DestinationRow, keyring: Keyring): Promise<Target> => ({
  ...destination,
  credentials: openCredentials(keyring, await workspaceKey(tx), destination, destination.sealedSecret),
});

type Settled = { id: string; through: number; sent: Sent; claim: JobClaim; now: Date };

/** Answers whether more may be sent at once. */
async function settle(tx: Tx, actor: SystemActor, { id, through, sent, claim, now }: Settled): Promise<boolean> {
  const destination = await queries.lockDestination(tx, id);
  // Whoever took it for lost has gone on from there.
  if (destination?.claimedBy !== claim.jobId) return false;
  const free = { claimedBy: null, claimedUntil: null };
  if (sent.outcome === "Delivered") {
    const well = { failures: 0, failingSince: null, lastError: null, nextAt: now };
    await queries.noteProgress(tx, id, { ...free, ...well, sentSequence: through, sentAt: now, pendingThrough: null });
    return true;
  }
  const failures = destination.failures + 1;
  const failingSince = destination.failingSince ?? now;
  const nextAt = nextTry(failures, sent.retryAfterMs, Math.random(), now);
  await queries.noteProgress(tx, id, { ...free, failures, failingSince, lastError: faultOf(sent), nextAt });
  if (destination.status === "Enabled" && failsForDays(failures, failingSince, now)) {
    await pause(tx, actor, id, failures, now);
    return false;
  }
  await comeBack(tx, id, nextAt);
  return false;
}

/** Nothing is lost: once an Admin resumes it, it goes on where it stopped. */
async function pause(tx: Tx, actor: SystemActor, id: string, failures: number, now: Date) {
  await queries.noteProgress(tx, id, { status: "Paused", pauseReason: "Failing", pausedAt: now });
  record(tx, actor, {
    action: "forwarding.destination_paused",
    subjectType: "forwarding_destination",
    subjectId: id,
    detail: { reason: "Failing", failures },
  });
  await emit(tx, { type: "forwarding.destination_paused", subjectId: id, payload: { reason: "Failing" } });
}

/** Not under the key of what is to begin now, which this must not put off. */
const comeBack = (tx: Tx, destinationId: string, runAt: Date) =>
  enqueue(tx, {
    task: "forwarding.send",
    payload: { destinationId },
    jobKey: `forwarding.retry:${destinationId}`,
    runAt,
  });

/** `forwarding.test`: sends one line that is no row of the log, and notes what came of it. */
export const testTask =
  (deps: Deps): Task =>
  async ({ destinationId }, claim, signal) => {
    const id = destinationId!;
    const target = await withJob(deps.db, claim, async (tx) => {
      const destination = await queries.findDestination(tx, id);
      return destination && { ...destination, ...(await targetOf(tx, destination, deps.keyring)) };
    });
    if (!target) return;
    const { workspaceId, prefix, kind } = target;
    const at = deps.clock.now();
    const test = { workspaceId, kind: "Test", destinationId: id, at };
    const event = { time: at.getTime() / 1000, source: "contentos", sourcetype: "contentos:audit", event: test };
    const message = {
      text: `${JSON.stringify(kind === "Splunk" ? event : test)}\n`,
      key: [...(prefix ? [prefix] : []), workspaceId, "test.jsonl.gz"].join("/"),
      id: `${id}:test:${at.getTime()}`,
    };
    const sent = await sendOnce(target, message, { ...deps, signal });
    await withJob(deps.db, claim, (tx) =>
      queries.noteProgress(tx, id, { testedAt: deps.clock.now(), testError: faultOf(sent) }),
    );
  };

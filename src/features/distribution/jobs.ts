import type { Logger } from "pino";
import { type CallContext, ChannelError, type Part, type RemotePart } from "@/channels/adapter";
import { imagesOf } from "@/channels/default-parts";
import type { Channels } from "@/channels/registry";
import type { Database, WorkspaceTx } from "@/db/client";
import { withJob } from "@/db/scope";
import type { Opening } from "@/features/channels";
import type { JobClaim, SystemActor } from "@/platform/actor";
import type { Clock } from "@/platform/clock";
import type { OutboundFetch } from "@/platform/outbound-fetch";
import type { Keyring } from "@/platform/secrets";
import type { Storage } from "@/platform/storage/storage";
import { createAssetPort } from "./assets";
import {
  type Answers,
  type Placed,
  type PublishStep,
  placeAll,
  prepare,
  type ReconcileStep,
  type Sent,
  settlePublish,
  settleReconcile,
} from "./publisher";
import { otherParts, type PartRow } from "./queries";
import { prepareRemoval, type RemoveStep, settleRemoval } from "./removal";

export type PublisherDeps = {
  db: Database;
  channels: Channels;
  keyring: Keyring;
  storage: Storage;
  fetch: OutboundFetch;
  clock: Clock;
  log: Logger;
  publicUrl: string;
};

type Task = (payload: Record<string, string>, claim: JobClaim, signal: AbortSignal) => Promise<void>;

/** For one call to a network. The adapters have shorter limits of their own. */
const CALL_MS = 60_000;

type Run = ReturnType<typeof startRun>;

function startRun(deps: PublisherDeps, claim: JobClaim, signal: AbortSignal) {
  const { db, channels, keyring, fetch, clock, log, publicUrl } = deps;
  const inTx = <T>(work: (tx: WorkspaceTx, actor: SystemActor) => Promise<T>) => withJob(db, claim, work);
  return {
    jobId: claim.jobId,
    ports: { channels, opening: { keyring, enter: inTx as Opening["enter"] }, clock, publicUrl },
    inTx,
    context: (channelId: string): CallContext => ({
      fetch,
      clock,
      job: claim,
      assets: createAssetPort(deps, inTx),
      otherParts: (part) => inTx((tx) => otherParts(tx, channelId, part)),
      signal: AbortSignal.any([signal, AbortSignal.timeout(CALL_MS)]),
    }),
    /** What a call threw. No adapter throws anything but a `ChannelError`; of a defect nobody knows what it did. */
    faultOf(error: unknown): ChannelError {
      // The job may be in other hands: they find the attempt open and ask.
      signal.throwIfAborted();
      if (error instanceof ChannelError) {
        log.warn({ err: error, jobId: claim.jobId, kind: error.kind }, "A network call failed");
        return error;
      }
      log.error({ err: error, jobId: claim.jobId }, "An adapter failed");
      return new ChannelError("lost", "Something went wrong on our side while it was sent.", { cause: error });
    },
  };
}

/** `distribution.publish`: one step of one schedule. No transaction is open while a network is called. */
export const publishTask =
  (deps: PublisherDeps): Task =>
  async ({ scheduleId }, claim, signal) => {
    const run = startRun(deps, claim, signal);
    const step = await run.inTx((tx, actor) => prepare(tx, actor, scheduleId!, run.jobId, run.ports));
    if (step?.kind === "Publish") {
      const sent = await send(run, step);
      await run.inTx((tx, actor) => settlePublish(tx, actor, run.jobId, step, sent));
    } else if (step) {
      const answers = await ask(run, step);
      await run.inTx((tx, actor) => settleReconcile(tx, actor, run.jobId, step, answers));
    }
  };

const wired = (part: PartRow, images: Part["images"] = []): Part => ({
  images,
  position: part.position,
  key: part.remoteKey,
  createdAt: part.createdAt,
  text: part.text,
});

const remoteOf = (part: PartRow & { remoteId: string }): RemotePart => ({
  remoteId: part.remoteId,
  remoteUrl: part.remoteUrl ?? undefined,
});

const isOut = (part: PartRow): part is PartRow & { remoteId: string } => part.remoteId !== null;

/** In order; each part that is out is marked before the next one goes, the last one with the outcome. */
async function send(run: Run, { network, account, publication, parts }: PublishStep): Promise<Sent> {
  const adapter = run.ports.channels[network];
  const images = imagesOf(publication, adapter.limits);
  const earlier: RemotePart[] = [];
  const placed: Placed[] = [];
  for (const part of parts) {
    if (isOut(part)) {
      earlier.push(remoteOf(part));
      continue;
    }
    const unmarked = placed.slice(-1);
    if (unmarked.length > 0) await run.inTx((tx) => placeAll(tx, unmarked));
    try {
      const remote = await adapter.publish(
        account,
        publication,
        wired(part, images[part.position]),
        earlier,
        run.context(account.channelId),
      );
      earlier.push(remote);
      placed.push({ part, remote });
    } catch (error) {
      return { placed, unmarked: [], fault: run.faultOf(error) };
    }
  }
  return { placed, unmarked: placed.slice(-1), fault: undefined };
}

async function ask(run: Run, { network, account, parts }: ReconcileStep): Promise<Answers> {
  const adapter = run.ports.channels[network];
  const answers: Answers = { found: [], absent: 0, unsure: 0, fault: undefined };
  const earlier: RemotePart[] = [];
  for (const part of parts) {
    if (isOut(part)) {
      earlier.push(remoteOf(part));
      continue;
    }
    try {
      const remote = await adapter.find(account, wired(part), run.context(account.channelId), earlier);
      if (remote) {
        answers.found.push({ part, remote });
        earlier.push(remote);
      } else if (remote === null) answers.absent += 1;
      else answers.unsure += 1;
    } catch (error) {
      return { ...answers, fault: run.faultOf(error) };
    }
  }
  return answers;
}

/** `distribution.remove`: takes down what is out, the last part first. */
export const removeTask =
  (deps: PublisherDeps): Task =>
  async ({ scheduleId }, claim, signal) => {
    const run = startRun(deps, claim, signal);
    const step = await run.inTx((tx, actor) => prepareRemoval(tx, actor, scheduleId!, run.jobId, run.ports));
    if (!step) return;
    const taken = await takeDown(run, step);
    await run.inTx((tx, actor) => settleRemoval(tx, actor, run.jobId, step, taken));
  };

async function takeDown(run: Run, { network, account, parts }: RemoveStep) {
  const adapter = run.ports.channels[network];
  const removed: string[] = [];
  for (const part of parts.filter(isOut)) {
    try {
      await adapter.remove(account, remoteOf(part), run.context(account.channelId));
      removed.push(part.remoteId);
    } catch (error) {
      return { removed, fault: run.faultOf(error) };
    }
  }
  return { removed, fault: undefined };
}

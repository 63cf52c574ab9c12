import type { Database, WorkspaceTx } from "@/db/client";
import { emit } from "@/db/outbox";
import { enqueue } from "@/db/queue";
import { withJob } from "@/db/scope";
import { record } from "@/features/audit";
import { consumeTask, type OutboxEvent } from "@/features/events";
import { workspaceKey } from "@/features/workspaces";
import type { JobClaim, SystemActor } from "@/platform/actor";
import type { Clock } from "@/platform/clock";
import { newId } from "@/platform/ids";
import type { OutboundFetch } from "@/platform/outbound-fetch";
import type { Sent } from "@/platform/outbound-send";
import type { Keyring } from "@/platform/secrets";
import { isFailing, nextTry } from "./policy";
import * as queries from "./queries";
import { send } from "./sending";
import { associatedData, bodyOf, deliverSoon, eventName } from "./service";

type Tx = WorkspaceTx;
type Deps = { db: Database; keyring: Keyring; fetch: OutboundFetch; clock: Clock };
type Task = (payload: Record<string, string>, claim: JobClaim, signal: AbortSignal) => Promise<void>;

/** Tries at a time at one endpoint, of all processes: who is slow takes no more than that from the others. */
const AT_A_TIME = { well: 2, failing: 1 };
/** How soon it is looked again whether one of them is over, in ms. */
const BUSY_MS = 1_000;
/** A job makes way for other endpoints' after so many tries, or so long; in ms. */
const ONE_GO = { tries: 20, ms: 10_000 };
/** Longer than any try takes, in ms: a claim that is older belongs to a process that died. */
const CLAIM_MS = 60_000;
const PURGED_AT_A_TIME = 10_000;

/** `webhooks.consume`: makes a delivery of each event for each endpoint that wants it, in the order of the events. */
export const consumeWebhooksTask = ({ db, clock }: Pick<Deps, "db" | "clock">): Task =>
  consumeTask({ db, clock }, { name: "webhooks", handle: distribute });

async function distribute(tx: Tx, event: OutboxEvent, { workspaceId }: SystemActor) {
  const occurredAt = new Date(event.at);
  const endpoints = await queries.endpointsFor(tx, event.type, occurredAt);
  const { subjectId, actorId, payload } = event;
  await queries.insertDeliveries(
    tx,
    endpoints.map(({ id, status }) => ({
      id: newId(),
      endpointId: id,
      eventId: event.id,
      type: event.type,
      occurredAt,
      data: { eventId: eventName(event.id), workspaceId, subjectId, actorId, payload },
      status: status === "Enabled" ? "Pending" : "Skipped",
    })),
  );
  for (const { id } of endpoints.filter(({ status }) => status === "Enabled")) await deliverSoon(tx, id);
}

/** `webhooks.deliver`: sends what is due at one endpoint, one after the other. */
export const deliverTask =
  (deps: Deps): Task =>
  async ({ endpointId }, claim, signal) => {
    const began = deps.clock.now().getTime();
    let busy = false;
    for (let tries = 0; tries < ONE_GO.tries && deps.clock.now().getTime() - began < ONE_GO.ms; tries++) {
      signal.throwIfAborted();
      const next = await withJob(deps.db, claim, (tx) => begin(tx, endpointId!, claim, deps));
      busy = next === "busy";
      if (!next || next === "busy") break;
      const sent = await send(next.message, { fetch: deps.fetch, clock: deps.clock, signal });
      await withJob(deps.db, claim, (tx, actor) => settle(tx, actor, next, sent, deps.clock.now()));
    }
    await withJob(deps.db, claim, (tx) =>
      comeBack(tx, endpointId!, new Date(deps.clock.now().getTime() + (busy ? BUSY_MS : 0))),
    );
  };

type Begun = Exclude<Awaited<ReturnType<typeof begin>>, "busy" | undefined>;

/** The try is committed before anything is sent, so that one which nobody ended is known for it. */
async function begin(tx: Tx, endpointId: string, { jobId }: JobClaim, { keyring, clock }: Deps) {
  const endpoint = await queries.lockEndpoint(tx, endpointId);
  if (!endpoint) return undefined;
  const now = clock.now();
  const atATime = endpoint.failures > 0 ? AT_A_TIME.failing : AT_A_TIME.well;
  if ((await queries.countUnderWay(tx, endpointId, jobId, now)) >= atATime) return "busy";
  const until = new Date(now.getTime() + CLAIM_MS);
  const pingsOnly = endpoint.status === "Paused";
  const delivery = await queries.claimNext(tx, { endpointId, jobId, now, until, pingsOnly });
  if (!delivery) return undefined;
  const number = await queries.beginAttempt(tx, delivery.id, now);
  const key = await workspaceKey(tx);
  const open = (sealed: Buffer) => keyring.open(key, sealed, associatedData(endpoint)).toString();
  const { previousSecret, previousUntil } = endpoint;
  const overlaps = previousSecret && previousUntil && previousUntil > now;
  const secrets: [string, ...string[]] = [open(endpoint.sealedSecret), ...(overlaps ? [open(previousSecret)] : [])];
  const message = { url: endpoint.url, secrets, id: `msg_${delivery.id}`, body: JSON.stringify(bodyOf(delivery)) };
  return { delivery, number, message };
}

async function settle(tx: Tx, actor: SystemActor, { delivery, number }: Begun, sent: Sent, now: Date) {
  const endpoint = await queries.lockEndpoint(tx, delivery.endpointId);
  const { outcome, statusCode, response, error } = sent;
  const counts = await queries.endAttempt(tx, delivery.id, number, {
    endedAt: now,
    outcome,
    statusCode,
    response,
    error,
  });
  // Whoever took it for lost has gone on from there.
  if (!counts) return;
  if (outcome === "Delivered") {
    await queries.settleDelivery(tx, delivery.id, { status: "Delivered", endedAt: now });
    await queries.noteHealth(tx, delivery.endpointId, { failures: 0, failingSince: null, deliveredAt: now });
    return;
  }
  const gone = statusCode === 410;
  const nextAt = gone ? null : nextTry(delivery.tries, sent.retryAfterMs, Math.random(), now);
  await queries.settleDelivery(tx, delivery.id, nextAt ? { nextAt } : { status: "Failed", endedAt: now });
  if (endpoint && delivery.eventId !== null) await noteFailure(tx, actor, endpoint, gone, now);
}

/** A receiver that is gone is told nothing more; one that fails for days is left alone until an Admin looks. */
async function noteFailure(tx: Tx, actor: SystemActor, endpoint: queries.EndpointRow, gone: boolean, now: Date) {
  const { id } = endpoint;
  const failures = endpoint.failures + 1;
  const failingSince = endpoint.failingSince ?? now;
  const reason = gone ? "Gone" : isFailing(failures, failingSince, now) ? "Failing" : null;
  const pauses = reason !== null && endpoint.status === "Enabled";
  await queries.noteHealth(tx, id, {
    failures,
    failingSince,
    ...(pauses && { status: "Paused", pauseReason: reason, pausedAt: now }),
  });
  if (!pauses) return;
  await record(tx, actor, {
    action: "webhooks.endpoint_paused",
    subjectType: "webhook_endpoint",
    subjectId: id,
    detail: { reason, failures },
  });
  await emit(tx, { type: "webhooks.endpoint_paused", subjectId: id, payload: { reason } });
}

/** The endpoint is held, so that of two jobs that end, the later one says when to go on. */
async function comeBack(tx: Tx, endpointId: string, notBefore: Date) {
  const endpoint = await queries.lockEndpoint(tx, endpointId);
  const next = endpoint && (await queries.nextDue(tx, endpointId, endpoint.status === "Paused"));
  if (!next) return;
  // What waited longest is no reason to go ahead of others.
  const runAt = next > notBefore ? next : notBefore;
  // Not the key of what is to begin now, which this must not put off.
  const jobKey = `webhooks.retry:${endpointId}`;
  await enqueue(tx, { task: "webhooks.deliver", payload: { endpointId }, jobKey, runAt });
}

/** `webhooks.purge`: forgets deliveries that are older than 30 days. */
export const purgeWebhooksTask =
  ({ db }: Pick<Deps, "db">): Task =>
  async (_payload, _claim, signal) => {
    while ((await queries.purge(db)) >= PURGED_AT_A_TIME) signal.throwIfAborted();
  };

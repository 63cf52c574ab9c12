import type { Database, WorkspaceTx } from "@/db/client";
import { enqueue } from "@/db/queue";
import { withJob } from "@/db/scope";
import type { JobClaim, SystemActor } from "@/platform/actor";
import type { Clock } from "@/platform/clock";
import * as queries from "./queries";
import { type OutboxEvent, readEvents } from "./service";

type Tx = WorkspaceTx;
type Task = (payload: Record<string, string>, claim: JobClaim, signal: AbortSignal) => Promise<void>;

/** What one call removes at most. */
const PURGED_AT_A_TIME = 100_000;

/** `events.purge`: forgets events that are older than 30 days, and whoever left an item long ago. */
export const purgeTask =
  ({ db }: { db: Database }): Task =>
  async (_payload, _claim, signal) => {
    while ((await queries.purge(db)) >= PURGED_AT_A_TIME) signal.throwIfAborted();
  };

/** What follows events on behalf of a workspace, such as what sends notifications. */
export type Consumer = {
  /** A room's word; its task is `<name>.consume`. */
  name: string;
  /** All by default. */
  types?: readonly string[];
  /**
   * Called for each event in turn, from the oldest that is kept. What it does in `tx` is done once; what it does
   * elsewhere is done at least once, since a process that dies before the commit leaves the whole batch to the next.
   * While it throws, the consumer stays where it is, so that no event is passed over.
   */
  handle(tx: Tx, event: OutboxEvent, actor: SystemActor): Promise<void>;
};

const taskOf = (consumer: string) => `${consumer}.consume`;

/** Has a consumer go on: for a reaction to what it is for. One job is enough for any number of events. */
export const wakeConsumer = (tx: Tx, consumer: string, runAt?: Date) =>
  enqueue(tx, { task: taskOf(consumer), payload: {}, jobKey: taskOf(consumer), ...(runAt && { runAt }) });

/** Events that are handled in one transaction. */
const BATCH = 50;
/** How soon it is looked again for what waits for another transaction, in ms. */
const PENDING_MS = 250;

/** `<name>.consume`: goes through what happened since the last time, in order, and comes back for what is not settled. */
export const consumeTask =
  ({ db, clock }: { db: Database; clock: Clock }, consumer: Consumer): Task =>
  async (_payload, claim, signal) => {
    let more = true;
    while (more) {
      signal.throwIfAborted();
      more = await withJob(db, claim, (tx, actor) => consumeBatch(tx, actor, consumer, clock.now()));
    }
  };

async function consumeBatch(tx: Tx, actor: SystemActor, { name, types, handle }: Consumer, now: Date) {
  const after = await queries.holdConsumer(tx, name);
  const { events, position, more, pending } = await readEvents(tx, { after, types, limit: BATCH }, now);
  for (const event of events) await handle(tx, event, actor);
  await queries.advanceConsumer(tx, name, position);
  if (pending && !more) await wakeConsumer(tx, name, new Date(now.getTime() + PENDING_MS));
  return more;
}

import { type ParsedCronItem, parseCronItems } from "graphile-worker";
import type { Logger } from "pino";
import type { Channels } from "@/channels/registry";
import type { Database } from "@/db/client";
import { purgeKeys } from "@/db/idempotency";
import { fetchTask } from "@/features/analytics";
import { ingestTask, sweepTask } from "@/features/assets";
import { publishTask, removeTask } from "@/features/distribution";
import { purgeTask } from "@/features/events";
import { reindexTask } from "@/features/search";
import { expireTask, exportTask, importTask } from "@/features/transfer";
import type { JobClaim } from "@/platform/actor";
import type { Clock } from "@/platform/clock";
import type { OutboundFetch } from "@/platform/outbound-fetch";
import type { Keyring } from "@/platform/secrets";
import type { Storage } from "@/platform/storage/storage";

/**
 * One kind of job. `payload` holds ids; the workspace is not taken from it but entered by `withJob(db, claim, …)`.
 * What throws is tried again, after e^attempts seconds. `signal` aborts once the job may be in other hands.
 */
export type Task = (payload: Record<string, string>, claim: JobClaim, signal: AbortSignal) => Promise<void>;
export type Tasks = Record<string, Task>;

/** What the rooms' jobs stand on. */
export type JobDeps = {
  db: Database;
  channels: Channels;
  keyring: Keyring;
  storage: Storage;
  fetch: OutboundFetch;
  clock: Clock;
  log: Logger;
  publicUrl: string;
};

/** Every kind of job that there is, by name: the room's prefix and a verb. */
export const createTasks = (deps: JobDeps): Tasks => ({
  "analytics.fetch": fetchTask(deps),
  "assets.ingest": ingestTask(deps),
  "assets.sweep": sweepTask(deps),
  "distribution.publish": publishTask(deps),
  "distribution.remove": removeTask(deps),
  "events.purge": purgeTask(deps),
  "search.reindex": reindexTask(deps),
  "transfer.expire": expireTask(deps),
  "transfer.export": exportTask(deps),
  "transfer.import": importTask(deps),
  "http.purge_idempotency_keys": async () => {
    await purgeKeys(deps.db);
  },
});

/** Runs by the clock, in UTC, once for all processes. These jobs are of no workspace and can enter none. */
export const CRON: ParsedCronItem[] = parseCronItems([
  { task: "assets.sweep", match: "43 * * * *", options: { maxAttempts: 3 } },
  { task: "http.purge_idempotency_keys", match: "17 * * * *", options: { maxAttempts: 3 } },
  { task: "events.purge", match: "37 * * * *", options: { maxAttempts: 3 } },
]);

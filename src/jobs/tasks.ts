import { type ParsedCronItem, parseCronItems } from "graphile-worker";
import type { Logger } from "pino";
import type { Channels } from "@/channels/registry";
import type { Database } from "@/db/client";
import { purgeKeys } from "@/db/idempotency";
import { fetchTask } from "@/features/analytics";
import { ingestTask, sweepTask } from "@/features/assets";
import { sealTask, sweepTask as sweepSeals } from "@/features/audit";
import type { SignDocument } from "@/features/auth";
import { billingTasks, type Payments } from "@/features/billing";
import { warnTask } from "@/features/channels";
import { publishTask, removeTask } from "@/features/distribution";
import { purgeTask } from "@/features/events";
import { sendTask as forwardTask, testTask, wakeForwarding } from "@/features/forwarding";
import { notificationTasks } from "@/features/notifications";
import { eraseTask, eraseWorkspaceTask } from "@/features/privacy";
import { removeTask as removeOldTask, sweepTask as sweepRetention } from "@/features/retention";
import { embedTask, type MeaningDeps, reindexTask } from "@/features/search";
import { checkDomainTask, judgeTrialTask, purgeTask as purgeCachesTask } from "@/features/site";
import { expireTask, exportTask, importTask } from "@/features/transfer";
import { consumeWebhooksTask, deliverTask, purgeWebhooksTask } from "@/features/webhooks";
import { tellSupportTask } from "@/features/workspaces";
import type { JobClaim } from "@/platform/actor";
import type { Anchors } from "@/platform/anchors";
import type { Clock } from "@/platform/clock";
import type { LookUpTexts } from "@/platform/dns";
import type { Ledger } from "@/platform/ledger";
import type { Mailer } from "@/platform/mailer";
import type { OutboundFetch } from "@/platform/outbound-fetch";
import type { Purge } from "@/platform/purger";
import type { Keyring } from "@/platform/secrets";
import type { Shredding } from "@/platform/shredding";
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
  anchors: Anchors;
  auditKeepDays: number | undefined;
  erasures: Ledger;
  shredding: Shredding;
  mailer: Mailer;
  /** Accounts and sessions; jobs sign by its keys. */
  identity: { documentSigner(): Promise<SignDocument> };
  fetch: OutboundFetch;
  clock: Clock;
  log: Logger;
  publicUrl: string;
  /** Asks DNS about domains; where there is none, nothing is known of them. */
  lookUpTexts?: LookUpTexts;
  /** Stripe, where plans are sold. */
  payments?: Payments | null;
  /** Turns texts into numbers, where the operator named a model for it. */
  ai?: MeaningDeps | null;
  /** Makes the cache before the public sites forget; none where there is no such cache. */
  purge?: Purge | null;
};

/** Every kind of job that there is, by name: the room's prefix and a verb. */
export const createTasks = (deps: JobDeps): Tasks => ({
  "analytics.fetch": fetchTask(deps),
  "assets.ingest": ingestTask(deps),
  "assets.sweep": sweepTask(deps),
  ...billingTasks({ ...deps, payments: deps.payments ?? null }),
  "channels.warn": warnTask(deps),
  "distribution.publish": publishTask(deps),
  "distribution.remove": removeTask(deps),
  "events.purge": purgeTask(deps),
  ...notificationTasks(deps),
  "audit.seal": sealTask({ ...deps, onSealed: (tx) => wakeForwarding(tx, deps.clock.now()) }),
  "audit.sweep": sweepSeals(deps),
  "forwarding.send": forwardTask(deps),
  "forwarding.test": testTask(deps),
  "privacy.erase": eraseTask(deps),
  "privacy.erase_workspace": eraseWorkspaceTask(deps),
  "retention.remove": removeOldTask(deps),
  "retention.sweep": sweepRetention(deps),
  "search.embed": embedTask({ db: deps.db, ai: deps.ai ?? null }),
  "search.reindex": reindexTask(deps),
  "site.check_domain": checkDomainTask(deps),
  "site.judge_trial": judgeTrialTask(deps),
  "site.purge": purgeCachesTask(deps),
  "transfer.expire": expireTask(deps),
  "transfer.export": exportTask(deps),
  "transfer.import": importTask(deps),
  "webhooks.consume": consumeWebhooksTask(deps),
  "webhooks.deliver": deliverTask(deps),
  "webhooks.purge": purgeWebhooksTask(deps),
  "workspaces.tell_support": tellSupportTask(deps),
  "http.purge_idempotency_keys": async () => {
    await purgeKeys(deps.db);
  },
});

/** Runs by the clock, in UTC, once for all processes. These jobs are of no workspace and can enter none. */
export const CRON: ParsedCronItem[] = parseCronItems([
  { task: "audit.sweep", match: "* * * * *", options: { maxAttempts: 1 } },
  { task: "privacy.erase", match: "*/10 * * * *", options: { maxAttempts: 3 } },
  { task: "assets.sweep", match: "43 * * * *", options: { maxAttempts: 3 } },
  { task: "http.purge_idempotency_keys", match: "17 * * * *", options: { maxAttempts: 3 } },
  { task: "billing.lapse", match: "* * * * *", options: { maxAttempts: 3 } },
  { task: "notifications.purge", match: "47 * * * *", options: { maxAttempts: 3 } },
  { task: "webhooks.purge", match: "53 * * * *", options: { maxAttempts: 3 } },
  { task: "retention.sweep", match: "23 * * * *", options: { maxAttempts: 3 } },
  { task: "events.purge", match: "37 * * * *", options: { maxAttempts: 3 } },
]);

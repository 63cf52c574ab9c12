import type { Database } from "@/db/client";
import { consumeTask } from "@/features/events";
import type { JobClaim } from "@/platform/actor";
import { type DeliveringDeps, deliverTask, digestTask, slackTask } from "./delivering";
import * as queries from "./queries";
import { remindTask } from "./reminders";
import { TOLD_OF } from "./rules";
import { handleEvent } from "./telling";

type Task = (payload: Record<string, string>, claim: JobClaim, signal: AbortSignal) => Promise<void>;
export type NotificationsJobsDeps = Omit<DeliveringDeps, "mails">;

/** What one call removes at most. */
const PURGED_AT_A_TIME = 100_000;

const purgeTask =
  ({ db }: { db: Database }): Task =>
  async (_payload, _claim, signal) => {
    while ((await queries.purge(db)) >= PURGED_AT_A_TIME) signal.throwIfAborted();
  };

/** All of the room's. */
export function notificationTasks(deps: NotificationsJobsDeps): Record<string, Task> {
  const telling = { ...deps, mails: !deps.mailer.off };
  return {
    "notifications.consume": consumeTask(deps, {
      name: "notifications",
      types: TOLD_OF,
      handle: handleEvent(telling),
    }),
    "notifications.deliver": deliverTask(deps),
    "notifications.digest": digestTask(deps),
    "notifications.remind": remindTask(telling),
    "notifications.slack": slackTask(deps),
    "notifications.purge": purgeTask(deps),
  };
}

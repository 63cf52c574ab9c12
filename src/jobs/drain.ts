import { setTimeout as delay } from "node:timers/promises";
import { runOnce } from "graphile-worker";
import { createPool } from "@/db/client";
import type { Clock } from "@/platform/clock";
import { runnerOptions } from "./runner-options";
import type { WorkerOptions } from "./worker";
import { openWorkerLock } from "./worker-lock";

type DrainOptions = Omit<WorkerOptions, "pollIntervalMs" | "reapIntervalMs"> & {
  /** When the platform ends this call; no job is begun after it. */
  deadline: Date;
  clock: Clock;
};

/**
 * Does the jobs that are due, for platforms where nothing runs all the time. Answers when none is left, or when the
 * deadline and `graceMs` are over; no row is locked by this worker then.
 */
export async function drain({
  deadline,
  clock,
  graceMs = 5_000,
  ...options
}: DrainOptions): Promise<{ freed: string[] }> {
  const { workerUrl, sessionUrl, tasks, log, concurrency = 4 } = options;
  const lock = await openWorkerLock(sessionUrl);
  const pool = createPool(workerUrl, { max: concurrency + 1, applicationName: "contentos drain" });
  const givenUp = new AbortController();
  const done = new AbortController();
  try {
    const freed = await lock.reap();
    const signal = givenUp.signal;
    const runner = runnerOptions({ pool, tasks, lock, log, concurrency, pollIntervalMs: 500, signal });
    const running = runOnce(runner.options).catch((error: unknown) => log.error({ err: error }, "drain"));
    const inTime = await Promise.race([
      running.then(() => true),
      delay(Math.max(0, deadline.getTime() - clock.now().getTime()), false, { signal: done.signal }),
    ]);
    if (!inTime) {
      const stopped = Promise.allSettled([runner.workerPool()?.gracefulShutdown("The time is over")]);
      await Promise.race([stopped, delay(graceMs, undefined, { signal: done.signal })]);
    }
    givenUp.abort(new Error("The time is over: the job is in other hands"));
    const id = runner.workerPool()?.id;
    if (id) await lock.free(id);
    return { freed };
  } finally {
    done.abort();
    await Promise.allSettled([lock.close(), Promise.race([pool.end(), delay(1_000, undefined, { ref: false })])]);
  }
}

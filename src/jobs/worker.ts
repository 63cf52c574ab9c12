import { setTimeout as delay } from "node:timers/promises";
import { run } from "graphile-worker";
import type { Logger } from "pino";
import { createPool } from "@/db/client";
import { runnerOptions } from "./runner-options";
import { CRON, type Tasks } from "./tasks";
import { openWorkerLock } from "./worker-lock";

export type WorkerOptions = {
  /** The job schema's log-in; never for tenant data. */
  workerUrl: string;
  /** The same log-in past any pooler, for the lock. */
  sessionUrl: string;
  tasks: Tasks;
  log: Logger;
  /** Jobs at a time. */
  concurrency?: number;
  /** How long a due job may wait for an idle worker, in ms. New jobs are announced and don't wait. */
  pollIntervalMs?: number;
  /** How often the jobs of dead workers are looked for, in ms. */
  reapIntervalMs?: number;
  /** How long `stop` waits for jobs that run, in ms, before it gives them to others. */
  graceMs?: number;
};

export type Worker = {
  health(): "Running" | "Reconnecting" | "Stopped";
  /** Takes no more jobs, waits for those that run, frees the rest. */
  stop(): Promise<void>;
};

/** A job that was given up may keep its connection for longer than anybody waits. */
const CLOSE_MS = 1_000;
const BACKOFF_MS = { first: 100, most: 1_000 };

/**
 * Runs jobs until it is stopped. Whenever the lock's connection or the runner ends, such as when Postgres restarts,
 * it begins anew under another id; until then this process runs no job.
 *
 * @throws where the database can't be reached at the start
 */
export async function startWorker(options: WorkerOptions): Promise<Worker> {
  const stopping = new AbortController();
  let current: Shift | undefined = await beginShift(options);

  const supervising = (async () => {
    while (current) {
      const reason = await Promise.race([current.over, aborted(stopping.signal)]);
      await current.end(stopping.signal.aborted);
      current = undefined;
      if (stopping.signal.aborted) return;
      options.log.warn({ err: reason }, "The worker lost its connection and begins anew");
      current = await beginAgain(options, stopping.signal);
    }
  })();

  return {
    health: () => (stopping.signal.aborted ? "Stopped" : current ? "Running" : "Reconnecting"),
    async stop() {
      stopping.abort();
      await supervising;
    },
  };
}

async function beginAgain(options: WorkerOptions, signal: AbortSignal): Promise<Shift | undefined> {
  for (let wait = BACKOFF_MS.first; !signal.aborted; wait = Math.min(wait * 2, BACKOFF_MS.most)) {
    try {
      return await beginShift(options);
    } catch (error) {
      options.log.warn({ err: error }, `The worker can't reach its database; it tries again in ${wait} ms`);
      await delay(wait, undefined, { signal }).catch(() => {});
    }
  }
  return undefined;
}

/** One runner under one id, from its lock to the loss of it. */
type Shift = {
  over: Promise<unknown>;
  /** @param patiently whether jobs that run are waited for */
  end(patiently: boolean): Promise<void>;
};

async function beginShift(options: WorkerOptions): Promise<Shift> {
  const { workerUrl, sessionUrl, tasks, log } = options;
  const { concurrency = 4, pollIntervalMs = 500, reapIntervalMs = 2_000, graceMs = 10_000 } = options;
  const lock = await openWorkerLock(sessionUrl);
  // One connection listens, one is for the clock and for outcomes.
  const pool = createPool(workerUrl, { max: concurrency + 2, applicationName: "contentos worker" });
  const givenUp = new AbortController();
  const close = async () => {
    givenUp.abort(new Error("This worker was stopped or lost its lock: the job is in other hands"));
    const closed = Promise.allSettled([pool.end(), lock.close()]);
    await Promise.race([closed, delay(CLOSE_MS, undefined, { ref: false })]);
  };
  try {
    await reap(lock, log);
    const { options: graphile, workerPool } = runnerOptions({
      pool,
      tasks,
      lock,
      log,
      concurrency,
      pollIntervalMs,
      signal: givenUp.signal,
    });
    const runner = await run({ ...graphile, parsedCronItems: CRON.filter(({ task }) => task in tasks) });
    const reaping = repeat(() => reap(lock, log), reapIntervalMs);
    const ended = runner.promise.then(
      () => new Error("The runner has ended"),
      (error: unknown) => error,
    );
    return {
      over: Promise.race([lock.lost, reaping.failed, ended]),
      async end(patiently) {
        reaping.stop();
        const stopped = Promise.allSettled([runner.stop()]);
        const inTime =
          patiently && (await Promise.race([stopped.then(() => true), delay(graceMs, false, { ref: false })]));
        // Whatever is still running may be begun by another worker right now.
        if (patiently && !inTime) await lock.free(workerPool()!.id).catch(() => {});
        await close();
      },
    };
  } catch (error) {
    await close();
    throw error;
  }
}

async function reap(lock: { reap(): Promise<string[]> }, log: Logger) {
  const dead = await lock.reap();
  if (dead.length > 0) log.warn({ workers: dead }, "Freed the jobs of workers that are gone");
}

/** Does it again and again, one at a time. `failed` settles with the first error. */
function repeat(act: () => Promise<void>, intervalMs: number) {
  const stopped = new AbortController();
  const failed = new Promise<unknown>((resolve) => {
    void (async () => {
      while (!stopped.signal.aborted) {
        await delay(intervalMs, undefined, { signal: stopped.signal }).catch(() => {});
        if (!stopped.signal.aborted) await act().catch(resolve);
      }
    })();
  });
  return { failed, stop: () => stopped.abort() };
}

const aborted = (signal: AbortSignal) =>
  new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });

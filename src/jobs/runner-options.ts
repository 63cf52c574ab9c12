import { EventEmitter } from "node:events";
import {
  Logger as GraphileLogger,
  type RunnerOptions,
  type TaskList,
  type WorkerEvents,
  type WorkerPool,
} from "graphile-worker";
import type pg from "pg";
import type { Logger } from "pino";
import type { Task, Tasks } from "./tasks";
import type { WorkerLock } from "./worker-lock";

type Options = {
  pool: pg.Pool;
  tasks: Tasks;
  lock: WorkerLock;
  log: Logger;
  concurrency: number;
  pollIntervalMs: number;
  /** Aborted once this worker's jobs may be in other hands. */
  signal: AbortSignal;
};

/** What a continuous worker and one that drains have in common. */
export function runnerOptions({ pool, tasks, lock, log, concurrency, pollIntervalMs, signal }: Options) {
  const events = new EventEmitter() as WorkerEvents;
  let workerPool: WorkerPool | undefined;
  events.on("pool:create", (event) => {
    workerPool = event.workerPool;
  });
  const options: RunnerOptions = {
    pgPool: pool,
    schema: "graphile_worker",
    taskList: adapt(tasks, signal),
    concurrency,
    pollInterval: pollIntervalMs,
    // Signals are for the entry point to handle.
    noHandleSignals: true,
    logger: logger(log),
    events,
    preset: {
      plugins: [lockFirst(lock)],
      // Batched, so that a failure to write an outcome ends the runner; else nobody awaits it, and it ends the process.
      worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0 },
    },
  };
  return { options, workerPool: () => workerPool };
}

/** A job is locked by its pool's id; the lock of that id is held before the first job is asked for. */
function lockFirst(lock: WorkerLock): GraphileConfig.Plugin {
  let failed = false;
  return {
    name: "ContentosWorkerLock",
    version: "1.0.0",
    worker: {
      hooks: {
        async startWorker(_ctx, { worker: { workerPool } }) {
          try {
            await lock.take(workerPool.id);
          } catch (error) {
            if (failed) throw error;
            failed = true;
            // Else graphile-worker would ask for a job and not call the hook again. It waits for this hook: not awaited.
            void Promise.resolve(workerPool.gracefulShutdown("No lock")).catch(() => {});
            throw error;
          }
        },
      },
    },
  };
}

const adapt = (tasks: Tasks, signal: AbortSignal): TaskList =>
  Object.fromEntries(
    Object.entries(tasks).map(([name, task]): [string, TaskList[string]] => [
      name,
      async (payload, { job }) => {
        if (job.locked_by === null) throw new Error(`Job ${job.id} runs without being locked`);
        await runPlainly(task, payload as Record<string, string>, { jobId: job.id, workerId: job.locked_by }, signal);
        // A worker that was given up must not tick off a job that another one may be doing.
        signal.throwIfAborted();
      },
    ]),
  );

/** Drizzle puts a statement's parameters into its message, which would then stand in the job's row and in the log. */
async function runPlainly(...[task, payload, claim, signal]: [Task, ...Parameters<Task>]) {
  try {
    await task(payload, claim, signal);
  } catch (error) {
    if (error instanceof Error && "params" in error && error.cause instanceof Error) throw error.cause;
    throw error;
  }
}

const LEVELS = { error: "error", warning: "warn", info: "debug", debug: "trace" } as const;

const logger = (log: Logger) =>
  new GraphileLogger(({ taskIdentifier, jobId }) => (level, message, meta) => {
    const err = meta?.error instanceof Error ? meta.error : undefined;
    log[LEVELS[level]]({ task: taskIdentifier, jobId, ...(err && { err }) }, message);
  });

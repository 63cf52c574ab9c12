import { randomUUID } from "node:crypto";
import { pino } from "pino";
import type { TestDatabase } from "#tests/harness/database";
import { drain } from "@/jobs/drain";
import type { Tasks } from "@/jobs/tasks";
import { openWorkerLock } from "@/jobs/worker-lock";
import type { JobClaim } from "@/platform/actor";
import { systemClock } from "@/platform/clock";

const log = pino({ level: "silent" });

/** Does the jobs that are due, as a worker does, those of dead workers among them, until none is left. */
export const runJobs = (t: TestDatabase, tasks: Tasks, { concurrency = 2, withinMs = 15_000 } = {}) =>
  drain({
    workerUrl: t.urls.worker,
    sessionUrl: t.urls.worker,
    tasks,
    log,
    concurrency,
    deadline: new Date(Date.now() + withinMs),
    clock: systemClock,
  });

/** What is planned for later is due now, so that no test waits. */
export const makeDue = (t: TestDatabase) =>
  t.asOwner("update graphile_worker._private_jobs set run_at = now() where run_at > now() and locked_by is null");

export type HeldJob = { claim: JobClaim; payload: Record<string, string>; die: () => Promise<void> };

/** The oldest due job of a kind, locked by a worker that does nothing by itself; `die` lets its lock go as a killed process does. */
export async function holdJob(t: TestDatabase, task: string): Promise<HeldJob> {
  const workerId = `held-${randomUUID()}`;
  const lock = await openWorkerLock(t.urls.worker);
  await lock.take(workerId);
  const [job] = await t.asOwner<{ id: string; payload: Record<string, string> }>(
    `update graphile_worker._private_jobs j set locked_by = $1, locked_at = now(), attempts = attempts + 1
     where j.id = (select p.id from graphile_worker._private_jobs p join graphile_worker._private_tasks k on k.id = p.task_id
                   where k.identifier = $2 and p.locked_by is null and p.run_at <= now() order by p.run_at, p.id limit 1)
     returning j.id::text, j.payload`,
    [workerId, task],
  );
  if (!job) throw new Error(`No job of ${task} is due`);
  return { claim: { jobId: job.id, workerId }, payload: job.payload, die: () => lock.close().then(() => undefined) };
}

import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import pg from "pg";
import { pino } from "pino";
import { afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { type Member, seedWorkspace } from "#tests/factories";
import { testDatabase } from "#tests/harness/database";
import { testKeyring } from "#tests/harness/keyring";
import { testOutside } from "#tests/harness/outside";
import { testStorage } from "#tests/harness/storage";
import { createChannels } from "@/channels/registry";
import { enqueue } from "@/db/queue";
import { withJob, withWorkspace } from "@/db/scope";
import type { JobClaim } from "@/platform/actor";
import { systemClock } from "@/platform/clock";
import { drain } from "./drain";
import { CRON, createTasks, type Tasks } from "./tasks";
import { startWorker, type Worker, type WorkerOptions } from "./worker";
import { openWorkerLock } from "./worker-lock";

const t = testDatabase();
const log = pino({ level: "silent" });
const running: Worker[] = [];
let admin: Member;

beforeAll(async () => {
  ({ admin } = await seedWorkspace(t));
});
afterEach(async () => {
  await Promise.all(running.splice(0).map((worker) => worker.stop()));
  await t.asOwner("delete from graphile_worker._private_jobs");
});

async function start(tasks: Tasks, over: Partial<WorkerOptions> = {}) {
  const worker = await startWorker({ workerUrl: t.urls.worker, sessionUrl: t.urls.worker, log, tasks, ...over });
  running.push(worker);
  return worker;
}

const add = (task: string, over: { runAt?: Date; jobKey?: string; maxAttempts?: number; by?: Member } = {}) => {
  const { by = admin, jobKey = task, ...rest } = over;
  return withWorkspace(t.db, { ...by, requestId: undefined }, (tx) =>
    enqueue(tx, { task, payload: { id: "x" }, jobKey, ...rest }),
  );
};

const jobs = () =>
  t.asOwner<{ id: string; attempts: number; locked_by: string | null; last_error: string | null }>(
    "select id, attempts, locked_by, last_error from graphile_worker._private_jobs order by id",
  );
const endConnection = (name: string) =>
  t.asOwner(
    "select pg_terminate_backend(pid) from pg_stat_activity where application_name = $1 and datname = current_database()",
    [name],
  );

const eventually = (assert: () => void | Promise<void>) => vi.waitFor(assert, { timeout: 15_000, interval: 50 });

/** A task that runs until it is let go, and what it was given. */
function holdingTask() {
  const claims: JobClaim[] = [];
  const signals: AbortSignal[] = [];
  let letGo = () => {};
  const gate = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  const task = async (_payload: unknown, claim: JobClaim, signal: AbortSignal) => {
    claims.push(claim);
    signals.push(signal);
    await gate;
  };
  return { task, claims, signals, letGo };
}

describe("a job", () => {
  it("runs in its own workspace's scope, as System", async () => {
    const other = await seedWorkspace(t);
    const seen: object[] = [];
    await add("test.look", { by: other.admin });
    await start({
      "test.look": (payload, claim) =>
        withJob(t.db, claim, async (_tx, actor) => void seen.push({ ...actor, named: payload.workspaceId })),
    });
    await eventually(() => expect(seen).toHaveLength(1));
    expect(seen[0]).toMatchObject({ workspaceId: other.id, named: other.id, userId: null, role: "System" });
    await eventually(async () => expect(await jobs()).toEqual([]));
  });

  it("lets nobody in who does not hold it", async () => {
    const held = holdingTask();
    await add("test.hold");
    await start({ "test.hold": held.task });
    await eventually(() => expect(held.claims).toHaveLength(1));
    const claim = held.claims[0]!;
    const enter = (over: Partial<JobClaim>) => withJob(t.db, { ...claim, ...over }, async (_tx, actor) => actor.role);
    expect(await enter({})).toBe("System");
    await expect(enter({ workerId: "pool-of-somebody-else" })).rejects.toMatchObject({ code: "CO404" });
    await expect(enter({ jobId: String(Number(claim.jobId) + 1) })).rejects.toMatchObject({ code: "CO404" });
    held.letGo();
    await eventually(async () => expect(await jobs()).toEqual([]));
    await expect(enter({})).rejects.toMatchObject({ code: "CO404" });
  });

  it("is tried again after it threw, and its row does not repeat what a statement was given", async () => {
    await add("test.fail");
    await start({
      "test.fail": () =>
        Promise.reject(
          Object.assign(new Error("Failed query: params: secret", { cause: new Error("deadlock") }), { params: [] }),
        ),
    });
    await eventually(async () =>
      expect(await jobs()).toMatchObject([{ attempts: 1, locked_by: null, last_error: "deadlock" }]),
    );
  });

  it("that is due in a moment starts without being announced again", async () => {
    const started: number[] = [];
    const runAt = new Date(Date.now() + 1_500);
    await start({ "test.due": async () => void started.push(Date.now()) });
    await add("test.due", { runAt });
    await eventually(() => expect(started).toHaveLength(1));
    expect(started[0]).toBeGreaterThanOrEqual(runAt.getTime());
  });
});

describe("the worker's lock", () => {
  it("is told by its id whether the key is negative or not", async () => {
    const lock = await openWorkerLock(t.urls.worker);
    const ids = Array.from({ length: 12 }, (_, n) => `worker-${n}`);
    const signs = new Set<boolean>();
    for (const [n, id] of ids.entries()) {
      const [row] = await t.asOwner<{ negative: boolean }>("select hashtextextended($1, 0) < 0 as negative", [id]);
      signs.add(row!.negative);
      await add("test.locked", { jobKey: id });
      await t.asOwner(
        "update graphile_worker._private_jobs set locked_by = $1, locked_at = now() where locked_by is null",
        [id],
      );
      const { id: jobId } = (await jobs())[n]!;
      const enter = () => withJob(t.db, { jobId, workerId: id }, async (_tx, actor) => actor.workspaceId);
      await expect(enter()).rejects.toMatchObject({ code: "CO404" });
      await lock.take(id);
      expect(await enter()).toBe(admin.workspaceId);
    }
    expect(signs).toEqual(new Set([true, false]));
    expect(await lock.reap()).toEqual([]);
    await lock.close();
    const another = await openWorkerLock(t.urls.worker);
    await eventually(async () => expect((await another.reap()).length + (await held())).toBe(0));
    await another.close();
  });

  const held = async () => (await jobs()).filter((job) => job.locked_by !== null).length;

  it("is not taken for a lock of two numbers", async () => {
    const client = new pg.Client(t.urls.worker);
    await client.connect();
    await client.query(
      "select pg_advisory_lock((hashtextextended('two', 0) >> 32)::int, ((hashtextextended('two', 0) << 32) >> 32)::int)",
    );
    await add("test.locked");
    await t.asOwner("update graphile_worker._private_jobs set locked_by = 'two', locked_at = now()");
    const [job] = await jobs();
    await expect(withJob(t.db, { jobId: job!.id, workerId: "two" }, async () => {})).rejects.toMatchObject({
      code: "CO404",
    });
    const lock = await openWorkerLock(t.urls.worker);
    expect(await lock.reap()).toEqual(["two"]);
    await Promise.all([lock.close(), client.end()]);
  });

  it("once lost, shuts its jobs out, and the worker begins anew", async () => {
    const held = holdingTask();
    await add("test.hold");
    const worker = await start({ "test.hold": held.task });
    await eventually(() => expect(held.claims).toHaveLength(1));
    await endConnection("contentos worker lock");
    await eventually(() => expect(held.signals[0]?.aborted).toBe(true));
    await expect(withJob(t.db, held.claims[0]!, async () => {})).rejects.toMatchObject({ code: "CO404" });
    await eventually(() => expect(held.claims).toHaveLength(2));
    expect(held.claims[1]!.workerId).not.toBe(held.claims[0]!.workerId);
    expect(held.claims[1]!.jobId).toBe(held.claims[0]!.jobId);
    expect(worker.health()).toBe("Running");
    expect(await withJob(t.db, held.claims[1]!, async (_tx, actor) => actor.role)).toBe("System");
    held.letGo();
    await eventually(async () => expect(await jobs()).toEqual([]));
  });

  it("is taken again after every connection was cut", async () => {
    const done: string[] = [];
    const worker = await start({ "test.note": async (_payload, claim) => void done.push(claim.workerId) });
    await add("test.note");
    await eventually(() => expect(done).toHaveLength(1));
    await Promise.all([endConnection("contentos worker lock"), endConnection("contentos worker")]);
    await add("test.note");
    await eventually(() => expect(done).toHaveLength(2));
    expect(done[1]).not.toBe(done[0]);
    expect(worker.health()).toBe("Running");
  });
});

describe("a worker", () => {
  it("that is killed leaves its job to another at once", async () => {
    await add("test.hold");
    const child = spawn(process.execPath, ["--import", "tsx", "tests/harness/worker-child.ts"], {
      env: { ...process.env, APP_URL: t.urls.app, WORKER_URL: t.urls.worker },
      stdio: ["ignore", "pipe", "inherit"],
    });
    const [workerId] = await once(createInterface(child.stdout), "line");
    expect(await jobs()).toMatchObject([{ locked_by: workerId }]);
    const done: JobClaim[] = [];
    await start({ "test.hold": async (_payload, claim) => void done.push(claim) });
    child.kill("SIGKILL");
    await once(child, "exit");
    await eventually(() => expect(done).toHaveLength(1));
    expect(done[0]!.workerId).not.toBe(workerId);
    await eventually(async () => expect(await jobs()).toEqual([]));
  });

  it("keeps its job while it lives, however many others look for the dead", async () => {
    const held = holdingTask();
    await add("test.hold");
    await start({ "test.hold": held.task });
    await eventually(() => expect(held.claims).toHaveLength(1));
    const lock = await openWorkerLock(t.urls.worker);
    expect(await lock.reap()).toEqual([]);
    expect(await jobs()).toMatchObject([{ locked_by: held.claims[0]!.workerId }]);
    await lock.close();
    held.letGo();
  });

  it("that stops waits for what runs, and takes nothing more", async () => {
    const held = holdingTask();
    await add("test.hold");
    const worker = await start({ "test.hold": held.task, "test.later": held.task }, { concurrency: 1 });
    await eventually(() => expect(held.claims).toHaveLength(1));
    await add("test.later");
    const stopped = worker.stop();
    held.letGo();
    await stopped;
    expect(held.signals[0]?.aborted).toBe(true);
    expect(held.claims).toHaveLength(1);
    expect(await jobs()).toMatchObject([{ attempts: 0, locked_by: null }]);
    expect(worker.health()).toBe("Stopped");
  });

  it("that has no more time gives up what runs, for another to begin at once", async () => {
    const held = holdingTask();
    await add("test.hold");
    const worker = await start({ "test.hold": held.task }, { graceMs: 50 });
    await eventually(() => expect(held.claims).toHaveLength(1));
    await worker.stop();
    expect(await jobs()).toMatchObject([{ attempts: 1, locked_by: null }]);
    const done: JobClaim[] = [];
    await start({ "test.hold": async (_payload, claim) => void done.push(claim) });
    await eventually(() => expect(done).toHaveLength(1));
    held.letGo();
  });
});

describe("drain", () => {
  const deadline = (ms: number) => ({ deadline: new Date(Date.now() + ms), clock: systemClock });
  const urls = () => ({ workerUrl: t.urls.worker, sessionUrl: t.urls.worker, log });

  it("does what is due, dead workers' jobs too, and leaves what is not", async () => {
    const done: string[] = [];
    for (const jobKey of ["a", "b", "c"]) await add("test.note", { jobKey });
    await t.asOwner(
      "update graphile_worker._private_jobs set locked_by = 'gone', locked_at = now() where key like '%:b'",
    );
    await add("test.note", { jobKey: "tomorrow", runAt: new Date(Date.now() + 86_400_000) });
    const tasks: Tasks = {
      "test.note": (_payload, claim) => withJob(t.db, claim, async () => void done.push(claim.jobId)),
    };
    expect(await drain({ ...urls(), ...deadline(10_000), tasks })).toEqual({ freed: ["gone"] });
    expect(done).toHaveLength(3);
    expect(await jobs()).toMatchObject([{ attempts: 0 }]);
  });

  it("holds nothing any more when its time is over", async () => {
    const held = holdingTask();
    await add("test.hold");
    await drain({ ...urls(), ...deadline(300), graceMs: 50, tasks: { "test.hold": held.task } });
    expect(held.signals[0]?.aborted).toBe(true);
    expect(await jobs()).toMatchObject([{ attempts: 1, locked_by: null }]);
    held.letGo();
  });
});

describe("the clock", () => {
  const never = () => Promise.reject(new Error("No network is called here"));
  const site = { publish: never, find: never, remove: never, metrics: never };
  const tasks = () =>
    createTasks({
      db: t.db,
      channels: createChannels({ site }),
      keyring: testKeyring,
      storage: testStorage(),
      ...testOutside(t),
      fetch: never,
      clock: systemClock,
      log,
      publicUrl: "https://contentos.test",
    });

  it("names tasks that there are", () => {
    const names = Object.keys(tasks());
    expect(CRON.length).toBeGreaterThan(0);
    for (const { task } of CRON) expect(names).toContain(task);
  });

  it("forgets idempotency keys after a day", async () => {
    const insert =
      "insert into idempotency_keys (user_id, key, fingerprint, created_at) values ($1, $2, 'f', now() - $3::interval)";
    await t.asOwner(insert, [admin.userId, "old", "25 hours"]);
    await t.asOwner(insert, [admin.userId, "new", "23 hours"]);
    const claim = { jobId: "0", workerId: "none" };
    await tasks()["http.purge_idempotency_keys"]!({}, claim, new AbortController().signal);
    expect(await t.asOwner("select key from idempotency_keys")).toEqual([{ key: "new" }]);
  });
});

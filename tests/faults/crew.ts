import pg from "pg";
import type { TestDatabase } from "#tests/harness/database";
import { type Entry, type Started, startEntry } from "./entry";

type Options = {
  t: TestDatabase;
  entry: Entry;
  secret: string;
  publicUrl: string;
  size: number;
  env?: Record<string, string>;
};

/**
 * Worker processes, each known to Postgres by its name. One that is killed is replaced at once; one that ends by
 * itself is a defect, and fails whoever waits next.
 */
export function startCrew({ t, entry, secret, publicUrl, size, env = {} }: Options) {
  const crew = new Map<string, Started & { running: boolean }>();
  let [hired, over] = [0, false];
  let defect: Error | undefined;

  function hire() {
    hired += 1;
    const name = `fault worker ${hired}`;
    const as = (url: string) => `${url}?application_name=${encodeURIComponent(name)}`;
    const started = startEntry(entry, "worker", {
      DATABASE_APP_URL: as(t.urls.app),
      DATABASE_AUTH_URL: as(t.urls.auth),
      DATABASE_WORKER_URL: as(t.urls.worker),
      DATABASE_SESSION_URL: as(t.urls.worker),
      CONTENTOS_SECRET: secret,
      PUBLIC_URL: publicUrl,
      OUTBOUND_ALLOW: "127.0.0.1,localhost",
      LOG_LEVEL: "fatal",
      ...env,
    });
    const worker = { ...started, running: false };
    crew.set(name, worker);
    started.ready.then(
      () => {
        worker.running = true;
      },
      (error: Error) => {
        if (crew.has(name)) defect ??= error;
      },
    );
  }
  for (let number = 0; number < size; number++) hire();

  const running = () => [...crew].filter(([, { running }]) => running).map(([name]) => name);
  return {
    /** The names of those that run, once at least two do. */
    async atLeastTwo() {
      for (;;) {
        if (defect) throw defect;
        if (running().length >= 2) return running();
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    },
    async kill(name: string) {
      const worker = crew.get(name);
      if (!worker) throw new Error(`There is no ${name}`);
      crew.delete(name);
      await worker.kill();
      if (!over) hire();
    },
    /** It stands still, with its connections open, until it is resumed. */
    pause(name: string) {
      const worker = crew.get(name);
      if (!worker) throw new Error(`There is no ${name}`);
      worker.signal("SIGSTOP");
      return { resume: () => worker.signal("SIGCONT") };
    },
    async dismiss() {
      over = true;
      await Promise.all([...crew.keys()].map((name) => this.kill(name)));
    },
  };
}

/** Who holds the lock of the worker id by which this schedule's job is locked. */
export async function workerOf(t: TestDatabase, scheduleId: string): Promise<string> {
  const [row] = await t.asOwner<{ name: string }>(
    `select a.application_name as name from distribution_schedules s
     join graphile_worker._private_jobs j on j.id = s.job_id
     join pg_locks l on l.locktype = 'advisory' and l.granted and l.objsubid = 1
       and (l.classid::bigint << 32 | l.objid::bigint) = hashtextextended(j.locked_by, 0)
     join pg_stat_activity a on a.pid = l.pid where s.id = $1`,
    [scheduleId],
  );
  if (!row) throw new Error(`No worker holds the job of schedule ${scheduleId}`);
  return row.name;
}

/** Holds rows in a transaction of the test's own, by a statement that locks them, until whoever wants them waits. */
export async function holdRows(t: TestDatabase, statement: string, values: unknown[]) {
  const client = new pg.Client({ connectionString: t.urls.superuser });
  client.on("error", () => {});
  await client.connect();
  await client.query("begin");
  const { rowCount } = await client.query(statement, values);
  if (rowCount !== 1) throw new Error(`${rowCount} rows are held, not one: ${statement}`);
  const { rows } = await client.query<{ pid: number }>("select pg_backend_pid() as pid");
  return {
    async waiter(timeoutMs = 30_000) {
      const end = Date.now() + timeoutMs;
      while (Date.now() < end) {
        const [waiting] = await t.asOwner<{ name: string; pid: number }>(
          "select application_name as name, pid from pg_stat_activity where $1 = any(pg_blocking_pids(pid)) limit 1",
          [rows[0]!.pid],
        );
        if (waiting) return waiting;
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
      throw new Error(`Nobody came to wait: ${statement}`);
    },
    async release() {
      await client.query("rollback");
      await client.end();
    },
  };
}

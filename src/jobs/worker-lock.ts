import { setTimeout as delay } from "node:timers/promises";
import pg from "pg";

/**
 * Proof that this process lives: an advisory lock per worker id, held by one connection of its own. Postgres drops it
 * the moment the process is gone, which tells the others that its jobs are free.
 */
export type WorkerLock = {
  /** Awaited before a worker of that id takes its first job. */
  take(workerId: string): Promise<void>;
  /** Frees the jobs of workers whose lock is gone. Answers those workers' ids. */
  reap(): Promise<string[]>;
  /** Frees the jobs of this worker, whether they run or not. */
  free(workerId: string): Promise<void>;
  /** Settles when the connection, and with it every lock, is gone. Never rejects. */
  readonly lost: Promise<Error>;
  close(): Promise<void>;
};

const TIMEOUT_MS = 5_000;

/** A host that vanished without a word is given up by Postgres after 11 s, and its locks with it. */
const KEEPALIVE = "set tcp_keepalives_idle = 5; set tcp_keepalives_interval = 2; set tcp_keepalives_count = 3";

/** The same question as `app.held_job_workspace` asks. A key of 64 bits is told apart from two of 32 by `objsubid`. */
const DEAD_WORKERS = `
  select locked_by from (
    select locked_by from graphile_worker._private_jobs where locked_by is not null
    union
    select locked_by from graphile_worker._private_job_queues where locked_by is not null
  ) held
  where not exists (
    select from pg_locks l
    where l.locktype = 'advisory' and l.granted and l.objsubid = 1
      and l.database = (select oid from pg_database where datname = current_database())
      and (l.classid::bigint << 32 | l.objid::bigint) = hashtextextended(locked_by, 0))`;

/** @param connectionString leads to Postgres itself: a pooler in transaction mode would lend the lock to others. */
export async function openWorkerLock(connectionString: string): Promise<WorkerLock> {
  const client = new pg.Client({
    connectionString,
    application_name: "contentos worker lock",
    connectionTimeoutMillis: TIMEOUT_MS,
    query_timeout: TIMEOUT_MS,
    keepAlive: true,
  });
  const lost = new Promise<Error>((resolve) => {
    client.on("error", resolve);
    client.on("end", () => resolve(new Error("The connection of the worker's lock has ended")));
  });
  await client.connect();
  await client.query(KEEPALIVE);

  /** Locks are taken once per id: all workers of a pool ask at the same moment. */
  const taken = new Map<string, Promise<void>>();
  const lock = async (workerId: string) => {
    const sql = "select pg_try_advisory_lock(hashtextextended($1, 0)) as held";
    const { rows } = await client.query<{ held: boolean }>(sql, [workerId]);
    if (!rows[0]?.held) throw new Error(`Another session holds the lock of worker ${workerId}`);
  };
  const free = async (workerIds: string[]) => {
    await client.query("select graphile_worker.force_unlock_workers($1)", [workerIds]);
  };

  return {
    take(workerId) {
      const taking = taken.get(workerId) ?? lock(workerId);
      taken.set(workerId, taking);
      return taking;
    },
    async reap() {
      const { rows } = await client.query<{ locked_by: string }>(DEAD_WORKERS);
      const dead = rows.map((row) => row.locked_by);
      if (dead.length > 0) await free(dead);
      return dead;
    },
    free: (workerId) => free([workerId]),
    lost,
    // A connection that hangs is left to Postgres to end.
    close: () => Promise.race([client.end(), delay(TIMEOUT_MS, undefined, { ref: false })]),
  };
}

import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import type { TestDatabase } from "#tests/harness/database";
import { as, inDatabase } from "#tests/harness/global-setup";
import { createDatabase, createPool } from "@/db/client";
import { type EmbeddedPostgres, startEmbeddedPostgres } from "@/db/embedded";
import { processToken, waitFor } from "@/db/embedded/processes";
import { migrate } from "@/db/migrate";
import { react } from "@/reactions";

const passwords = { app: "fault-app", auth: "fault-auth", worker: "fault-worker" };
const ownerPassword = "fault-owner";

export type OwnServer = Awaited<ReturnType<typeof startOwnServer>>;

/** A database on a server of the suite's own, durable as in production, that may be ended at any moment. */
export async function startOwnServer(settings: Record<string, string> = {}) {
  const dataDir = await mkdtemp(join(tmpdir(), "contentos-fault-"));
  // Postgres doesn't run as root; whoever it runs as has to pass through.
  await chmod(dataDir, 0o755);
  const start = () =>
    startEmbeddedPostgres({ dataDir, ownerPassword, settings: { max_connections: "150", ...settings } });
  let postgres: EmbeddedPostgres = await start();
  const handles = [postgres];
  const { ownerUrl } = postgres;
  const superuser = inDatabase(postgres.superuserUrl, new URL(ownerUrl).pathname.slice(1));
  const urls = {
    superuser,
    owner: ownerUrl,
    app: as(ownerUrl, "contentos_app", passwords.app),
    auth: as(ownerUrl, "contentos_auth", passwords.auth),
    worker: as(ownerUrl, "contentos_worker", passwords.worker),
  };
  await migrate({ ownerUrl, workerUrl: urls.worker, passwords, directory: "db/migrations" });
  const owner = new pg.Pool({ connectionString: superuser, max: 10 });
  owner.on("error", () => {});
  const db = createDatabase(urls.app, react, { max: 10 });
  const authPool = createPool(urls.auth, { max: 2 });

  const t: TestDatabase = {
    db,
    authPool,
    urls,
    asOwner: async (query, values = []) => (await owner.query(query, values)).rows as never,
    collide: () => Promise.reject(new Error("Rows are held by hand here")),
  };
  return {
    t,
    /** Ends the server as it is told by Postgres' own signals: SIGINT fast, SIGQUIT immediate, SIGKILL not at all. */
    async end(signal: "SIGINT" | "SIGQUIT" | "SIGKILL") {
      const { pid } = postgres;
      process.kill(pid, signal);
      if (!(await waitFor(() => processToken(pid) === undefined || undefined, 30_000)))
        throw new Error(`Postgres (pid ${pid}) is still there after ${signal}`);
    },
    /** At the address where it was. */
    async startAgain() {
      const before = postgres.ownerUrl;
      postgres = await start();
      handles.push(postgres);
      if (postgres.ownerUrl !== before) throw new Error(`Postgres moved from ${before} to ${postgres.ownerUrl}`);
    },
    async close() {
      await Promise.all([owner.end(), db.pool.end(), authPool.end()]);
      // Each of them counts as one that uses the server.
      for (const handle of handles) await handle.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

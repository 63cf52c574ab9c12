import pg from "pg";
import { startEmbeddedPostgres } from "@/db/embedded";
import { createRuntime } from "@/entry/runtime";
import { parseConfig } from "@/platform/config";
import { derivePassword } from "@/platform/secrets";
import { seed } from "./seed";
import { type Running, startServer } from "./servers";

const SECRET = "a secret of the bench, which keeps nothing";
const ITEMS_EACH = 10_000;

export type Bench = Awaited<ReturnType<typeof openBench>>;

/** A database with that many items in workspaces of 10,000 each, the app over it, and somebody who is signed in. */
export async function openBench(dataDir: string, items: number, more: Record<string, string> = {}) {
  const postgres = await startEmbeddedPostgres({ dataDir, ownerPassword: "bench" });
  const env = {
    DATABASE_URL: postgres.ownerUrl,
    CONTENTOS_DATA_DIR: dataDir,
    CONTENTOS_SECRET: SECRET,
    RATE_LIMIT_FACTOR: "1000000",
    PUBLIC_URL: "http://127.0.0.1:1",
    LOG_LEVEL: "info",
    ...more,
  };
  const ours: Running = await startServer({ args: ["scripts/contentos.mjs", "server"], env, ready: "is running" });
  const url = (role: string) => {
    const address = new URL(postgres.ownerUrl);
    address.username = `contentos_${role}`;
    address.password = derivePassword(SECRET, `database ${role}`);
    return address.href;
  };
  const urls = { app: url("app"), auth: url("auth"), worker: url("worker"), session: url("worker") };
  const signup = await fetch(`${ours.origin}/api/v1/auth/signup`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ email: "bench@example.com", password: "a long password", name: "Bench" }),
  });
  const { user, accessToken } = (await signup.json()) as { user: { id: string }; accessToken: string };
  const superuser = new URL(postgres.superuserUrl);
  superuser.pathname = new URL(postgres.ownerUrl).pathname;
  const began = Date.now();
  const workspaces = Math.max(1, Math.round(items / ITEMS_EACH));
  const seeded = await seed(superuser.href, { userId: user.id, workspaces, itemsEach: Math.min(items, ITEMS_EACH) });
  console.log(`Seeded ${workspaces} workspaces in ${Math.round((Date.now() - began) / 1000)} s`);
  // The same app in this process, so that what it sends to Postgres can be recorded.
  const runtime = await createRuntime({ config: parseConfig({ ...env, LOG_LEVEL: "silent" }), secret: SECRET, urls });
  const headers = {
    authorization: `Bearer ${accessToken}`,
    "x-workspace-id": seeded.workspaceId,
    "content-type": "application/json",
  };
  return {
    ...seeded,
    userId: user.id,
    env,
    ours,
    urls,
    superuserUrl: superuser.href,
    runtime,
    headers,
    /** Past the API, for what it has no operation for. */
    async asOwner<T extends pg.QueryResultRow>(text: string, values: unknown[] = []): Promise<T[]> {
      const client = new pg.Client(superuser.href);
      await client.connect();
      return (await client.query<T>(text, values).finally(() => client.end())).rows;
    },
    async close() {
      await runtime.stop();
      await ours.stop();
      await postgres.stop();
    },
  };
}

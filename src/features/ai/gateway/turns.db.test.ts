import pg from "pg";
import { afterAll, beforeAll, expect, it } from "vitest";
import { seedItem, seedWorkspace } from "#tests/factories";
import { aiAt, FIVE, GARDEN, headlines } from "#tests/factories/ai";
import { caller } from "#tests/harness/app";
import { testDatabase } from "#tests/harness/database";
import { startModelServer } from "#tests/harness/model-server";

const CONNECTIONS = 5;
const CALLS = 12;
const t = testDatabase({ max: CONNECTIONS });
let server: Awaited<ReturnType<typeof startModelServer>>;
let superuser: pg.Client;
beforeAll(async () => {
  server = await startModelServer(() => ({ text: headlines(...FIVE) }));
  superuser = new pg.Client(t.urls.superuser);
  await superuser.connect();
});
afterAll(async () => {
  await superuser.end();
  await server.stop();
});

it("calls of one workspace that wait for each other leave connections to everybody else", async () => {
  const { admin, id } = await seedWorkspace(t);
  const item = await seedItem(t, { createdBy: admin, ...GARDEN });
  const call = caller(t, { ai: aiAt(server.baseUrl, ["first"]) });
  await call(admin, "PUT", "/ai/settings", { maxConcurrent: 100, maxRequestsPerMinute: 1_000 });
  const held = async () => {
    const { rows } = await superuser.query<{ held: number }>(
      "select count(*)::int as held from pg_locks where locktype = 'advisory' and not granted and database = (select oid from pg_database where datname = current_database())",
    );
    return rows[0]!.held;
  };

  await superuser.query("begin");
  await superuser.query("select pg_advisory_xact_lock(hashtextextended('ai ' || $1, 0))", [id]);
  const calls = Array.from({ length: CALLS }, () => call(admin, "POST", "/ai/headline", { contentItemId: item.id }));
  await expect.poll(held, { timeout: 15_000 }).toBeGreaterThanOrEqual(2);
  expect((await call(admin, "GET", `/content/${item.id}`)).status).toBe(200);
  expect(await held()).toBe(2);
  await superuser.query("commit");
  expect((await Promise.all(calls)).map(({ status }) => status)).toEqual(Array(CALLS).fill(200));
});

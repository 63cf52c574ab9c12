import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { seedItem, seedWorkspace } from "#tests/factories";
import { testDatabase } from "#tests/harness/database";
import { freePort } from "#tests/harness/free-port";
import {
  type Generation,
  knowsNames,
  pgbouncerMissing,
  pgbouncerVersion,
  startPgbouncer,
} from "#tests/peers/pgbouncer-server";
import { createDatabase, type Database } from "@/db/client";
import { readWorkspace, withWorkspace } from "@/db/scope";
import { requireNamedStatements } from "@/db/serving";
import { buildEntry, type Entry, startEntry } from "../faults/entry";
import { claimOf, items, run, twoWorkspaces } from "./two-workspaces";

const generations = (["old", "new"] as const).map((generation) => {
  const missing = pgbouncerMissing(generation);
  const version = missing ? undefined : pgbouncerVersion(generation);
  return { generation, missing, version, named: knowsNames(version) };
});

describe.each(generations)("PgBouncer", ({ generation, missing, version, named }) => {
  const words = missing ? `(skipped: ${missing})` : `${version}, ${named ? "with" : "without"} named statements`;
  describe.skipIf(missing)(words, () => ofGeneration(generation, named));
});

function ofGeneration(generation: Generation, knowsNames: boolean) {
  const t = testDatabase();
  const two = twoWorkspaces(t);
  let one: Awaited<ReturnType<typeof startPgbouncer>>;
  let session: Awaited<ReturnType<typeof startPgbouncer>>;
  let db: Database;

  beforeAll(async () => {
    one = await startPgbouncer(t, { generation, mode: "transaction", poolSize: 1 });
    session = await startPgbouncer(t, { generation, mode: "session", poolSize: 20 });
    db = createDatabase(one.urls.app, undefined, { max: 8, namedStatements: knowsNames });
  });
  afterAll(async () => {
    await db?.pool.end();
    await Promise.all([one?.stop(), session?.stop()]);
  });

  describe("that lends one connection by transaction", () => {
    const left = async () => {
      const client = new pg.Client(one.urls.app);
      await client.connect();
      const { rows } = await client
        .query(
          "select pg_backend_pid() as pid, current_user as login, coalesce(current_setting('app.scope', true), '') as scope, (select count(*)::int from content_items) as items",
        )
        .finally(() => client.end());
      return rows[0] as { pid: number; login: string; scope: string; items: number };
    };

    it("tells whoever has it next nothing", async () => {
      const { pid } = await left();
      const clean = { pid, login: "contentos_app", scope: "", items: 0 };
      expect(await readWorkspace(db, claimOf(two.mine), items)).toEqual([two.myItem]);
      expect(await left()).toEqual(clean);
      expect(await withWorkspace(db, claimOf(two.theirs), items)).toEqual([two.theirItem]);
      expect(await left()).toEqual(clean);
      await expect(withWorkspace(db, claimOf(two.mine), run(sql`select 1 / 0`))).rejects.toThrow();
      expect(await left()).toEqual(clean);
    });

    it("shows 2,000 interleaved requests of eight clients each their own", async () => {
      const members = await Promise.all(
        Array.from({ length: 10 }, async (_, i) => {
          const { admin } = await seedWorkspace(t);
          for (let n = 0; n < i % 5; n++) await seedItem(t, { createdBy: admin });
          return admin;
        }),
      );
      let next = 0;
      const wrong: number[] = [];
      const pids = new Set<unknown>();
      const asker = async () => {
        for (let i = next++; i < 2_000; i = next++) {
          const member = members[i % 10]!;
          const look = run(sql`select pg_backend_pid() as pid, workspace_id from content_items`);
          const { rows } = await (i % 3 === 0 ? withWorkspace : readWorkspace)(db, claimOf(member), look);
          for (const row of rows) pids.add(row.pid);
          if (rows.length !== (i % 10) % 5 || rows.some((row) => row.workspace_id !== member.workspaceId))
            wrong.push(i);
        }
      };
      await Promise.all(Array.from({ length: 8 }, asker));
      expect(next).toBeGreaterThanOrEqual(2_000);
      expect(wrong).toEqual([]);
      expect(pids.size).toBe(1);
    });

    it.skipIf(knowsNames)("mixes named statements up, which is noticed before anybody is served", async () => {
      const named = createDatabase(one.urls.app, undefined, { max: 8 });
      const asked = Promise.all(Array.from({ length: 8 }, () => readWorkspace(named, claimOf(two.mine), items)));
      await expect(asked).rejects.toThrow();
      await named.pool.end();
      await expect(requireNamedStatements(one.urls.app, "DATABASE_APP_URL")).rejects.toThrow(
        /^DATABASE_APP_URL leads to a pooler .*DATABASE_NAMED_STATEMENTS=false/,
      );
    });
  });

  it.skipIf(!knowsNames)("that knows named statements is used as Postgres itself is", () =>
    requireNamedStatements(one.urls.app, "DATABASE_APP_URL"),
  );

  it("that lends by session is used as it is", async () => {
    await requireNamedStatements(session.urls.app, "DATABASE_APP_URL");
    const pooled = createDatabase(session.urls.app, undefined, { max: 8 });
    const both = [two.mine, two.theirs, two.mine, two.theirs].map((who) => readWorkspace(pooled, claimOf(who), items));
    expect(await Promise.all(both)).toEqual([[two.myItem], [two.theirItem], [two.myItem], [two.theirItem]]);
    await pooled.pool.end();
  });

  it("is not needed: at Postgres itself nothing is found wrong", () =>
    requireNamedStatements(t.urls.app, "DATABASE_APP_URL"));

  describe("before a server", () => {
    const dataDir = mkdtempSync(join(tmpdir(), "contentos-pooled-"));
    let entry: Entry;
    beforeAll(async () => {
      entry = await buildEntry();
    }, 60_000);
    afterAll(async () => {
      await entry?.remove();
      rmSync(dataDir, { recursive: true, force: true });
    });
    const start = (port: number, more: Record<string, string>) =>
      startEntry(entry, "server", {
        PORT: String(port),
        CONTENTOS_DATA_DIR: dataDir,
        CONTENTOS_SECRET: "a secret of the pooler's own tests",
        DATABASE_APP_URL: one.urls.app,
        DATABASE_AUTH_URL: one.urls.auth,
        DATABASE_WORKER_URL: t.urls.worker,
        LOG_LEVEL: "error",
        ...more,
      });

    it.skipIf(knowsNames)("stops the start with one sentence", async () => {
      const server = start(await freePort(), {});
      expect((await server.exited).code).toBe(1);
      expect(server.stderr().trim()).toMatch(/^DATABASE_APP_URL leads to a pooler .*max_prepared_statements\.$/);
    });

    it("counts limits together, and mixes none of its statements up at the same moment", async () => {
      const port = await freePort();
      const server = start(port, { DATABASE_NAMED_STATEMENTS: String(knowsNames), LOG_LEVEL: "warn" });
      await server.ready;
      await t.asOwner("delete from http_limits");
      const tries = 15;
      const guess = (n: number) =>
        fetch(`http://127.0.0.1:${port}/api/v1/auth/login`, {
          method: "POST",
          headers: { "content-type": "application/json" },
          body: JSON.stringify({ email: `nobody-${n}@example.com`, password: "not the password" }),
        });
      const answers = await Promise.all(Array.from({ length: tries }, (_, n) => guess(n)));
      expect(answers.map(({ status }) => status)).toEqual(Array(tries).fill(401));
      server.signal("SIGTERM");
      await server.exited;
      expect(await t.asOwner("select from http_limits")).not.toEqual([]);
      expect(server.stdout() + server.stderr()).not.toContain("prepared statement");
    }, 60_000);

    it.each(knowsNames ? ["true", "false"] : ["false"])(
      "is served through where DATABASE_NAMED_STATEMENTS is %s: people sign up, write and read",
      async (names) => {
        const port = await freePort();
        const server = start(port, { DATABASE_NAMED_STATEMENTS: names, RATE_LIMIT_FACTOR: "100" });
        await server.ready;
        const call = async (token: string | null, method: string, path: string, body?: object) => {
          const response = await fetch(`http://127.0.0.1:${port}/api/v1${path}`, {
            method,
            headers: { ...(token && { authorization: `Bearer ${token}` }), "content-type": "application/json" },
            ...(body && { body: JSON.stringify(body) }),
          });
          return { status: response.status, body: (await response.json()) as Record<string, unknown> };
        };
        const people = await Promise.all(
          [1, 2, 3, 4].map(async (n) => {
            const signup = {
              email: `pooled-${names}-${n}@example.com`,
              password: "a long walk to the sea",
              name: `Number ${n}`,
            };
            const { status, body } = await call(null, "POST", "/auth/signup", signup);
            expect(status).toBe(201);
            const token = String(body.accessToken);
            expect((await call(token, "POST", "/workspaces", { name: `Of ${n}` })).status).toBe(201);
            return { token, n };
          }),
        );
        for (let round = 0; round < 3; round++) {
          const made = people.map(({ token, n }) =>
            call(token, "POST", "/content", { title: `Of ${n}`, body: "Text" }),
          );
          expect((await Promise.all(made)).map(({ status }) => status)).toEqual([201, 201, 201, 201]);
        }
        const lists = await Promise.all(people.map(({ token }) => call(token, "GET", "/content")));
        const titles = lists.map(({ body }) => [
          ...new Set((body.items as { title: string }[]).map(({ title }) => title)),
        ]);
        expect(titles).toEqual(people.map(({ n }) => [`Of ${n}`]));
        server.signal("SIGTERM");
        expect(await server.exited).toEqual({ code: 0, signal: null });
      },
      60_000,
    );
  });
}

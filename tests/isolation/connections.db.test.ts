import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import pg from "pg";
import { describe, expect, test } from "vitest";
import { seedItem, seedWorkspace } from "#tests/factories";
import { caller } from "#tests/harness/app";
import { startCountingProxy } from "#tests/harness/counting-proxy";
import { testDatabase } from "#tests/harness/database";
import type { Database, WorkspaceTx } from "@/db/client";
import { readPerson, readSite, readWorkspace, withJob, withPerson, withSite, withWorkspace } from "@/db/scope";
import { claimOf, items, oneConnections, refusal, run, twoWorkspaces } from "./two-workspaces";

const t = testDatabase({ max: 4 });
const two = twoWorkspaces(t);
const connections = oneConnections(t);

describe("a connection tells whoever has it next nothing", () => {
  const left = async (db: Database) =>
    (
      await db.pool.query(
        "select coalesce(current_setting('app.scope', true), '') as scope, pg_current_xact_id_if_assigned() as xid",
      )
    ).rows;
  const CLEAN = [{ scope: "", xid: null }];

  test.each([
    ["a read", (db: Database) => readWorkspace(db, claimOf(two.mine), items)],
    ["a transaction", (db: Database) => withWorkspace(db, claimOf(two.mine), items)],
    [
      "a transaction that failed",
      (db: Database) => withWorkspace(db, claimOf(two.mine), run(sql`select 1 / 0`)).catch(() => {}),
    ],
    [
      "a read that failed",
      (db: Database) => readWorkspace(db, claimOf(two.mine), run(sql`select 1 / 0`)).catch(() => {}),
    ],
  ])("after %s", async (_, work) => {
    const db = connections.open();
    await work(db);
    expect(await left(db)).toEqual(CLEAN);
    expect((await db.pool.query("select 1 from content_items")).rows).toEqual([]);
    expect(await readWorkspace(db, claimOf(two.theirs), items)).toEqual([two.theirItem]);
  });

  test("after its scope was set for the session instead of the transaction", async () => {
    const db = connections.open();
    await withWorkspace(
      db,
      claimOf(two.theirs),
      run(sql`select set_config('app.scope', current_setting('app.scope'), false)`),
    );
    await expect(db.pool.query("select 1 from content_items")).rejects.toMatchObject({ code: "42501" });
    expect(await readWorkspace(db, claimOf(two.mine), items)).toEqual([two.myItem]);
    expect(await withWorkspace(db, claimOf(two.mine), items)).toEqual([two.myItem]);
  });

  const circular: { self?: unknown } = {};
  circular.self = circular;
  test.each([
    ["a value that can't be sent", sql`select ${circular}::jsonb`],
    ["a copy out", sql`copy (select 1) to stdout`],
    ["a copy in", sql`copy personas (name) from stdin`],
    ["a begin", sql`begin`],
    ["a commit", sql`commit`],
  ])("after %s in a read", async (_, statement) => {
    const db = connections.open();
    await readWorkspace(db, claimOf(two.mine), run(statement)).catch(() => {});
    expect(await left(db)).toEqual(CLEAN);
    expect(await readWorkspace(db, claimOf(two.theirs), items)).toEqual([two.theirItem]);
  });

  test("after work that ended its own transaction, which is told", async () => {
    const db = connections.open();
    const work = withWorkspace(db, claimOf(two.mine), async (tx) => {
      await tx.execute(sql`commit`);
      return items(tx);
    });
    await expect(work).rejects.toThrow("ended its own transaction");
    expect(await left(db)).toEqual(CLEAN);
  });

  test("and a query that comes after the end is refused, also while another workspace has the connection", async () => {
    const db = connections.open();
    let late: Promise<unknown> = Promise.resolve();
    let open = () => {};
    const gate = new Promise<void>((resolve) => {
      open = resolve;
    });
    const failing = withWorkspace(db, claimOf(two.mine), (tx) => {
      late = gate.then(() => items(tx));
      return Promise.all([Promise.reject(new Error("first")), late]);
    });
    await expect(failing).rejects.toThrow("first");
    const seen = withWorkspace(db, claimOf(two.theirs), async (tx) => {
      open();
      await late.catch(() => {});
      return items(tx);
    });
    await expect(late).rejects.toMatchObject({ cause: { message: "This transaction is over" } });
    expect(await seen).toEqual([two.theirItem]);
  });

  test("and a failure that the work swallowed is told", async () => {
    const work = withWorkspace(t.db, claimOf(two.mine), (tx) => run(sql`select 1 / 0`)(tx).catch(() => "swallowed"));
    await expect(work).rejects.toThrow("swallowed");
  });

  test("and one that was cut is replaced", async () => {
    const db = connections.open();
    const cut = withWorkspace(db, claimOf(two.mine), async (tx) => {
      const { rows } = await tx.execute<{ pid: number }>(sql`select pg_backend_pid() as pid`);
      await t.asOwner("select pg_terminate_backend($1, 5000)", [rows[0]!.pid]);
      return items(tx);
    });
    await expect(cut).rejects.toThrow();
    expect(await readWorkspace(db, claimOf(two.mine), items)).toEqual([two.myItem]);
  });

  test("and one whose prepared rows changed their shape reads them anew", async () => {
    const db = connections.open();
    const all = run(sql`select * from personas`);
    await readWorkspace(db, claimOf(two.mine), all);
    await t.asOwner("alter table personas add column mood text");
    await readWorkspace(db, claimOf(two.mine), all).catch(() => {});
    const { fields } = (await readWorkspace(db, claimOf(two.mine), all)) as unknown as pg.QueryResult;
    expect(fields.map(({ name }) => name)).toContain("mood");
    await t.asOwner("alter table personas drop column mood");
  });

  test("and 4,000 interleaved requests on four connections each see their own", async () => {
    const members = await Promise.all(
      Array.from({ length: 20 }, async (_, i) => {
        const { admin } = await seedWorkspace(t);
        for (let n = 0; n < i % 5; n++) await seedItem(t, { createdBy: admin });
        return admin;
      }),
    );
    let next = 0;
    const wrong: number[] = [];
    // 40 at once: beyond 5 s in the pool's queue a request is refused, which is another test.
    const asker = async () => {
      for (let i = next++; i < 4_000; i = next++) {
        const scope = i % 3 === 0 ? withWorkspace : readWorkspace;
        const member = members[i % 20]!;
        const rows = await scope(
          t.db,
          claimOf(member),
          async (tx) => (await tx.execute(sql`select workspace_id from content_items`)).rows,
        );
        const own = rows.every((row) => row.workspace_id === member.workspaceId);
        if (rows.length !== (i % 20) % 5 || !own) wrong.push(i);
      }
    };
    await Promise.all(Array.from({ length: 40 }, asker));
    expect(next).toBeGreaterThanOrEqual(4_000);
    expect(wrong).toEqual([]);
  });
});

describe("a read", () => {
  test("is refused a write", async () => {
    const write = sql`update content_items set title = 'changed'`;
    await expect(readWorkspace(t.db, claimOf(two.mine), run(write))).rejects.toEqual(refusal("25006"));
    const [row] = await t.asOwner<{ title: string }>("select title from content_items where id = $1", [two.myItem]);
    expect(row!.title).not.toBe("changed");
  });

  test("is one statement", async () => {
    await expect(
      readWorkspace(t.db, claimOf(two.mine), async (tx) => {
        await items(tx);
        return items(tx);
      }),
    ).rejects.toMatchObject({ cause: { message: expect.stringMatching(/one statement/) } });
  });

  test("is one round trip through the whole API, session and membership included", async () => {
    const proxy = await startCountingProxy(t.urls.app);
    try {
      const db = connections.open(proxy.connectionString);
      const call = caller({ ...t, db });
      expect((await call(two.mine, "GET", `/content/${two.myItem}`)).status).toBe(200);
      const before = proxy.roundTrips();
      const answer = await call(two.mine, "GET", `/content/${two.myItem}`);
      expect(answer).toMatchObject({ status: 200, body: { id: two.myItem } });
      expect(proxy.roundTrips() - before).toBe(1);
      // The count counts: begin with the entry, the statement and the commit are three.
      await withWorkspace(db, claimOf(two.mine), items);
      expect(proxy.roundTrips() - before).toBe(4);
    } finally {
      await connections.close();
      await proxy.close();
    }
  });
});

describe("the other entries", () => {
  test("a person sees their own memberships and no workspace from within", async () => {
    const { sessionId, userId } = two.mine;
    const memberships = sql`select workspace_id, user_id from workspace_members`;
    for (const rows of [
      await withPerson(t.db, { sessionId, requestId: undefined }, async (tx) => (await tx.execute(memberships)).rows),
      await readPerson(t.db, { sessionId }, async (tx) => (await tx.execute(memberships)).rows),
    ]) {
      expect(rows).toEqual([{ workspace_id: two.mine.workspaceId, user_id: userId }]);
    }
    expect(await readPerson(t.db, { sessionId }, items)).toEqual([]);
  });

  test("a visitor sees the site that its address names", async () => {
    const [row] = await t.asOwner<{ slug: string }>("select slug from workspaces where id = $1", [
      two.mine.workspaceId,
    ]);
    const ids = async (tx: Pick<WorkspaceTx, "execute">) => (await tx.execute(sql`select id from workspaces`)).rows;
    expect(await readSite(t.db, row!, ids)).toEqual([{ id: two.mine.workspaceId }]);
    expect(await withSite(t.db, row!, ids)).toEqual([{ id: two.mine.workspaceId }]);
    expect(await readSite(t.db, row!, items)).toEqual([]);
    await expect(withSite(t.db, { slug: "no-such-site" }, ids)).rejects.toMatchObject({ code: "CO404" });
    await expect(withSite(t.db, { slug: "x' or true --" }, ids)).rejects.toMatchObject({ code: "CO404" });
  });

  test("a job is in its own workspace, for the worker that holds it and lives", async () => {
    const workerId = randomUUID();
    const [job] = await t.asOwner<{ id: string }>(
      "select (graphile_worker.add_job('any', json_build_object('workspaceId', $1::text))).id::text as id",
      [two.mine.workspaceId],
    );
    const claim = { jobId: job!.id, workerId };
    const refused = { code: "CO404" };
    await expect(withJob(t.db, claim, items)).rejects.toMatchObject(refused);
    await t.asOwner("update graphile_worker._private_jobs set locked_by = $1, locked_at = now() where id = $2", [
      workerId,
      job!.id,
    ]);
    await expect(withJob(t.db, claim, items)).rejects.toMatchObject(refused);

    const worker = new pg.Client({ connectionString: t.urls.worker });
    await worker.connect();
    await worker.query("select pg_advisory_lock(hashtextextended($1, 0))", [workerId]);
    expect(await withJob(t.db, claim, items)).toEqual([two.myItem]);
    await expect(withJob(t.db, { ...claim, workerId: randomUUID() }, items)).rejects.toMatchObject(refused);
    await worker.end();
    await expect.poll(() => withJob(t.db, claim, items).catch((error: { code: string }) => error.code)).toBe("CO404");
  });
});

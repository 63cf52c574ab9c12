import { randomUUID } from "node:crypto";
import { type SQL, sql } from "drizzle-orm";
import pg from "pg";
import { afterEach, beforeAll, describe, expect, test } from "vitest";
import { type Member, seedItem, seedMember, seedWorkspace } from "#tests/factories";
import { caller } from "#tests/harness/app";
import { startCountingProxy } from "#tests/harness/counting-proxy";
import { testDatabase } from "#tests/harness/database";
import { createDatabase, type Database, type WorkspaceTx } from "@/db/client";
import { readPerson, readSite, readWorkspace, withJob, withPerson, withSite, withWorkspace } from "@/db/scope";

const t = testDatabase({ max: 4 });
const claimOf = ({ sessionId, workspaceId }: Member) => ({ sessionId, workspaceId, requestId: undefined });

const ITEMS = sql`select id from content_items`;
/** The items that a statement of its own sees. */
const items = async (tx: Pick<WorkspaceTx, "execute">) =>
  (await tx.execute<{ id: string }>(ITEMS)).rows.map(({ id }) => id);
const run = (statement: SQL) => (tx: Pick<WorkspaceTx, "execute">) => tx.execute(statement);
const refusal = (code: string) => expect.objectContaining({ cause: expect.objectContaining({ code }) });

let mine: Member;
let theirs: Member;
let myItem: string;
let theirItem: string;
beforeAll(async () => {
  const [ours, others] = [await seedWorkspace(t), await seedWorkspace(t)];
  mine = await seedMember(t, ours.id, "Editor");
  theirs = await seedMember(t, others.id, "Admin");
  myItem = (await seedItem(t, { createdBy: mine })).id;
  theirItem = (await seedItem(t, { createdBy: theirs })).id;
});

/** A database of one connection, so that whoever comes next is sure to meet what was left on it. */
const opened: Database[] = [];
function oneConnection(url = t.urls.app) {
  const db = createDatabase(url, undefined, { max: 1 });
  opened.push(db);
  return db;
}
afterEach(async () => {
  await Promise.all(opened.splice(0).map(({ pool }) => pool.end()));
});

/** Runs statements on a connection of the app's log-in as SQL that got there might: nothing is entered for it. */
async function asIntruder<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: t.urls.app });
  await client.connect();
  return work(client).finally(() => client.end());
}
const enter = (client: pg.Client, { sessionId, workspaceId }: Member) =>
  client.query("select app.enter_session($1, $2)", [sessionId, workspaceId]);
const scopeOf = async (client: pg.Client) =>
  (await client.query<{ scope: string }>("select current_setting('app.scope') as scope")).rows[0]!.scope;
const setScope = (client: pg.Client, scope: string, local = true) =>
  client.query("select set_config('app.scope', $1, $2)", [scope, local]);

describe("a scope", () => {
  test("shows its own workspace and no other", async () => {
    expect(await withWorkspace(t.db, claimOf(mine), items)).toEqual([myItem]);
    expect(await readWorkspace(t.db, claimOf(theirs), items)).toEqual([theirItem]);
    expect((await t.asOwner("select id from content_items")).length).toBe(2);
  });

  test("is the only workspace of whoever names none", async () => {
    expect(await readWorkspace(t.db, { ...claimOf(mine), workspaceId: undefined }, items)).toEqual([myItem]);
  });

  test.each([
    ["another's workspace", () => theirs.workspaceId],
    ["a workspace that isn't there", () => randomUUID()],
    ["what is no id", () => "%27 or true"],
  ])("is refused for %s, whichever way one asks", async (_, workspaceId) => {
    const claim = { ...claimOf(mine), workspaceId: workspaceId() };
    const refused = { code: "CO404" };
    await expect((async () => withWorkspace(t.db, claim, items))()).rejects.toMatchObject(refused);
    await expect((async () => readWorkspace(t.db, claim, items))()).rejects.toSatisfy(
      (error: { code?: string; cause?: { code: string } }) => (error.code ?? error.cause?.code) === "CO404",
    );
  });

  test("has the role of the membership", async () => {
    expect(await withWorkspace(t.db, claimOf(mine), async (_, { role }) => role)).toBe("Editor");
    const [row] = await withWorkspace(
      t.db,
      claimOf(mine),
      async (tx) => (await tx.execute(sql`select app.role()`)).rows,
    );
    expect(row).toEqual({ role: "Editor" });
  });
});

describe("what was taken away bites on the next call", () => {
  const both = [
    ["a read", (member: Member) => readWorkspace(t.db, claimOf(member), items)],
    ["a transaction", (member: Member) => withWorkspace(t.db, claimOf(member), items)],
  ] as const;
  const code = (work: Promise<unknown>) =>
    work.then(
      () => "in",
      (error: { code?: string; cause?: { code?: string } }) => error.code ?? error.cause?.code,
    );

  describe.each(both)("in %s", (_, call) => {
    test.each([
      [
        "a session that ended",
        "CO401",
        (m: Member) => t.authPool.query("delete from auth_sessions where id = $1", [m.sessionId]),
      ],
      [
        "a session that expired",
        "CO401",
        (m: Member) => t.asOwner("update auth_sessions set expires_at = now() where id = $1", [m.sessionId]),
      ],
      [
        "a person who was suspended",
        "CO401",
        (m: Member) => t.authPool.query("update users set suspended_at = now() where id = $1", [m.userId]),
      ],
      [
        "a member who was removed",
        "CO404",
        (m: Member) => t.asOwner("update workspace_members set removed_at = now() where user_id = $1", [m.userId]),
      ],
    ])("%s: %s", async (_, expected, take) => {
      const member = await seedMember(t, mine.workspaceId, "Writer");
      expect(await code(call(member))).toBe("in");
      await take(member);
      expect(await code(call(member))).toBe(expected);
    });
  });

  test("a role that was lowered", async () => {
    const member = await seedMember(t, mine.workspaceId, "Editor");
    const persona = sql`insert into personas (name, created_by) values (${randomUUID()}, ${member.userId})`;
    await withWorkspace(t.db, claimOf(member), run(persona));
    await t.asOwner("update workspace_members set role = 'Viewer' where user_id = $1", [member.userId]);
    await expect(withWorkspace(t.db, claimOf(member), run(persona))).rejects.toEqual(refusal("42501"));
  });
});

describe("SQL that reached the app's log-in can't claim a scope", () => {
  const seen = async (client: pg.Client) =>
    client.query("select id from content_items").then(
      ({ rows }) => rows.map(({ id }) => id as string),
      (error: { code: string }) => error.code,
    );

  test("by a setting of any name", async () => {
    await asIntruder(async (client) => {
      await client.query("begin");
      for (const [name, value] of [
        ["workspace_id", theirs.workspaceId],
        ["role", "Admin"],
        ["user_id", theirs.userId],
        ["person_id", theirs.userId],
      ]) {
        await client.query("select set_config($1, $2, true)", [`app.${name}`, value]);
      }
      expect(await seen(client)).toEqual([]);
    });
  });

  test.each([
    ["a made-up seal", (claims: string, _seal: string) => `${claims}|${"0".repeat(64)}`],
    ["no seal", (claims: string) => claims],
    ["the seal of one's own scope", (claims: string, seal: string) => `${claims}|${seal}`],
    ["a seal for more", (claims: string, seal: string) => `${claims}|x|${seal}`],
  ])("by the claims of another with %s", async (_, forge) => {
    await asIntruder(async (client) => {
      await client.query("begin");
      await enter(client, mine);
      const seal = (await scopeOf(client)).slice(-64);
      await setScope(client, forge(`session|${theirs.workspaceId}|${theirs.userId}|Admin`, seal));
      expect(await seen(client)).toBe("42501");
    });
  });

  test("by raising its own role", async () => {
    await asIntruder(async (client) => {
      await client.query("begin");
      await enter(client, mine);
      await setScope(client, (await scopeOf(client)).replace("|Editor|", "|Admin|"));
      expect(await seen(client)).toBe("42501");
    });
  });

  test("by a seal of an earlier transaction of the same connection", async () => {
    await asIntruder(async (client) => {
      await client.query("begin");
      await enter(client, theirs);
      const scope = await scopeOf(client);
      expect(await seen(client)).toEqual([theirItem]);
      await client.query("commit");
      await client.query("begin");
      expect(await seen(client)).toEqual([]);
      await setScope(client, scope);
      expect(await seen(client)).toBe("42501");
    });
  });

  test("by a seal of a transaction that is open on another connection", async () => {
    await asIntruder((other) =>
      asIntruder(async (client) => {
        await other.query("begin");
        await enter(other, theirs);
        await client.query("begin");
        await setScope(client, await scopeOf(other));
        expect(await seen(client)).toBe("42501");
        expect(await seen(other)).toEqual([theirItem]);
      }),
    );
  });

  test("by the functions that make one, the key, or another role", async () => {
    await asIntruder(async (client) => {
      for (const statement of [
        `select app.enter('session', '${theirs.workspaceId}', '${theirs.userId}', 'Admin')`,
        "select app.seal('x')",
        "select app.claims()",
        "select key from app.scope_key",
        "set role contentos_definer",
        "set session authorization contentos_auth",
        "set row_security = off; select * from content_items",
        "create function app.seal(text, text) returns text language sql as 'select 1'",
        "alter table content_items disable row level security",
        "select session_id from auth_refresh_tokens",
      ]) {
        await expect(client.query(statement), statement).rejects.toMatchObject({ code: "42501" });
        await client.query("reset row_security");
      }
    });
  });

  test("by types of its own making in the temporary schema", async () => {
    const impostor = () =>
      asIntruder(async (client) => {
        await client.query(`
          create function pg_temp.steal(v pg_catalog.text) returns pg_catalog.bool language plpgsql as $$
          begin
            perform set_config('app.loot', encode((select key from app.scope_key), 'hex'), false);
            return true;
          exception when others then return true;
          end $$;
          create domain pg_temp.uuid as pg_catalog.uuid check (pg_temp.steal(value::pg_catalog.text))`);
        await client.query("begin");
        await enter(client, mine);
        await client.query("commit");
        return (await client.query("select current_setting('app.loot', true) as loot")).rows[0].loot as string | null;
      });
    expect(await impostor()).toBeNull();
    // Where temporary schemas come first, the same steps take the key: the attack is real, and the path is what stops it.
    await t.asOwner("alter function app.enter_session set search_path = ''");
    try {
      expect(await impostor()).toMatch(/^[0-9a-f]{64}$/);
    } finally {
      await t.asOwner("alter function app.enter_session set search_path = pg_catalog, pg_temp");
    }
  });
});

describe("a connection tells whoever has it next nothing", () => {
  const left = async (db: Database) =>
    (
      await db.pool.query(
        "select coalesce(current_setting('app.scope', true), '') as scope, pg_current_xact_id_if_assigned() as xid",
      )
    ).rows;
  const CLEAN = [{ scope: "", xid: null }];

  test.each([
    ["a read", (db: Database) => readWorkspace(db, claimOf(mine), items)],
    ["a transaction", (db: Database) => withWorkspace(db, claimOf(mine), items)],
    [
      "a transaction that failed",
      (db: Database) => withWorkspace(db, claimOf(mine), run(sql`select 1 / 0`)).catch(() => {}),
    ],
    ["a read that failed", (db: Database) => readWorkspace(db, claimOf(mine), run(sql`select 1 / 0`)).catch(() => {})],
  ])("after %s", async (_, work) => {
    const db = oneConnection();
    await work(db);
    expect(await left(db)).toEqual(CLEAN);
    expect((await db.pool.query("select 1 from content_items")).rows).toEqual([]);
    expect(await readWorkspace(db, claimOf(theirs), items)).toEqual([theirItem]);
  });

  test("after its scope was set for the session instead of the transaction", async () => {
    const db = oneConnection();
    await withWorkspace(
      db,
      claimOf(theirs),
      run(sql`select set_config('app.scope', current_setting('app.scope'), false)`),
    );
    await expect(db.pool.query("select 1 from content_items")).rejects.toMatchObject({ code: "42501" });
    expect(await readWorkspace(db, claimOf(mine), items)).toEqual([myItem]);
    expect(await withWorkspace(db, claimOf(mine), items)).toEqual([myItem]);
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
    const db = oneConnection();
    await readWorkspace(db, claimOf(mine), run(statement)).catch(() => {});
    expect(await left(db)).toEqual(CLEAN);
    expect(await readWorkspace(db, claimOf(theirs), items)).toEqual([theirItem]);
  });

  test("after work that ended its own transaction, which is told", async () => {
    const db = oneConnection();
    const work = withWorkspace(db, claimOf(mine), async (tx) => {
      await tx.execute(sql`commit`);
      return items(tx);
    });
    await expect(work).rejects.toThrow("ended its own transaction");
    expect(await left(db)).toEqual(CLEAN);
  });

  test("and a query that comes after the end is refused, also while another workspace has the connection", async () => {
    const db = oneConnection();
    let late: Promise<unknown> = Promise.resolve();
    let open = () => {};
    const gate = new Promise<void>((resolve) => {
      open = resolve;
    });
    const failing = withWorkspace(db, claimOf(mine), (tx) => {
      late = gate.then(() => items(tx));
      return Promise.all([Promise.reject(new Error("first")), late]);
    });
    await expect(failing).rejects.toThrow("first");
    const seen = withWorkspace(db, claimOf(theirs), async (tx) => {
      open();
      await late.catch(() => {});
      return items(tx);
    });
    await expect(late).rejects.toMatchObject({ cause: { message: "This transaction is over" } });
    expect(await seen).toEqual([theirItem]);
  });

  test("and a failure that the work swallowed is told", async () => {
    const work = withWorkspace(t.db, claimOf(mine), (tx) => run(sql`select 1 / 0`)(tx).catch(() => "swallowed"));
    await expect(work).rejects.toThrow("swallowed");
  });

  test("and one that was cut is replaced", async () => {
    const db = oneConnection();
    const cut = withWorkspace(db, claimOf(mine), async (tx) => {
      const { rows } = await tx.execute<{ pid: number }>(sql`select pg_backend_pid() as pid`);
      await t.asOwner("select pg_terminate_backend($1, 5000)", [rows[0]!.pid]);
      return items(tx);
    });
    await expect(cut).rejects.toThrow();
    expect(await readWorkspace(db, claimOf(mine), items)).toEqual([myItem]);
  });

  test("and one whose prepared rows changed their shape reads them anew", async () => {
    const db = oneConnection();
    const all = run(sql`select * from personas`);
    await readWorkspace(db, claimOf(mine), all);
    await t.asOwner("alter table personas add column mood text");
    await readWorkspace(db, claimOf(mine), all).catch(() => {});
    const { fields } = (await readWorkspace(db, claimOf(mine), all)) as unknown as pg.QueryResult;
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
    const wrong = await Promise.all(
      Array.from({ length: 4_000 }, async (_, i) => {
        const scope = i % 3 === 0 ? withWorkspace : readWorkspace;
        const member = members[i % 20]!;
        const rows = await scope(
          t.db,
          claimOf(member),
          async (tx) => (await tx.execute(sql`select workspace_id from content_items`)).rows,
        );
        return rows.length === (i % 20) % 5 && rows.every((row) => row.workspace_id === member.workspaceId) ? [] : [i];
      }),
    );
    expect(wrong.flat()).toEqual([]);
  });
});

describe("a read", () => {
  test("is refused a write", async () => {
    const write = sql`update content_items set title = 'changed'`;
    await expect(readWorkspace(t.db, claimOf(mine), run(write))).rejects.toEqual(refusal("25006"));
    const [row] = await t.asOwner<{ title: string }>("select title from content_items where id = $1", [myItem]);
    expect(row!.title).not.toBe("changed");
  });

  test("is one statement", async () => {
    await expect(
      readWorkspace(t.db, claimOf(mine), async (tx) => {
        await items(tx);
        return items(tx);
      }),
    ).rejects.toMatchObject({ cause: { message: expect.stringMatching(/one statement/) } });
  });

  test("is one round trip through the whole API, session and membership included", async () => {
    const proxy = await startCountingProxy(t.urls.app);
    try {
      const db = oneConnection(proxy.connectionString);
      const call = caller({ ...t, db });
      expect((await call(mine, "GET", `/content/${myItem}`)).status).toBe(200);
      const before = proxy.roundTrips();
      const answer = await call(mine, "GET", `/content/${myItem}`);
      expect(answer).toMatchObject({ status: 200, body: { id: myItem } });
      expect(proxy.roundTrips() - before).toBe(1);
      // The count counts: begin with the entry, the statement and the commit are three.
      await withWorkspace(db, claimOf(mine), items);
      expect(proxy.roundTrips() - before).toBe(4);
    } finally {
      await Promise.all(opened.splice(0).map(({ pool }) => pool.end()));
      await proxy.close();
    }
  });
});

describe("the other entries", () => {
  test("a person sees their own memberships and no workspace from within", async () => {
    const { sessionId, userId } = mine;
    const memberships = sql`select workspace_id, user_id from workspace_members`;
    for (const rows of [
      await withPerson(t.db, { sessionId, requestId: undefined }, async (tx) => (await tx.execute(memberships)).rows),
      await readPerson(t.db, { sessionId }, async (tx) => (await tx.execute(memberships)).rows),
    ]) {
      expect(rows).toEqual([{ workspace_id: mine.workspaceId, user_id: userId }]);
    }
    expect(await readPerson(t.db, { sessionId }, items)).toEqual([]);
  });

  test("a visitor sees the site that its address names", async () => {
    const [row] = await t.asOwner<{ slug: string }>("select slug from workspaces where id = $1", [mine.workspaceId]);
    const ids = async (tx: Pick<WorkspaceTx, "execute">) => (await tx.execute(sql`select id from workspaces`)).rows;
    expect(await readSite(t.db, row!.slug, ids)).toEqual([{ id: mine.workspaceId }]);
    expect(await withSite(t.db, row!.slug, ids)).toEqual([{ id: mine.workspaceId }]);
    expect(await readSite(t.db, row!.slug, items)).toEqual([]);
    await expect(withSite(t.db, "no-such-site", ids)).rejects.toMatchObject({ code: "CO404" });
    await expect(withSite(t.db, "x' or true --", ids)).rejects.toMatchObject({ code: "CO404" });
  });

  test("a job is in its own workspace, for the worker that holds it and lives", async () => {
    const workerId = randomUUID();
    const [job] = await t.asOwner<{ id: string }>(
      "select (graphile_worker.add_job('any', json_build_object('workspaceId', $1::text))).id::text as id",
      [mine.workspaceId],
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
    expect(await withJob(t.db, claim, items)).toEqual([myItem]);
    await expect(withJob(t.db, { ...claim, workerId: randomUUID() }, items)).rejects.toMatchObject(refused);
    await worker.end();
    await expect.poll(() => withJob(t.db, claim, items).catch((error: { code: string }) => error.code)).toBe("CO404");
  });
});

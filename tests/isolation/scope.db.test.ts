import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import pg from "pg";
import { describe, expect, test } from "vitest";
import { type Member, seedMember } from "#tests/factories";
import { testDatabase } from "#tests/harness/database";
import { readWorkspace, withWorkspace } from "@/db/scope";
import { claimOf, items, refusal, run, twoWorkspaces } from "./two-workspaces";

const t = testDatabase();
const two = twoWorkspaces(t);

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
    expect(await withWorkspace(t.db, claimOf(two.mine), items)).toEqual([two.myItem]);
    expect(await readWorkspace(t.db, claimOf(two.theirs), items)).toEqual([two.theirItem]);
    expect((await t.asOwner("select id from content_items")).length).toBe(2);
  });

  test("is the only workspace of whoever names none", async () => {
    expect(await readWorkspace(t.db, { ...claimOf(two.mine), workspaceId: undefined }, items)).toEqual([two.myItem]);
  });

  test.each([
    ["another's workspace", () => two.theirs.workspaceId],
    ["a workspace that isn't there", () => randomUUID()],
    ["what is no id", () => "%27 or true"],
  ])("is refused for %s, whichever way one asks", async (_, workspaceId) => {
    const claim = { ...claimOf(two.mine), workspaceId: workspaceId() };
    const refused = { code: "CO404" };
    await expect((async () => withWorkspace(t.db, claim, items))()).rejects.toMatchObject(refused);
    await expect((async () => readWorkspace(t.db, claim, items))()).rejects.toSatisfy(
      (error: { code?: string; cause?: { code: string } }) => (error.code ?? error.cause?.code) === "CO404",
    );
  });

  test("has the role of the membership", async () => {
    expect(await withWorkspace(t.db, claimOf(two.mine), async (_, { role }) => role)).toBe("Editor");
    const [row] = await withWorkspace(
      t.db,
      claimOf(two.mine),
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
      const member = await seedMember(t, two.mine.workspaceId, "Writer");
      expect(await code(call(member))).toBe("in");
      await take(member);
      expect(await code(call(member))).toBe(expected);
    });
  });

  test("a role that was lowered", async () => {
    const member = await seedMember(t, two.mine.workspaceId, "Editor");
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
        ["workspace_id", two.theirs.workspaceId],
        ["role", "Admin"],
        ["user_id", two.theirs.userId],
        ["person_id", two.theirs.userId],
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
      await enter(client, two.mine);
      const seal = (await scopeOf(client)).slice(-64);
      await setScope(client, forge(`session|${two.theirs.workspaceId}|${two.theirs.userId}|Admin`, seal));
      expect(await seen(client)).toBe("42501");
    });
  });

  test("by raising its own role", async () => {
    await asIntruder(async (client) => {
      await client.query("begin");
      await enter(client, two.mine);
      await setScope(client, (await scopeOf(client)).replace("|Editor|", "|Admin|"));
      expect(await seen(client)).toBe("42501");
    });
  });

  test("by a seal of an earlier transaction of the same connection", async () => {
    await asIntruder(async (client) => {
      await client.query("begin");
      await enter(client, two.theirs);
      const scope = await scopeOf(client);
      expect(await seen(client)).toEqual([two.theirItem]);
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
        await enter(other, two.theirs);
        await client.query("begin");
        await setScope(client, await scopeOf(other));
        expect(await seen(client)).toBe("42501");
        expect(await seen(other)).toEqual([two.theirItem]);
      }),
    );
  });

  test("and a seal is of its transaction and its connection", async () => {
    const rows = await t.asOwner(`
      select app.seal(key, 'x') = encode(sha256(
        key || 'x' || int4send(pg_backend_pid()) || timestamptz_send(transaction_timestamp()) || key), 'hex') as whole
      from app.scope_key`);
    expect(rows).toEqual([{ whole: true }]);
  });

  test("by the functions that make one, the key, or another role", async () => {
    await asIntruder(async (client) => {
      for (const statement of [
        `select app.enter('session', '${two.theirs.workspaceId}', '${two.theirs.userId}', 'Admin')`,
        "select app.seal('x', 'y')",
        "select app.live_keys()",
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
        await enter(client, two.mine);
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

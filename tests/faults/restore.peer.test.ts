import { cpSync, mkdtempSync, readFileSync, renameSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { freePort } from "#tests/harness/free-port";
import { type BackedUpServer, pgbackrestMissing, startBackedUpServer } from "#tests/peers/pgbackrest-server";
import { buildEntry, type Entry, type Started, startEntry } from "./entry";

const missing = pgbackrestMissing();
const PASSWORD = "a long walk to the sea";
type Body = Record<string, unknown> & { id: string; accessToken: string; user: { id: string } };

/** pgBackRest's backup of Debian's Postgres, with ContentOS on it before and after. */
describe.skipIf(missing)(`a database that is restored to a moment${missing ? ` (skipped: ${missing})` : ""}`, () => {
  const dataDir = mkdtempSync(join(tmpdir(), "contentos-restore-"));
  let server: BackedUpServer;
  let entry: Entry;
  let running: Started | undefined;
  let port: number;
  let workspaceId = "";

  beforeAll(async () => {
    [entry, server, port] = await Promise.all([buildEntry(), startBackedUpServer(), freePort()]);
  }, 120_000);
  afterAll(async () => {
    await running?.kill();
    await server?.close();
    await entry?.remove();
    rmSync(dataDir, { recursive: true, force: true });
  });

  async function begin() {
    running = startEntry(entry, "start", {
      PORT: String(port),
      CONTENTOS_DATA_DIR: dataDir,
      CONTENTOS_SECRET: "a secret of the restored database's own tests",
      DATABASE_URL: server.ownerUrl,
      ERASURE_GRACE_DAYS: "0",
      BILLING_DEFAULT_TIER: "Agency",
      RATE_LIMIT_FACTOR: "1000",
      LOG_LEVEL: "error",
    });
    await running.ready;
    return running;
  }
  async function end() {
    running!.signal("SIGTERM");
    expect(await running!.exited).toEqual({ code: 0, signal: null });
  }
  async function call(token: string | null, method: string, path: string, body?: object) {
    const response = await fetch(`http://127.0.0.1:${port}/api/v1${path}`, {
      method,
      headers: {
        ...(token && { authorization: `Bearer ${token}` }),
        ...(token && workspaceId && { "x-workspace-id": workspaceId }),
        ...(body && { "content-type": "application/json" }),
      },
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, body: (text ? JSON.parse(text) : {}) as Body };
  }
  async function signUp(name: string) {
    const { status, body } = await call(null, "POST", "/auth/signup", {
      email: `${name}@example.com`,
      password: PASSWORD,
      name,
    });
    expect(status).toBe(201);
    return { id: body.user.id, token: body.accessToken };
  }
  async function write(token: string, titles: string[]) {
    const ids: string[] = [];
    for (const title of titles) {
      const { status, body } = await call(token, "POST", "/content", { title, body: `It is ${title}.` });
      expect(status).toBe(201);
      expect(
        (await call(token, "POST", `/content/${body.id}/versions`, { body: "Again.", baseVersion: 1 })).status,
      ).toBe(201);
      ids.push(body.id);
    }
    return ids;
  }
  const ledger = () => {
    try {
      return readFileSync(join(dataDir, "erasures.jsonl"), "utf8");
    } catch {
      return "";
    }
  };
  async function erase(person: { id: string; token: string }) {
    expect((await call(person.token, "POST", "/privacy/erasure")).status).toBe(201);
    await server.asSuperuser("select graphile_worker.add_job('privacy.erase')");
    await vi.waitUntil(() => ledger().includes(person.id), { timeout: 20_000 });
  }
  const nameOf = async ({ id }: { id: string }) =>
    (await server.asSuperuser<{ name: string }>("select name from users where id = $1", [id]))[0]?.name;
  const sealed = () =>
    vi.waitUntil(
      async () => {
        const { body } = await call(ada.token, "POST", "/audit/verify", {});
        return body.status === "Intact" && body.waiting === 0;
      },
      { timeout: 30_000, interval: 1_500 },
    );

  /** What each table holds; what isn't logged is lost with a crash, and kept for a minute at most. */
  async function digests(): Promise<Record<string, string>> {
    const tables = await server.asSuperuser<{ name: string }>(
      `select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where c.relkind = 'r' and c.relpersistence = 'p' and n.nspname in ('public', 'app', 'graphile_worker') order by 1`,
    );
    const digest: Record<string, string> = {};
    for (const { name } of tables) {
      const [row] = await server.asSuperuser<{ digest: string }>(
        `select count(*) || ' rows ' || md5(coalesce(string_agg(md5(x::text), '' order by md5(x::text)), '')) as digest from ${name} x`,
      );
      digest[name] = row!.digest;
    }
    return digest;
  }

  let ada: { id: string; token: string };

  it("is exact, proves its audit log, and has nobody back who was erased before or since", async () => {
    const startedAt = performance.now();
    await begin();
    ada = await signUp("ada");
    const [eve, dan, kim] = [await signUp("eve"), await signUp("dan"), await signUp("kim")];
    const founded = await call(ada.token, "POST", "/workspaces", { name: "Restored" });
    expect(founded.status).toBe(201);
    workspaceId = founded.body.id;
    const first = await write(ada.token, ["in the backup", "in the backup as well"]);
    await server.backUp();

    const then = await write(ada.token, ["after the backup"]);
    await erase(eve);
    await sealed();
    await end();
    const before = await digests();
    const [{ moment }] = (await server.asSuperuser<{ moment: string }>("select clock_timestamp()::text as moment")) as [
      { moment: string },
    ];
    const anchors = join(dataDir, "audit-anchors");
    cpSync(anchors, `${anchors}.then`, { recursive: true });
    await pause(1_100);

    await begin();
    const late = await write(ada.token, ["too late"]);
    await erase(dan);
    expect((await call(ada.token, "POST", `/content/${first[0]}/archive`)).status).toBeLessThan(300);
    await end();
    expect(await digests()).not.toEqual(before);
    await server.archive();
    await server.restoreTo(moment);

    expect(Object.keys(before).length).toBeGreaterThan(50);
    expect(await digests()).toEqual(before);
    expect([await nameOf(eve), await nameOf(dan), await nameOf(kim)]).toEqual(["Former member", "dan", "kim"]);

    // Heads of the audit log from after that moment would say, as is true, that its end was cut off.
    renameSync(anchors, `${anchors}.since`);
    renameSync(`${anchors}.then`, anchors);
    // What said where to stop would have a replica that is made of this one stop there.
    const left = await begin();
    expect(left.stdout()).toMatch(/recovery_target_time.*restore_command|restore_command.*recovery_target_time/);
    expect(left.stdout()).toContain("Erased again what a restored database had back: 1 people, 0 workspaces");
    expect([await nameOf(eve), await nameOf(dan), await nameOf(kim)]).toEqual([
      "Former member",
      "Former member",
      "kim",
    ]);
    expect((await call(null, "POST", "/auth/login", { email: "dan@example.com", password: PASSWORD })).status).toBe(
      401,
    );

    await sealed();
    const { body } = await call(ada.token, "GET", "/content?limit=100");
    const there = (body.items as { id: string }[]).map(({ id }) => id);
    expect(there.sort()).toEqual([...first, ...then].sort());
    expect((await call(ada.token, "GET", `/content/${late[0]}`)).status).toBe(404);
    await write(ada.token, ["goes on"]);
    await end();

    for (const name of ["restore_command", "recovery_target_time", "recovery_target_action"])
      await server.asSuperuser(`alter system reset ${name}`);
    await server.restart();
    const clean = await begin();
    expect(clean.stdout()).not.toMatch(/restore_command|Erased again/);
    await end();
    console.log(`Backed up, restored and gone on with after ${Math.round((performance.now() - startedAt) / 1_000)} s`);
  }, 240_000);
});

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { seedPerson, seedWorkspace } from "#tests/factories";
import { testDatabase } from "#tests/harness/database";
import { freePort } from "#tests/harness/free-port";
import { buildEntry, type Entry, type Started, startEntry } from "./entry";

const t = testDatabase();
const base = mkdtempSync(join(tmpdir(), "contentos-erased-"));
let entry: Entry;
let running: Started | undefined;

beforeAll(async () => {
  entry = await buildEntry();
}, 60_000);
afterEach(() => running?.kill());
afterAll(async () => {
  await entry?.remove();
  rmSync(base, { recursive: true, force: true });
});

const namesOf = (ids: string[]) =>
  t
    .asOwner<{ name: string }>("select name from users where id = any ($1) order by name", [ids])
    .then((rows) => rows.map(({ name }) => name));
/** Connections by which ContentOS does jobs, or would. */
const workers = () =>
  t.asOwner(
    "select from pg_stat_activity where datname = current_database() and application_name like 'contentos worker%'",
  );

/** A database that has those who are written down as erased, as one has that was restored. */
describe.each(["start", "server", "worker"])("`%s` on a restored database", (command) => {
  it("erases again who was erased, ahead of serving and of jobs", async () => {
    const [gone, stays] = [await seedPerson(t), await seedPerson(t)];
    const workspace = await seedWorkspace(t);
    const dataDir = join(base, command);
    const files = join(dataDir, "assets", "objects", workspace.id);
    mkdirSync(files, { recursive: true });
    writeFileSync(join(files, "file"), "sealed");
    const lines = [{ userId: gone.userId }, { workspaceId: workspace.id }].map((who) =>
      JSON.stringify({ ...who, at: "", receipt: "" }),
    );
    writeFileSync(join(dataDir, "erasures.jsonl"), `${lines.join("\n")}\n`);
    const port = await freePort();
    const health = () => fetch(`http://127.0.0.1:${port}/api/v1/health/ready`).then(({ status }) => status);

    const gate = new pg.Client(t.urls.superuser);
    await gate.connect();
    await gate.query("begin");
    await gate.query("select from users where id = $1 for update", [gone.userId]);
    const process = startEntry(entry, command, {
      PORT: String(port),
      CONTENTOS_DATA_DIR: dataDir,
      CONTENTOS_SECRET: "a secret of the restored database's own tests",
      DATABASE_APP_URL: t.urls.app,
      DATABASE_AUTH_URL: t.urls.auth,
      DATABASE_WORKER_URL: t.urls.worker,
      LOG_LEVEL: "warn",
    });
    running = process;
    const waiting = () =>
      t.asOwner(
        "select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and query like '%wipe_person%'",
      );
    await vi.waitFor(async () => expect(await waiting()).toHaveLength(1), { timeout: 30_000 });
    if (command !== "worker") expect(await health()).toBe(503);
    expect(await workers()).toEqual([]);
    await gate.query("rollback");
    await gate.end();

    await process.ready;
    expect(await namesOf([gone.userId, stays.userId])).toEqual(["Former member", expect.any(String)]);
    expect(await namesOf([stays.userId])).not.toEqual(["Former member"]);
    expect(await t.asOwner("select from workspaces where id = $1", [workspace.id])).toEqual([]);
    expect(() => rmSync(files, { recursive: true })).toThrow(/ENOENT/);
    expect(process.stdout()).toContain("Erased again what a restored database had back: 1 people, 1 workspaces");
    if (command !== "worker") expect(await health()).toBe(200);
    await vi.waitFor(() => expect(process.stdout()).toMatch(/"people":1,"workspaces":1.*Erased again who/), 5_000);
  }, 60_000);
});

it("says in one sentence where the ledger can't be read, and serves nobody", async () => {
  const dataDir = join(base, "spoilt");
  mkdirSync(dataDir);
  writeFileSync(join(dataDir, "erasures.jsonl"), "spoilt\n\n");
  running = startEntry(entry, "server", {
    PORT: String(await freePort()),
    CONTENTOS_DATA_DIR: dataDir,
    CONTENTOS_SECRET: "a secret of the restored database's own tests",
    DATABASE_APP_URL: t.urls.app,
    DATABASE_AUTH_URL: t.urls.auth,
    DATABASE_WORKER_URL: t.urls.worker,
  });
  expect((await running.exited).code).toBe(1);
  expect(running.stderr().trim()).toMatch(/^Line 1 of \S+erasures.jsonl is no entry: .*\.$/);
});

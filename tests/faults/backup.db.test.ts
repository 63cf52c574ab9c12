import { chmodSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { cp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { freePort } from "#tests/harness/free-port";
import { buildEntry, type Entry, startEntry } from "./entry";

vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 });

const base = mkdtempSync(join(tmpdir(), "contentos-backup-whole-"));
let start: Entry;
let admin: Entry;
let port: number;
const password = "a long and quiet word";

beforeAll(async () => {
  // As root, Postgres runs as another user, which has to pass through.
  chmodSync(base, 0o755);
  [start, admin] = [await buildEntry(), await buildEntry(undefined, "admin")];
  port = await freePort();
});
afterAll(async () => {
  await start.remove();
  await admin.remove();
  rmSync(base, { recursive: true, force: true, maxRetries: 5 });
});

const env = (folder: string) => ({
  PORT: String(port),
  CONTENTOS_DATA_DIR: join(base, folder),
  LOG_LEVEL: "error",
});
async function run(folder: string, ...command: string[]) {
  const process = startEntry(admin, ["admin", ...command], env(folder));
  const { code } = await process.exited;
  return { code, said: process.stdout() + process.stderr() };
}
const post = (path: string, body: object, headers: Record<string, string> = {}) =>
  fetch(`http://127.0.0.1:${port}/api/v1${path}`, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify(body),
  });

it("is made while it runs, and restored into an empty place, where the same person signs in to the same workspace", async () => {
  const before = startEntry(start, "start", env("one"));
  await before.ready;
  const signedUp = await post("/auth/signup", { email: "kim@example.com", password, name: "Kim" });
  expect(signedUp.status).toBe(201);
  const { accessToken } = (await signedUp.json()) as { accessToken: string };
  const workspace = await post("/workspaces", { name: "Acme" }, { authorization: `Bearer ${accessToken}` });
  expect(workspace.status).toBe(201);

  const file = join(base, "acme.backup");
  expect(await run("one", "backup", "--to", file)).toMatchObject({
    code: 0,
    said: expect.stringContaining("rows are in"),
  });
  expect(await run("one", "backup", "--to", file)).toMatchObject({
    code: 1,
    said: expect.stringContaining("is there already"),
  });
  expect(await run("one", "restore", file)).toMatchObject({
    code: 1,
    said: expect.stringContaining("an empty data directory"),
  });
  const text = readFileSync(file, "latin1");
  expect(["kim@example.com", "Acme"].filter((word) => text.includes(word))).toEqual([]);
  before.signal("SIGTERM");
  await before.exited;

  for (const kept of ["secret", "shredding-keys.jsonl"])
    await cp(join(base, "one", kept), join(base, "two", kept), { recursive: true });
  expect(await run("two", "restore", file)).toMatchObject({ code: 0, said: expect.stringContaining("are here") });
  const after = startEntry(start, "start", env("two"));
  await after.ready;
  const signedIn = await post("/auth/login", { email: "kim@example.com", password });
  expect(signedIn.status).toBe(200);
  const { accessToken: token } = (await signedIn.json()) as { accessToken: string };
  const mine = await fetch(`http://127.0.0.1:${port}/api/v1/workspaces`, {
    headers: { authorization: `Bearer ${token}` },
  });
  expect(await mine.json()).toMatchObject({ items: [{ name: "Acme" }] });
  after.signal("SIGTERM");
  await after.exited;
});

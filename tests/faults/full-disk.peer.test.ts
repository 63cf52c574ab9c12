import { randomBytes, randomUUID } from "node:crypto";
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import sharp from "sharp";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { freePort } from "#tests/harness/free-port";
import { processToken } from "@/db/embedded/processes";
import { buildEntry, type Entry, type Started, startEntry } from "./entry";
import { diskOf, onSmallDisk, smallDiskMissing } from "./small-disk";

const missing = smallDiskMissing();
/** From the moment there is room. */
const RECOVERY_MS = 10_000;
const PASSWORD = "a long walk to the sea";

type Answer = { status: number; retryAfter: string | null; body: Record<string, unknown> };
type Item = { id: string; body: string };

/** The whole of ContentOS with its own Postgres and its files, on one disk that is filled and emptied beside it. */
describe.skipIf(missing)(`a disk that is full${missing ? ` (skipped: ${missing})` : ""}`, () => {
  const base = mkdtempSync(join(tmpdir(), "contentos-disk-"));
  const dataDir = join(base, "data");
  let entry: Entry;
  let running: Started;
  let disk: ReturnType<typeof diskOf>;
  let port: number;
  let token: string;
  let workspaceId: string;
  let ended = false;

  beforeAll(async () => {
    chmodSync(base, 0o755);
    mkdirSync(dataDir);
    entry = await buildEntry();
    port = await freePort();
    const env = { PORT: String(port), CONTENTOS_DATA_DIR: dataDir, LOG_LEVEL: "error", RATE_LIMIT_FACTOR: "1000" };
    running = startEntry(entry, "start", env, { within: onSmallDisk(dataDir, 300) });
    void running.exited.then(() => {
      ended = true;
    });
    await running.ready;
    disk = diskOf(running.pid, dataDir);
    token = String((await signUp("ada")).body.accessToken);
    const founded = await call("POST", "/workspaces", { name: "Small disk" });
    workspaceId = String(founded.body.id);
    // Accounts that pay for nothing keep few items.
    await asSuperuser("update billing_deployment set default_tier = 'Agency'");
  }, 120_000);
  afterEach(() => disk?.makeRoom());
  afterAll(async () => {
    if (running && !ended) {
      const postgres = postgresPid();
      running.signal("SIGTERM");
      await Promise.race([running.exited, pause(30_000)]);
      if (!ended) await running.kill();
      if (postgres && processToken(postgres)) process.kill(postgres, "SIGQUIT");
    }
    await entry?.remove();
    rmSync(base, { recursive: true, force: true });
  });

  const postgresPid = () => Number(disk.read("postgres", "postmaster.pid").split("\n")[0]);
  async function call(method: string, path: string, body?: object): Promise<Answer> {
    const response = await fetch(`http://127.0.0.1:${port}/api/v1${path}`, {
      method,
      headers: {
        ...(token && { authorization: `Bearer ${token}` }),
        ...(workspaceId && { "x-workspace-id": workspaceId }),
        ...(body && { "content-type": "application/json" }),
      },
      ...(body && { body: JSON.stringify(body) }),
    });
    const { status, headers } = response;
    const text = await response.text();
    return { status, retryAfter: headers.get("retry-after"), body: text ? JSON.parse(text) : {} };
  }
  const signUp = (name: string) =>
    call("POST", "/auth/signup", { email: `${name}@example.com`, password: PASSWORD, name });
  async function asSuperuser(...statements: string[]) {
    const { port: at } = JSON.parse(disk.read("postgres.json")) as { port: number };
    const password = disk.read("postgres-superuser-password").trim();
    const client = new pg.Client(`postgres://postgres:${password}@127.0.0.1:${at}/contentos`);
    client.on("error", () => {});
    await client.connect();
    try {
      for (const statement of statements) await client.query(statement);
    } finally {
      await client.end().catch(() => {});
    }
  }

  /** Of words that can't be pressed together, so that they take the room that they seem to. */
  async function write(kilobytes: number): Promise<Item | Answer> {
    const body = randomBytes(kilobytes * 768).toString("base64");
    const answer = await call("POST", "/content", { title: randomUUID(), body });
    return answer.status === 201 ? { id: String(answer.body.id), body } : answer;
  }
  const isItem = (written: Item | Answer): written is Item => "id" in written;

  /** What was answered with 2xx and is not there as it was. */
  async function lost(items: Item[]): Promise<string[]> {
    const found = await Promise.all(
      items.map(async (item) => ({ item, answer: await call("GET", `/content/${item.id}`) })),
    );
    return found.flatMap(({ item, answer }) => {
      const { currentVersion } = answer.body as { currentVersion?: { body?: string } };
      return currentVersion?.body === item.body ? [] : [`${item.id}: ${answer.status}`];
    });
  }
  async function untilWritten(): Promise<number> {
    const since = performance.now();
    for (;;) {
      const written = await write(20).catch(() => undefined);
      const took = Math.round(performance.now() - since);
      if (written && isItem(written)) return took;
      if (took > 3 * RECOVERY_MS)
        throw new Error(`Nothing could be written for ${took} ms: ${running.stdout().slice(-500)}`);
      await pause(50);
    }
  }
  const ready = () => call("GET", "/health/ready");
  const codes = (answers: Answer[]) => [...new Set(answers.map(({ status, body }) => `${status} ${body.code}`))];

  it("refuses what it can't keep, keeps what it said it did, reads on, and goes on when there is room", async () => {
    expect((await ready()).body).toMatchObject({ status: "Ok", checks: { disk: "Ok" } });
    const items: Item[] = [];
    for (let n = 0; n < 5; n++) {
      const written = await write(20);
      expect(written).toHaveProperty("id");
      items.push(written as Item);
    }
    // A new piece of the log: what is full is the room for rows.
    await asSuperuser("checkpoint", "select pg_switch_wal()", "checkpoint");
    disk.fill();
    const refused: Answer[] = [];
    for (let n = 0; n < 40 && refused.length < 10; n++) {
      const written = await write(20);
      if (isItem(written)) items.push(written);
      else refused.push(written);
    }
    expect(codes(refused)).toEqual(["503 disk_full"]);
    expect(refused[0]).toMatchObject({
      retryAfter: "10",
      body: { type: "urn:contentos:problem:disk_full", detail: expect.stringMatching(/is full.*make room/) },
    });
    const signedUp: Answer[] = [];
    for (let n = 0; n < 200 && signedUp.at(-1)?.status !== 503; n++) signedUp.push(await signUp(`reader-${n}`));
    expect(codes(signedUp).at(-1)).toBe("503 disk_full");
    expect(await lost(items)).toEqual([]);
    await vi.waitFor(
      async () => expect(await ready()).toMatchObject({ status: 503, body: { checks: { disk: "Full" } } }),
      5_000,
    );

    disk.makeRoom();
    const took = await untilWritten();
    console.log(
      `${items.length} items kept, ${refused.length} refused, ${signedUp.length - 1} accounts made; again after ${took} ms`,
    );
    expect(took).toBeLessThan(RECOVERY_MS);
    expect(await lost(items)).toEqual([]);
    await vi.waitFor(async () => expect((await ready()).status).toBe(200), { timeout: RECOVERY_MS });
    const { body } = await call("GET", "/content?limit=100");
    expect((body.items as object[]).length).toBe(items.length + 1);
    expect(ended).toBe(false);
  }, 120_000);

  it("takes no part of a file that does not fit, leaves none of it, and takes it when there is room", async () => {
    const side = 1_000;
    const noise = await sharp(randomBytes(side * side * 3), { raw: { width: side, height: side, channels: 3 } })
      .png()
      .toBuffer();
    const begun = await call("POST", "/assets/uploads", {
      fileName: "noise.png",
      contentType: "image/png",
      sizeBytes: noise.length,
    });
    expect(begun.status).toBe(201);
    const id = String(begun.body.id);
    const [part] = begun.body.parts as { url: string; headers: Record<string, string> }[];
    const url = new URL(part!.url);
    url.port = String(port);
    const send = async () => {
      const { status, headers, ...response } = await fetch(url, {
        method: "PUT",
        headers: part!.headers,
        body: new Uint8Array(noise),
      });
      void response;
      return { status, type: headers.get("content-type") };
    };
    const staged = disk.at("assets", "staging", workspaceId, id);
    disk.fill(1_000_000);
    expect(await send()).toEqual({ status: 503, type: expect.stringContaining("application/problem+json") });
    expect(readdirSync(staged)).toEqual([]);
    expect(disk.free()).toBeGreaterThan(500_000);
    disk.makeRoom();
    expect((await send()).status).toBe(200);
    expect(readdirSync(staged)).toEqual(["1"]);

    // Whole, it is sealed and kept a second time: that may not fit either, and is tried again.
    disk.fill(1_000_000);
    const completed = await call("POST", `/assets/uploads/${id}/complete`);
    expect([200, 503]).toContain(completed.status);
    if (completed.status === 503) expect(completed.body.code).toBe("disk_full");
    await pause(2_000);
    const halves = readdirSync(disk.at("assets"), { recursive: true }).filter((name) => String(name).includes("."));
    expect(halves.filter((name) => !String(name).endsWith(".done") && !String(name).includes(".done/"))).toEqual([]);
    disk.makeRoom();
    if (completed.status === 503) expect((await call("POST", `/assets/uploads/${id}/complete`)).status).toBe(200);
    await vi.waitFor(
      async () => expect((await call("GET", `/assets/uploads/${id}`)).body).toMatchObject({ status: "Ready" }),
      { timeout: 60_000, interval: 500 },
    );
  }, 120_000);

  it("comes back by itself where Postgres could not write its log and ended, with all that it was told was done", async () => {
    const enough = new AbortController();
    const refused: Answer[] = [];
    const writers = Array.from({ length: 4 }, async () => {
      const items: Item[] = [];
      while (!enough.signal.aborted) {
        const written = await write(8);
        if (isItem(written)) items.push(written);
        else {
          refused.push(written);
          await pause(50);
        }
      }
      return items;
    });
    await pause(1_000);
    disk.fill(4_000_000);
    const megabyte = "select pg_logical_emit_message(false, 'fill', repeat('x', 1000000))";
    await expect(asSuperuser(...Array.from({ length: 100 }, () => megabyte))).rejects.toThrow();
    disk.fill();
    await pause(4_000);
    const meanwhile = await ready();
    expect([meanwhile.status, (meanwhile.body.checks as Record<string, string>).disk]).toEqual([503, "Full"]);

    disk.makeRoom();
    const took = await untilWritten();
    await pause(1_000);
    enough.abort();
    const items = (await Promise.all(writers)).flat();
    console.log(
      `${items.length} items acknowledged, ${refused.length} requests refused (${codes(refused)}); again after ${took} ms; ${
        running.stdout().includes("runs again") ? "Postgres was started again" : "Postgres recovered by itself"
      }`,
    );
    expect(took).toBeLessThan(RECOVERY_MS);
    expect(await lost(items)).toEqual([]);
    for (const code of codes(refused)) expect(["503 overloaded", "503 disk_full"]).toContain(code);
    expect(refused.length).toBeGreaterThan(0);
    await vi.waitFor(
      async () => expect(await ready()).toMatchObject({ status: 200, body: { checks: { worker: "Running" } } }),
      {
        timeout: RECOVERY_MS,
      },
    );
    expect(ended).toBe(false);
  }, 120_000);
});

import { createCipheriv, createHash } from "node:crypto";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { get, request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Part, UploadBody } from "#tests/factories/assets";
import { testDatabase } from "#tests/harness/database";
import { freePort } from "#tests/harness/free-port";
import { buildEntry, type Entry, type Started, startEntry } from "./entry";

const MIB = 1024 * 1024;
const SIZE = 200 * MIB;
/** Above what the process holds when nothing is asked of it. Parts are 5 MiB, of which four come at once. */
const MOST_MORE = 120 * MIB;
const PIECE = 64 * 1024;
const AT_ONCE = 4;

const t = testDatabase();
const missing = existsSync("/proc/self/clear_refs")
  ? undefined
  : "only Linux tells the most memory of a process since a moment";

/** An MP4 to whoever looks at its beginning; noise of a key, so that any part of it can be made without the rest. */
function* bytesOf(start: number, end: number): Generator<Buffer> {
  const counter = Buffer.alloc(16);
  counter.writeUInt32BE(start / 16, 12);
  const noise = createCipheriv("aes-128-ctr", Buffer.alloc(16, 7), counter);
  for (let at = start; at < end; at += PIECE) {
    const piece = noise.update(Buffer.alloc(Math.min(PIECE, end - at)));
    if (at === 0) Buffer.from("\0\0\0\x18ftypmp42\0\0\0\0mp42isom", "latin1").copy(piece);
    yield piece;
  }
}
async function sha256(bytes: Iterable<Uint8Array> | AsyncIterable<Uint8Array>) {
  const hash = createHash("sha256");
  for await (const piece of bytes) hash.update(piece);
  return hash.digest("hex");
}

describe.skipIf(missing)(`a file of 200 MiB${missing ? ` (skipped: ${missing})` : ""}`, () => {
  const dataDir = mkdtempSync(join(tmpdir(), "contentos-large-"));
  let base: string;
  let entry: Entry;
  let server: Started;
  beforeAll(async () => {
    const port = await freePort();
    base = `http://127.0.0.1:${port}`;
    entry = await buildEntry();
    server = startEntry(entry, "start", {
      PORT: String(port),
      PUBLIC_URL: base,
      CONTENTOS_DATA_DIR: dataDir,
      CONTENTOS_SECRET: "the large files' own master secret, long enough",
      DATABASE_APP_URL: t.urls.app,
      DATABASE_AUTH_URL: t.urls.auth,
      DATABASE_WORKER_URL: t.urls.worker,
      DATABASE_SESSION_URL: t.urls.worker,
      LOG_LEVEL: "error",
    });
    await server.ready;
  });
  afterAll(async () => {
    await server?.kill();
    await entry?.remove();
    rmSync(dataDir, { recursive: true, force: true });
  });

  /** The most that was resident since `forget`, and what is by now, in bytes. */
  const resident = (name: "VmHWM" | "VmRSS") =>
    1024 *
    Number(new RegExp(`^${name}:\\s+(\\d+) kB`, "m").exec(readFileSync(`/proc/${server.pid}/status`, "utf8"))![1]);
  const forget = () => writeFileSync(`/proc/${server.pid}/clear_refs`, "5");

  let headers: Record<string, string> = {};
  async function call<Body>(method: string, path: string, body?: object): Promise<Body> {
    const response = await fetch(`${base}/api/v1${path}`, {
      method,
      headers: { ...headers, ...(body && { "content-type": "application/json" }) },
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    expect([response.ok, text]).toEqual([true, expect.any(String)]);
    return JSON.parse(text) as Body;
  }

  async function send({ number, sizeBytes, url, headers }: Part, partBytes: number) {
    const start = (number - 1) * partBytes;
    const sending = request(url, { method: "PUT", headers: { ...headers, "content-length": sizeBytes } });
    const answered = new Promise<number>((resolve, reject) => {
      sending.on("error", reject).on("response", (response) => resolve(response.resume().statusCode ?? 0));
    });
    await pipeline(Readable.from(bytesOf(start, start + sizeBytes)), sending);
    expect(await answered).toBe(200);
  }

  it("is taken in parts, kept and given back, and never held", async () => {
    const account = { name: "Kim", email: "kim@large.test", password: "a long password of Kim's" };
    const { accessToken } = await call<{ accessToken: string }>("POST", "/auth/signup", account);
    headers = { authorization: `Bearer ${accessToken}` };
    const workspace = await call<{ id: string }>("POST", "/workspaces", { name: "Large" });
    headers["x-workspace-id"] = workspace.id;
    // The pages are made ready once the API answers; where they were not built, that ends early.
    await pause(5_000);
    const idle = resident("VmRSS");
    forget();

    const file = { fileName: "film.mp4", contentType: "video/mp4", sizeBytes: SIZE };
    const upload = await call<UploadBody & { partBytes: number }>("POST", "/assets/uploads", file);
    const parts = [...upload.parts];
    const line = async () => {
      for (let part = parts.shift(); part; part = parts.shift()) await send(part, upload.partBytes);
    };
    await Promise.all(Array.from({ length: AT_ONCE }, line));
    await call("POST", `/assets/uploads/${upload.id}/complete`);
    const sentPeak = resident("VmHWM");
    let kept = await call<UploadBody>("GET", `/assets/uploads/${upload.id}`);
    while (kept.status === "Processing") {
      await pause(200);
      kept = await call<UploadBody>("GET", `/assets/uploads/${upload.id}`);
    }
    expect(kept).toMatchObject({ status: "Ready", reason: null });
    const keptPeak = resident("VmHWM");

    const wanted = await sha256(bytesOf(0, SIZE));
    const asset = await call<{ sha256: string; sizeBytes: number }>("GET", `/assets/${kept.assetId}`);
    expect(asset).toMatchObject({ sha256: wanted, sizeBytes: SIZE });
    const read = await new Promise<string>((resolve, reject) =>
      get(`${base}/api/v1/assets/${kept.assetId}/content`, { headers }, (response) =>
        // Whoever doesn't wait for a slow reader has read on by then.
        pause(2_000)
          .then(() => sha256(response))
          .then(resolve, reject),
      ).on("error", reject),
    );
    expect(read).toBe(wanted);
    const most = resident("VmHWM");
    const inMib = [idle, sentPeak, keptPeak, most].map((bytes) => Math.round(bytes / MIB));
    console.info(
      `idle ${inMib[0]} MiB; at most ${inMib[1]} when it was sent, ${inMib[2]} when kept, ${inMib[3]} when read`,
    );
    expect(most - idle).toBeLessThan(MOST_MORE);
    expect(server.stderr()).toBe("");
  }, 180_000);
});

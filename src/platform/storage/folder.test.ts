import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Hono } from "hono";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { folderStorage } from "#tests/harness/storage";
import { describeStorage } from "#tests/storage/contract";
import { partsReceiver } from "@/features/assets";
import { createRateLimits } from "@/http/limits";
import type { Env } from "@/http/router";
import type { FolderStorage } from "./folder";
import type { PartRequest } from "./storage";

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "contentos-folder-"));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

/** Parts go where a browser sends them: to the route that takes them. */
function receiverOf(storage: FolderStorage) {
  const app = new Hono<Env>();
  app.use(async (c, next) => {
    c.set("clientAddress", "127.0.0.1");
    c.set("requestId", "test");
    await next();
  });
  app.route("/api/v1/assets/uploads", partsReceiver({ storage, limits: createRateLimits(1_000) }));
  return async ({ url, method, headers }: PartRequest, bytes: Uint8Array) => {
    const { pathname, search } = new URL(url);
    const response = await app.request(pathname + search, { method, headers, body: new Uint8Array(bytes) });
    return response.status;
  };
}

describeStorage("a folder", async () => {
  const storage = folderStorage(directory);
  const staged = async () => {
    const workspaces = await readdir(join(directory, "staging")).catch(() => []);
    const uploads = await Promise.all(workspaces.map((workspace) => readdir(join(directory, "staging", workspace))));
    return uploads.flat().length;
  };
  return {
    storage,
    send: receiverOf(storage),
    look: (key) => readFile(join(directory, key)).catch(() => undefined),
    countStaged: staged,
    close: async () => {},
  };
});

describe("a folder", () => {
  it("lets nobody else on this machine read what is in it", async () => {
    const storage = folderStorage(directory);
    await storage.put(
      "objects/a/private",
      1,
      (async function* () {
        yield Buffer.from("x");
      })(),
    );
    expect(((await stat(join(directory, "objects/a/private"))).mode & 0o077).toString(8)).toBe("0");
    expect(((await stat(join(directory, "objects/a"))).mode & 0o077).toString(8)).toBe("0");
  });

  it("refuses an address that has expired, and one that another secret signed", async () => {
    let now = new Date("2026-11-22T09:00:00Z");
    const storage = folderStorage(directory, { now: () => now });
    const send = receiverOf(storage);
    const staged = { key: "staging/a/expiring", ref: await storage.begin("staging/a/expiring", "text/plain") };
    const [part] = await storage.partRequests(
      { ...staged, contentType: "text/plain" },
      [{ number: 1, sizeBytes: 1 }],
      60,
    );
    now = new Date("2026-11-22T09:01:01Z");
    expect(await send(part!, Buffer.from("x"))).toBe(403);
    now = new Date("2026-11-22T09:00:59Z");
    expect(await send(part!, Buffer.from("x"))).toBe(200);
    expect(await send({ ...part!, url: part!.url.replace(/\.[^.]+$/, ".AAAA") }, Buffer.from("x"))).toBe(403);
  });

  it("says where it can't be written", async () => {
    const taken = join(directory, "a-file");
    await writeFile(taken, "");
    await expect(folderStorage(join(taken, "below")).check()).rejects.toMatchObject({
      name: "StartError",
      message: expect.stringContaining(taken),
    });
  });
});

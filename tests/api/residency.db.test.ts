import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { type TestDatabase, testDatabase } from "#tests/harness/database";
import { startTcpProxy } from "#tests/harness/tcp-proxy";
import { createRuntime } from "@/entry/runtime";
import { parseConfig } from "@/platform/config";

/** Two regions: a database, a folder for files, a secret and a server each. */
const REGIONS = ["eu", "us"] as const;
type Region = (typeof REGIONS)[number];
const databases: Record<Region, TestDatabase> = { eu: testDatabase(), us: testDatabase() };
const word = (region: Region) => `MarkerOf${region.toUpperCase()}q7`;
const other = (region: Region): Region => (region === "eu" ? "us" : "eu");

/** Where this process opened a connection to, while the two were at work. */
const egress = new Set<string>();
const connect = Socket.prototype.connect;
function noting(this: Socket, ...args: unknown[]) {
  this.once("connect", () => egress.add(`${this.remoteAddress}:${this.remotePort}`));
  return connect.apply(this, args as never);
}

async function startRegion(region: Region) {
  const { urls } = databases[region];
  const heard: Buffer[] = [];
  const proxy = await startTcpProxy(Number(new URL(urls.app).port), () => ({
    up: (packet) => void heard.push(Buffer.from(packet)),
    down: (packet) => {
      heard.push(Buffer.from(packet));
      return undefined;
    },
  }));
  const through = (address: string) => {
    const url = new URL(address);
    url.hostname = "127.0.0.1";
    url.port = String(proxy.port);
    return url.href;
  };
  const dataDir = await mkdtemp(join(tmpdir(), `contentos-${region}-`));
  const config = parseConfig({
    CONTENTOS_REGION: region,
    CONTENTOS_DATA_DIR: dataDir,
    DATABASE_APP_URL: urls.app,
    PUBLIC_URL: `https://${region}.contentos.test`,
    LOG_LEVEL: "silent",
  });
  const runtime = await createRuntime({
    config,
    secret: `the secret of ${region}, and of no other region`,
    urls: {
      app: through(urls.app),
      auth: through(urls.auth),
      worker: through(urls.worker),
      session: through(urls.worker),
    },
  });
  const stopWorker = await runtime.startWorker();
  const ask = async (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) => {
    const answer = await runtime.app.request(`/api/v1${path}`, {
      method,
      headers: { ...headers, ...(body !== undefined && { "content-type": "application/json" }) },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    return { status: answer.status, body: text.startsWith("{") ? JSON.parse(text) : {} };
  };
  return {
    ask,
    dataDir,
    port: proxy.port,
    heard: () => Buffer.concat(heard).toString("latin1"),
    async stop() {
      await stopWorker();
      await runtime.stop();
      await proxy.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

type Running = Awaited<ReturnType<typeof startRegion>>;
const running = {} as Record<Region, Running>;
const tokens = {} as Record<Region, string>;
const workspaces = {} as Record<Region, string>;

beforeAll(async () => {
  Socket.prototype.connect = noting as typeof connect;
  for (const region of REGIONS) running[region] = await startRegion(region);
  for (const region of REGIONS) {
    const { ask } = running[region];
    const email = `${word(region).toLowerCase()}@example.com`;
    const signedUp = await ask("POST", "/auth/signup", {
      email,
      name: word(region),
      password: "a long walk to the sea",
    });
    expect(signedUp.status).toBe(201);
    tokens[region] = signedUp.body.accessToken;
    const headers = { authorization: `Bearer ${tokens[region]}` };
    const founded = await ask("POST", "/workspaces", { name: word(region) }, headers);
    expect(founded).toMatchObject({ status: 201, body: { region } });
    workspaces[region] = founded.body.id;
    const written = await ask("POST", "/content", { title: word(region), body: word(region) }, headers);
    expect(written.status).toBe(201);
    await vi.waitFor(
      async () => expect(await readdir(join(running[region].dataDir, "audit-anchors"))).not.toEqual([]),
      {
        timeout: 20_000,
      },
    );
  }
});
afterAll(async () => {
  for (const region of REGIONS) await running[region]?.stop();
  Socket.prototype.connect = connect;
});

/** Everything that a region's database and data directory hold, as text. */
async function kept(region: Region): Promise<string> {
  const t = databases[region];
  const tables = await t.asOwner<{ name: string }>(
    "select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind = 'r' and n.nspname in ('public', 'app', 'graphile_worker')",
  );
  const parts: string[] = [];
  for (const { name } of tables)
    parts.push(...(await t.asOwner<{ row: string }>(`select x::text as row from ${name} x`)).map(({ row }) => row));
  for (const entry of await readdir(running[region].dataDir, { recursive: true, withFileTypes: true }))
    if (entry.isFile()) parts.push(entry.name, await readFile(join(entry.parentPath, entry.name), "latin1"));
  return parts.join("\n");
}

describe.each(REGIONS)("the deployment of %s", (region) => {
  it("keeps what is its own, and nothing of the other's", async () => {
    const all = await kept(region);
    for (const mine of [word(region), workspaces[region]]) expect(all).toContain(mine);
    for (const theirs of [word(other(region)), word(other(region)).toLowerCase(), workspaces[other(region)]])
      expect(all).not.toContain(theirs);
  });

  it("says nothing of the other's to its database, and hears nothing of it", () => {
    const said = running[region].heard();
    expect(said).toContain(word(region));
    for (const theirs of [word(other(region)), word(other(region)).toLowerCase(), workspaces[other(region)]])
      expect(said).not.toContain(theirs);
  });

  it("takes no session of the other, knows no account of it, and founds nothing for it", async () => {
    const { ask } = running[region];
    const foreign = { authorization: `Bearer ${tokens[other(region)]}` };
    expect((await ask("GET", "/content", undefined, foreign)).status).toBe(401);
    const email = `${word(other(region)).toLowerCase()}@example.com`;
    expect((await ask("POST", "/auth/login", { email, password: "a long walk to the sea" })).status).toBe(401);
    const own = { authorization: `Bearer ${tokens[region]}` };
    expect(await ask("POST", "/workspaces", { name: "Elsewhere", region: other(region) }, own)).toMatchObject({
      status: 409,
      body: { code: "wrong_region" },
    });
  });
});

it("nothing left the two but to their own databases", () => {
  const own = new Set([
    ...REGIONS.map((region) => `127.0.0.1:${running[region].port}`),
    // What the test itself and the proxies ask.
    `127.0.0.1:${new URL(databases.eu.urls.app).port}`,
  ]);
  expect(egress.size).toBeGreaterThanOrEqual(2);
  expect([...egress].filter((address) => !own.has(address))).toEqual([]);
});

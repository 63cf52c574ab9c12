import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { type IncomingMessage, request } from "node:http";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { freePort } from "#tests/harness/free-port";
import { as, inDatabase } from "#tests/harness/global-setup";
import { startEmbeddedPostgres } from "@/db/embedded";
import { migrate } from "@/db/migrate";

/* Pages, API and sites by Next alone, as where functions run: `next start`, and a database elsewhere. */

const passwords = { app: "test-app", auth: "test-auth", worker: "test-worker" };
const OWN = "client.example";
const cleanUp: (() => unknown)[] = [];
let port: number;
let owner: pg.Client;

async function ended(child: ChildProcess) {
  if (child.exitCode === null) await once(child, "exit");
  return child.exitCode;
}

async function startDatabase() {
  const dataDir = await mkdtemp(join(tmpdir(), "contentos-functions-"));
  await chmod(dataDir, 0o755);
  cleanUp.push(() => rm(dataDir, { recursive: true, force: true }));
  const postgres = await startEmbeddedPostgres({ dataDir, ownerPassword: "test-owner", settings: { fsync: "off" } });
  cleanUp.push(() => postgres.stop());
  const admin = new pg.Client(inDatabase(postgres.superuserUrl, "postgres"));
  await admin.connect();
  await admin.query("create database functions owner contentos_owner");
  await admin.end();
  const ownerUrl = inDatabase(postgres.ownerUrl, "functions");
  const workerUrl = as(ownerUrl, "contentos_worker", passwords.worker);
  await migrate({ ownerUrl, workerUrl, passwords, directory: "db/migrations" });
  owner = new pg.Client(inDatabase(postgres.superuserUrl, "functions"));
  await owner.connect();
  cleanUp.push(() => owner.end());
  return {
    DATABASE_APP_URL: as(ownerUrl, "contentos_app", passwords.app),
    DATABASE_AUTH_URL: as(ownerUrl, "contentos_auth", passwords.auth),
  };
}

type Asked = { method?: string; body?: object; headers?: Record<string, string> };
type Answer = { status: number; headers: IncomingMessage["headers"]; text: string };

/** As a browser that was led here by this name. */
function ask(host: string, path: string, { method = "GET", body, headers = {} }: Asked = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const json = body && { "content-type": "application/json" };
    const sent = request(
      { host: "127.0.0.1", port, path, method, headers: { host, ...json, ...headers } },
      async (response) => {
        let text = "";
        for await (const chunk of response) text += chunk;
        resolve({ status: response.statusCode!, headers: response.headers, text });
      },
    );
    sent.on("error", reject);
    sent.end(body && JSON.stringify(body));
  });
}

beforeAll(async () => {
  expect(await ended(spawn(process.execPath, ["scripts/contentos.mjs", "build"], { stdio: "ignore" }))).toBe(0);
  const database = await startDatabase();
  port = await freePort();
  const next = createRequire(import.meta.url).resolve("next/dist/bin/next");
  // By its name: Next takes 127.0.0.1 for another host than the one it writes into its addresses, and asks that by HTTP.
  const server = spawn(process.execPath, [next, "start", "-p", String(port), "-H", "localhost"], {
    env: {
      ...process.env,
      ...database,
      NODE_ENV: "production",
      CONTENTOS_SECRET: "a master secret of these tests, long enough",
      PUBLIC_URL: "https://content.agency.example",
      LOG_LEVEL: "error",
    },
    stdio: ["ignore", "pipe", "inherit"],
  });
  cleanUp.push(() => {
    server.kill("SIGTERM");
    return ended(server);
  });
  await new Promise<void>((resolve, reject) => {
    server.stdout.on("data", (said) => /Ready in/.test(String(said)) && resolve());
    server.on("exit", (code) => reject(new Error(`next start ended with ${code}`)));
  });
});
afterAll(async () => {
  for (const close of cleanUp.reverse()) await close();
});

const PUBLIC = "content.agency.example";

test("a workspace's own host shows its site, and the application keeps its paths, where Next serves everything", async () => {
  const person = { email: "nora@example.com", password: "a long walk to the sea", name: "Nora" };
  const signedUp = await ask(PUBLIC, "/api/v1/auth/signup", { method: "POST", body: person });
  expect(signedUp.status).toBe(201);
  const headers = { authorization: `Bearer ${JSON.parse(signedUp.text).accessToken}` };
  const made = await ask(PUBLIC, "/api/v1/workspaces", { method: "POST", body: { name: "Larkspur" }, headers });
  const workspace = JSON.parse(made.text) as { id: string; slug: string };

  // Nobody has proved it yet: the application's first page is at the deployment's own address.
  const unknown = await ask(OWN, "/");
  expect([unknown.status, unknown.headers.location]).toEqual([307, "https://content.agency.example"]);
  expect((await ask(OWN, "/spring")).status).toBe(404);
  expect((await ask(OWN, "/sign-in")).text).toContain("/_next/static/");

  await owner.query(
    `insert into site_domains (workspace_id, host, token, status, is_primary, created_by)
     select $1, $2, 'x', 'Verified', true, owner_id from workspaces where id = $1`,
    [workspace.id, OWN],
  );
  const home = await ask(OWN, "/");
  expect(home.status).toBe(200);
  expect(home.text).toContain("<title>Larkspur</title>");
  expect(home.headers["content-security-policy"]).toContain("default-src 'none'");
  const feed = await ask(OWN, "/feed.json?of=anything");
  expect(JSON.parse(feed.text)).toMatchObject({ title: "Larkspur", home_page_url: `https://${OWN}` });
  const missing = await ask(OWN, "/spring");
  expect([missing.status, missing.text.includes("Larkspur")]).toEqual([404, true]);
  const beacon = await ask(OWN, `/beacon/${workspace.id}`, { method: "POST" });
  expect([beacon.status, beacon.text]).toEqual([404, "There is no such page.\n"]);
  const led = await ask(PUBLIC, `/s/${workspace.slug}`);
  expect([led.status, led.headers.location]).toEqual([301, `https://${OWN}`]);

  // The application's own paths, there and at the deployment's address, where nothing of a site stands at the top.
  for (const host of [OWN, PUBLIC]) {
    const door = await ask(host, "/sign-in");
    expect([host, door.status, door.text.includes("/_next/static/")]).toEqual([host, 200, true]);
    expect(door.headers["content-security-policy"]).toMatch(/script-src 'self' 'nonce-/);
  }
  expect(JSON.parse((await ask(OWN, "/api/v1/site/host")).text)).toMatchObject({ site: { name: "Larkspur" } });
  expect((await ask(PUBLIC, "/")).text).toContain("/_next/static/");
  expect((await ask(PUBLIC, "/spring")).text).not.toContain("Larkspur");
});

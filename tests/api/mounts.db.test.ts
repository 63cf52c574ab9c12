import { readdirSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { testApp, testIdentity } from "#tests/harness/app";
import { testDatabase } from "#tests/harness/database";
import { startServerless } from "@/entry/serverless";
import { createAuthenticator } from "@/features/auth";
import { createKeyring } from "@/platform/secrets";
import { address, readOperations } from "./operations";

const t = testDatabase();
const operations = await readOperations();
const SECRET = "a master secret of these tests, long enough";
const firstSegment = (path: string) => path.split("/")[1]!;

type Handler = (request: Request) => Promise<Response>;
const FOLDERS = readdirSync("src/app/api/v1");
const fileOf = (folder: string) =>
  readdirSync(`src/app/api/v1/${folder}`, { recursive: true, withFileTypes: true }).find((entry) => entry.isFile())!;

const environment = () => ({
  DATABASE_APP_URL: t.urls.app,
  DATABASE_AUTH_URL: t.urls.auth,
  CONTENTOS_SECRET: SECRET,
  PUBLIC_URL: "https://contentos.test",
  LOG_LEVEL: "silent",
  RATE_LIMIT_FACTOR: "1000",
});

/** As Next calls it: by the mount of the first segment. */
async function throughNext(path: string, init: RequestInit = {}) {
  const segments = path.replace(/^\/api\/v1\//, "").split(/[/?]/);
  const file = path.startsWith("/api/v1/")
    ? `api/v1/${segments[0]}/${fileOf(segments[0]!).parentPath.endsWith("[[...route]]") ? "[[...route]]/" : ""}route`
    : `${firstSegment(path)}/[[...route]]/route`;
  const mount = (await import(/* @vite-ignore */ resolve("src/app", `${file}.ts`))) as Record<string, Handler>;
  return mount[init.method ?? "GET"]!(new Request(`https://contentos.test${path}`, init));
}

const asHono = async () => {
  const identity = testIdentity(t, { masterSecret: SECRET, sendsMail: false });
  const health = { worker: "Elsewhere", database: "Ok" };
  return testApp(t, { health, identity, authenticate: createAuthenticator(identity), keyring: createKeyring(SECRET) });
};

afterAll(async () => {
  vi.unstubAllEnvs();
  const { contentosRuntime } = globalThis as { contentosRuntime?: ReturnType<typeof startServerless> };
  await (await contentosRuntime)?.stop();
});

describe("the mounts of Next", () => {
  it("are those of the document, each of one line", () => {
    const expected = [...new Set(operations.map(({ path }) => firstSegment(path))), "docs", "openapi.json"];
    expect(FOLDERS.sort()).toEqual(expected.sort());
    const mounts = [...FOLDERS.map((folder) => `src/app/api/v1/${folder}`), "src/app/s", "src/app/.well-known"];
    for (const mount of mounts) {
      const files = readdirSync(mount, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
      expect([mount, files.map(({ name }) => name)]).toEqual([mount, ["route.ts"]]);
      expect(readFileSync(`${files[0]!.parentPath}/route.ts`, "utf8")).toBe(
        'export { DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT } from "@/entry/serverless";\n',
      );
    }
    for (const { path } of operations.filter(({ path }) => path.split("/").length > 2)) {
      expect([path, fileOf(firstSegment(path)).parentPath]).toEqual([
        path,
        expect.stringMatching(/\[\[\.\.\.route\]\]$/),
      ]);
    }
  });
});

describe("a deployment of functions", () => {
  it.each([
    [{}, /^DATABASE_APP_URL and DATABASE_AUTH_URL and CONTENTOS_SECRET are not set: /],
    [{ DATABASE_APP_URL: "postgres://a@b/c", CONTENTOS_SECRET: SECRET }, /^DATABASE_AUTH_URL is not set: /],
    [{ DATABASE_APP_URL: "mysql://a@b/c" }, /^DATABASE_APP_URL is not right: /],
  ])("says what is missing: %o", async (given, sentence) => {
    await expect(startServerless(given)).rejects.toMatchObject({
      name: "StartError",
      message: expect.stringMatching(sentence),
    });
  });

  it("refuses a log-in that row-level security doesn't bind", async () => {
    const unbound = { ...environment(), DATABASE_APP_URL: t.urls.superuser };
    await expect(startServerless(unbound)).rejects.toMatchObject({ name: "StartError" });
  });

  it("answers 503 until it can start, and starts by itself then", async () => {
    const told = vi.spyOn(console, "error").mockReturnValue();
    const refused = await throughNext("/api/v1/health/live");
    expect([refused.status, refused.headers.get("retry-after"), (await refused.json()).code]).toEqual([
      503,
      "5",
      "overloaded",
    ]);
    expect(told.mock.calls.flat().join()).toContain("DATABASE_APP_URL");
    told.mockRestore();
    for (const [name, value] of Object.entries(environment())) vi.stubEnv(name, value);
    expect((await throughNext("/api/v1/health/live")).status).toBe(200);
  });
});

describe("both ways of serving", () => {
  let headers: Record<string, string>;
  let ids: Record<string, string>;
  let threadId: string;
  beforeAll(async () => {
    for (const [name, value] of Object.entries(environment())) vi.stubEnv(name, value);
    const send = async (method: "POST" | "PUT", path: string, body: object, more: Record<string, string> = {}) => {
      const answer = await throughNext(`/api/v1${path}`, {
        method,
        headers: { "content-type": "application/json", ...more },
        body: JSON.stringify(body),
      });
      expect([path, answer.status]).toEqual([path, method === "POST" ? 201 : 200]);
      return answer.json();
    };
    const post = (...request: [path: string, body: object, more?: Record<string, string>]) => send("POST", ...request);
    const person = { email: "kim@example.com", password: "a long walk to the sea", name: "Kim" };
    const { accessToken } = await post("/auth/signup", person);
    headers = { authorization: `Bearer ${accessToken}` };
    const workspace = await post("/workspaces", { name: "Acme" }, headers);
    const item = await post("/content", { title: "Spring" }, headers);
    threadId = (await post(`/content/${item.id}/comments`, { body: "Is it true?" }, headers)).id;
    await send("PUT", `/content/${item.id}/draft`, { body: "Half typed", baseVersion: 1 }, headers);
    ids = {
      "/workspaces/": workspace.id,
      "/analytics/workspace/": workspace.id,
      "/analytics/content/": item.id,
      "/content/": item.id,
    };
  });

  const told = async (response: Response) => {
    const text = await response.text();
    return {
      status: response.status,
      body:
        response.headers.get("content-type")?.includes("json") && text
          ? { ...JSON.parse(text), requestId: "", cursor: "", challenge: "" }
          : // What is taken as a file tells the time, and of the log has a row more each time: that it was taken.
            /octet-stream|zip/.test(response.headers.get("content-type") ?? "")
            ? ""
            : text,
      headers: [...response.headers.keys()].filter((name) => name !== "content-length").sort(),
      type: response.headers.get("content-type"),
      cached: response.headers.get("cache-control"),
    };
  };

  it.each(operations.map((operation) => [operation.operationId, operation] as const))(
    "%s answers the same",
    async (_, operation) => {
      const app = await asHono();
      const own = ids[operation.path.replace(/\{.*/, "")];
      const path = `/api/v1${address(operation, { id: own ?? "", threadId })}`;
      const { method } = operation;
      const json = { "content-type": "application/json" };
      const requests: RequestInit[] = [
        { method },
        { method, headers: { authorization: "Bearer garbage" } },
        ...(method === "GET"
          ? [{ method, headers }]
          : [{ method, headers: { ...headers, ...json }, body: '{"surprise": 1' }]),
      ];
      const statuses: number[] = [];
      for (const request of requests) {
        const next = await told(await throughNext(path, request));
        expect(next).toEqual(await told(await app.request(`https://contentos.test${path}`, request)));
        statuses.push(next.status);
      }
      if (method === "GET" && own && !operation.path.includes("{versionNumber}")) expect(statuses.at(-1)).toBe(200);
    },
  );

  it.each([
    "/api/v1/openapi.json",
    "/api/v1/docs",
    "/.well-known/jwks.json",
    "/s/nobody",
    "/s/nobody/feed.xml",
    "/api/v1/content/a/b/c/d",
    "/.well-known/nothing",
  ])("%s is the same", async (path) => {
    const next = await told(await throughNext(path));
    expect(next).toEqual(await told(await (await asHono()).request(`https://contentos.test${path}`)));
  });

  it("shows a workspace's own host its site, and leads whoever comes by an unknown name to the application", async () => {
    const at = (host: string, path: string) => throughNext(path, { headers: { host } });
    const unknown = await at("client.example", "/s/@");
    expect([unknown.status, unknown.headers.get("location")]).toEqual([307, "https://contentos.test"]);
    expect((await at("client.example", "/s/@/spring")).status).toBe(404);
    await t.asOwner(
      `insert into site_domains (workspace_id, host, token, status, is_primary, created_by)
       select id, 'client.example', 'x', 'Verified', true, owner_id from workspaces where id = $1`,
      [ids["/workspaces/"]],
    );
    const home = await at("client.example", "/s/@");
    expect([home.status, (await home.text()).includes("Acme")]).toEqual([200, true]);
    const missing = await at("client.example", "/s/@/spring");
    expect([missing.status, (await missing.text()).includes("Acme")]).toEqual([404, true]);
  });
});

import { describe, expect, it, vi } from "vitest";
import { type Member, seedMember, seedWorkspace } from "#tests/factories";
import { caller, testApp } from "#tests/harness/app";
import { testDatabase } from "#tests/harness/database";
import { clientAddressBy } from "@/entry/client-address";

const t = testDatabase({ max: 1 });
const login = (fields: object = {}) => ({ email: "kim@example.com", password: "a long walk", ...fields });
const peer = (remoteAddress: string) => ({ incoming: { socket: { remoteAddress } } });

describe("rate limits", () => {
  it("tell how much is left, and when to come back", async () => {
    const call = caller(t, { rateLimitFactor: 3 / 20 });
    const first = await call(null, "POST", "/auth/login", login());
    expect(first.headers.get("ratelimit")).toMatch(/^"identity";r=2;t=\d+$/);
    for (let i = 0; i < 2; i++) expect((await call(null, "POST", "/auth/login", login())).status).toBe(401);
    const refused = await call(null, "POST", "/auth/login", login());
    expect(refused).toMatchObject({ status: 429, body: { code: "rate_limited" } });
    expect(refused.headers.get("ratelimit")).toMatch(/^"identity";r=0;t=\d+$/);
    const wait = Number(refused.headers.get("retry-after"));
    expect(wait).toBeGreaterThan(0);
    expect(wait).toBeLessThanOrEqual(60);
    expect((await call(null, "GET", "/health/live")).status).toBe(200);
  });

  it("are not dodged by another body, header, credential or operation of the kind", async () => {
    const call = caller(t, { rateLimitFactor: 1 / 20 });
    await call(null, "POST", "/auth/login", login());
    const dodges: [string, object, Record<string, string>][] = [
      ["/auth/login", login({ email: "other@example.com" }), {}],
      ["/auth/login", login(), { "x-forwarded-for": "198.51.100.9" }],
      [
        "/auth/login",
        login(),
        { "x-real-ip": "198.51.100.9", forwarded: "for=198.51.100.9", "x-request-id": "another-one" },
      ],
      ["/auth/login", login(), { authorization: "Bearer 00000000-0000-4000-8000-000000000001" }],
      ["/auth/signup", { ...login(), name: "Kim" }, {}],
      ["/auth/password/forgot", { email: "kim@example.com" }, {}],
      ["/auth/login?again=1", login(), {}],
    ];
    for (const [path, body, headers] of dodges) {
      expect([path, (await call(null, "POST", path, body, headers)).status]).toEqual([path, 429]);
    }
  });

  it("count by the address that a trusted proxy tells, and by no other", async () => {
    const app = testApp(t, { rateLimitFactor: 1 / 20, clientAddress: clientAddressBy(["10.0.0.1"]) });
    const ask = async (from: string, forwarded: string) => {
      const headers = { "content-type": "application/json", "x-forwarded-for": forwarded };
      const request = { method: "POST", headers, body: JSON.stringify(login()) };
      return (await app.request("/api/v1/auth/login", request, peer(from))).status;
    };
    expect(await ask("10.0.0.1", "198.51.100.1")).toBe(401);
    expect(await ask("10.0.0.1", "198.51.100.2")).toBe(401);
    expect(await ask("10.0.0.1", "198.51.100.1")).toBe(429);
    expect(await ask("10.0.0.1", "1.2.3.4, 198.51.100.1")).toBe(429);
    expect(await ask("203.0.113.7", "198.51.100.3")).toBe(401);
    expect(await ask("203.0.113.7", "198.51.100.4")).toBe(429);
  });

  it("count a session wherever it asks from", async () => {
    const workspace = await seedWorkspace(t);
    let n = 0;
    const call = caller(t, { rateLimitFactor: 2 / 600, clientAddress: () => `198.51.100.${n++}` });
    const ask = async (member: Member) => (await call(member, "GET", "/content")).status;
    const other = await seedMember(t, workspace.id, "Viewer");
    expect([await ask(workspace.admin), await ask(workspace.admin), await ask(workspace.admin)]).toEqual([
      200, 200, 429,
    ]);
    expect(await ask(other)).toBe(200);
  });
});

describe("time and connections", () => {
  it("an exhausted pool answers 503 with Retry-After, and serves again when a connection is free", async () => {
    const { admin } = await seedWorkspace(t);
    const call = caller(t);
    const held = await t.db.pool.connect();
    const answers = await Promise.all([
      call(admin, "GET", "/content"),
      call(admin, "POST", "/content", { title: "Late" }),
    ]);
    held.release();
    for (const { status, body, headers } of answers) {
      expect([status, body.code]).toEqual([503, "overloaded"]);
      expect(Number(headers.get("retry-after"))).toBeGreaterThan(0);
    }
    expect((await call(admin, "GET", "/content")).body.items).toEqual([]);
  });

  it("takes no connection for a body that is slow to come, and answers 503 in the end", async () => {
    const { admin } = await seedWorkspace(t);
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    try {
      const answer = testApp(t).request("/api/v1/content", {
        method: "POST",
        headers: { authorization: `Bearer ${admin.sessionId}`, "content-type": "application/json" },
        body: new ReadableStream({ pull: () => new Promise(() => {}) }),
        duplex: "half",
      } as RequestInit);
      await new Promise((resolve) => setImmediate(resolve));
      expect(t.db.pool.totalCount - t.db.pool.idleCount).toBe(0);
      await vi.advanceTimersByTimeAsync(60_000);
      const response = await answer;
      expect([response.status, (await response.json()).code]).toEqual([503, "timeout"]);
    } finally {
      vi.useRealTimers();
    }
  });
});

describe("headers of every answer", () => {
  const HARDENED = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "strict-transport-security": "max-age=31536000",
    "content-security-policy": expect.stringContaining("default-src 'none'"),
    "x-request-id": expect.stringMatching(/^[\w-]{8,64}$/),
  };
  const headersOf = ({ headers }: { headers: Headers }) => Object.fromEntries(headers);
  const PRIVATE = { ...HARDENED, "cache-control": "private, no-store" };

  it("harden it, and keep what is private out of caches", async () => {
    const { admin } = await seedWorkspace(t);
    const call = caller(t);
    const broken = caller(t, { authenticate: () => Promise.reject(new Error("a defect with a secret")) });
    const tight = caller(t, { rateLimitFactor: 1 / 1_200 });
    await tight(admin, "GET", "/content");
    const answers = {
      200: await call(admin, "GET", "/content"),
      201: await call(admin, "POST", "/content", { title: "Spring" }),
      400: await call(admin, "POST", "/content", {}),
      401: await call(null, "GET", "/content"),
      404: await call(admin, "GET", "/nothing"),
      413: await call(admin, "POST", "/content", `"${"x".repeat(3_000_000)}"`),
      415: await call(admin, "POST", "/content", "x", { "content-type": "text/plain" }),
      429: await tight(admin, "GET", "/content"),
      500: await broken(admin, "GET", "/content"),
    };
    for (const [status, answer] of Object.entries(answers)) {
      expect([answer.status, headersOf(answer)]).toMatchObject([Number(status), PRIVATE]);
    }
    expect(JSON.stringify(answers[500].body)).not.toContain("secret");
    const repeated = await call(admin, "GET", "/content", undefined, {
      "if-none-match": answers[200].headers.get("etag") ?? "",
    });
    expect([repeated.status, headersOf(repeated)]).toMatchObject([200, PRIVATE]);
    const again = await call(admin, "GET", "/content", undefined, {
      "if-none-match": repeated.headers.get("etag") ?? "",
    });
    expect(again.status).toBe(304);
  });

  it("let caches keep what is for everybody", async () => {
    const app = testApp(t);
    for (const path of ["/api/v1/openapi.json", "/api/v1/docs", "/api/v1/auth/jwks.json", "/.well-known/jwks.json"]) {
      const answer = await app.request(path);
      expect([path, answer.status, headersOf(answer)]).toMatchObject([
        path,
        200,
        { ...HARDENED, "cache-control": "public, max-age=300" },
      ]);
    }
    const page = await app.request("/api/v1/docs");
    const known = await app.request("/api/v1/docs", { headers: { "if-none-match": page.headers.get("etag") ?? "" } });
    expect([known.status, await known.text()]).toEqual([304, ""]);
  });
});

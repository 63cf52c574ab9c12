import { describe, expect, it, vi } from "vitest";
import { seedMember, seedWorkspace } from "#tests/factories";
import { type Answer, caller, testApp, testIdentity } from "#tests/harness/app";
import { testDatabase } from "#tests/harness/database";
import * as openapi from "@/api/openapi";
import { createAuthenticator } from "@/features/auth";
import { address, readOperations } from "./operations";

vi.mock("@/api/openapi", async (original) => {
  const actual = await original<typeof openapi>();
  return { ...actual, publicOperations: vi.fn(actual.publicOperations) };
});

const t = testDatabase();
const operations = await readOperations();
const closed = operations.filter(({ open }) => !open).map((operation) => [operation.operationId, operation] as const);
const open = operations
  .filter((operation) => operation.open)
  .map((operation) => [operation.operationId, operation] as const);

/** With tokens as they are in earnest. */
const withTokens = () => caller(t, { authenticate: createAuthenticator(testIdentity(t)) });
const FORGED = "eyJhbGciOiJub25lIn0.eyJzdWIiOiIwMDAwMDAwMC0wMDAwLTQwMDAtODAwMC0wMDAwMDAwMDAwMDAifQ.";
const CREDENTIALS: [string, Record<string, string>][] = [
  ["nothing", {}],
  ["a word for a token", { authorization: "Bearer garbage" }],
  ["an unsigned token", { authorization: `Bearer ${FORGED}` }],
  ["a basic credential", { authorization: "Basic YWRtaW46YWRtaW4=" }],
  ["an empty bearer", { authorization: "Bearer " }],
  ["half of a client's credential", { authorization: `Review ${"x".repeat(43)}` }],
  ["a client's credential of another kind", { authorization: `Review ${FORGED}` }],
  ["a forged cookie", { cookie: `__Host-contentos_access=${FORGED}`, "sec-fetch-site": "same-origin" }],
  ["a claim about oneself", { "x-user-id": "00000000-0000-4000-8000-000000000000", "x-forwarded-user": "admin" }],
];

const expect401 = (answer: Answer) => {
  expect([answer.status, answer.body.code]).toEqual([401, "unauthenticated"]);
  expect(answer.headers.get("www-authenticate")).toBe("Bearer");
};

describe("without a credential that holds", () => {
  it("says which operations are open, so that a new one is looked at", () => {
    expect(open.map(([name]) => name).sort()).toEqual([
      "askDomain",
      "finishSaml",
      "finishSso",
      "forgotPassword",
      "getCurrentHost",
      "getFile",
      "getJwks",
      "getLiveness",
      "getPrivacyChoice",
      "getPrivacyNotice",
      "getReadiness",
      "getReceiptKeys",
      "hearClerk",
      "listDocuments",
      "login",
      "loginWithPasskey",
      "openReview",
      "refresh",
      "resetPassword",
      "setPrivacyChoice",
      "signup",
      "ssologin",
      "startPasskeyLogin",
      "startSso",
      "verifyEmail",
    ]);
  });

  it.each(closed)("%s answers 401", async (_, operation) => {
    const call = withTokens();
    for (const [, headers] of CREDENTIALS) {
      expect401(await call(null, operation.method, address(operation), operation.body?.example, headers));
    }
  });

  it.each(closed)("%s answers 401 when the list of public operations lets everything in", async (_, operation) => {
    vi.mocked(openapi.publicOperations).mockReturnValueOnce(() => true);
    const call = withTokens();
    // Only past the middleware is it told that there is no such operation.
    expect((await call(null, "GET", "/no-such-operation")).status).toBe(404);
    for (const [, headers] of CREDENTIALS) {
      expect401(await call(null, operation.method, address(operation), operation.body?.example, headers));
    }
  });

  it.each(open)("%s is not refused for a stale token", async (_, operation) => {
    const body = operation.body?.example;
    const answer = await withTokens()(null, operation.method, address(operation), body, {
      authorization: "Bearer stale",
    });
    expect(answer.body.detail ?? "").not.toMatch(/access token/);
    expect([operation.operationId, answer.status < 500]).toEqual([operation.operationId, true]);
  });
});

describe("spellings of a path", () => {
  const variants = (path: string) => {
    const [, first = "", ...rest] = path.split("/");
    const escaped = `%${first.charCodeAt(0).toString(16)}${first.slice(1)}`;
    return [
      `${path}/`,
      `/${first.toUpperCase()}/${rest.join("/")}`,
      `//${first}/${rest.join("/")}`,
      `/${escaped}/${rest.join("/")}`,
      `/health/live/..%2f..${path}`,
      `/health/live/%2e%2e/%2e%2e${path}`,
      `/health%2flive/..${path}`,
      `${path}%2f`,
      `${path};health/live`,
      `${path}%3f/health/live`,
      `/docs/..${path}`,
      `${path}?path=/health/live`,
      `${path}#/health/live`,
    ];
  };
  it.each(closed)("%s stays closed in each of them", async (_, operation) => {
    const call = withTokens();
    for (const path of variants(address(operation))) {
      const { status } = await call(null, operation.method, path, operation.body?.example);
      expect([path, [401, 404].includes(status)]).toEqual([path, true]);
    }
  });

  it("count to the same limit", async () => {
    const call = caller(t, { rateLimitFactor: 1 / 20 });
    const login = { email: "kim@example.com", password: "a long walk" };
    expect((await call(null, "POST", "/auth/login", login)).status).toBe(401);
    for (const path of ["/auth/login", "/auth/%6cogin", "/auth/login?x=1", "/%61uth/login"]) {
      expect([path, (await call(null, "POST", path, login)).status]).toEqual([path, 429]);
    }
  });
});

describe("methods", () => {
  it("answers HEAD as GET, without a body, and 404 for what nobody serves", async () => {
    const workspace = await seedWorkspace(t);
    const viewer = await seedMember(t, workspace.id, "Viewer");
    const app = testApp(t);
    const headers = { authorization: `Bearer ${viewer.sessionId}` };
    const head = await app.request("/api/v1/content", { method: "HEAD", headers });
    expect([head.status, await head.text()]).toEqual([200, ""]);
    for (const method of ["PROPFIND", "OPTIONS", "PATCH"]) {
      expect([method, (await app.request("/api/v1/content", { method, headers })).status]).toEqual([method, 404]);
    }
    const tunnelled = await app.request("/api/v1/content", {
      headers: { ...headers, "x-http-method-override": "POST" },
    });
    expect(tunnelled.status).toBe(200);
  });

  it("has no CORS: another origin is neither allowed nor named", async () => {
    const answer = await testApp(t).request("/api/v1/health/live", { headers: { origin: "https://elsewhere.test" } });
    expect([...answer.headers.keys()].filter((name) => name.startsWith("access-control-"))).toEqual([]);
    expect(answer.headers.get("cross-origin-resource-policy")).toBe("same-origin");
    const preflight = { origin: "https://elsewhere.test", "access-control-request-method": "POST" };
    const asked = await testApp(t).request("/api/v1/auth/login", { method: "OPTIONS", headers: preflight });
    expect(asked.status).toBe(401);
    expect(asked.headers.get("access-control-allow-origin")).toBeNull();
  });
});

import { randomUUID } from "node:crypto";
import { createLocalJWKSet, generateKeyPair, jwtVerify, SignJWT, UnsecuredJWT } from "jose";
import { beforeAll, describe, expect, it } from "vitest";
import { seedItem, seedMember, seedWorkspace } from "#tests/factories";
import { expectStatus, seedTeam, setPolicy, submit, type Team } from "#tests/factories/approval";
import { caller, testApp, testIdentity } from "#tests/harness/app";
import { testDatabase } from "#tests/harness/database";
import { createAuthenticator } from "@/features/auth";
import { KEY_SCOPES } from "@/platform/key-scopes";
import { createKeyring, hashToken } from "@/platform/secrets";
import { openAuthDb } from "../queries";
import { createSigningKeys } from "../signing-keys";

const t = testDatabase();
const call = caller(t);
let team: Team;
beforeAll(async () => {
  team = await seedTeam(t);
});

type Made = { id: string; key: string };
const make = async (input: object = {}, by = team.admin) =>
  (await expectStatus(call(by, "POST", "/auth/keys", { name: "A key", ...input }), 201)) as unknown as Made;
const listed = async (id: string) =>
  (await call(team.admin, "GET", "/auth/keys?limit=100")).body.items!.find((row) => row.id === id)!;
const eventually = async (holds: () => Promise<boolean>) => {
  for (let i = 0; i < 100 && !(await holds()); i++) await new Promise((done) => setTimeout(done, 20));
  expect(await holds()).toBe(true);
};

describe("making keys", () => {
  it("tells a key once, and keeps its hash", async () => {
    const made = await make({ role: "Editor", scopes: ["content:write", "content:write", "assets:read"] });
    expect(made).toMatchObject({
      role: "Editor",
      actingRole: "Editor",
      scopes: ["assets:read", "content:write"],
      status: "Live",
      hint: made.key.slice(-4),
      actsFor: { id: team.admin.userId },
      expiresAt: null,
      lastUsedAt: null,
    });
    const [row] = await t.asOwner<Record<string, unknown>>("select * from auth_api_keys where id = $1", [made.id]);
    expect(row!.token_hash).toBe(hashToken(made.key));
    expect(JSON.stringify(row)).not.toContain(made.key.slice(4, 20));
    const text = JSON.stringify((await call(team.admin, "GET", "/auth/keys?limit=100")).body);
    for (const secret of [made.key, hashToken(made.key), String(row!.proof)]) expect(text).not.toContain(secret);
    const [audited] = await t.asOwner(
      "select detail from audit_events where action = 'auth.key_created' and subject_id = $1",
      [made.id],
    );
    expect(audited).toEqual({ detail: { role: "Editor", scopes: ["content:write", "content:write", "assets:read"] } });
  });

  it("keeps no key for a repeated request", async () => {
    const again = () => call(team.admin, "POST", "/auth/keys", { name: "Twice" }, { "idempotency-key": "one key" });
    const [first, second] = [await again(), await again()];
    expect([first.status, second.status]).toEqual([201, 201]);
    expect(first.body.key).toBeTypeOf("string");
    expect(second.body).toMatchObject({ id: first.body.id });
    expect(second.body.key).toBeUndefined();
  });

  it("is for Admins, and of what keys may have", async () => {
    for (const who of [team.editor, team.writer]) {
      expect(await call(who, "POST", "/auth/keys", { name: "x" })).toMatchObject({ status: 403 });
      expect(await call(who, "GET", "/auth/keys")).toMatchObject({ status: 403 });
    }
    const wrong = [
      {},
      { name: "x", role: "Owner" },
      { name: "x", scopes: [] },
      { name: "x", scopes: ["workspaces:write"] },
      { name: "x", expiresAt: "2020-01-01T00:00:00Z" },
      { name: "x", key: "cos_mine" },
    ];
    for (const input of wrong)
      expect(await call(team.admin, "POST", "/auth/keys", input)).toMatchObject({
        status: 400,
        body: { code: "invalid_request" },
      });
    expect(await call(null, "GET", "/auth/keys")).toMatchObject({ status: 401 });
  });

  it("says the same list as the database", async () => {
    const [row] = await t.asOwner<{ scopes: string[] }>("select app.key_scopes() as scopes");
    expect(row!.scopes).toEqual([...KEY_SCOPES]);
  });
});

describe("a request with a key", () => {
  it("comes into the key's workspace, in the name of whoever answers for it", async () => {
    const { id, key } = await make({ role: "Writer" });
    const item = await expectStatus(call({ key }, "POST", "/content", { title: "By a program" }), 201);
    expect(item).toMatchObject({ workspaceId: team.workspace.id, createdBy: team.admin.userId });
    const audit = await call(team.admin, "GET", `/audit?subjectId=${item.id}`);
    expect(audit.body.items).toMatchObject([
      { action: "content.created", actorKind: "Member", actorId: team.admin.userId, apiKeyId: id },
    ]);
    const byHand = await expectStatus(call(team.admin, "POST", "/content", { title: "By hand" }), 201);
    const other = await call(team.admin, "GET", `/audit?subjectId=${byHand.id}`);
    expect(other.body.items).toMatchObject([{ apiKeyId: null }]);
  });

  it("names no other workspace", async () => {
    const { key } = await make();
    const theirs = await seedWorkspace(t);
    const asked = (workspaceId: string) =>
      call({ key }, "GET", "/content", undefined, { "x-workspace-id": workspaceId });
    expect((await asked(team.workspace.id)).status).toBe(200);
    // Also where whoever answers for it is a member.
    await t.asOwner("insert into workspace_members (workspace_id, user_id, role) values ($1, $2, 'Admin')", [
      theirs.id,
      team.admin.userId,
    ]);
    for (const id of [theirs.id, "00000000-0000-4000-8000-00000000dead", "no-id"])
      expect(await asked(id)).toMatchObject({ status: 404, body: { code: "not_found" } });
  });

  it("may what its role and its scopes both allow", async () => {
    const writer = await make({ role: "Writer" });
    expect(await call(writer, "POST", "/personas", { name: "x", attributes: {} })).toMatchObject({ status: 403 });
    const reader = await make({ role: "Admin", scopes: ["content:read"] });
    expect((await call(reader, "GET", "/content")).status).toBe(200);
    for (const [method, path, input] of [
      ["POST", "/content", { title: "x" }],
      ["GET", "/personas"],
    ] as const)
      expect(await call(reader, method, path, input)).toMatchObject({ status: 403, body: { code: "key_scope" } });
    const both = await make({ scopes: ["content:write"] });
    expect((await call(both, "GET", "/content")).status).toBe(200);
    expect((await call(both, "POST", "/content", { title: "x" })).status).toBe(201);
  });

  it("leaves a row of what it was refused, also where its request only reads, and none twice in a minute", async () => {
    const { key, id } = await make({ role: "Viewer", scopes: ["content:read"] });
    await call({ key }, "GET", "/personas");
    await call({ key }, "GET", "/personas");
    await call({ key }, "GET", "/auth/keys");
    expect((await call({ key }, "GET", "/content")).status).toBe(200);
    const rows = await t.asOwner(
      "select workspace_id, actor_kind, actor_id, action, detail from audit_events where api_key_id = $1 and action = 'audit.refused' order by at",
      [id],
    );
    const row = (path: string, code: string) => ({
      workspace_id: team.workspace.id,
      actor_kind: "Member",
      actor_id: team.admin.userId,
      action: "audit.refused",
      detail: { method: "GET", path: `/api/v1${path}`, code },
    });
    expect(rows).toEqual([row("/personas", "key_scope"), row("/auth/keys", "key_not_allowed")]);
  });

  it("does nothing that only people do, whatever its role", async () => {
    const { key, id } = await make({ role: "Admin" });
    const { workspace, editor } = team;
    const closed = [
      ["GET", "/auth/keys"],
      ["POST", "/auth/keys", { name: "x" }],
      ["POST", `/auth/keys/${id}/rotate`, {}],
      ["DELETE", `/auth/keys/${id}`],
      ["GET", "/auth/me"],
      ["POST", "/auth/logout"],
      ["GET", "/workspaces"],
      ["PUT", `/workspaces/${workspace.id}`, { name: "x" }],
      ["GET", `/workspaces/${workspace.id}/members`],
      ["POST", `/workspaces/${workspace.id}/members`, { email: "a@example.com", role: "Admin" }],
      ["DELETE", `/workspaces/${workspace.id}/members/${editor.userId}`],
      ["POST", "/review/links", { name: "x", contentItemIds: [id] }],
    ] as const;
    for (const [method, path, input] of closed)
      expect([path, await call({ key }, method, path, input)]).toMatchObject([
        path,
        { status: 403, body: { code: "key_not_allowed" } },
      ]);
  });

  it("submits, and decides nothing", async () => {
    await setPolicy(t, team.workspace.id, [{ role: "Editor" }]);
    const key = await make({ role: "Admin" });
    const item = await expectStatus(call(team.writer, "POST", "/content", { title: "x", body: "y" }), 201);
    const step = await submit(call, team.writer, String(item.id));
    for (const verdict of ["approve", "reject"])
      expect(
        await call(key, "POST", `/approval/${step.id}/${verdict}`, verdict === "reject" ? { reason: "x" } : {}),
      ).toMatchObject({
        status: 403,
        body: { code: "key_not_allowed" },
      });
    const mine = await expectStatus(call(key, "POST", "/content", { title: "x", body: "y" }), 201);
    const opened = await expectStatus(call(key, "POST", `/content/${mine.id}/submit`, {}), 201);
    // In its person's name: so that person doesn't decide on it either.
    expect(await call(team.admin, "POST", `/approval/${opened.id}/approve`, {})).toMatchObject({
      status: 403,
      body: { code: "own_work" },
    });
  });

  it("is told from its person's by its Idempotency-Key", async () => {
    const key = await make({ role: "Admin" });
    const ask = (who: Parameters<typeof call>[0]) =>
      call(who, "POST", "/content", { title: "Once each" }, { "idempotency-key": "same" });
    const answers = [await ask(team.admin), await ask(key), await ask(key)].map(({ body }) => body.id);
    expect(answers[0]).not.toBe(answers[1]);
    expect(answers[1]).toBe(answers[2]);
  });

  it("is noted to the minute, when nobody waits for it", async () => {
    const { id, key } = await make();
    await call({ key }, "GET", "/content");
    await eventually(async () => (await listed(id)).lastUsedAt !== null);
    const first = (await listed(id)).lastUsedAt;
    await call({ key }, "POST", "/content", { title: "Again" });
    await new Promise((done) => setTimeout(done, 100));
    expect((await listed(id)).lastUsedAt).toBe(first);
    await t.asOwner("update auth_api_keys set last_used_at = now() - interval '61 s' where id = $1", [id]);
    await call({ key }, "POST", "/content", { title: "Later" });
    await eventually(
      async () =>
        (await listed(id)).lastUsedAt !== null &&
        Date.parse(String((await listed(id)).lastUsedAt)) > Date.now() - 30_000,
    );
  });

  it("is limited by its key", async () => {
    const [one, other] = [await make(), await make()];
    // Each request from another address, so that none is limited by that.
    const limited = caller(t, { rateLimitFactor: 1 / 600, clientAddress: () => randomUUID() });
    const statuses = [];
    for (let i = 0; i < 3; i++) statuses.push((await limited({ key: one.key }, "GET", "/content")).status);
    expect(statuses).toEqual([200, 200, 429]);
    expect((await limited({ key: other.key }, "GET", "/content")).status).toBe(200);
  });
});

describe("the end of a key", () => {
  const works = async (key: string) => (await call({ key }, "GET", "/content")).status;

  it("comes when it is revoked, on the next request, and for good", async () => {
    const { id, key } = await make();
    expect(await works(key)).toBe(200);
    expect((await call(team.admin, "DELETE", `/auth/keys/${id}`)).status).toBe(204);
    expect(await call({ key }, "GET", "/content")).toMatchObject({ status: 401, body: { code: "unauthenticated" } });
    expect(await listed(id)).toMatchObject({ status: "Revoked" });
    for (const [method, path] of [
      ["DELETE", `/auth/keys/${id}`],
      ["POST", `/auth/keys/${id}/rotate`],
    ] as const)
      expect(await call(team.admin, method, path, method === "POST" ? {} : undefined)).toMatchObject({
        status: 409,
        body: { code: "key_revoked" },
      });
  });

  it("comes in the middle of a request's life only before it or after it", async () => {
    const { id, key } = await make({ role: "Writer" });
    const made = Array.from({ length: 10 }, () => call({ key }, "POST", "/content", { title: "Either way" }));
    const revoked = call(team.admin, "DELETE", `/auth/keys/${id}`);
    const statuses = (await Promise.all(made)).map(({ status }) => status);
    expect((await revoked).status).toBe(204);
    expect(statuses.every((status) => status === 201 || status === 401)).toBe(true);
    expect(await works(key)).toBe(401);
  });

  it("comes when it expires", async () => {
    const { id, key } = await make({ expiresAt: "2999-01-01T00:00:00Z" });
    expect(await works(key)).toBe(200);
    await t.asOwner("update auth_api_keys set expires_at = now() - interval '1 s' where id = $1", [id]);
    expect(await works(key)).toBe(401);
    expect(await listed(id)).toMatchObject({ status: "Expired" });
  });

  it("comes when whoever answers for it is suspended or removed, until somebody takes it on", async () => {
    const second = await seedMember(t, team.workspace.id, "Admin");
    const { id, key } = await make({}, second);
    await t.asOwner("update users set suspended_at = now() where id = $1", [second.userId]);
    expect(await works(key)).toBe(401);
    await t.asOwner("update users set suspended_at = null where id = $1", [second.userId]);
    expect(await works(key)).toBe(200);
    expect((await call(team.admin, "DELETE", `/workspaces/${team.workspace.id}/members/${second.userId}`)).status).toBe(
      204,
    );
    expect(await works(key)).toBe(401);
    expect(await listed(id)).toMatchObject({ status: "Stopped", actingRole: null });
    const next = await expectStatus(call(team.admin, "POST", `/auth/keys/${id}/rotate`, {}), 200);
    expect(next).toMatchObject({ status: "Live", actsFor: { id: team.admin.userId } });
    expect(await works(String(next.key))).toBe(200);
  });

  it("sinks with the role of whoever answers for it", async () => {
    const second = await seedMember(t, team.workspace.id, "Admin");
    const { id, key } = await make({ role: "Editor" }, second);
    const persona = () => call({ key }, "POST", "/personas", { name: `P${Math.random()}`, attributes: {} });
    expect((await persona()).status).toBe(201);
    await t.asOwner("update workspace_members set role = 'Writer' where user_id = $1", [second.userId]);
    expect((await persona()).status).toBe(403);
    expect(await listed(id)).toMatchObject({ role: "Editor", actingRole: "Writer", status: "Live" });
  });

  it("overlaps with the next one as long as was asked", async () => {
    const { id, key } = await make();
    const next = await expectStatus(call(team.admin, "POST", `/auth/keys/${id}/rotate`, { overlapHours: 2 }), 200);
    expect(Date.parse(String(next.previousUntil)) - Date.now()).toBeGreaterThan(7_100_000);
    expect([await works(key), await works(String(next.key))]).toEqual([200, 200]);
    await t.asOwner("update auth_api_keys set previous_until = now() - interval '1 s' where id = $1", [id]);
    expect([await works(key), await works(String(next.key))]).toEqual([401, 200]);
    const last = await expectStatus(call(team.admin, "POST", `/auth/keys/${id}/rotate`, { overlapHours: 0 }), 200);
    expect([await works(key), await works(String(next.key)), await works(String(last.key))]).toEqual([401, 401, 200]);
    for (const overlapHours of [-1, 169, 1.5])
      expect((await call(team.admin, "POST", `/auth/keys/${id}/rotate`, { overlapHours })).status).toBe(400);
  });

  it("is no business of another workspace's Admin", async () => {
    const { id, key } = await make();
    const other = await seedWorkspace(t);
    for (const [method, path] of [
      ["DELETE", `/auth/keys/${id}`],
      ["POST", `/auth/keys/${id}/rotate`],
    ] as const)
      expect(await call(other.admin, method, path, method === "POST" ? {} : undefined)).toMatchObject({ status: 404 });
    expect((await call(other.admin, "GET", "/auth/keys")).body.items).toEqual([]);
    expect(await works(key)).toBe(200);
    for (const who of [team.editor, team.writer])
      expect((await call(who, "DELETE", `/auth/keys/${id}`)).status).toBe(403);
    expect(await works(key)).toBe(200);
  });
});

describe("a service's token", () => {
  let identity: ReturnType<typeof testIdentity>;
  let app: ReturnType<typeof testApp>;
  let signing: ReturnType<typeof createSigningKeys>;
  beforeAll(() => {
    identity = testIdentity(t);
    app = testApp(t, { identity, authenticate: createAuthenticator(identity) });
    signing = createSigningKeys({
      db: openAuthDb(t.authPool),
      keyring: createKeyring("the tests' own master secret"),
      clock: { now: () => new Date() },
      tokenLifeMs: 900_000,
    });
  });
  const send = async (token: string, path: string, input?: object) => {
    const response = await app.request(`/api/v1${path}`, {
      method: input ? "POST" : "GET",
      headers: { authorization: `Bearer ${token}`, ...(input && { "content-type": "application/json" }) },
      ...(input && { body: JSON.stringify(input) }),
    });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  };
  const exchange = async (key: string, input: object = {}) => {
    const { status, body } = await send(key, "/auth/token", input);
    expect([status, body.code]).toEqual([200, undefined]);
    return body as { accessToken: string; scope: string; expiresAt: string };
  };

  it("is a key's, for at most 15 minutes, and anybody verifies it", async () => {
    const { id, key } = await make({ scopes: ["content:write"] });
    const { accessToken } = await exchange(key, { audience: "https://metrics.example.com", scopes: ["content:read"] });
    const { payload, protectedHeader } = await jwtVerify(accessToken, createLocalJWKSet(await identity.getJwks()), {
      audience: "https://metrics.example.com",
      issuer: "https://contentos.test",
    });
    expect(payload).toMatchObject({ sub: id, scope: "content:read", wid: team.workspace.id });
    expect(payload.exp! - payload.iat!).toBe(900);
    expect(protectedHeader.typ).toBe("st+jwt");
    // What opens anything here is in none for somebody else, and here it is refused.
    expect(payload.prf).toBeUndefined();
    expect((await send(accessToken, "/content")).status).toBe(401);
  });

  it("does here what its scope says, and no more than its key", async () => {
    const { key } = await make({ role: "Writer", scopes: ["content:write", "assets:read"] });
    const narrow = await exchange(key, { scopes: ["content:read"] });
    expect((await send(narrow.accessToken, "/content")).status).toBe(200);
    expect(await send(narrow.accessToken, "/content", { title: "x" })).toMatchObject({
      status: 403,
      body: { code: "key_scope" },
    });
    expect((await send(narrow.accessToken, "/assets")).status).toBe(403);
    const whole = await exchange(key);
    expect(whole.scope).toBe("assets:read content:write");
    expect((await send(whole.accessToken, "/content", { title: "x" })).status).toBe(201);
    expect(await send(key, "/auth/token", { scopes: ["personas:read"] })).toMatchObject({
      status: 403,
      body: { code: "key_scope" },
    });
    for (const input of [
      { expiresInSeconds: 901 },
      { expiresInSeconds: 0 },
      { audience: "a b" },
      { scopes: ["auth:write"] },
    ])
      expect((await send(key, "/auth/token", input)).status).toBe(400);
  });

  it("is asked for by a key alone", async () => {
    const { key } = await make();
    const { accessToken } = await exchange(key);
    expect(await send(accessToken, "/auth/token", {})).toMatchObject({ status: 403, body: { code: "key_required" } });
    expect(await call(team.admin, "POST", "/auth/token", {})).toMatchObject({
      status: 403,
      body: { code: "key_required" },
    });
    expect((await call(null, "POST", "/auth/token", {})).status).toBe(401);
  });

  it("ends with its key: revoked, expired, or rotated without overlap", async () => {
    const revoked = await make();
    const one = await exchange(revoked.key);
    await call(team.admin, "DELETE", `/auth/keys/${revoked.id}`);
    expect((await send(one.accessToken, "/content")).status).toBe(401);
    const rotated = await make();
    const two = await exchange(rotated.key);
    await call(team.admin, "POST", `/auth/keys/${rotated.id}/rotate`, { overlapHours: 1 });
    expect((await send(two.accessToken, "/content")).status).toBe(200);
    await call(team.admin, "POST", `/auth/keys/${rotated.id}/rotate`, { overlapHours: 0 });
    expect((await send(two.accessToken, "/content")).status).toBe(401);
    const soon = new Date(Date.now() + 60_000).toISOString();
    const { expiresAt } = await exchange((await make({ expiresAt: soon })).key);
    expect(Date.parse(expiresAt)).toBeLessThanOrEqual(Date.parse(soon));
  });

  type Over = { claims?: object; drop?: string[]; header?: object; key?: unknown };
  const forge = async (proof: string, { claims = {}, drop = [], header = {}, key }: Over = {}) => {
    const signer = await signing.signer();
    const now = Math.floor(Date.now() / 1000);
    const whole = {
      sub: "a key",
      jti: "1",
      iss: "https://contentos.test",
      aud: "contentos-api",
      iat: now,
      nbf: now,
      exp: now + 900,
    };
    const payload: Record<string, unknown> = { ...whole, scope: "content:read", prf: proof, ...claims };
    for (const name of drop) delete payload[name];
    return new SignJWT(payload)
      .setProtectedHeader({ alg: "EdDSA", kid: signer.kid, typ: "st+jwt", ...header })
      .sign((key ?? signer.key) as CryptoKey);
  };
  const now = Math.floor(Date.now() / 1000);
  const jwk = async () => (await identity.getJwks()).keys[0]!;
  it.each<[string, () => Over | Promise<Over>]>([
    ["another audience", () => ({ claims: { aud: "metrics" } })],
    ["another issuer", () => ({ claims: { iss: "https://evil.test" } })],
    ["no expiry", () => ({ drop: ["exp"] })],
    ["no beginning", () => ({ drop: ["nbf"] })],
    ["no scope", () => ({ drop: ["scope"] })],
    ["no proof", () => ({ drop: ["prf"] })],
    ["the key's id as proof", () => ({ claims: { prf: "3c9d2b1a-0000-4000-8000-000000000011" } })],
    ["a beginning in the future", () => ({ claims: { nbf: now + 60 } })],
    ["an expiry in the past", () => ({ claims: { exp: now - 60 } })],
    ["the type of a person's", () => ({ header: { typ: "at+jwt" } })],
    ["no type", () => ({ header: { typ: undefined } })],
    ["a key that we never published", () => ({ header: { kid: "made-up" } })],
    ["our key's name, and another key", async () => ({ key: (await generateKeyPair("EdDSA")).privateKey })],
    [
      "HS256 by the public key",
      async () => ({ header: { alg: "HS256" }, key: new TextEncoder().encode((await jwk()).x) }),
    ],
  ])("with %s is refused", async (_, over) => {
    const { id } = await make();
    const [row] = await t.asOwner<{ proof: string }>("select proof from auth_api_keys where id = $1", [id]);
    expect((await send(await forge(row!.proof), "/content")).status).toBe(200);
    expect(await send(await forge(row!.proof, await over()), "/content")).toMatchObject({ status: 401 });
  });

  it("with alg none, by a key rotated away, or in the cookie is refused", async () => {
    const { id, key } = await make();
    const [row] = await t.asOwner<{ proof: string }>("select proof from auth_api_keys where id = $1", [id]);
    const none = new UnsecuredJWT({ scope: "content:read", prf: row!.proof, sub: "k", jti: "1" })
      .setIssuer("https://contentos.test")
      .setAudience("contentos-api")
      .setExpirationTime("5m")
      .encode();
    expect((await send(none, "/content")).status).toBe(401);
    const { accessToken } = await exchange(key);
    const cookie = await app.request("/api/v1/content", { headers: { cookie: `contentos_access=${accessToken}` } });
    expect(cookie.status).toBe(401);
    const old = await forge(row!.proof);
    await identity.rotateSigningKeys();
    await t.asOwner("update auth_signing_keys set retired_at = now() - interval '1 hour' where retired_at is not null");
    const fresh = testIdentity(t);
    await expect(fresh.verifyForService(old)).rejects.toMatchObject({ code: "unauthenticated" });
  });

  it("is not taken for a person's", async () => {
    const { key } = await make({ role: "Admin" });
    const { accessToken } = await exchange(key);
    for (const path of ["/auth/me", "/auth/sessions", "/workspaces"])
      expect(await send(accessToken, path)).toMatchObject({ status: 403, body: { code: "key_not_allowed" } });
    await expect(identity.verify(accessToken)).rejects.toMatchObject({ code: "unauthenticated" });
  });
});

it("an item of somebody else is a Writer's key's no more than a Writer's", async () => {
  const { key } = await make({ role: "Writer" });
  const item = await seedItem(t, { createdBy: team.editor });
  expect((await call({ key }, "PUT", `/content/${item.id}`, { title: "x" })).status).toBe(403);
});

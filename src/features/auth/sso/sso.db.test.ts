import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Member, seedMember, seedWorkspace } from "#tests/factories";
import { codeOf, type RealApp, realApp, turnOnTotp } from "#tests/factories/identity";
import { startProvider } from "#tests/factories/oidc-provider";
import { caller } from "#tests/harness/app";
import { testDatabase } from "#tests/harness/database";
import { createOutboundFetch } from "@/platform/outbound-fetch";

const t = testDatabase();
const CALLBACK = "https://contentos.test/api/v1/auth/sso/callback";
let idp: Awaited<ReturnType<typeof startProvider>>;
const records = new Map<string, string>();
const fetchWithin = () => createOutboundFetch({ allow: [new URL(idp.issuer).host] });
const resolveTxt = async (name: string) => {
  if (!records.has(name)) throw new Error("ENOTFOUND");
  return [["v=spf1 -all"], [records.get(name)!]];
};

beforeAll(async () => {
  idp = await startProvider(CALLBACK);
});
afterAll(() => idp.close());

const real = (over = {}) => realApp(t, { fetch: fetchWithin(), resolveTxt, ...over });
const settingsOf = () => caller(t, { identity: real().identity });
const provider = () => ({
  issuer: idp.issuer,
  clientId: idp.client_id,
  clientSecret: idp.client_secret,
  defaultRole: "Writer",
});

/** A workspace with the provider and a verified domain of its own. */
async function withSso(over: { domain?: string } = {}) {
  const workspace = await seedWorkspace(t);
  const domain = over.domain ?? `d${randomUUID().slice(0, 8)}.example`;
  const call = settingsOf();
  const path = `/workspaces/${workspace.id}/sso`;
  expect((await call(workspace.admin, "PUT", path, provider())).status).toBe(200);
  const added = await call(workspace.admin, "POST", `${path}/domains`, { domain });
  records.set(String(added.body.recordName), String(added.body.recordValue));
  const verified = await call(workspace.admin, "POST", `${path}/domains/${added.body.id}/verify`);
  expect([verified.status, verified.body.verifiedAt]).toEqual([200, expect.any(String)]);
  return { ...workspace, domain, path, domainId: String(added.body.id) };
}

const cookieIn = (headers: Headers, name: string) =>
  headers
    .getSetCookie()
    .map((cookie) => new RegExp(`^${name}=([^;]*)`).exec(cookie)?.[1])
    .find(Boolean);

/** From our page to the provider and back. `tamper` changes what comes back, `browser` which cookie it comes with. */
async function signIn(
  app: RealApp,
  email: string,
  {
    next = undefined as string | undefined,
    tamper = (url: URL) => url,
    browser = undefined as string | undefined,
  } = {},
) {
  const begun = await app.send("POST", "/auth/sso/start", { email, ...(next && { next }) });
  expect([begun.status, begun.body.code]).toEqual([200, undefined]);
  const back = tamper(new URL(await idp.visit(begun.body.url)));
  const cookie = browser ?? cookieIn(begun.headers, "__Host-contentos_sso");
  const path = (back.pathname + back.search).replace("/api/v1", "");
  const finish = () => app.send("GET", path, undefined, undefined, { cookie: `__Host-contentos_sso=${cookie}` });
  const answer = await finish();
  return {
    location: answer.headers.get("location"),
    token: cookieIn(answer.headers, "__Host-contentos_access"),
    begun: new URL(begun.body.url),
    finish,
  };
}
const enters = (app: RealApp, token: string | undefined, workspaceId: string) =>
  app.send("GET", "/content", undefined, token, { "x-workspace-id": workspaceId });

describe("a workspace's own provider", () => {
  it("signs in by code, PKCE, state and nonce, and makes a member of who comes first", async () => {
    const workspace = await withSso();
    const app = real();
    const email = `kim@${workspace.domain}`;
    idp.signedIn({ sub: randomUUID(), email, email_verified: true, name: "Kim" });
    const first = await signIn(app, email, { next: "/w/acme/content?view=board" });
    expect([first.location, !!first.token]).toEqual(["/w/acme/content?view=board", true]);
    for (const name of ["state", "nonce", "code_challenge"]) expect(first.begun.searchParams.get(name)).toBeTruthy();
    expect(first.begun.searchParams.get("code_challenge_method")).toBe("S256");
    const me = await app.send("GET", "/auth/me", undefined, first.token);
    expect(me.body).toMatchObject({ user: { email, name: "Kim" }, method: "Sso", emailVerification: "Verified" });
    expect((await enters(app, first.token, workspace.id)).status).toBe(200);
    const [member] = await t.asOwner("select role from workspace_members where workspace_id = $1 and user_id = $2", [
      workspace.id,
      me.body.user.id,
    ]);
    expect(member).toEqual({ role: "Writer" });
    const audit = "select detail from audit_events where workspace_id = $1 and action = 'workspaces.member_joined'";
    expect(await t.asOwner(audit, [workspace.id])).toEqual([{ detail: { role: "Writer", by: "sso" } }]);

    // The same again is no second member; the answer that came back is good once.
    const second = await signIn(app, email);
    expect((await app.send("GET", "/auth/me", undefined, second.token)).body.user.id).toBe(me.body.user.id);
    expect((await second.finish()).headers.get("location")).toBe("/sign-in?refused=sso_refused");
    expect(await t.asOwner(audit, [workspace.id])).toHaveLength(1);
  });

  it("is refused with another state, another browser, an error, or after ten minutes", async () => {
    const workspace = await withSso();
    const app = real();
    const email = `ann@${workspace.domain}`;
    idp.signedIn({ sub: randomUUID(), email, email_verified: true });
    const set = (name: string, value: string) => (url: URL) => {
      url.searchParams.set(name, value);
      return url;
    };
    const late = (url: URL) => {
      app.forward(11 * 60_000);
      return url;
    };
    for (const how of [
      { tamper: set("state", "made-up") },
      { tamper: set("code", "made-up") },
      { tamper: set("iss", "https://evil.example") },
      { tamper: set("error", "access_denied") },
      { browser: "another browser" },
      { tamper: late },
    ]) {
      const refused = await signIn(app, email, how);
      expect([refused.location, refused.token]).toEqual(["/sign-in?refused=sso_refused", undefined]);
    }
    expect(await t.asOwner("select id from users where email = $1", [email])).toEqual([]);
  });

  it("sends nobody to another site", async () => {
    const workspace = await withSso();
    const app = real();
    const email = `bo@${workspace.domain}`;
    idp.signedIn({ sub: randomUUID(), email, email_verified: true });
    for (const next of ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"]) {
      expect((await signIn(app, email, { next })).location).toBe("/");
    }
    // What was kept is looked at again when it comes back.
    const begun = await app.send("POST", "/auth/sso/start", { email, next: "/w/acme" });
    await t.asOwner(
      `update auth_verifications set value = jsonb_set(value::jsonb, '{next}', '"https://evil.example/"')::text
       where identifier like 'sso:%'`,
    );
    const back = new URL(await idp.visit(begun.body.url));
    const cookie = `__Host-contentos_sso=${cookieIn(begun.headers, "__Host-contentos_sso")}`;
    const answer = await app.send("GET", `/auth/sso/callback${back.search}`, undefined, undefined, { cookie });
    expect(answer.headers.get("location")).toBe("/");
  });

  it("speaks for addresses in its verified domains only, and for confirmed ones", async () => {
    const workspace = await withSso();
    const app = real();
    const mine = `cy@${workspace.domain}`;
    const victim = await app.signup();
    for (const claims of [
      { email: victim.email, email_verified: true },
      { email: `x@sub.${workspace.domain}`, email_verified: true },
      { email: mine, email_verified: false },
      {},
    ]) {
      idp.signedIn({ sub: randomUUID(), ...claims });
      expect((await signIn(app, mine)).location).toBe("/sign-in?refused=sso_refused");
    }
    // Somebody has taken the address with a password of theirs, and never confirmed it.
    const squatter = await app.signup({ email: mine });
    idp.signedIn({ sub: randomUUID(), email: mine, email_verified: true });
    expect((await signIn(app, mine)).token).toBeUndefined();
    await app.identity.verifyEmailByOperator(mine);
    const linked = await signIn(app, mine);
    expect((await app.send("GET", "/auth/me", undefined, linked.token)).body.user.id).toBe(squatter.user.id);
    const unknown = await app.send("POST", "/auth/sso/start", { email: "kim@nowhere.example" });
    expect([unknown.status, unknown.body.code]).toEqual([409, "sso_not_configured"]);
  });

  it("opens no other workspace, changes no way to sign in, and brings nobody back who was removed", async () => {
    const workspace = await withSso();
    const elsewhere = await seedWorkspace(t);
    const app = real();
    const email = `di@${workspace.domain}`;
    idp.signedIn({ sub: randomUUID(), email, email_verified: true });
    const { token } = await signIn(app, email);
    const { user } = (await app.send("GET", "/auth/me", undefined, token)).body;
    await t.asOwner("insert into workspace_members (workspace_id, user_id, role) values ($1, $2, 'Editor')", [
      elsewhere.id,
      user.id,
    ]);
    const other = await enters(app, token, elsewhere.id);
    expect([other.status, other.body.code]).toEqual([403, "reauthentication_required"]);
    for (const path of ["/auth/totp", "/auth/passkeys/options"]) {
      expect((await app.send("POST", path, {}, token)).body.code).toBe("reauthentication_required");
    }
    expect((await enters(app, token, workspace.id)).status).toBe(200);

    await t.asOwner("update workspace_members set removed_at = now() where workspace_id = $1 and user_id = $2", [
      workspace.id,
      user.id,
    ]);
    expect((await enters(app, token, workspace.id)).status).toBe(404);
    expect((await signIn(app, email)).location).toBe("/sign-in?refused=sso_refused");

    const gone = await settingsOf()(workspace.admin, "DELETE", workspace.path);
    expect(gone.status).toBe(204);
    expect((await enters(app, token, workspace.id)).status).not.toBe(200);
  });

  it("is asked through the fetch that reaches no private address", async () => {
    const workspace = await seedWorkspace(t);
    const call = caller(t, {
      identity: realApp(t, { fetch: createOutboundFetch({ allow: [] }), resolveTxt }).identity,
    });
    const refused = await call(workspace.admin, "PUT", `/workspaces/${workspace.id}/sso`, provider());
    expect([refused.status, refused.body.code]).toEqual([403, "sso_refused"]);
    expect(await t.asOwner("select id from auth_sso_connections where workspace_id = $1", [workspace.id])).toEqual([]);
  });
});

describe("the settings", () => {
  it("are an Admin's, keep the secret to themselves, and prove each domain to one workspace", async () => {
    const workspace = await withSso();
    const call = settingsOf();
    const editor = await seedMember(t, workspace.id, "Editor");
    const stranger = (await seedWorkspace(t)).admin;
    const asks: [string, string, unknown?][] = [
      ["GET", workspace.path],
      ["PUT", workspace.path, provider()],
      ["DELETE", workspace.path],
      ["POST", `${workspace.path}/domains`, { domain: "else.example" }],
      ["POST", `${workspace.path}/domains/${workspace.domainId}/verify`],
      ["DELETE", `${workspace.path}/domains/${workspace.domainId}`],
      ["GET", `/workspaces/${workspace.id}/security`],
      [
        "PUT",
        `/workspaces/${workspace.id}/security`,
        { requireSecondFactor: false, requireSso: false, sessionHours: 1 },
      ],
    ];
    for (const [method, path, body] of asks) {
      expect([method, path, (await call(editor, method, path, body)).status]).toEqual([method, path, 403]);
      expect([method, path, (await call(stranger, method, path, body)).status]).toEqual([method, path, 404]);
    }
    const read = await call(workspace.admin, "GET", workspace.path);
    expect(read.body).toMatchObject({ connection: { issuer: idp.issuer }, redirectUri: CALLBACK });
    expect(JSON.stringify(read.body)).not.toContain(idp.client_secret);
    const { clientSecret, ...kept } = provider();
    expect((await call(workspace.admin, "PUT", workspace.path, { ...kept, defaultRole: "Viewer" })).status).toBe(200);
    expect((await call(workspace.admin, "PUT", workspace.path, { ...kept, defaultRole: "Admin" })).status).toBe(400);
    const twice = await call(workspace.admin, "POST", `${workspace.path}/domains`, { domain: workspace.domain });
    expect([twice.status, twice.body.code]).toEqual([409, "conflict"]);

    const rival = await seedWorkspace(t);
    const path = `/workspaces/${rival.id}/sso/domains`;
    expect((await call(rival.admin, "PUT", `/workspaces/${rival.id}/sso`, kept)).status).toBe(400);
    const added = await call(rival.admin, "POST", path, { domain: workspace.domain });
    const early = await call(rival.admin, "POST", `${path}/${added.body.id}/verify`);
    expect([early.status, early.body.code]).toEqual([409, "domain_not_verified"]);
    records.set(String(added.body.recordName), String(added.body.recordValue));
    const taken = await call(rival.admin, "POST", `${path}/${added.body.id}/verify`);
    expect([taken.status, taken.body.code]).toEqual([409, "domain_taken"]);
    expect((await call(workspace.admin, "DELETE", `${workspace.path}/domains/${workspace.domainId}`)).status).toBe(204);
    expect((await call(rival.admin, "POST", `${path}/${added.body.id}/verify`)).status).toBe(200);
    expect((await call(rival.admin, "DELETE", `${path}/${randomUUID()}`)).status).toBe(404);
  });
});

describe("what a workspace asks for", () => {
  const setPolicy = (workspaceId: string, policy: object) =>
    t.asOwner(
      `insert into auth_policies (workspace_id, require_second_factor, require_sso, session_hours) values ($1, $2, $3, $4)
       on conflict (workspace_id) do update set require_second_factor = $2, require_sso = $3, session_hours = $4`,
      [workspaceId, ...Object.values({ requireSecondFactor: false, requireSso: false, sessionHours: null, ...policy })],
    );
  async function aMember(app: RealApp, workspaceId: string, over: { email?: string } = {}) {
    const kim = await app.signup(over);
    await t.asOwner("insert into workspace_members (workspace_id, user_id, role) values ($1, $2, 'Editor')", [
      workspaceId,
      kim.user.id,
    ]);
    return kim;
  }

  it("a second factor: nobody enters with a password alone, from the next request on", async () => {
    const app = real();
    const workspace = await seedWorkspace(t);
    const kim = await aMember(app, workspace.id);
    expect((await enters(app, kim.accessToken, workspace.id)).status).toBe(200);
    await setPolicy(workspace.id, { requireSecondFactor: true });
    const refused = await enters(app, kim.accessToken, workspace.id);
    expect([refused.status, refused.body.code]).toEqual([403, "second_factor_required"]);
    const writes = await app.send("POST", "/content", { title: "In spite of it" }, kim.accessToken);
    expect([writes.status, writes.body.code]).toEqual([403, "second_factor_required"]);
    expect((await app.send("GET", "/workspaces", undefined, kim.accessToken)).body.items).toHaveLength(1);
    const { secret } = await turnOnTotp(app, kim);
    expect((await enters(app, kim.accessToken, workspace.id)).status).toBe(200);
    app.forward(30_000);
    const again = await app.login(kim.email, { totp: codeOf(app, secret) });
    expect((await enters(app, again.body.accessToken, workspace.id)).status).toBe(200);
  });

  it("single sign-on: of who is in a verified domain, with a way in for the owner by two factors", async () => {
    const app = real();
    const workspace = await withSso();
    const email = `ed@${workspace.domain}`;
    const [inside, outside] = [await aMember(app, workspace.id, { email }), await aMember(app, workspace.id)];
    await app.identity.verifyEmailByOperator(email);
    await setPolicy(workspace.id, { requireSso: true });
    const refused = await enters(app, inside.accessToken, workspace.id);
    expect([refused.status, refused.body.code]).toEqual([403, "sso_required"]);
    expect((await enters(app, outside.accessToken, workspace.id)).status).toBe(200);
    idp.signedIn({ sub: randomUUID(), email, email_verified: true });
    const { token } = await signIn(app, email);
    expect((await enters(app, token, workspace.id)).status).toBe(200);
    await t
      .asOwner("update workspaces set owner_id = $2 where id = $1", [workspace.id, inside.user.id])
      .catch(() => {});
    await t.asOwner("update users set email = $2 where id = $1", [
      workspace.admin.userId,
      `owner-${randomUUID()}@${workspace.domain}`,
    ]);
    const call = caller(t);
    const owner: Member = workspace.admin;
    expect((await call(owner, "GET", "/content")).body.code).toBe("sso_required");
    await t.asOwner("update auth_sessions set second_factor = true where id = $1", [owner.sessionId]);
    expect((await call(owner, "GET", "/content")).status).toBe(200);
  });

  it("a new sign-in after some hours, however often a session was refreshed", async () => {
    const app = real();
    const workspace = await seedWorkspace(t);
    const kim = await aMember(app, workspace.id);
    await setPolicy(workspace.id, { sessionHours: 2 });
    expect((await enters(app, kim.accessToken, workspace.id)).status).toBe(200);
    await t.asOwner("update auth_sessions set created_at = now() - interval '3 hours' where user_id = $1", [
      kim.user.id,
    ]);
    const fresh = (await app.send("POST", "/auth/refresh", { refreshToken: kim.refreshToken })).body.accessToken;
    const refused = await enters(app, fresh, workspace.id);
    expect([refused.status, refused.body.code]).toEqual([403, "reauthentication_required"]);
    const again = await app.login(kim.email);
    expect((await enters(app, again.body.accessToken, workspace.id)).status).toBe(200);
  });

  it("is said by Admins who don't shut themselves out, and written down", async () => {
    const call = settingsOf();
    const workspace = await seedWorkspace(t);
    const path = `/workspaces/${workspace.id}/security`;
    const nothing = { requireSecondFactor: false, requireSso: false, sessionHours: null };
    const unlimited = { idleMinutes: null, keyDays: null, tokenSeconds: null };
    expect((await call(workspace.admin, "GET", path)).body).toEqual({ ...nothing, ...unlimited });
    const shut = await call(workspace.admin, "PUT", path, { ...nothing, requireSecondFactor: true });
    expect([shut.status, shut.body.code]).toEqual([403, "second_factor_required"]);
    const noSso = await call(workspace.admin, "PUT", path, { ...nothing, requireSso: true });
    expect([noSso.status, noSso.body.code]).toEqual([409, "sso_not_configured"]);
    expect((await call(workspace.admin, "PUT", path, { ...nothing, sessionHours: 0 })).status).toBe(400);
    expect((await call(workspace.admin, "PUT", path, { ...nothing, sessionHours: 8 })).status).toBe(200);
    expect((await call(workspace.admin, "GET", path)).body).toEqual({ ...nothing, ...unlimited, sessionHours: 8 });
    const audit = "select detail from audit_events where workspace_id = $1 and action = 'auth.policy_changed'";
    expect(await t.asOwner(audit, [workspace.id])).toHaveLength(1);
  });
});

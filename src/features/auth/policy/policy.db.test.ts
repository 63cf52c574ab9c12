import { describe, expect, it } from "vitest";
import { seedMember, seedWorkspace } from "#tests/factories";
import { type Pair, realApp } from "#tests/factories/identity";
import { caller } from "#tests/harness/app";
import { testDatabase } from "#tests/harness/database";

const t = testDatabase();
const ANYTHING = { requireSecondFactor: false, requireSso: false, sessionHours: null };
const DAY_MS = 86_400_000;

async function withTerms(terms: object) {
  const workspace = await seedWorkspace(t);
  const call = caller(t);
  const path = `/workspaces/${workspace.id}/security`;
  const set = (more: object) => call(workspace.admin, "PUT", path, { ...ANYTHING, ...more });
  expect((await set(terms)).status).toBe(200);
  return { ...workspace, call, path, set };
}

describe("how long things live in a workspace", () => {
  it("is kept by whoever doesn't know of it, and stays within its bounds", async () => {
    const { call, set, admin, path } = await withTerms({ idleMinutes: 30, keyDays: 90, tokenSeconds: 60 });
    expect((await set({ sessionHours: 8 })).body).toEqual({
      ...ANYTHING,
      sessionHours: 8,
      idleMinutes: 30,
      keyDays: 90,
      tokenSeconds: 60,
    });
    for (const bad of [{ idleMinutes: 14 }, { keyDays: 0 }, { tokenSeconds: 901 }, { idleMinutes: 1.5 }])
      expect([bad, (await set(bad)).status]).toEqual([bad, 400]);
    await set({ idleMinutes: null, keyDays: null, tokenSeconds: null });
    expect((await call(admin, "GET", path)).body).toMatchObject({
      idleMinutes: null,
      keyDays: null,
      tokenSeconds: null,
    });
  });

  it("a session ends as the operator says, however often it is refreshed", async () => {
    const { send, signup, forward } = realApp(t, { sessionMaxDays: 45 });
    const { email, refreshToken } = await signup();
    const again = async (token: string) => (await send("POST", "/auth/refresh", { refreshToken: token })).body;
    forward(29 * DAY_MS);
    const second = await again(refreshToken);
    const lives = await t.asOwner<{ days: number }>(
      "select round(extract(epoch from s.expires_at - s.created_at) / 86400)::int as days from auth_sessions s join users u on u.id = s.user_id where u.email = $1",
      [email],
    );
    expect(lives).toEqual([{ days: 45 }]);
    forward(15 * DAY_MS);
    const third = await again(second.refreshToken);
    expect(third.accessToken).toEqual(expect.any(String));
    forward(2 * DAY_MS);
    expect((await again(third.refreshToken)).code).toBe("unauthenticated");
  });

  it("a session that was not used for too long opens it no more, also when it was refreshed since", async () => {
    const { id, set } = await withTerms({ idleMinutes: 30 });
    const elsewhere = await seedWorkspace(t);
    const app = realApp(t);
    const kim = await app.signup();
    for (const workspace of [id, elsewhere.id])
      await t.asOwner("insert into workspace_members (workspace_id, user_id, role) values ($1, $2, 'Editor')", [
        workspace,
        kim.user.id,
      ]);
    const enters = async ({ accessToken }: Pick<Pair, "accessToken">, workspace = id) => {
      const answer = await app.send("GET", "/content", undefined, accessToken, { "x-workspace-id": workspace });
      return answer.body.code ?? answer.status;
    };
    const rest = (minutes: number) =>
      t.asOwner("update auth_sessions set updated_at = now() - make_interval(mins => $2) where user_id = $1", [
        kim.user.id,
        minutes,
      ]);
    await rest(44);
    expect(await enters(kim)).toBe(200);
    const fresh = (await app.send("POST", "/auth/refresh", { refreshToken: kim.refreshToken })).body as Pair;
    expect(await enters(fresh)).toBe(200);
    await rest(46);
    expect(await enters(fresh)).toBe("reauthentication_required");
    const later = (await app.send("POST", "/auth/refresh", { refreshToken: fresh.refreshToken })).body as Pair;
    expect([await enters(later), await enters(later, elsewhere.id)]).toEqual(["reauthentication_required", 200]);
    expect(await enters((await app.login(kim.email)).body)).toBe(200);
    await set({ idleMinutes: 60 });
    expect(await enters(later)).toBe(200);
  });

  it("an API key ends as the workspace says, also one that is older than that", async () => {
    const { call, admin, set } = await withTerms({});
    const old = await call(admin, "POST", "/auth/keys", { name: "Old", role: "Viewer" });
    expect(old.body.expiresAt).toBeNull();
    const works = async ({ body }: typeof old) => (await call({ key: String(body.key) }, "GET", "/content")).status;
    await t.asOwner("update auth_api_keys set created_at = now() - interval '31 days' where id = $1", [old.body.id]);
    expect(await works(old)).toBe(200);
    await set({ keyDays: 30 });
    expect(await works(old)).toBe(401);
    const listed = await call(admin, "GET", "/auth/keys");
    expect(listed.body.items).toEqual([expect.objectContaining({ id: old.body.id, status: "Expired" })]);
    const rotated = await call(admin, "POST", `/auth/keys/${old.body.id}/rotate`, { overlapHours: 0 });
    expect(await works(rotated)).toBe(200);
    const day = (days: number) => new Date(Date.now() + days * DAY_MS).toISOString();
    const made = await call(admin, "POST", "/auth/keys", { name: "New", role: "Viewer" });
    expect(new Date(String(made.body.expiresAt)).getTime()).toBeLessThanOrEqual(Date.now() + 30 * DAY_MS);
    const sooner = await call(admin, "POST", "/auth/keys", { name: "Soon", role: "Viewer", expiresAt: day(7) });
    expect([sooner.status, String(sooner.body.expiresAt).slice(0, 10)]).toEqual([201, day(7).slice(0, 10)]);
    const later = await call(admin, "POST", "/auth/keys", { name: "Late", role: "Viewer", expiresAt: day(31) });
    expect([later.status, later.body.code]).toEqual([400, "invalid_request"]);
    const forever = await call(admin, "POST", `/auth/keys/${made.body.id}/rotate`, { expiresAt: null });
    expect(forever.body.expiresAt).not.toBeNull();
  });

  it("a token for a service lives no longer than it says, nor than its key", async () => {
    const { call, admin, set, id } = await withTerms({ tokenSeconds: 60 });
    const app = realApp(t);
    const key = await call(admin, "POST", "/auth/keys", { name: "Shop", role: "Viewer" });
    const livesMs = async (expiresInSeconds: number) => {
      const { body } = await app.send("POST", "/auth/token", { expiresInSeconds }, String(key.body.key));
      return new Date(body.expiresAt).getTime() - Date.now();
    };
    expect(await livesMs(900)).toBeLessThanOrEqual(60_000);
    expect(await livesMs(30)).toBeLessThanOrEqual(30_000);
    await set({ tokenSeconds: null, keyDays: 1 });
    await t.asOwner(
      "update auth_api_keys set created_at = now() - interval '23 hours 50 minutes' where workspace_id = $1",
      [id],
    );
    expect(await livesMs(900)).toBeLessThanOrEqual(600_000);
  });

  it("is an Admin's to say", async () => {
    const { id, call, path } = await withTerms({});
    const editor = await seedMember(t, id, "Editor");
    expect((await call(editor, "PUT", path, { ...ANYTHING, keyDays: 1 })).status).toBe(403);
  });
});

describe("wrong tries", () => {
  it("from elsewhere, however many, keep nobody from signing in with their own password", async () => {
    let address = "203.0.113.1";
    const app = realApp(t, { clientAddress: () => address });
    const kim = await app.signup();
    for (let host = 1; host <= 4; host++) {
      address = `203.0.113.${host}`;
      for (let tries = 0; tries < 7; tries++)
        await app.send("POST", "/auth/login", { email: kim.email, password: "a wrong password" });
      expect((await app.login(kim.email)).body.code).toBe("rate_limited");
    }
    address = "198.51.100.7";
    expect((await app.login(kim.email)).status).toBe(200);
  });
});

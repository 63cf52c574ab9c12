import { createHash, randomUUID } from "node:crypto";
import pg from "pg";
import { pino } from "pino";
import { describe, expect, it, vi } from "vitest";
import { seedMember, seedWorkspace } from "#tests/factories";
import { caller, testApp, testIdentity } from "#tests/harness/app";
import { testDatabase } from "#tests/harness/database";
import { AppError } from "@/platform/errors";
import type { Mail } from "@/platform/mailer";
import { createAuthenticator, type IdentityService } from "./index";

/** How often a password was hashed or compared: what takes the time by which an address could give itself away. */
const hashing = vi.hoisted(() => ({ count: 0 }));
vi.mock("@node-rs/argon2", async (load) => {
  const real = await load<typeof import("@node-rs/argon2")>();
  const counted =
    <A extends unknown[], R>(work: (...args: A) => R) =>
    (...args: A) => {
      hashing.count += 1;
      return work(...args);
    };
  return { ...real, hash: counted(real.hash), verify: counted(real.verify) };
});

const t = testDatabase();
const call = caller(t);
const PASSWORD = "a long walk to the sea";

type Pair = { user: { id: string; email: string }; accessToken: string; refreshToken: string; expiresAt: string };

/** The app with real tokens, as a client sees it. */
function real({ mails = [] as Mail[], identity = withMails(mails) as IdentityService, settles = true } = {}) {
  const app = testApp(t, { identity, authenticate: createAuthenticator(identity) });
  const send = async (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) => {
    const response = await app.request(`/api/v1${path}`, {
      method,
      headers: { ...(body !== undefined && { "content-type": "application/json" }), ...headers },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: text ? JSON.parse(text) : {} };
  };
  const signup = async (over: { email?: string; password?: string } = {}) => {
    const input = { email: `${randomUUID()}@example.com`, password: PASSWORD, name: "Kim Example", ...over };
    const { status, body } = await send("POST", "/auth/signup", input);
    expect(status).toBe(201);
    // Of the mail that confirms the address, other tests tell.
    if (settles) await identity.settled();
    mails.splice(0);
    return { ...(body as Pair), email: input.email };
  };
  return { app, identity, mails, send, signup };
}

const withMails = (mails: Mail[]) => testIdentity(t, { mailer: { send: async (mail) => void mails.push(mail) } });
const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
const sessionsOf = (userId: string) => t.asOwner("select id from auth_sessions where user_id = $1", [userId]);

describe("signup", () => {
  it("makes an account with its address in lower case and an argon2id hash, and signs in", async () => {
    const { send } = real();
    const email = `Kim.${randomUUID()}@Example.com`;
    const answer = await send("POST", "/auth/signup", { email: ` ${email} `, password: PASSWORD, name: " Kim " });
    expect(answer.status).toBe(201);
    expect(answer.body).toMatchObject({ user: { email: email.toLowerCase(), name: "Kim" } });
    expect(Object.keys(answer.body.user).sort()).toEqual(["createdAt", "email", "id", "name"]);
    expect(Date.parse(answer.body.expiresAt) - Date.now()).toBeGreaterThan(14 * 60_000);
    expect(answer.headers.get("cache-control")).toBe("private, no-store");
    const [account] = await t.asOwner<{ password: string }>("select password from auth_accounts where user_id = $1", [
      answer.body.user.id,
    ]);
    expect(account?.password).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    const me = await send("GET", "/auth/me", undefined, bearer(answer.body.accessToken));
    expect([me.status, me.body.user]).toEqual([200, answer.body.user]);
  });

  it("refuses a known address, also in other case, and two at once", async () => {
    const { send, signup } = real();
    const { email } = await signup();
    const again = await send("POST", "/auth/signup", { email: email.toUpperCase(), password: PASSWORD, name: "Kim" });
    expect([again.status, again.body.code]).toEqual([409, "email_taken"]);

    const both = { email: `${randomUUID()}@example.com`, password: PASSWORD, name: "Kim" };
    const answers = await Promise.all([1, 2, 3].map(() => send("POST", "/auth/signup", both)));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
    expect(answers.filter(({ status }) => status === 409).map(({ body }) => body.code)).toEqual([
      "email_taken",
      "email_taken",
    ]);
  });

  it("says all that is wrong, and takes no field that it does not know", async () => {
    const { send } = real();
    const bad = await send("POST", "/auth/signup", { email: "kim", password: "short", name: " ", emailVerified: true });
    expect([bad.status, bad.body.code]).toEqual([400, "invalid_request"]);
    expect(bad.body.issues.map(({ path }: { path: string }) => path).sort()).toEqual([
      "email",
      "emailVerified",
      "name",
      "password",
    ]);
    expect(JSON.stringify(bad.body.issues)).toContain("at least 10 characters");
    const common = { email: `${randomUUID()}@example.com`, password: "Password123!", name: "K" };
    const refused = await send("POST", "/auth/signup", common);
    expect([refused.status, refused.body.issues]).toEqual([400, [expect.objectContaining({ path: "password" })]]);
    expect(await t.asOwner("select id from users where email = $1", [common.email])).toEqual([]);
    const long = await send("POST", "/auth/signup", { email: "kim@example.com", password: "x".repeat(201), name: "K" });
    expect(JSON.stringify(long.body.issues)).toContain("at most 200 characters");
  });
});

describe("login", () => {
  it("that fails is told to the log by the account, whose address nobody reads there", async () => {
    const lines: string[] = [];
    const log = pino({ level: "trace" }, { write: (line) => void lines.push(line) });
    const { send, signup } = real({ identity: testIdentity(t, { log, mailer: { send: async () => {} } }) });
    const { email } = await signup();
    const failures = () =>
      lines.map((line) => JSON.parse(line)).filter(({ msg }) => msg === "A sign-in failed") as Record<string, string>[];
    const nobody = `${randomUUID()}@example.com`;
    await send("POST", "/auth/login", { email, password: PASSWORD });
    expect(failures()).toEqual([]);
    for (const address of [email, email.toUpperCase(), nobody])
      await send(
        "POST",
        "/auth/login",
        { email: address, password: "not it at all" },
        { "x-request-id": "asked-for-it" },
      );
    const told = failures();
    expect(told).toMatchObject(
      Array.from({ length: 3 }, () => ({ reason: "invalid_credentials", requestId: "asked-for-it" })),
    );
    const [first, same, other] = told.map(({ account }) => account!);
    expect(first).toMatch(/^[0-9a-f]{20}$/);
    expect(same).toBe(first);
    expect(other).not.toBe(first);
    // By a key that the log's readers don't have, since addresses can be guessed.
    expect(createHash("sha256").update(email).digest("hex").startsWith(first!)).toBe(false);
    for (const secret of [email, nobody, "not it at all"]) expect(lines.join().toLowerCase()).not.toContain(secret);
  });

  it("signs in, whichever way the password's letters are composed", async () => {
    const { send, signup } = real();
    const { email } = await signup({ password: "un caf\u00e9 serr\u00e9" });
    const answer = await send("POST", "/auth/login", {
      email: email.toUpperCase(),
      password: "un cafe\u0301 serre\u0301",
    });
    expect(answer.status).toBe(200);
    expect(answer.body.user.email).toBe(email);
  });

  it("answers an unknown address as it answers a wrong password, after comparable work", async () => {
    const { send, signup } = real();
    const { email } = await signup();
    const attempt = async (address: string) => {
      const before = hashing.count;
      const { status, body } = await send("POST", "/auth/login", { email: address, password: "not the password" });
      return { hashes: hashing.count - before, answer: { status, ...body, requestId: "" } };
    };
    const known = await attempt(email);
    expect(known).toMatchObject({ hashes: 1, answer: { status: 401, code: "invalid_credentials" } });
    expect(await attempt(`${randomUUID()}@example.com`)).toEqual(known);
  });

  it("sets cookies that scripts can't read and other sites' requests don't carry", async () => {
    const { send, signup } = real();
    const { email } = await signup();
    const { headers } = await send("POST", "/auth/login", { email, password: PASSWORD });
    const [access, refresh] = headers.getSetCookie();
    expect(access).toMatch(/^__Host-contentos_access=[^;]+; Max-Age=900; Path=\/; HttpOnly; Secure; SameSite=Lax$/);
    expect(refresh).toMatch(
      /^__Host-contentos_refresh=[^;]+; Max-Age=2592000; Path=\/; HttpOnly; Secure; SameSite=Strict$/,
    );
    const plain = real({ identity: testIdentity(t, { publicUrl: "http://localhost:3000" }) });
    const cookies = (await plain.send("POST", "/auth/login", { email, password: PASSWORD })).headers.getSetCookie();
    expect(cookies.map((cookie) => cookie.includes("Secure"))).toEqual([false, false]);
    expect(cookies.map((cookie) => cookie.split("=")[0])).toEqual(["contentos_access", "contentos_refresh"]);
  });

  it("signs nobody in whose password was reset, or who was suspended, between check and session", async () => {
    const { send, signup } = real();
    for (const change of [
      "update auth_accounts set password = 'other' where user_id = $1",
      "update users set suspended_at = now() where id = $1",
    ]) {
      const { email, user } = await signup();
      await t.asOwner(
        "create or replace function meddle() returns trigger language plpgsql as $$ begin return new; end $$",
      );
      // The change commits after the password was checked: the trigger makes it in the insert of the session.
      await t.asOwner(
        `create or replace function meddle() returns trigger language plpgsql security definer as $$ begin
           ${change.replace("$1", `'${user.id}'`)}; return new; end $$`,
      );
      await t.asOwner("grant execute on function meddle to contentos_auth");
      await t.asOwner("create trigger meddle before insert on auth_sessions for each row execute function meddle()");
      const answer = await send("POST", "/auth/login", { email, password: PASSWORD });
      await t.asOwner("drop trigger meddle on auth_sessions");
      expect([401, 403]).toContain(answer.status);
      expect(answer.body.accessToken).toBeUndefined();
      if (change.includes("password")) expect(await sessionsOf(user.id)).toHaveLength(1);
      else expect(await sessionsOf(user.id)).toHaveLength(0);
    }
  });
});

describe("a suspension under way", () => {
  it("is waited for by a log-in, so that no session slips in beside it", async () => {
    const { send, signup } = real();
    const { email, user } = await signup();
    const operator = new pg.Client(t.urls.superuser);
    await operator.connect();
    await operator.query("begin");
    await operator.query("update users set suspended_at = now() where id = $1", [user.id]);
    let answered = false;
    const login = send("POST", "/auth/login", { email, password: PASSWORD }).finally(() => {
      answered = true;
    });
    const waiting = "select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'";
    while (!answered && (await t.asOwner(waiting)).length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(await sessionsOf(user.id)).toHaveLength(2);
    await operator.query("commit");
    await operator.end();
    expect((await login).body.code).toBe("account_suspended");
    expect(await sessionsOf(user.id)).toHaveLength(0);
  });
});

describe("cookies of before the prefix", () => {
  it("keep a person signed in by refreshing once, and are gone then; no session is entered by one", async () => {
    const { send, signup } = real();
    const { accessToken, refreshToken } = await signup();
    const page = { "sec-fetch-site": "same-origin" };
    expect(
      (await send("GET", "/auth/me", undefined, { cookie: `contentos_access=${accessToken}`, ...page })).status,
    ).toBe(401);
    const cookie = `contentos_access=${accessToken}; contentos_refresh=${refreshToken}`;
    const { status, headers } = await send("POST", "/auth/refresh", undefined, { cookie, ...page });
    expect(status).toBe(200);
    const set = headers.getSetCookie();
    expect(set.map((each) => each.split("=")[0])).toEqual([
      "__Host-contentos_access",
      "__Host-contentos_refresh",
      "contentos_access",
      "contentos_refresh",
    ]);
    expect(set.slice(2).every((each) => each.includes("Max-Age=0"))).toBe(true);
    expect(set[3]).toContain("Path=/api/v1/auth");
    const mine = set
      .slice(0, 2)
      .map((each) => each.split(";")[0])
      .join("; ");
    expect((await send("GET", "/auth/me", undefined, { cookie: mine, ...page })).status).toBe(200);
    // One that a neighbour planted beside it counts for nothing.
    const planted = `contentos_refresh=planted; ${mine}`;
    expect((await send("POST", "/auth/refresh", undefined, { cookie: planted, ...page })).status).toBe(200);
  });
});

describe("refresh", () => {
  it("gives a new pair, by body or by the cookie of a page of ours", async () => {
    const { send, signup } = real();
    const first = await signup();
    const second = await send("POST", "/auth/refresh", { refreshToken: first.refreshToken });
    expect([second.status, second.body.user]).toEqual([200, first.user]);
    expect(second.body.refreshToken).not.toBe(first.refreshToken);
    expect(await sessionsOf(first.user.id)).toHaveLength(1);

    const cookie = `__Host-contentos_refresh=${second.body.refreshToken}`;
    const foreign = await send("POST", "/auth/refresh", undefined, { cookie, "sec-fetch-site": "cross-site" });
    expect([foreign.status, foreign.body.code]).toEqual([403, "cross_site_request"]);
    const third = await send("POST", "/auth/refresh", undefined, { cookie, "sec-fetch-site": "same-origin" });
    expect(third.status).toBe(200);
    expect(third.headers.getSetCookie()).toHaveLength(2);
    expect((await send("GET", "/auth/me", undefined, bearer(third.body.accessToken))).status).toBe(200);
  });

  it("ends the whole family when a token is used again", async () => {
    const { send, signup } = real();
    const first = await signup();
    const second = (await send("POST", "/auth/refresh", { refreshToken: first.refreshToken })).body as Pair;
    expect((await send("GET", "/auth/me", undefined, bearer(second.accessToken))).status).toBe(200);
    const reused = await send("POST", "/auth/refresh", { refreshToken: first.refreshToken });
    expect([reused.status, reused.body.code]).toEqual([401, "refresh_token_reused"]);
    expect((await send("POST", "/auth/refresh", { refreshToken: second.refreshToken })).status).toBe(401);
    expect((await send("GET", "/auth/me", undefined, bearer(second.accessToken))).status).toBe(401);
    expect(await sessionsOf(first.user.id)).toHaveLength(0);
  });

  it("lets one of two that collide win; the other counts as reuse", async () => {
    const { send, signup } = real();
    const { refreshToken, user } = await signup();
    const [token] = await t.asOwner<{ id: string }>(
      "select r.id from auth_refresh_tokens r join auth_sessions s on s.id = r.session_id where s.user_id = $1",
      [user.id],
    );
    const competitor = () => send("POST", "/auth/refresh", { refreshToken });
    const answers = await t.collide("auth_refresh_tokens", token!.id, [competitor, competitor]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 401]);
    expect(answers.find(({ status }) => status === 401)?.body.code).toBe("refresh_token_reused");
    expect(await sessionsOf(user.id)).toHaveLength(0);
  });

  it("refuses what is missing, unknown or too old, and stores no token as it is", async () => {
    const { send, signup } = real();
    for (const body of [undefined, {}, { refreshToken: randomUUID() }]) {
      const answer = await send("POST", "/auth/refresh", body);
      expect([answer.status, answer.body.code]).toEqual([401, "unauthenticated"]);
    }
    expect((await send("POST", "/auth/refresh", { refreshToken: 1 })).status).toBe(400);
    const { refreshToken, user } = await signup();
    const [stored] = await t.asOwner<{ hash: string }>(
      "select token_hash as hash from auth_refresh_tokens where token_hash = encode(sha256(convert_to($1, 'UTF8')), 'hex')",
      [refreshToken],
    );
    expect(stored?.hash).toMatch(/^[0-9a-f]{64}$/);
    await t.asOwner(
      "update auth_refresh_tokens set expires_at = now() where session_id in (select id from auth_sessions where user_id = $1)",
      [user.id],
    );
    expect((await send("POST", "/auth/refresh", { refreshToken })).status).toBe(401);
    expect(await sessionsOf(user.id)).toHaveLength(1);
  });
});

describe("logout", () => {
  it("ends the session at once for both tokens, leaves the others, and clears the cookies", async () => {
    const { send, signup } = real();
    const { email, accessToken, refreshToken, user } = await signup();
    const other = (await send("POST", "/auth/login", { email, password: PASSWORD })).body as Pair;
    const cookie = `__Host-contentos_access=${accessToken}`;
    const foreign = await send("POST", "/auth/logout", undefined, { cookie, "sec-fetch-site": "cross-site" });
    expect(foreign.status).toBe(403);
    const answer = await send("POST", "/auth/logout", undefined, { cookie, "sec-fetch-site": "same-origin" });
    expect(answer.status).toBe(204);
    expect(answer.headers.getSetCookie().every((value) => value.includes("Max-Age=0"))).toBe(true);
    expect(answer.headers.getSetCookie()).toHaveLength(2);
    expect(answer.headers.get("clear-site-data")).toBe('"cache"');
    expect((await send("GET", "/auth/me", undefined, bearer(accessToken))).status).toBe(401);
    expect((await send("POST", "/auth/logout", undefined, bearer(accessToken))).status).toBe(401);
    expect((await send("POST", "/auth/refresh", { refreshToken })).status).toBe(401);
    expect((await send("GET", "/auth/me", undefined, bearer(other.accessToken))).status).toBe(200);
    expect(await sessionsOf(user.id)).toHaveLength(1);
    expect((await send("POST", "/auth/logout")).status).toBe(401);
  });
});

describe("a password's reset", () => {
  const tokenIn = (mail: Mail | undefined) => /https:\S+#token=(\S+)/.exec(mail?.text ?? "")![1]!;

  it("goes by a link that works once, and ends all sessions", async () => {
    const { send, signup, mails, identity } = real();
    const { email, accessToken, refreshToken } = await signup();
    const asked = await send("POST", "/auth/password/forgot", { email: email.toUpperCase() });
    expect([asked.status, asked.body]).toEqual([202, {}]);
    await identity.settled();
    expect(mails.map(({ to }) => to)).toEqual([email]);
    const token = tokenIn(mails[0]);
    const stored = await t.asOwner("select 1 from auth_verifications where identifier like '%' || $1 || '%'", [token]);
    expect(stored).toHaveLength(0);
    expect(await t.asOwner("select 1 from auth_verifications")).not.toHaveLength(0);

    const weak = await send("POST", "/auth/password/reset", { token, password: "short" });
    expect(weak.status).toBe(400);
    const reset = await send("POST", "/auth/password/reset", { token, password: "another walk entirely" });
    expect(reset.status).toBe(204);
    expect((await send("GET", "/auth/me", undefined, bearer(accessToken))).status).toBe(401);
    expect((await send("POST", "/auth/refresh", { refreshToken })).status).toBe(401);
    expect((await send("POST", "/auth/login", { email, password: PASSWORD })).status).toBe(401);
    expect((await send("POST", "/auth/login", { email, password: "another walk entirely" })).status).toBe(200);

    const again = await send("POST", "/auth/password/reset", { token, password: "a third walk, uphill" });
    expect([again.status, again.body.code]).toEqual([409, "reset_token_invalid"]);
  });

  it("is neither answered nor timed otherwise for an unknown address, and waits for no mail server", async () => {
    const mails: (() => void)[] = [];
    const slow = testIdentity(t, { mailer: { send: () => new Promise<void>((resolve) => mails.push(resolve)) } });
    const { send, signup } = real({ identity: slow, settles: false });
    const { email } = await signup();
    const ask = async (address: string) => {
      const started = performance.now();
      const { status, body } = await send("POST", "/auth/password/forgot", { email: address });
      expect([status, body]).toEqual([202, {}]);
      return performance.now() - started;
    };
    // Both wait as long as the slower of the two could take, and neither for the mail, which is still on its way.
    expect(await ask(email)).toBeGreaterThan(240);
    expect(await ask(`${randomUUID()}@example.com`)).toBeGreaterThan(240);
    // One confirms the address, one sets a password.
    expect(mails).toHaveLength(2);
    for (const arrive of mails) arrive();
    await slow.settled();
  });

  it("answers all the same when the mail can't be sent, and logs it without the link", async () => {
    const logged: unknown[] = [];
    const identity = testIdentity(t, {
      mailer: { send: async () => Promise.reject(new Error("no such host")) },
      log: { error: (...entry: unknown[]) => void logged.push(entry) } as never,
    });
    const { send, signup } = real({ identity });
    const { email } = await signup();
    expect((await send("POST", "/auth/password/forgot", { email })).status).toBe(202);
    await identity.settled();
    expect(JSON.stringify(logged)).toContain("a mail was not sent");
    expect(JSON.stringify(logged)).not.toContain("token");
  });

  it("works by the operator's link, and not with one that is too old", async () => {
    const { send, signup, identity } = real();
    const { email } = await signup();
    const { link, token } = await identity.resetPasswordByOperator(` ${email.toUpperCase()} `);
    expect(link).toBe(`https://contentos.test/reset-password#token=${token}`);
    expect((await send("POST", "/auth/password/reset", { token, password: "another walk entirely" })).status).toBe(204);
    expect((await send("POST", "/auth/login", { email, password: "another walk entirely" })).status).toBe(200);

    const old = await identity.resetPasswordByOperator(email);
    await t.asOwner("update auth_verifications set expires_at = now() - interval '1 second'");
    const answer = await send("POST", "/auth/password/reset", { token: old.token, password: "a third walk, uphill" });
    expect([answer.status, answer.body.code]).toEqual([409, "reset_token_invalid"]);
    expect((await send("POST", "/auth/login", { email, password: "another walk entirely" })).status).toBe(200);
    await expect(identity.resetPasswordByOperator("nobody@example.com")).rejects.toThrow(AppError);
  });

  it("sets the password and ends the sessions together, or neither", async () => {
    const { send, signup, identity } = real();
    const { email, accessToken } = await signup();
    const { token } = await identity.resetPasswordByOperator(email);
    await t.asOwner(
      "create function refuse() returns trigger language plpgsql as $$ begin raise exception 'no'; end $$; create trigger refuse before delete on auth_sessions for each row execute function refuse()",
    );
    expect((await send("POST", "/auth/password/reset", { token, password: "another walk entirely" })).status).toBe(500);
    await t.asOwner("drop trigger refuse on auth_sessions");
    expect((await send("GET", "/auth/me", undefined, bearer(accessToken))).status).toBe(200);
    expect((await send("POST", "/auth/login", { email, password: PASSWORD })).status).toBe(200);
    expect((await send("POST", "/auth/password/reset", { token, password: "another walk entirely" })).status).toBe(204);
  });
});

describe("a password's change", () => {
  it("asks for the current one and ends the other sessions", async () => {
    const { send, signup } = real();
    const { email, accessToken, user } = await signup();
    const other = (await send("POST", "/auth/login", { email, password: PASSWORD })).body as Pair;
    const change = (currentPassword: string, headers = bearer(accessToken)) =>
      send("POST", "/auth/password/change", { currentPassword, newPassword: "another walk entirely" }, headers);
    const wrong = await change("not the password");
    expect([wrong.status, wrong.body.code]).toEqual([401, "invalid_credentials"]);
    expect(await sessionsOf(user.id)).toHaveLength(2);
    expect((await change(PASSWORD, {} as never)).status).toBe(401);
    expect((await change(PASSWORD)).status).toBe(204);
    expect((await send("GET", "/auth/me", undefined, bearer(accessToken))).status).toBe(200);
    expect((await send("GET", "/auth/me", undefined, bearer(other.accessToken))).status).toBe(401);
    expect((await send("POST", "/auth/login", { email, password: "another walk entirely" })).status).toBe(200);
  });

  it("lets one of two that collide win", async () => {
    const { send, signup } = real();
    const { accessToken, user } = await signup();
    const [account] = await t.asOwner<{ id: string }>("select id from auth_accounts where user_id = $1", [user.id]);
    const change = (newPassword: string) => () =>
      send("POST", "/auth/password/change", { currentPassword: PASSWORD, newPassword }, bearer(accessToken));
    const answers = await t.collide("auth_accounts", account!.id, [
      change("walk number one"),
      change("walk number two"),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([204, 409]);
  });
});

describe("sessions", () => {
  it("are listed to their person, who can end each of them and no one else's", async () => {
    const { send, signup } = real();
    const { email, accessToken } = await signup();
    const other = (await send("POST", "/auth/login", { email, password: PASSWORD }, { "user-agent": "A browser" }))
      .body as Pair;
    const stranger = await signup();
    const list = await send("GET", "/auth/sessions", undefined, bearer(other.accessToken));
    expect(list.body.items).toMatchObject([
      { current: true, userAgent: "A browser", ipAddress: "127.0.0.1" },
      { current: false },
    ]);
    const own = list.body.items[1].id as string;

    const foreign = await send("DELETE", `/auth/sessions/${own}`, undefined, bearer(stranger.accessToken));
    const madeUp = await send("DELETE", `/auth/sessions/${randomUUID()}`, undefined, bearer(stranger.accessToken));
    expect([foreign.status, { ...foreign.body, requestId: "" }]).toEqual([404, { ...madeUp.body, requestId: "" }]);
    expect((await send("GET", "/auth/me", undefined, bearer(accessToken))).status).toBe(200);

    expect((await send("DELETE", `/auth/sessions/${own}`, undefined, bearer(other.accessToken))).status).toBe(204);
    expect((await send("GET", "/auth/me", undefined, bearer(accessToken))).status).toBe(401);
    expect((await send("GET", "/auth/sessions")).status).toBe(401);
    expect((await send("DELETE", `/auth/sessions/${own}`)).status).toBe(401);
    expect((await send("GET", "/auth/me")).status).toBe(401);
  });
});

describe("what ends a session bites on the next request in a workspace", () => {
  const ways: [string, (r: ReturnType<typeof real>, person: Pair & { email: string }) => Promise<unknown>][] = [
    ["log-out", ({ send }, { accessToken }) => send("POST", "/auth/logout", undefined, bearer(accessToken))],
    ["suspension", ({ identity }, { user }) => identity.suspend(user.id)],
    [
      "reset",
      async ({ send, identity }, { email }) => {
        const { token } = await identity.resetPasswordByOperator(email);
        return send("POST", "/auth/password/reset", { token, password: "another walk entirely" });
      },
    ],
    [
      "a refresh token used twice",
      async ({ send }, { refreshToken }) => {
        for (let i = 0; i < 2; i++) await send("POST", "/auth/refresh", { refreshToken });
      },
    ],
  ];
  it.each(ways)("%s", async (_, end) => {
    const r = real();
    const person = await r.signup();
    const { id } = await seedWorkspace(t);
    await t.asOwner("insert into workspace_members (workspace_id, user_id, role) values ($1, $2, 'Writer')", [
      id,
      person.user.id,
    ]);
    const list = () => r.send("GET", "/content", undefined, { ...bearer(person.accessToken), "x-workspace-id": id });
    expect((await list()).status).toBe(200);
    await end(r, person);
    const refused = await list();
    expect([refused.status, refused.body.code]).toEqual([401, "unauthenticated"]);
    expect((await r.send("POST", "/auth/refresh", { refreshToken: person.refreshToken })).status).toBe(401);
  });

  it("and a suspended person can't sign in", async () => {
    const { identity, send, signup } = real();
    const { email, user } = await signup();
    expect(await identity.suspend(user.id)).toBe(true);
    expect(await identity.suspend(randomUUID())).toBe(false);
    const answer = await send("POST", "/auth/login", { email, password: PASSWORD });
    expect([answer.status, answer.body.code]).toEqual([403, "account_suspended"]);
    const wrong = await send("POST", "/auth/login", { email, password: "not the password" });
    expect(wrong.body.code).toBe("invalid_credentials");
    expect(await sessionsOf(user.id)).toHaveLength(0);
  });
});

describe("limits", () => {
  it("count by address and path, whatever the body says", async () => {
    const limited = testApp(t, { rateLimitFactor: 0.1 });
    const attempt = (email: string) =>
      limited.request("/api/v1/auth/login", {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ email, password: PASSWORD }),
      });
    const statuses = [];
    for (let i = 0; i < 3; i++) statuses.push((await attempt(`${randomUUID()}@example.com`)).status);
    expect(statuses).toEqual([401, 401, 429]);
  });
});

it("answers tokens of its own pages only where the harness stands in for them", async () => {
  const { id } = await seedWorkspace(t);
  const member = await seedMember(t, id, "Viewer");
  const me = await call(member, "GET", "/auth/me");
  expect(me.body.user).toMatchObject({ id: member.userId, email: member.email });
});

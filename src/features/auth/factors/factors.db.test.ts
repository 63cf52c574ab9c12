import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { codeOf, PASSWORD, type Pair, type RealApp, realApp, turnOnTotp } from "#tests/factories/identity";
import { softAuthenticator } from "#tests/factories/passkey";
import { testDatabase } from "#tests/harness/database";

const t = testDatabase();
const HALF_MINUTE = 30_000;

describe("an address", () => {
  const tokenIn = (text: string) => /verify-email#token=([\w-]+)/.exec(text)?.[1];
  const stateOf = async (real: RealApp, { accessToken }: Pair) =>
    (await real.send("GET", "/auth/me", undefined, accessToken)).body.emailVerification;

  it("is confirmed by the link of a mail, once and within a day", async () => {
    const real = realApp(t);
    const kim = await real.signup();
    await real.identity.settled();
    expect(await stateOf(real, kim)).toBe("Pending");
    expect(real.mails[0]).toMatchObject({ to: kim.email });
    const token = tokenIn(real.mails[0]!.text);
    expect((await real.send("POST", "/auth/verify-email", { token: "made-up" })).body.code).toBe(
      "verification_token_invalid",
    );
    expect((await real.send("POST", "/auth/verify-email", { token })).status).toBe(204);
    expect(await stateOf(real, kim)).toBe("Verified");
    const again = await real.send("POST", "/auth/verify-email", { token });
    expect([again.status, again.body.code]).toEqual([409, "verification_token_invalid"]);

    const ann = await real.signup();
    await real.identity.settled();
    real.forward(25 * 60 * 60_000);
    expect((await real.send("POST", "/auth/verify-email", { token: tokenIn(real.mails.at(-1)!.text) })).status).toBe(
      409,
    );
    const { body } = await real.login(ann.email);
    expect((await real.send("POST", "/auth/verify-email/send", undefined, body.accessToken)).status).toBe(202);
    await real.identity.settled();
    expect(real.mails).toHaveLength(3);
    expect((await real.send("POST", "/auth/verify-email", { token: tokenIn(real.mails[2]!.text) })).status).toBe(204);
  });

  it("that is not confirmed has no invitations mailed in its name, and none is asked for where no mail is sent", async () => {
    const real = realApp(t, { sendsMail: false });
    const kim = await real.signup();
    expect(await stateOf(real, kim)).toBe("Unavailable");
    const workspace = await real.send("POST", "/workspaces", { name: "Acme" }, kim.accessToken);
    const invite = () =>
      real.send(
        "POST",
        `/workspaces/${workspace.body.id}/members`,
        { email: `${randomUUID()}@example.com`, role: "Writer" },
        kim.accessToken,
      );
    expect((await invite()).body).toMatchObject({ mailed: false, inviteUrl: expect.any(String) });
    expect(await real.identity.verifyEmailByOperator(kim.email)).toBe(true);
    expect((await invite()).body).toMatchObject({ mailed: true });
  });
});

describe("sessions", () => {
  it("say how and when they were used, and end all but one's own", async () => {
    const real = realApp(t);
    const kim = await real.signup();
    const other = (await real.login(kim.email)).body as Pair;
    real.forward(60_000);
    const { accessToken } = (await real.send("POST", "/auth/refresh", { refreshToken: kim.refreshToken })).body;
    const { items } = (await real.send("GET", "/auth/sessions", undefined, accessToken)).body;
    expect(items).toMatchObject([
      { current: true, method: "Password" },
      { current: false, method: "Password" },
    ]);
    expect((await real.send("DELETE", "/auth/sessions", undefined, accessToken)).status).toBe(204);
    expect((await real.send("GET", "/auth/me", undefined, other.accessToken)).status).toBe(401);
    expect((await real.send("POST", "/auth/refresh", { refreshToken: other.refreshToken })).status).toBe(401);
    expect((await real.send("GET", "/auth/me", undefined, accessToken)).status).toBe(200);
  });
});

/** Twice, held until both wait where a code is looked at. */
const atOnce = <T>({ user }: Pair, act: () => Promise<T>) => t.collide("auth_totp", user.id, [act, act], "user_id");

describe("a second factor", () => {
  it("is asked for beside the password, and no field of the request gets past it", async () => {
    const real = realApp(t);
    const kim = await real.signup();
    const { secret } = await turnOnTotp(real, kim);
    const bare = await real.login(kim.email);
    expect([bare.status, bare.body.code, bare.body.accessToken]).toEqual([401, "totp_required", undefined]);
    for (const more of [
      { totp: "000000" },
      { recoveryCode: "aaaa-aaaa-aaaa-aaaa" },
      { totp: "000000", recoveryCode: "aaaa-aaaa-aaaa-aaaa" },
    ]) {
      const refused = await real.login(kim.email, more);
      expect([refused.status, refused.body.code]).toEqual([401, "totp_invalid"]);
    }
    for (const more of [{ totp: "" }, { totp: null }, { secondFactor: true }, { trusted: true }, { totp: ["1"] }]) {
      expect((await real.login(kim.email, more)).status).toBe(400);
    }
    const wrongPassword = await real.login(kim.email, { password: "not it at all", totp: codeOf(real, secret) });
    expect(wrongPassword.body.code).toBe("invalid_credentials");
    const code = codeOf(real, secret);
    const good = await real.login(kim.email, { totp: `${code.slice(0, 3)} ${code.slice(3)}` });
    expect(good.status).toBe(200);
    expect((await real.send("GET", "/auth/me", undefined, good.body.accessToken)).body.secondFactor).toBe(true);
    const rows = await t.asOwner("select id from auth_sessions where user_id = $1", [kim.user.id]);
    expect(rows).toHaveLength(2);
  });

  it("takes each code once, also of two at the same moment, and none that is older than the last", async () => {
    const real = realApp(t);
    const kim = await real.signup();
    const { secret } = await turnOnTotp(real, kim);
    const totp = codeOf(real, secret);
    const answers = await atOnce(kim, () => real.login(kim.email, { totp }));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 401]);
    expect((await real.login(kim.email, { totp })).body.code).toBe("totp_invalid");
    expect((await real.login(kim.email, { totp: codeOf(real, secret, -1) })).body.code).toBe("totp_invalid");
    real.forward(HALF_MINUTE);
    expect((await real.login(kim.email, { totp: codeOf(real, secret) })).status).toBe(200);
  });

  it("is replaced by a recovery code, each once, also of two at the same moment", async () => {
    const real = realApp(t);
    const kim = await real.signup();
    const { recoveryCodes } = await turnOnTotp(real, kim);
    expect(new Set(recoveryCodes).size).toBe(10);
    const [first = "", second = ""] = recoveryCodes;
    expect((await real.login(kim.email, { recoveryCode: first.toUpperCase().replaceAll("-", " ") })).status).toBe(200);
    expect((await real.login(kim.email, { recoveryCode: first })).body.code).toBe("totp_invalid");
    const both = await atOnce(kim, () => real.login(kim.email, { recoveryCode: second }));
    expect(both.map(({ status }) => status).sort()).toEqual([200, 401]);
    const { body } = await real.send("GET", "/auth/totp", undefined, kim.accessToken);
    expect(body).toMatchObject({ enabled: true, recoveryCodesLeft: 8 });
    const kept = await t.asOwner<{ code_hash: string }>(
      "select code_hash from auth_recovery_codes where user_id = $1",
      [kim.user.id],
    );
    expect(JSON.stringify(kept)).not.toContain(recoveryCodes[5]!.replaceAll("-", ""));
  });

  it("makes wrong codes wait, and the right one too meanwhile", async () => {
    const real = realApp(t);
    const kim = await real.signup();
    const { secret } = await turnOnTotp(real, kim);
    const wrong = await Promise.all(Array.from({ length: 12 }, () => real.login(kim.email, { totp: "000000" })));
    expect(
      wrong
        .map(({ status }) => status)
        .sort()
        .slice(-4),
    ).toEqual([429, 429, 429, 429]);
    const held = await real.login(kim.email, { totp: codeOf(real, secret) });
    expect([held.status, Number(held.headers.get("retry-after"))]).toEqual([429, expect.any(Number)]);
    expect(Number(held.headers.get("retry-after"))).toBeLessThanOrEqual(4);
    real.forward(5_000);
    expect((await real.login(kim.email, { totp: codeOf(real, secret) })).status).toBe(200);
  });

  it("is turned on and off with the password again; on ends all other sessions, and off lowers them", async () => {
    const real = realApp(t);
    const kim = await real.signup();
    const other = (await real.login(kim.email)).body as Pair;
    const ask = (path: string, body: unknown, token = kim.accessToken) => real.send("POST", path, body, token);
    expect((await ask("/auth/totp/confirm", { totp: "123456" })).body.code).toBe("totp_off");
    expect((await ask("/auth/totp/disable", { password: PASSWORD })).body.code).toBe("totp_off");
    expect((await ask("/auth/totp", {})).body.code).toBe("invalid_credentials");
    expect((await ask("/auth/totp", { password: "wrong" })).body.code).toBe("invalid_credentials");
    const { recoveryCodes } = await turnOnTotp(real, kim);
    expect((await real.send("GET", "/auth/me", undefined, other.accessToken)).status).toBe(401);
    expect((await ask("/auth/totp", { password: PASSWORD })).body.code).toBe("totp_on");
    expect((await ask("/auth/totp/recovery-codes", { password: "wrong" })).body.code).toBe("invalid_credentials");
    const renewed = await ask("/auth/totp/recovery-codes", { password: PASSWORD });
    expect(renewed.body.recoveryCodes).toHaveLength(10);
    expect((await real.login(kim.email, { recoveryCode: recoveryCodes[0] })).body.code).toBe("totp_invalid");
    expect((await ask("/auth/totp/disable", { password: "wrong" })).body.code).toBe("invalid_credentials");
    // A session that has not shown the factor can't take it away, though it knows the password.
    await t.asOwner("update auth_sessions set second_factor = false where user_id = $1", [kim.user.id]);
    expect((await ask("/auth/totp/disable", { password: PASSWORD })).body.code).toBe("second_factor_required");
    await t.asOwner("update auth_sessions set second_factor = true where user_id = $1", [kim.user.id]);
    expect((await ask("/auth/totp/disable", { password: PASSWORD })).status).toBe(204);
    expect((await real.login(kim.email)).status).toBe(200);
    expect((await real.send("GET", "/auth/me", undefined, kim.accessToken)).body.secondFactor).toBe(false);
  });
});

describe("wrong passwords", () => {
  it("make who sends them wait, and nobody else", async () => {
    let from = "198.51.100.1";
    const real = realApp(t, { clientAddress: () => from });
    const kim = await real.signup();
    for (let i = 0; i < 6; i++) await real.login(kim.email, { password: "not the password" });
    const held = await real.login(kim.email);
    expect([held.status, held.body.code]).toEqual([429, "rate_limited"]);
    from = "198.51.100.2";
    expect((await real.login(kim.email)).status).toBe(200);
    from = "198.51.100.1";
    expect((await real.login((await real.signup()).email)).status).toBe(200);
    real.forward(15 * 60_000);
    expect((await real.login(kim.email)).status).toBe(200);
  });

  it("wait alike for an address that nobody has", async () => {
    const real = realApp(t);
    const email = `${randomUUID()}@example.com`;
    for (let i = 0; i < 6; i++) expect((await real.login(email)).status).toBe(401);
    expect((await real.login(email)).status).toBe(429);
  });
});

describe("a passkey", () => {
  const begin = async (real: RealApp, { accessToken }: Pair) =>
    (await real.send("POST", "/auth/passkeys/options", { password: PASSWORD }, accessToken)).body;
  const register = async (real: RealApp, kim: Pair, key = softAuthenticator()) => {
    const { challenge } = await begin(real, kim);
    const body = { name: "Laptop", credential: key.create(challenge) };
    const answer = await real.send("POST", "/auth/passkeys", body, kim.accessToken);
    expect([answer.status, answer.body]).toEqual([200, expect.objectContaining({ name: "Laptop" })]);
    return { key, id: answer.body.id as string };
  };
  const challengeOf = async (real: RealApp) => (await real.send("POST", "/auth/passkeys/login/options")).body.challenge;

  it("signs in as two factors, and no more once it is removed", async () => {
    const real = realApp(t);
    const kim = await real.signup();
    await turnOnTotp(real, kim);
    const { key, id } = await register(real, kim);
    const credential = key.get(await challengeOf(real));
    const signedIn = await real.send("POST", "/auth/passkeys/login", { credential });
    expect([signedIn.status, signedIn.body.user?.email]).toEqual([200, kim.email]);
    expect(signedIn.headers.getSetCookie()).toHaveLength(2);
    const me = await real.send("GET", "/auth/me", undefined, signedIn.body.accessToken);
    expect(me.body).toMatchObject({ method: "Passkey", secondFactor: true });
    const replayed = await real.send("POST", "/auth/passkeys/login", { credential });
    expect([replayed.status, replayed.body.code]).toEqual([401, "passkey_invalid"]);
    const { items } = (await real.send("GET", "/auth/passkeys", undefined, kim.accessToken)).body;
    expect(items).toMatchObject([{ id, name: "Laptop", lastUsedAt: expect.any(String) }]);

    const ann = await real.signup();
    expect((await real.send("DELETE", `/auth/passkeys/${id}`, undefined, ann.accessToken)).status).toBe(404);
    expect((await real.send("DELETE", `/auth/passkeys/${id}`, undefined, kim.accessToken)).status).toBe(204);
    const gone = await real.send("POST", "/auth/passkeys/login", { credential: key.get(await challengeOf(real)) });
    expect([gone.status, gone.body.code]).toEqual([401, "passkey_invalid"]);
  });

  it.each([
    ["another site's origin", { origin: "https://evil.example" }],
    ["another name", { rpId: "evil.example" }],
    ["nobody at the authenticator", { verified: false }],
  ])("is refused with %s", async (_, where) => {
    const real = realApp(t);
    const kim = await real.signup();
    const key = softAuthenticator();
    const made = { name: "Key", credential: key.create((await begin(real, kim)).challenge, where) };
    expect((await real.send("POST", "/auth/passkeys", made, kim.accessToken)).body.code).toBe("passkey_invalid");
    await register(real, kim, key);
    const credential = key.get(await challengeOf(real), where);
    expect((await real.send("POST", "/auth/passkeys/login", { credential })).body.code).toBe("passkey_invalid");
  });

  it("is refused with a challenge of somebody else's, of one's own making, or of six minutes ago", async () => {
    const real = realApp(t);
    const [kim, ann] = [await real.signup(), await real.signup()];
    const key = softAuthenticator();
    const { challenge } = await begin(real, ann);
    for (const wrong of [challenge, "bWFkZS11cA", await challengeOf(real)]) {
      const body = { name: "Key", credential: key.create(wrong) };
      expect((await real.send("POST", "/auth/passkeys", body, kim.accessToken)).body.code).toBe("passkey_invalid");
    }
    await register(real, kim, key);
    const late = await challengeOf(real);
    real.forward(6 * 60_000);
    const old = await real.send("POST", "/auth/passkeys/login", { credential: key.get(late) });
    expect([old.status, old.body.code]).toEqual([401, "passkey_invalid"]);
    const signed = key.get(await challengeOf(real));
    const other = softAuthenticator().get(await challengeOf(real));
    const forged = { ...other, id: signed.id, rawId: signed.rawId };
    expect((await real.send("POST", "/auth/passkeys/login", { credential: forged })).status).toBe(401);
  });

  it("is registered with the password again, and belongs to one person", async () => {
    const real = realApp(t);
    const [kim, ann] = [await real.signup(), await real.signup()];
    expect((await real.send("POST", "/auth/passkeys/options", {}, kim.accessToken)).status).toBe(401);
    const { key } = await register(real, kim);
    const body = { name: "Mine", credential: key.create((await begin(real, ann)).challenge) };
    const twice = await real.send("POST", "/auth/passkeys", body, ann.accessToken);
    expect([twice.status, twice.body.code]).toEqual([409, "conflict"]);
    await real.identity.suspend(kim.user.id);
    const suspended = await real.send("POST", "/auth/passkeys/login", { credential: key.get(await challengeOf(real)) });
    expect([suspended.status, suspended.body.code]).toEqual([403, "account_suspended"]);
  });
});

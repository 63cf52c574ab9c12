import { describe, expect, it } from "vitest";
import { codeOf, PASSWORD, type Pair, type RealApp, realApp, turnOnTotp } from "#tests/factories/identity";
import { softAuthenticator } from "#tests/factories/passkey";
import { testDatabase } from "#tests/harness/database";

const t = testDatabase();
const MINUTE = 60_000;
const LONG_AGO = 11 * MINUTE;

const sessionsOf = async ({ user }: Pair) =>
  (await t.asOwner<{ id: string }>("select id from auth_sessions where user_id = $1", [user.id])).map(({ id }) => id);
const prove = (real: RealApp, { accessToken }: Pair, shown: object) =>
  real.send("POST", "/auth/prove", shown, accessToken);
const endOthers = (real: RealApp, { accessToken }: Pair) =>
  real.send("DELETE", "/auth/sessions", undefined, accessToken);
const challengeOf = async (real: RealApp) => (await real.send("POST", "/auth/passkeys/login/options")).body.challenge;

async function register(real: RealApp, { accessToken }: Pair) {
  const key = softAuthenticator();
  const begun = await real.send("POST", "/auth/passkeys/options", { password: PASSWORD }, accessToken);
  const made = { name: "Laptop", credential: key.create(begun.body.challenge) };
  const { body } = await real.send("POST", "/auth/passkeys", made, accessToken);
  return { key, id: String(body.id) };
}

/** Somebody in two sessions, the first of which was opened a while ago. */
async function elsewhereToo(real: RealApp, before: (kim: Pair) => Promise<unknown> = async () => {}) {
  const kim = await real.signup();
  await before(kim);
  await real.login(kim.email);
  real.forward(LONG_AGO);
  return kim;
}

describe("what a thief of a session must not do", () => {
  it.each([
    ["ends another session", "DELETE", (other: string) => `/auth/sessions/${other}`],
    ["ends all others", "DELETE", () => "/auth/sessions"],
    ["removes a passkey", "DELETE", (_: string, passkey: string) => `/auth/passkeys/${passkey}`],
    ["has the account erased", "POST", () => "/privacy/erasure"],
  ])("%s only once somebody has shown again that it is them", async (_, method, pathOf) => {
    const real = realApp(t);
    let passkey = "";
    const kim = await elsewhereToo(real, async (pair) => {
      passkey = (await register(real, pair)).id;
    });
    const [other] = (await sessionsOf(kim)).filter((id) => id !== sidOf(kim));
    const path = pathOf(other!, passkey);
    const refused = await real.send(method, path, undefined, kim.accessToken);
    expect([refused.status, refused.body]).toEqual([
      403,
      expect.objectContaining({ code: "proof_required", ways: ["Password", "Passkey"], operation: "prove" }),
    ]);
    expect(await sessionsOf(kim)).toHaveLength(2);
    expect(await t.asOwner("select from auth_passkeys where id = $1", [passkey])).toHaveLength(1);
    expect(await t.asOwner("select from privacy_erasures where user_id = $1", [kim.user.id])).toEqual([]);

    expect((await prove(real, kim, { password: PASSWORD })).status).toBe(200);
    expect((await real.send(method, path, undefined, kim.accessToken)).status).toBeLessThan(205);
  });

  it("is theirs for ten minutes after they signed in, and one's own session always is", async () => {
    const real = realApp(t);
    const kim = await real.signup();
    await real.login(kim.email);
    real.forward(9 * MINUTE);
    expect((await endOthers(real, kim)).status).toBe(204);
    expect(await sessionsOf(kim)).toEqual([sidOf(kim)]);
    real.forward(2 * MINUTE);
    expect((await endOthers(real, kim)).body.code).toBe("proof_required");
    expect((await real.send("DELETE", `/auth/sessions/${sidOf(kim)}`, undefined, kim.accessToken)).status).toBe(204);
    expect(await sessionsOf(kim)).toEqual([]);
  });
});

describe("a proof", () => {
  it("counts for this session and ten minutes, and says until when", async () => {
    const real = realApp(t);
    const kim = await real.signup();
    const other = (await real.login(kim.email)).body as Pair;
    real.forward(LONG_AGO);
    const { status, body } = await prove(real, kim, { password: PASSWORD });
    expect([status, Date.parse(body.until) - real.clock.now().getTime()]).toEqual([200, expect.closeTo(600_000, -4)]);
    expect((await endOthers(real, other)).body.code).toBe("proof_required");
    real.forward(3 * MINUTE);
    const refreshed = await real.send("POST", "/auth/refresh", { refreshToken: kim.refreshToken });
    real.forward(6 * MINUTE);
    expect((await endOthers(real, refreshed.body)).status).toBe(204);
    real.forward(2 * MINUTE);
    expect((await endOthers(real, refreshed.body)).body.code).toBe("proof_required");
  });

  it("is the password, and wrong ones wait as they do at the sign-in", async () => {
    const real = realApp(t);
    const kim = await elsewhereToo(real);
    for (let i = 0; i < 6; i++) {
      const wrong = await prove(real, kim, { password: "not the password" });
      expect([wrong.status, wrong.body.code]).toEqual([401, "invalid_credentials"]);
    }
    expect((await prove(real, kim, { password: PASSWORD })).body.code).toBe("rate_limited");
    expect((await real.login(kim.email)).body.code).toBe("rate_limited");
    expect((await endOthers(real, kim)).body.code).toBe("proof_required");
  });

  it("is a code of the app, each once, where a second factor is on", async () => {
    const real = realApp(t);
    const none = await elsewhereToo(real);
    expect((await prove(real, none, { totp: "123456" })).body.code).toBe("totp_off");
    const kim = await real.signup();
    const { secret } = await turnOnTotp(real, kim);
    real.forward(LONG_AGO);
    expect((await endOthers(real, kim)).body.ways).toEqual(["Password", "Totp"]);
    const totp = codeOf(real, secret);
    const wrong = String((Number(totp) + 1) % 1_000_000).padStart(6, "0");
    expect((await prove(real, kim, { totp: wrong })).body.code).toBe("totp_invalid");
    expect((await endOthers(real, kim)).body.code).toBe("proof_required");
    expect((await prove(real, kim, { totp })).status).toBe(200);
    expect((await endOthers(real, kim)).status).toBe(204);
    expect((await prove(real, kim, { totp })).body.code).toBe("totp_invalid");
  });

  it("is a passkey of theirs, for a challenge of ours that is good once", async () => {
    const real = realApp(t);
    const [kim, ann] = [await real.signup(), await real.signup()];
    const [hers, anns] = [await register(real, kim), await register(real, ann)];
    real.forward(LONG_AGO);
    const foreign = await prove(real, kim, { passkey: anns.key.get(await challengeOf(real)) });
    expect([foreign.status, foreign.body.code]).toEqual([401, "passkey_invalid"]);
    expect((await prove(real, kim, { passkey: hers.key.get("bWFkZS11cA") })).body.code).toBe("passkey_invalid");
    expect((await endOthers(real, kim)).body.code).toBe("proof_required");
    const passkey = hers.key.get(await challengeOf(real));
    expect((await prove(real, kim, { passkey })).status).toBe(200);
    expect((await endOthers(real, kim)).status).toBe(204);
    expect((await prove(real, kim, { passkey })).body.code).toBe("passkey_invalid");
  });

  it("is one thing, of a session that is there", async () => {
    const real = realApp(t);
    const kim = await real.signup();
    for (const shown of [{}, { password: PASSWORD, totp: "123456" }, { password: "" }, { recoveryCode: "abcd-efgh" }])
      expect([shown, (await prove(real, kim, shown)).status]).toEqual([shown, 400]);
    expect((await real.send("POST", "/auth/prove", { password: PASSWORD })).status).toBe(401);
  });
});

/** The session that an access token names. */
const sidOf = ({ accessToken }: Pair) =>
  (JSON.parse(Buffer.from(accessToken.split(".")[1]!, "base64url").toString()) as { sid: string }).sid;

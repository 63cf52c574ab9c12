import { randomUUID } from "node:crypto";
import {
  calculateJwkThumbprint,
  createLocalJWKSet,
  exportJWK,
  generateKeyPair,
  jwtVerify,
  SignJWT,
  UnsecuredJWT,
} from "jose";
import pg from "pg";
import { describe, expect, it } from "vitest";
import { testApp, testIdentity } from "#tests/harness/app";
import { testDatabase } from "#tests/harness/database";
import { createKeyring } from "@/platform/secrets";
import { createAuthenticator } from "./index";
import { openAuthDb } from "./queries";
import { createSigningKeys } from "./signing-keys";

const t = testDatabase();
const ISSUER = "https://contentos.test";
const MASTER = "the tests' own master secret";

function clockAt(start = Date.now()) {
  let now = start;
  const pass = (ms: number) => {
    now += ms;
  };
  return { now: () => new Date(now), pass };
}

function real(clock = clockAt()) {
  const identity = testIdentity(t, { clock });
  const app = testApp(t, { identity, clock, authenticate: createAuthenticator(identity) });
  const me = async (token: string) =>
    (await app.request("/api/v1/auth/me", { headers: { authorization: `Bearer ${token}` } })).status;
  const signup = async () =>
    identity.signup(
      { email: `${randomUUID()}@example.com`, password: "a long walk to the sea", name: "Kim" },
      { ipAddress: null, userAgent: null },
    );
  const jwks = async () => {
    const response = await app.request("/api/v1/auth/jwks.json");
    return { headers: response.headers, keys: (await response.json()).keys as (JsonWebKey & { kid: string })[] };
  };
  const keys = createSigningKeys({
    db: openAuthDb(t.authPool),
    keyring: createKeyring(MASTER),
    clock,
    tokenLifeMs: 900_000,
  });
  /** A token as ours, but for what `over` changes: signed by the true key, unless told otherwise. */
  const forge = async (
    sessionId: string,
    { claims = {}, drop = [] as string[], header = {}, key = undefined as unknown } = {},
  ) => {
    const signer = await keys.signer();
    const now = Math.floor(clock.now().getTime() / 1000);
    const payload: Record<string, unknown> = {
      sub: randomUUID(),
      sid: sessionId,
      jti: randomUUID(),
      iss: ISSUER,
      aud: "contentos-api",
      iat: now,
      nbf: now,
      exp: now + 900,
      ...claims,
    };
    for (const claim of drop) delete payload[claim];
    return new SignJWT(payload)
      .setProtectedHeader({ alg: "EdDSA", kid: signer.kid, typ: "at+jwt", ...header })
      .sign((key ?? signer.key) as CryptoKey);
  };
  return { identity, app, me, signup, jwks, forge, clock, keys };
}

async function signedIn() {
  const world = real();
  const pair = await world.signup();
  const [session] = await t.asOwner<{ id: string }>("select id from auth_sessions where user_id = $1", [pair.user.id]);
  return { ...world, ...pair, sessionId: session!.id };
}

describe("an access token", () => {
  it("names person and session, and is verified by anybody with the published keys", async () => {
    const { accessToken, user, sessionId, jwks } = await signedIn();
    const { keys, headers } = await jwks();
    expect(headers.get("cache-control")).toBe("public, max-age=300");
    expect(keys.every((key) => !("d" in key))).toBe(true);
    const { payload, protectedHeader } = await jwtVerify(accessToken, createLocalJWKSet({ keys }));
    expect(payload).toMatchObject({ sub: user.id, sid: sessionId, iss: ISSUER, aud: "contentos-api" });
    expect(payload.exp! - payload.iat!).toBe(900);
    expect(protectedHeader).toMatchObject({ alg: "EdDSA", typ: "at+jwt" });
  });

  it("is taken when it is as ours", async () => {
    const { me, forge, sessionId, accessToken } = await signedIn();
    expect(await me(accessToken)).toBe(200);
    expect(await me(await forge(sessionId))).toBe(200);
  });

  type World = Awaited<ReturnType<typeof signedIn>>;
  const seconds = ({ clock }: World) => Math.floor(clock.now().getTime() / 1000);
  const bad: [string, (world: World) => Promise<string>][] = [
    ["another audience", ({ forge, sessionId }) => forge(sessionId, { claims: { aud: "another" } })],
    ["another issuer", ({ forge, sessionId }) => forge(sessionId, { claims: { iss: "https://evil.test" } })],
    ["no expiry", ({ forge, sessionId }) => forge(sessionId, { drop: ["exp"] })],
    ["no beginning", ({ forge, sessionId }) => forge(sessionId, { drop: ["nbf"] })],
    ["no person", ({ forge, sessionId }) => forge(sessionId, { drop: ["sub"] })],
    ["no session", ({ forge, sessionId }) => forge(sessionId, { drop: ["sid"] })],
    ["no audience", ({ forge, sessionId }) => forge(sessionId, { drop: ["aud"] })],
    ["a session that is no UUID", ({ forge }) => forge("1 or 1=1")],
    ["a beginning in the future", (w) => w.forge(w.sessionId, { claims: { nbf: seconds(w) + 60 } })],
    [
      "an expiry in the past",
      (w) => w.forge(w.sessionId, { claims: { iat: seconds(w) - 960, nbf: seconds(w) - 960, exp: seconds(w) - 60 } }),
    ],
    ["another type", ({ forge, sessionId }) => forge(sessionId, { header: { typ: "JWT" } })],
    ["a key that we never published", ({ forge, sessionId }) => forge(sessionId, { header: { kid: "made-up" } })],
    ["no key's name", ({ forge, sessionId }) => forge(sessionId, { header: { kid: undefined } })],
    [
      "our key's name, and another key",
      async ({ forge, sessionId }) => forge(sessionId, { key: (await generateKeyPair("EdDSA")).privateKey }),
    ],
    [
      "HS256 by the public key",
      async ({ forge, sessionId, jwks }) => {
        const [key] = (await jwks()).keys;
        return forge(sessionId, { header: { alg: "HS256" }, key: new TextEncoder().encode(key!.x) });
      },
    ],
    [
      "HS256 by the public key's bytes",
      async ({ forge, sessionId, jwks }) =>
        forge(sessionId, { header: { alg: "HS256" }, key: Buffer.from((await jwks()).keys[0]!.x!, "base64url") }),
    ],
    [
      "a key that it brings along",
      async ({ forge, sessionId }) => {
        const pair = await generateKeyPair("EdDSA", { extractable: true });
        const jwk = await exportJWK(pair.publicKey);
        return forge(sessionId, { key: pair.privateKey, header: { jwk, kid: await calculateJwkThumbprint(jwk) } });
      },
    ],
    [
      "alg none",
      async (w) =>
        new UnsecuredJWT({ sub: randomUUID(), sid: w.sessionId, jti: "1" })
          .setIssuer(ISSUER)
          .setAudience("contentos-api")
          .setIssuedAt()
          .setNotBefore("0s")
          .setExpirationTime("15m")
          .encode(),
    ],
    [
      "a changed body",
      async ({ accessToken }) => accessToken.replace(/\.(.)/, (_, first) => `.${first === "e" ? "f" : "e"}`),
    ],
    ["nothing of a token", async () => "x"],
    ["two tokens", async ({ accessToken }) => `${accessToken} ${accessToken}`],
  ];
  it.each(bad)("is refused with %s", async (_, make) => {
    const world = await signedIn();
    expect(await world.me(await make(world))).toBe(401);
    expect(await world.me(world.accessToken)).toBe(200);
  });

  it("is not remembered beyond its end", async () => {
    const { me, accessToken, clock } = await signedIn();
    expect(await me(accessToken)).toBe(200);
    clock.pass(899_000);
    expect(await me(accessToken)).toBe(200);
    clock.pass(10_000);
    expect(await me(accessToken)).toBe(401);
  });
});

describe("signing keys", () => {
  it("are made once, however many processes start at the same moment", async () => {
    await t.asOwner("delete from auth_signing_keys");
    const gate = new pg.Client(t.urls.superuser);
    await gate.connect();
    await gate.query("select pg_advisory_lock(hashtext('contentos.auth.signing-keys'))");
    let early = false;
    const all = [real(), real(), real()].map(({ keys }) =>
      keys.signer().finally(() => {
        early = true;
      }),
    );
    const waiting = "select 1 from pg_stat_activity where datname = current_database() and wait_event = 'advisory'";
    while (!early && (await t.asOwner(waiting)).length < all.length)
      await new Promise((resolve) => setTimeout(resolve, 5));
    const met = !early;
    await gate.end();
    expect(met).toBe(true);
    expect(new Set((await Promise.all(all)).map(({ kid }) => kid)).size).toBe(1);
    expect(await t.asOwner("select 1 from auth_signing_keys")).toHaveLength(1);
  });

  it("are sealed: the row does not hold the private key, and another master secret opens nothing", async () => {
    const { keys, clock } = real();
    const { kid } = await keys.signer();
    const [row] = await t.asOwner<{ sealed: Buffer; public: string }>(
      "select sealed_private_jwk as sealed, public_jwk::text as public from auth_signing_keys where kid = $1",
      [kid],
    );
    expect(row!.sealed.toString("latin1")).not.toContain('"d"');
    expect(row!.public).not.toContain('"d"');
    const stranger = createSigningKeys({
      db: openAuthDb(t.authPool),
      keyring: createKeyring("another secret"),
      clock,
      tokenLifeMs: 900_000,
    });
    await expect(stranger.signer()).rejects.toThrow("not configured");
  });

  it("rotate: other processes sign by the new one within seconds, and the old one verifies until its last token has ended", async () => {
    const clock = clockAt();
    const [one, other] = [real(clock), real(clock)];
    const before = await one.signup();
    const oldKid = (await other.keys.signer()).kid;
    expect(await other.me(before.accessToken)).toBe(200);
    await one.identity.rotateSigningKeys();

    const after = await one.signup();
    // The other process has never heard of the new key, and looks.
    clock.pass(2_100);
    expect(await other.me(after.accessToken)).toBe(200);
    clock.pass(10_000);
    expect((await other.keys.signer()).kid).not.toBe(oldKid);
    expect((await one.jwks()).keys.map(({ kid }) => kid)).toContain(oldKid);

    // A third process starts now and knows no token: the retired key still verifies.
    const late = real(clock);
    expect(await late.me(before.accessToken)).toBe(200);
    const [wiped] = await t.asOwner<{ bytes: number }>(
      "select length(sealed_private_jwk) as bytes from auth_signing_keys where kid = $1",
      [oldKid],
    );
    expect(wiped?.bytes).toBe(0);
  });

  it("are gone once rotated away: unpublished, and refused although the token says it is fresh", async () => {
    const world = await signedIn();
    const { keys, clock, identity, jwks, sessionId } = world;
    const stolen = await keys.signer();
    await identity.rotateSigningKeys();
    clock.pass(900_000 + 11_000);
    const { keys: published } = await jwks();
    expect(published.map(({ kid }) => kid)).not.toContain(stolen.kid);
    expect(published).not.toHaveLength(0);
    const byOld = await world.forge(sessionId, { header: { kid: stolen.kid }, key: stolen.key });
    expect(await world.me(byOld)).toBe(401);
    expect(await world.me(await world.forge(sessionId))).toBe(200);
    expect(await t.asOwner("select 1 from auth_signing_keys where kid = $1", [stolen.kid])).toHaveLength(1);
  });

  it("are published at the well-known place too", async () => {
    const { app, jwks } = real();
    const response = await app.request("/.well-known/jwks.json");
    expect([response.status, await response.json()]).toEqual([200, { keys: (await jwks()).keys }]);
  });
});

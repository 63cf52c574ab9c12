import { createHmac, generateKeyPairSync, type KeyObject, randomUUID, sign } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { codeOf, type RealApp, realApp, turnOnTotp } from "#tests/factories/identity";
import { testDatabase } from "#tests/harness/database";

const t = testDatabase();
const ISSUER = "https://instance.clerk.accounts.dev";
const PARTY = "https://contentos.test";
const WEBHOOK_SECRET = `whsec_${Buffer.from("a secret of these tests, shared with Clerk").toString("base64")}`;
const keyPair = () => generateKeyPairSync("rsa", { modulusLength: 2048 });
const ours = keyPair();
const others = keyPair();
const pem = ours.publicKey.export({ type: "spki", format: "pem" }).toString();

const part = (value: object | string) =>
  Buffer.from(typeof value === "string" ? value : JSON.stringify(value)).toString("base64url");
const seconds = () => Math.floor(Date.now() / 1000);
type Claims = Record<string, unknown>;

/** As Clerk makes them: RS256, for a minute. A claim that is undefined is left out. */
const claimsOf = (over: Claims = {}): Claims => ({
  azp: PARTY,
  exp: seconds() + 60,
  iat: seconds(),
  iss: ISSUER,
  nbf: seconds() - 10,
  sid: "sess_1",
  sub: `user_${randomUUID()}`,
  v: 2,
  email: `${randomUUID()}@example.com`,
  email_verified: true,
  ...over,
});
function tokenOf(over: Claims = {}, header: object = {}, key: KeyObject = ours.privateKey) {
  const signed = `${part({ alg: "RS256", kid: "ins_1", typ: "JWT", ...header })}.${part(claimsOf(over))}`;
  return `${signed}.${sign("RSA-SHA256", Buffer.from(signed), key).toString("base64url")}`;
}
const unsigned = (alg: string, signature: (text: string) => string) => {
  const text = `${part({ alg, kid: "ins_1", typ: "JWT" })}.${part(claimsOf())}`;
  return `${text}.${signature(text)}`;
};

const byKey = { jwtKey: pem, issuer: ISSUER, authorizedParties: [PARTY], webhookSecret: WEBHOOK_SECRET };
const enter = (app: RealApp, token: string, more: object = {}) =>
  app.send("POST", "/auth/ssologin", { token, ...more });

describe("a session token of Clerk's", () => {
  it("is changed for a session of ours, the same account each time", async () => {
    const app = realApp(t, { clerk: byKey });
    const claims = { sub: `user_${randomUUID()}`, email: `Kim.${randomUUID()}@Example.com`, name: "Kim" };
    const first = await enter(app, tokenOf(claims));
    expect([first.status, first.body.user]).toEqual([
      200,
      expect.objectContaining({ email: claims.email.toLowerCase(), name: "Kim" }),
    ]);
    expect(first.headers.getSetCookie()).toHaveLength(2);
    const [again, moved] = [
      await enter(app, tokenOf(claims)),
      await enter(app, tokenOf({ ...claims, email: "new@example.com" })),
    ];
    expect([again.body.user.id, moved.body.user.id]).toEqual([first.body.user.id, first.body.user.id]);
    const me = await app.send("GET", "/auth/me", undefined, first.body.accessToken);
    expect(me.body).toMatchObject({ method: "Clerk", secondFactor: false, hasPassword: false });
    const racing = { sub: `user_${randomUUID()}`, email: `${randomUUID()}@example.com` };
    const both = await Promise.all([1, 2, 3].map(() => enter(app, tokenOf(racing))));
    expect(both.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(new Set(both.map(({ body }) => body.user.id)).size).toBe(1);
  });

  const hs256 = (text: string) => createHmac("sha256", pem).update(text).digest("base64url");
  const REFUSED: [string, () => string][] = [
    ["expired a minute ago", () => tokenOf({ exp: seconds() - 61 })],
    ["expired beyond the skew", () => tokenOf({ exp: seconds() - 8 })],
    ["not good before half a minute", () => tokenOf({ nbf: seconds() + 30 })],
    ["issued in half a minute", () => tokenOf({ iat: seconds() + 30 })],
    ["made for another party", () => tokenOf({ azp: "https://evil.example" })],
    ["made for no party", () => tokenOf({ azp: undefined })],
    ["of another instance", () => tokenOf({ iss: "https://other.clerk.accounts.dev" })],
    ["of an issuer that begins alike", () => tokenOf({ iss: `${ISSUER}.evil.example` })],
    ["of no issuer", () => tokenOf({ iss: undefined })],
    ["signed by another key", () => tokenOf({}, {}, others.privateKey)],
    ["signed by nobody", () => unsigned("none", () => "")],
    ["signed with the public key as a secret", () => unsigned("HS256", hs256)],
    ["of another type", () => tokenOf({}, { typ: "at+jwt" })],
    ["without an end", () => tokenOf({ exp: undefined })],
    ["about nobody", () => tokenOf({ sub: undefined })],
    ["of no session", () => tokenOf({ sid: undefined })],
    ["of a pending session", () => tokenOf({ sts: "pending" })],
    ["with changed claims", () => tokenOf().replace(/\.[^.]+\./, `.${part(claimsOf({ sub: "user_else" }))}.`)],
    ["cut off", () => tokenOf().slice(0, -20)],
    ["that is none", () => "not.a.token"],
  ];
  it.each(REFUSED)("%s is refused", async (_, make) => {
    const answer = await enter(realApp(t, { clerk: byKey }), make());
    expect([answer.status, answer.body.code, answer.body.accessToken]).toEqual([401, "unauthenticated", undefined]);
  });

  it.each([
    ["that tells no address", { email: undefined }],
    ["whose address is not confirmed", { email_verified: false }],
    ["that doesn't tell whether it is", { email_verified: undefined }],
  ])("%s links nobody", async (_, over) => {
    const app = realApp(t, { clerk: byKey });
    const victim = await app.signup();
    const answer = await enter(app, tokenOf({ email: victim.email, ...over }));
    expect([answer.status, answer.body.code]).toEqual([403, "sso_refused"]);
  });

  it("is linked to an account by an address that both sides know to be confirmed", async () => {
    const app = realApp(t, { clerk: byKey });
    const kim = await app.signup();
    const token = () => tokenOf({ sub: "user_kim", email: kim.email });
    const early = await enter(app, token());
    expect([early.status, early.body.code]).toEqual([403, "sso_refused"]);
    await app.identity.verifyEmailByOperator(kim.email);
    expect((await enter(app, token())).body.user.id).toBe(kim.user.id);
    await app.identity.suspend(kim.user.id);
    expect((await enter(app, token())).body.code).toBe("account_suspended");
  });

  it("takes no second factor's place, unless Clerk has seen one", async () => {
    const app = realApp(t, { clerk: byKey });
    const kim = await app.signup();
    await app.identity.verifyEmailByOperator(kim.email);
    const { secret } = await turnOnTotp(app, kim);
    const claims = { sub: "user_two", email: kim.email };
    expect((await enter(app, tokenOf(claims))).body.code).toBe("totp_required");
    expect((await enter(app, tokenOf({ ...claims, fva: [0, -1] }))).body.code).toBe("totp_required");
    expect((await enter(app, tokenOf(claims), { totp: "000000" })).body.code).toBe("totp_invalid");
    expect((await enter(app, tokenOf(claims), { totp: codeOf(app, secret) })).status).toBe(200);
    const two = await enter(app, tokenOf({ ...claims, fva: [0, 0] }));
    expect((await app.send("GET", "/auth/me", undefined, two.body.accessToken)).body.secondFactor).toBe(true);
  });

  it("is nothing where Clerk is not set up, which is said", async () => {
    for (const clerk of [{ authorizedParties: [] }, { ...byKey, jwtKey: undefined }, { ...byKey, issuer: undefined }]) {
      const answer = await enter(realApp(t, { clerk }), tokenOf());
      expect([answer.status, answer.body.code]).toEqual([409, "sso_not_configured"]);
      expect(answer.body.detail).toContain("CLERK_SECRET_KEY");
    }
  });
});

describe("with a secret key", () => {
  const users = new Map<string, object>();
  const server = createServer((request, response) => {
    const jwk = { ...ours.publicKey.export({ format: "jwk" }), kid: "ins_1", use: "sig", alg: "RS256" };
    const user = users.get(request.url?.replace("/v1/users/", "") ?? "");
    const found = request.url?.startsWith("/v1/jwks") ? { keys: [jwk] } : user;
    response.writeHead(found ? 200 : 404, { "content-type": "application/json" });
    response.end(JSON.stringify(found ?? { errors: [] }));
  });
  beforeAll(() => new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve)));
  afterAll(() => void server.close());

  /** From Clerk's documentation of the User object. */
  const userAt = (id: string, email: string, status: string) => ({
    object: "user",
    id,
    first_name: "Kim",
    last_name: "Example",
    primary_email_address_id: "idn_1",
    email_addresses: [
      { id: "idn_1", object: "email_address", email_address: email, verification: { status }, linked_to: [] },
    ],
    phone_numbers: [],
    web3_wallets: [],
    external_accounts: [],
  });

  it("Clerk is asked for the keys and for the address, whatever the token says", async () => {
    const apiUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const clerk = { secretKey: "sk_test_x", apiUrl, issuer: ISSUER, authorizedParties: [PARTY] };
    const app = realApp(t, { clerk });
    const email = `${randomUUID()}@example.com`;
    users.set("user_a", userAt("user_a", email, "verified"));
    users.set("user_b", userAt("user_b", "b@example.com", "unverified"));
    const good = await enter(app, tokenOf({ sub: "user_a", email: "someone@else.example" }));
    expect([good.status, good.body.user]).toEqual([200, expect.objectContaining({ email, name: "Kim Example" })]);
    expect((await enter(app, tokenOf({ sub: "user_b" }))).body.code).toBe("sso_refused");
    expect((await enter(app, tokenOf({ sub: "user_gone" }))).body.code).toBe("sso_refused");
    expect((await enter(app, tokenOf({ sub: "user_a" }, { kid: "ins_other" }))).body.code).toBe("unauthenticated");
  });
});

describe("a webhook of Clerk's", () => {
  function tell(app: RealApp, event: object, over: Record<string, string> = {}) {
    const body = JSON.stringify(event);
    const [id, at] = ["msg_1", over["svix-timestamp"] ?? String(seconds())];
    const key = Buffer.from(WEBHOOK_SECRET.slice("whsec_".length), "base64");
    const signature = `v1,${createHmac("sha256", key).update(`${id}.${at}.${body}`).digest("base64")}`;
    const headers = { "svix-id": id, "svix-timestamp": at, "svix-signature": signature, ...over };
    return app.send("POST", "/auth/clerk/webhook", event, undefined, headers);
  }

  it("ends the sessions of a user who was deleted, and is believed only when signed just now", async () => {
    const app = realApp(t, { clerk: byKey });
    const sub = `user_${randomUUID()}`;
    const { body } = await enter(app, tokenOf({ sub }));
    const deleted = { type: "user.deleted", object: "event", data: { id: sub, deleted: true, object: "user" } };
    const lives = async () => (await app.send("GET", "/auth/me", undefined, body.accessToken)).status;
    for (const over of [
      { "svix-signature": "v1,bm90IGl0" },
      { "svix-id": "msg_2" },
      { "svix-timestamp": String(seconds() - 600) },
    ]) {
      expect((await tell(app, deleted, over)).status).toBe(401);
    }
    expect((await tell(app, { type: "user.updated", object: "event", data: { id: sub } })).status).toBe(204);
    expect(await lives()).toBe(200);
    expect([(await tell(app, deleted)).status, (await tell(app, deleted)).status]).toEqual([204, 204]);
    expect(await lives()).toBe(401);
    const off = await tell(realApp(t), deleted);
    expect([off.status, off.body.code]).toEqual([409, "sso_not_configured"]);
  });
});

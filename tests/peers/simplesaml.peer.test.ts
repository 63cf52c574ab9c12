import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { seedWorkspace } from "#tests/factories";
import { type RealApp, realApp } from "#tests/factories/identity";
import { newSigning } from "#tests/factories/saml-provider";
import { acsOf, entityIdOf, sloOf } from "#tests/factories/saml-sign-in";
import { caller } from "#tests/harness/app";
import { testDatabase } from "#tests/harness/database";
import { simpleSamlMissing, startSimpleSaml } from "#tests/peers/simplesaml-server";

const missing = simpleSamlMissing();
const domain = `d${randomUUID().slice(0, 8)}.example`;
const kim = { name: "kim", password: "a long walk to the sea", mail: `kim@${domain}`, displayName: "Kim Example" };

describe.skipIf(missing)(`a real SAML provider, SimpleSAMLphp${missing ? ` (skipped: ${missing})` : ""}`, () => {
  const t = testDatabase();
  const call = caller(t);
  let app: RealApp;
  let idp: Awaited<ReturnType<typeof startSimpleSaml>>;
  beforeAll(async () => {
    app = realApp(t);
    idp = await startSimpleSaml(await newSigning(), kim);
  });
  afterAll(() => idp?.close());

  /** Set up by what each tells of itself. */
  async function connected(more: object = {}) {
    const { id, admin } = await seedWorkspace(t);
    const ours = await (await app.app.request(`/api/v1/auth/sso/saml/${id}/metadata`)).text();
    const [, certificate = ""] = /<ds:X509Certificate>([^<]+)</.exec(ours) ?? [];
    await idp.trust({ entityId: entityIdOf(id), acsUrl: acsOf(id), sloUrl: sloOf(id), certificate, ...more });
    const body = { metadata: await idp.metadata(), defaultRole: "Writer" };
    const set = await call(admin, "PUT", `/workspaces/${id}/sso/saml`, body);
    expect([set.status, set.body.code]).toEqual([200, undefined]);
    expect(set.body.connection).toMatchObject({
      issuer: `${idp.url}/idp`,
      ssoUrl: `${idp.url}/saml2/idp/SSOService.php`,
      sloUrl: `${idp.url}/saml2/idp/SingleLogoutService.php`,
    });
    await t.asOwner("update auth_sso_domains set removed_at = now() where domain = $1", [domain]);
    await t.asOwner(
      "insert into auth_sso_domains (workspace_id, domain, token, verified_at, created_by) values ($1, $2, 'x', now(), $3)",
      [id, domain, admin.userId],
    );
    return id;
  }
  async function begin() {
    const begun = await app.send("POST", "/auth/sso/start", { email: kim.mail });
    const browser = /^__Host-contentos_sso=([^;]*)/.exec(begun.headers.getSetCookie().join())![1]!;
    return { url: String(begun.body.url), browser };
  }
  const post = (id: string, SAMLResponse: string, RelayState: string) =>
    app.app.request(`/api/v1/auth/sso/saml/${id}/acs`, {
      method: "POST",
      headers: { "content-type": "application/x-www-form-urlencoded" },
      body: new URLSearchParams({ SAMLResponse, RelayState }).toString(),
    });

  async function signedIn(id: string, browser = idp.browser()) {
    const { url, browser: ours } = await begin();
    const { response, relayState, html } = await browser.signIn(url);
    expect(html).toContain("SAMLResponse");
    const taken = await post(id, response!, relayState!);
    const location = taken.headers.get("location")!;
    expect([taken.status, location]).toEqual([303, expect.stringMatching(/^\/api\/v1\/auth\/sso\/done\?code=/)]);
    const cookie = `__Host-contentos_sso=${ours}`;
    const done = await app.send("GET", location.replace("/api/v1", ""), undefined, undefined, { cookie });
    const token = /contentos_access=([^;]*)/.exec(done.headers.getSetCookie().join())?.[1];
    return { token, response: response!, relayState: relayState!, url, browser };
  }
  const me = (token: string | undefined) => app.send("GET", "/auth/me", undefined, token);
  /** The browser comes to us, and goes on to where we send it. */
  async function onward(url: string) {
    expect(url.startsWith("https://contentos.test/api/v1/auth/sso/saml/")).toBe(true);
    const answer = await app.app.request(url.replace("https://contentos.test", ""));
    return answer.headers.get("location")!;
  }

  it("takes our request and signs in, by its own metadata and ours", async () => {
    const id = await connected();
    const { token, response, relayState } = await signedIn(id);
    expect((await me(token)).body).toMatchObject({ user: { email: kim.mail, name: kim.displayName }, method: "Sso" });
    const reads = await app.send("GET", "/content", undefined, token, { "x-workspace-id": id });
    expect(reads.status).toBe(200);
    const again = await post(id, response, relayState);
    expect(again.headers.get("location")).toContain("reason=in_response_to");
  });

  it("looks at how our request is signed, and asks nobody where it was changed or is signed by another", async () => {
    await connected();
    const { url } = await begin();
    expect((await idp.browser().ask(url)).html).toContain('name="password"');
    const changed = (await begin()).url.replace(/RelayState=[^&]+/, "RelayState=another");
    expect((await idp.browser().ask(changed)).html).not.toContain('name="password"');
    await app.identity.sso.saml.rotateKeys(0);
    expect((await idp.browser().ask((await begin()).url)).html).not.toContain('name="password"');
  });

  it("encrypts assertions for us, by AES-GCM", async () => {
    const gcm = { "assertion.encryption": true, sharedkey_algorithm: "http://www.w3.org/2009/xmlenc11#aes256-gcm" };
    const { token, response } = await signedIn(await connected(gcm));
    const xml = Buffer.from(response, "base64").toString();
    expect([xml.includes("EncryptedAssertion"), xml.includes(kim.mail)]).toEqual([true, false]);
    expect((await me(token)).body).toMatchObject({ user: { email: kim.mail } });
  });

  it("encrypts by AES-CBC, which is taken within a signed response alone", async () => {
    const cbc = { "assertion.encryption": true, sharedkey_algorithm: "http://www.w3.org/2001/04/xmlenc#aes256-cbc" };
    const signed = await signedIn(await connected({ ...cbc, "saml20.sign.response": true }));
    expect((await me(signed.token)).body).toMatchObject({ user: { email: kim.mail } });
    const id = await connected({ ...cbc, "saml20.sign.response": false });
    const { response, relayState } = await idp.browser().signIn((await begin()).url);
    const refused = await post(id, response!, relayState!);
    expect(refused.headers.get("location")).toContain("reason=encrypted");
  });

  it("signs out here whom it signs out, and hears that it was done", async () => {
    const { token, browser } = await signedIn(await connected());
    const after = `${idp.url}/module.php/core/frontpage_welcome.php?signed-out`;
    const out = `${idp.url}/saml2/idp/SingleLogoutService.php?ReturnTo=${encodeURIComponent(after)}`;
    const asked = await browser.ask(out);
    expect((await me(token)).status).toBe(200);
    const answer = await onward(asked.url);
    expect(answer.startsWith(`${idp.url}/saml2/idp/SingleLogoutService.php?SAMLResponse=`)).toBe(true);
    expect((await me(token)).status).toBe(401);
    expect((await browser.ask(answer)).url).toBe(after);
    expect(await onward(asked.url)).toContain("reason=replayed");
  });

  it("signs out whom we sign out, and sends the browser back", async () => {
    const { token, browser } = await signedIn(await connected());
    const { body } = await app.send("POST", "/auth/logout/sso", undefined, token);
    const back = await browser.ask(String(body.url));
    expect(await onward(back.url)).toBe("/sign-in");
    // It asks for the password again.
    expect((await browser.ask((await begin()).url)).html).toContain('name="password"');
  });

  it("is not believed once what it said was changed, nor for another workspace", async () => {
    const [other, id] = [await connected(), await connected()];
    const { url } = await begin();
    const { response, relayState } = await idp.browser().signIn(url);
    const xml = Buffer.from(response!, "base64").toString();
    expect(xml).toContain(kim.mail);
    const forged = Buffer.from(xml.replaceAll(kim.mail, `boss@${domain}`)).toString("base64");
    expect((await post(id, forged, relayState!)).headers.get("location")).toContain("reason=signature");
    const second = await begin();
    const answer = await idp.browser().signIn(second.url);
    expect((await post(other, answer.response!, answer.relayState!)).headers.get("location")).toContain(
      "reason=in_response_to",
    );
  });

  it("gives nothing for a wrong password", async () => {
    await connected();
    const { response } = await idp.browser().signIn((await begin()).url, "a wrong password");
    expect(response).toBeUndefined();
  });
});

import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { seedWorkspace } from "#tests/factories";
import { type RealApp, realApp } from "#tests/factories/identity";
import { newSigning } from "#tests/factories/saml-provider";
import { acsOf, entityIdOf } from "#tests/factories/saml-sign-in";
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
  async function connected() {
    const { id, admin } = await seedWorkspace(t);
    await idp.trust({ entityId: entityIdOf(id), acsUrl: acsOf(id) });
    const body = { metadata: await idp.metadata(), defaultRole: "Writer" };
    const set = await call(admin, "PUT", `/workspaces/${id}/sso/saml`, body);
    expect([set.status, set.body.code]).toEqual([200, undefined]);
    expect(set.body.connection).toMatchObject({
      issuer: `${idp.url}/idp`,
      ssoUrl: `${idp.url}/saml2/idp/SSOService.php`,
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

  it("takes our request and signs in, by its own metadata and ours", async () => {
    const id = await connected();
    const { url, browser } = await begin();
    const { response, relayState } = await idp.signIn(url);
    const taken = await post(id, response!, relayState!);
    expect([taken.status, taken.headers.get("location")]).toEqual([
      303,
      expect.stringMatching(/^\/api\/v1\/auth\/sso\/done\?code=/),
    ]);
    const cookie = `__Host-contentos_sso=${browser}`;
    const done = await app.send("GET", taken.headers.get("location")!.replace("/api/v1", ""), undefined, undefined, {
      cookie,
    });
    const token = /contentos_access=([^;]*)/.exec(done.headers.getSetCookie().join())?.[1];
    const me = await app.send("GET", "/auth/me", undefined, token);
    expect(me.body).toMatchObject({ user: { email: kim.mail, name: kim.displayName }, method: "Sso" });
    const reads = await app.send("GET", "/content", undefined, token, { "x-workspace-id": id });
    expect(reads.status).toBe(200);
    const again = await post(id, response!, relayState!);
    expect(again.headers.get("location")).toContain("reason=in_response_to");
  });

  it("is not believed once what it said was changed, nor for another workspace", async () => {
    const [other, id] = [await connected(), await connected()];
    const { url } = await begin();
    const { response, relayState } = await idp.signIn(url);
    const xml = Buffer.from(response!, "base64").toString();
    expect(xml).toContain(kim.mail);
    const forged = Buffer.from(xml.replaceAll(kim.mail, `boss@${domain}`)).toString("base64");
    expect((await post(id, forged, relayState!)).headers.get("location")).toContain("reason=signature");
    const second = await begin();
    const answer = await idp.signIn(second.url);
    expect((await post(other, answer.response!, answer.relayState!)).headers.get("location")).toContain(
      "reason=in_response_to",
    );
  });

  it("gives nothing for a wrong password", async () => {
    await connected();
    const { response } = await idp.signIn((await begin()).url, "a wrong password");
    expect(response).toBeUndefined();
  });
});

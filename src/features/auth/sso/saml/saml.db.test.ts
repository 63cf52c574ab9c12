import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { seedMember, seedWorkspace } from "#tests/factories";
import { type RealApp, realApp } from "#tests/factories/identity";
import { metadataOf, newSigning, type Signing } from "#tests/factories/saml-provider";
import { acsOf, entityIdOf, type Flow, sloOf, withSaml } from "#tests/factories/saml-sign-in";
import { caller } from "#tests/harness/app";
import { testDatabase } from "#tests/harness/database";

const t = testDatabase();
let keys: Signing;
let others: Signing;
beforeAll(async () => {
  [keys, others] = await Promise.all([newSigning(), newSigning("CN=Somebody else")]);
});

const enters = (app: RealApp, token: string | undefined, workspaceId: string) =>
  app.send("GET", "/content", undefined, token, { "x-workspace-id": workspaceId });
const setUp = (over: Parameters<typeof withSaml>[2] = {}) => withSaml(t, keys, over);
const signedIn = async ({ app, finish }: Flow, xml?: string) => {
  const answer = await finish(xml);
  const me = await app.send("GET", "/auth/me", undefined, answer.token);
  return { ...answer, me: me.body };
};

describe("a workspace's own SAML provider", () => {
  it("is asked by redirect, signs in by post, and makes a member of who comes first", async () => {
    const saml = await setUp();
    const flow = await saml.begin({ next: "/w/acme/content?view=board" });
    expect(flow.request).toMatchObject({ acsUrl: acsOf(saml.id), relayState: expect.stringMatching(/^[\w-]{43}$/) });
    expect(flow.request.xml).toContain(`>${entityIdOf(saml.id)}<`);
    expect(new URL(flow.url).origin).toBe("https://idp.example");
    const first = await signedIn(flow);
    expect(first.location).toBe("/w/acme/content?view=board");
    expect(first.me).toMatchObject({ user: { email: saml.address }, method: "Sso", secondFactor: false });
    expect((await enters(flow.app, first.token, saml.id)).status).toBe(200);
    const [member] = await t.asOwner("select role from workspace_members where workspace_id = $1 and user_id = $2", [
      saml.id,
      first.me.user.id,
    ]);
    expect(member).toEqual({ role: "Writer" });
    const again = await signedIn(await saml.begin());
    expect([again.location, again.me.user.id]).toEqual(["/", first.me.user.id]);
  });

  it("is taken with a signed response around the assertion, attributes, another name, and two factors", async () => {
    const saml = await setUp();
    const flow = await saml.begin();
    const said = {
      nameId: "kim-0001",
      nameIdFormat: "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent",
      attributes: { mail: saml.address.toUpperCase(), displayName: "Kim Example" },
      context: "http://schemas.microsoft.com/claims/multipleauthn",
    };
    const answer = await signedIn(flow, flow.signBoth(said));
    expect(answer.me).toMatchObject({ user: { email: saml.address, name: "Kim Example" }, secondFactor: true });
    // Known by that name from now on: whose address changes there is refused, and nobody else's account is taken.
    const moved = await saml.begin();
    const renamed = { ...said, attributes: { mail: `other@${saml.domain}` } };
    expect((await moved.finish(moved.sign(renamed))).reason).toBe("address_changed");
  });

  it("speaks for its verified domains only, and links an account whose address is confirmed", async () => {
    const saml = await setUp();
    const victim = await saml.app.signup();
    for (const address of [victim.email, `x@sub.${saml.domain}`]) {
      const flow = await saml.begin();
      expect((await flow.finish(flow.sign({ address }))).reason).toBe("domain");
    }
    const squatter = await saml.app.signup({ email: saml.address });
    const early = await saml.begin();
    expect(await early.finish()).toMatchObject({ location: "/sign-in?refused=sso_refused", token: undefined });
    await saml.app.identity.verifyEmailByOperator(saml.address);
    expect((await signedIn(await saml.begin())).me.user.id).toBe(squatter.user.id);
    const flow = await saml.begin();
    expect((await flow.finish(flow.sign({ nameId: "no address" }))).reason).toBe("subject");
  });

  it("brings nobody back who was removed, opens no other workspace, and satisfies forced single sign-on", async () => {
    const saml = await setUp();
    const elsewhere = await seedWorkspace(t);
    const flow = await saml.begin();
    const { token, me } = await signedIn(flow);
    await t.asOwner("insert into workspace_members (workspace_id, user_id, role) values ($1, $2, 'Editor')", [
      elsewhere.id,
      me.user.id,
    ]);
    expect((await enters(flow.app, token, elsewhere.id)).body.code).toBe("reauthentication_required");
    await t.asOwner("insert into auth_policies (workspace_id, require_sso) values ($1, true)", [saml.id]);
    expect((await enters(flow.app, token, saml.id)).status).toBe(200);
    await t.asOwner("update workspace_members set removed_at = now() where workspace_id = $1 and user_id = $2", [
      saml.id,
      me.user.id,
    ]);
    expect((await (await saml.begin()).finish()).location).toBe("/sign-in?refused=sso_refused");
  });

  it("may begin by itself only where the workspace says so, and sends nobody to another site", async () => {
    const saml = await setUp();
    const flow = saml.unasked();
    expect((await flow.finish()).reason).toBe("in_response_to");
    await saml.configure({ idpInitiated: true });
    for (const [relayState, location] of [
      ["/w/acme", "/w/acme"],
      ["https://evil.example/", "/"],
      ["//evil.example", "/"],
      ["javascript:alert(1)", "/"],
    ] as const) {
      const begun = saml.unasked(relayState);
      expect(await begun.finish()).toMatchObject({ location, token: expect.any(String) });
    }
    // An answer to a request that nobody made here is none that the provider began with.
    const stolen = saml.unasked();
    expect((await stolen.finish(stolen.sign({ inResponseTo: "_somebody-elses" }))).reason).toBe("in_response_to");
  });

  it("can't become another workspace's after it has vouched for somebody", async () => {
    const target = await setUp();
    // By the other's name, and with keys of its own: a name is anybody's to write.
    const saml = await withSaml(t, others, { entityId: target.entityId });
    const flow = await saml.begin();
    const { token, me } = await signedIn(flow);
    await t.asOwner("insert into workspace_members (workspace_id, user_id, role) values ($1, $2, 'Editor')", [
      target.id,
      me.user.id,
    ]);
    expect((await enters(flow.app, token, target.id)).body.code).toBe("reauthentication_required");
    await saml.configure({ metadata: metadataOf(target.entityId, [keys.certificate]) });
    expect((await enters(flow.app, token, target.id)).body.code).toBe("reauthentication_required");
    const [count] = await t.asOwner("select count(*)::int as n from auth_sso_connections where workspace_id = $1", [
      saml.id,
    ]);
    expect(count).toEqual({ n: 2 });
    const update = "update auth_sso_connections set certificates = '{x}'";
    const [{ may }] = (await t.asOwner(
      "select has_column_privilege('contentos_app', 'auth_sso_connections', 'certificates', 'update') as may",
    )) as [{ may: boolean }];
    expect([update, may]).toEqual([update, false]);
  });
});

describe("its settings", () => {
  it("are an Admin's, come from metadata or by fields, and keep to keys that are strong", async () => {
    const workspace = await seedWorkspace(t);
    const call = caller(t);
    const path = `/workspaces/${workspace.id}/sso/saml`;
    const fields = {
      entityId: "https://idp.example",
      ssoUrl: "https://idp.example/sso",
      certificates: [keys.certificate],
    };
    const good = { ...fields, defaultRole: "Viewer" };
    const editor = await seedMember(t, workspace.id, "Editor");
    const stranger = (await seedWorkspace(t)).admin;
    expect((await call(editor, "PUT", path, good)).status).toBe(403);
    expect((await call(stranger, "PUT", path, good)).status).toBe(404);
    const set = await call(workspace.admin, "PUT", path, good);
    expect(set.body.connection).toMatchObject({
      protocol: "Saml",
      issuer: "https://idp.example",
      ssoUrl: "https://idp.example/sso",
      certificates: [{ fingerprint: expect.stringMatching(/^[0-9a-f]{64}$/), subject: "CN=Provider of tests" }],
      idpInitiated: false,
    });
    expect(set.body.saml).toEqual({
      entityId: entityIdOf(workspace.id),
      metadataUrl: entityIdOf(workspace.id),
      acsUrl: acsOf(workspace.id),
      sloUrl: sloOf(workspace.id),
      certificates: [
        {
          fingerprint: expect.any(String),
          subject: "CN=contentos.test",
          pem: expect.any(String),
          validUntil: expect.any(String),
        },
      ],
    });
    const weak = await newSigning("CN=Weak", 1024);
    const metadata = metadataOf("https://idp.example", [keys.certificate]);
    const bad: [string, object][] = [
      ["both", { ...good, metadata }],
      ["neither", { defaultRole: "Viewer" }],
      ["no address", { ...good, ssoUrl: "javascript:alert(1)" }],
      ["no address to sign out at", { ...good, sloUrl: "javascript:alert(1)" }],
      ["no certificate", { ...good, certificates: ["bm90IG9uZQ=="] }],
      ["a short key", { ...good, certificates: [weak.certificate] }],
      ["an Admin at once", { ...good, defaultRole: "Admin" }],
      ["no XML", { metadata: "<md", defaultRole: "Viewer" }],
      ["another document", { metadata: "<a/>", defaultRole: "Viewer" }],
      [
        "a document type",
        { metadata: `<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>${metadata}`, defaultRole: "Viewer" },
      ],
      ["no redirect", { metadata: metadata.replace("bindings:HTTP-Redirect", "bindings:SOAP"), defaultRole: "Viewer" }],
    ];
    for (const [what, body] of bad)
      expect([what, (await call(workspace.admin, "PUT", path, body)).status]).toEqual([what, 400]);
    const two = metadataOf("https://idp.example", [keys.certificate, others.certificate]);
    const rolled = await call(workspace.admin, "PUT", path, { metadata: two, defaultRole: "Viewer" });
    expect((rolled.body.connection as { certificates: unknown[] }).certificates).toHaveLength(2);
    const audit = "select detail from audit_events where workspace_id = $1 and action = 'auth.sso_changed'";
    expect(await t.asOwner(audit, [workspace.id])).toHaveLength(2);
  });

  it("are told to the provider as metadata, for a workspace that is there as for one that is not", async () => {
    const app = realApp(t);
    const id = randomUUID();
    const answer = await app.app.request(`/api/v1/auth/sso/saml/${id}/metadata`);
    expect([answer.status, answer.headers.get("content-type")]).toEqual([
      200,
      "application/samlmetadata+xml; charset=utf-8",
    ]);
    const text = await answer.text();
    expect(text).toContain(`entityID="${entityIdOf(id)}"`);
    expect(text).toContain(`Location="${acsOf(id)}"`);
    expect(text).toContain('WantAssertionsSigned="true"');
    expect((await app.app.request("/api/v1/auth/sso/saml/acme/metadata")).status).toBe(404);
  });
});

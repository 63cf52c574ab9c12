import { createVerify, X509Certificate } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import {
  encryptedFor,
  loggedOutOf,
  logOutOf,
  metadataOf,
  newSigning,
  redirected,
  requestIn,
  type Signing,
  signed,
} from "#tests/factories/saml-provider";
import { type Flow, sloOf, withSaml } from "#tests/factories/saml-sign-in";
import { testDatabase } from "#tests/harness/database";

const t = testDatabase();
let keys: Signing;
let others: Signing;
beforeAll(async () => {
  [keys, others] = await Promise.all([newSigning(), newSigning("CN=Somebody else")]);
});

const SLO = "https://idp.example/slo";
const DAY_MS = 86_400_000;
type Saml = Awaited<ReturnType<typeof withSaml>>;

/** A provider that takes requests to sign out. */
async function setUp() {
  const saml = await withSaml(t, keys);
  const metadata = metadataOf(saml.entityId, [keys.certificate], undefined, SLO);
  await saml.configure({ metadata });
  return { ...saml, metadata };
}

const bring = async ({ app, id }: Saml, query: string) => {
  const answer = await app.app.request(`/api/v1/auth/sso/saml/${id}/slo?${query}`);
  const location = answer.headers.get("location") ?? "";
  expect(answer.status).toBe(302);
  return { location, reason: new URL(location, "https://x").searchParams.get("reason") };
};
const isIn = async ({ app }: Saml, token: string | undefined) => {
  const { status } = await app.send("GET", "/auth/me", undefined, token);
  return status === 200;
};
/** In two sessions of the provider's. */
async function signedInTwice(saml: Saml, nameId = saml.address) {
  const both = [];
  for (const id of ["_session-one", "_session-two"]) {
    const flow = await saml.begin();
    both.push(
      (await flow.finish(flow.sign({ id: `${id}-${saml.id}`, nameId, attributes: { mail: saml.address } }))).token,
    );
  }
  return both as [string, string];
}
const ask = (saml: Saml, over: Partial<Parameters<typeof logOutOf>[0]> = {}) =>
  logOutOf({ entityId: saml.entityId, destination: sloOf(saml.id), nameId: saml.address, ...over });

/** By the certificates that our metadata tell. */
async function certificatesIn({ app, id }: Saml, use: "signing" | "encryption") {
  const text = await (await app.app.request(`/api/v1/auth/sso/saml/${id}/metadata`)).text();
  return [...text.matchAll(new RegExp(`use="${use}">.*?<ds:X509Certificate>([^<]+)<`, "g"))].map(
    ([, base64]) =>
      `-----BEGIN CERTIFICATE-----\n${base64!.match(/.{1,64}/g)!.join("\n")}\n-----END CERTIFICATE-----\n`,
  );
}
function isSignedBy(url: string, certificate: string) {
  const [query, signature] = new URL(url).search.slice(1).split("&Signature=");
  const verifier = createVerify("RSA-SHA256").update(query!);
  return verifier.verify(new X509Certificate(certificate).publicKey, decodeURIComponent(signature!), "base64");
}

describe("an encrypted assertion", () => {
  const CBC = { content: "http://www.w3.org/2001/04/xmlenc#aes256-cbc" };
  const finish = async (saml: Saml, make: (flow: Flow, certificate: string) => string | Promise<string>) => {
    const flow = await saml.begin();
    const [certificate] = await certificatesIn(saml, "encryption");
    const { reason, token } = await flow.finish(await make(flow, certificate!));
    return reason ?? (await isIn(saml, token));
  };

  it("is opened by our key, also by the one before, and has to be signed like any other", async () => {
    const saml = await setUp();
    expect(await finish(saml, (flow, ours) => encryptedFor(flow.sign(), ours))).toBe(true);
    const [before] = await certificatesIn(saml, "encryption");
    await saml.app.identity.sso.saml.rotateKeys(14);
    expect(await finish(saml, (flow) => encryptedFor(flow.sign(), before!))).toBe(true);
    expect(await finish(saml, (flow, ours) => encryptedFor(flow.sign({}, others), ours))).toBe("signature");
    expect(await finish(saml, (flow, ours) => encryptedFor(flow.sign({ audience: "https://x" }), ours))).toBe(
      "audience",
    );
    await saml.app.identity.sso.saml.rotateKeys(0);
    expect(await finish(saml, (flow) => encryptedFor(flow.sign(), before!))).toBe("encrypted");
    const replayed = await saml.begin();
    const [ours] = await certificatesIn(saml, "encryption");
    const once = await encryptedFor(replayed.sign(), ours!);
    expect((await replayed.finish(once)).token).toBeDefined();
    expect((await replayed.finish(once)).reason).toBe("in_response_to");
  });

  it("is taken by methods that tell of a change, or within a signed response, and never by others", async () => {
    const saml = await setUp();
    const around = async (flow: Flow, ours: string, over = keys) =>
      signed(await encryptedFor(flow.sign(), ours, CBC), over, "Response");
    expect(await finish(saml, (flow, ours) => encryptedFor(flow.sign(), ours, CBC))).toBe("encrypted");
    expect(await finish(saml, around)).toBe(true);
    expect(await finish(saml, (flow, ours) => around(flow, ours, others))).toBe("encrypted");
    const changed = async (flow: Flow, ours: string) => {
      const xml = await around(flow, ours);
      const [value] = [...xml.matchAll(/CipherValue>([^<]+)</g)].at(-1)!.slice(1);
      const bytes = Buffer.from(value!, "base64");
      bytes[20]! ^= 1;
      return xml.replace(value!, bytes.toString("base64"));
    };
    expect(await finish(saml, changed)).toBe("encrypted");
    const old = { key: "http://www.w3.org/2001/04/xmlenc#rsa-1_5" };
    expect(await finish(saml, (flow, ours) => encryptedFor(flow.sign(), ours, old))).toBe("algorithm");
    expect(await finish(saml, (flow) => encryptedFor(flow.sign(), others.certificate))).toBe("encrypted");
    const twice = async (flow: Flow, ours: string) => {
      const xml = await encryptedFor(flow.sign(), ours);
      return xml.replace(/<saml:EncryptedAssertion[\s\S]*<\/saml:EncryptedAssertion>/, "$&$&");
    };
    expect(await finish(saml, twice)).toBe("encrypted");
    const beside = async (flow: Flow, ours: string) =>
      (await encryptedFor(flow.sign(), ours)).replace(
        "</samlp:Response>",
        `${flow.sign().match(/<saml:Assertion[\s\S]*<\/saml:Assertion>/)![0]}$&`,
      );
    expect(await finish(saml, beside)).toBe("signature");
  });
});

describe("a provider's request to sign out", () => {
  it("ends the sessions that it opened, those that it names, and is answered", async () => {
    const saml = await setUp();
    const [one, two] = await signedInTwice(saml);
    const password = await saml.app.signup();
    const first = redirected(
      "SAMLRequest",
      ask(saml, { id: "_asked", indexes: [`_session-one-${saml.id}`] }),
      keys,
      "a state (of theirs)!",
    );
    const { location } = await bring(saml, first);
    expect([await isIn(saml, one), await isIn(saml, two), await isIn(saml, password.accessToken)]).toEqual([
      false,
      true,
      true,
    ]);
    const url = new URL(location);
    expect([url.origin + url.pathname, url.searchParams.get("RelayState")]).toEqual([SLO, "a state (of theirs)!"]);
    expect(requestIn(location.replace("SAMLResponse", "SAMLRequest")).xml).toMatch(
      /InResponseTo="_asked".*status:Success/s,
    );
    const [ours] = await certificatesIn(saml, "signing");
    expect(isSignedBy(location, ours!)).toBe(true);
    await bring(saml, redirected("SAMLRequest", ask(saml), keys));
    expect(await isIn(saml, two)).toBe(false);
  });

  it("is heard once, from who has the provider's key, for this address and in time", async () => {
    const saml = await setUp();
    const other = await setUp();
    const [one, two] = await signedInTwice(saml);
    const SHA1 = "http://www.w3.org/2000/09/xmldsig#rsa-sha1";
    const good = redirected("SAMLRequest", ask(saml), keys, "x");
    const bad: [string, string, string][] = [
      ["signed by nobody", "signature", good.replace(/&SigAlg.*/, "")],
      ["without its signature", "signature", good.replace(/&Signature.*/, "")],
      ["signed by another", "signature", redirected("SAMLRequest", ask(saml), others)],
      ["about something else since it was signed", "signature", good.replace("RelayState=x", "RelayState=y")],
      ["signed by an old method", "algorithm", redirected("SAMLRequest", ask(saml), keys, "x", SHA1)],
      ["said twice", "malformed", `${good}&SAMLRequest=${encodeURIComponent("x")}`],
      ["with something beside it", "malformed", `${good}&more=1`],
      [
        "for another workspace",
        "destination",
        redirected("SAMLRequest", ask(saml, { destination: sloOf(other.id) }), keys),
      ],
      ["of another provider", "issuer", redirected("SAMLRequest", ask(saml, { entityId: other.entityId }), keys)],
      ["that is old", "expired", redirected("SAMLRequest", ask(saml, { issued: -600_000 }), keys)],
      ["of tomorrow", "expired", redirected("SAMLRequest", ask(saml, { issued: 600_000 }), keys)],
      ["with a comment", "malformed", redirected("SAMLRequest", ask(saml, { nameId: `a<!-- -->b` }), keys)],
      ["that is none", "malformed", redirected("SAMLRequest", "<a/>", keys)],
    ];
    for (const [what, reason, query] of bad) expect([what, (await bring(saml, query)).reason]).toEqual([what, reason]);
    expect([await isIn(saml, one), await isIn(saml, two)]).toEqual([true, true]);
    await bring(saml, redirected("SAMLRequest", ask(saml, { nameId: "somebody-else@example.com" }), keys));
    expect(await isIn(saml, one)).toBe(true);
    expect((await bring(saml, good)).reason).toBeNull();
    expect([await isIn(saml, one), await isIn(saml, two)]).toEqual([false, false]);
    expect((await bring(saml, good)).reason).toBe("replayed");
  });
});

describe("signing out here", () => {
  it("ends the session, and asks the provider for an end to its own", async () => {
    const saml = await setUp();
    const [token] = await signedInTwice(saml, "kim-0001");
    const { status, body } = await saml.app.send("POST", "/auth/logout/sso", undefined, token);
    expect([status, await isIn(saml, token)]).toEqual([200, false]);
    const asked = requestIn(String(body.url));
    expect(String(body.url).startsWith(`${SLO}?`)).toBe(true);
    expect(asked.xml).toContain(">kim-0001<");
    expect(asked.xml).toContain(`>_session-one-${saml.id}<`);
    const [ours] = await certificatesIn(saml, "signing");
    expect(isSignedBy(String(body.url), ours!)).toBe(true);
    const answer = (by: Signing, inResponseTo: string, status?: string) =>
      redirected(
        "SAMLResponse",
        loggedOutOf(saml.entityId, sloOf(saml.id), inResponseTo, status),
        by,
        asked.relayState,
      );
    expect((await bring(saml, answer(others, asked.id!))).reason).toBe("signature");
    expect((await bring(saml, answer(keys, asked.id!, "PartialLogout"))).reason).toBe("log_out");
    expect(await bring(saml, answer(keys, asked.id!))).toEqual({ location: "/sign-in", reason: null });
    expect((await bring(saml, answer(keys, asked.id!))).reason).toBe("in_response_to");
  });

  it("asks nobody where no provider signed in, or it takes no such requests", async () => {
    const saml = await setUp();
    const { accessToken } = await saml.app.signup();
    expect((await saml.app.send("POST", "/auth/logout/sso", undefined, accessToken)).body).toEqual({ url: null });
    expect(await isIn(saml, accessToken)).toBe(false);
    expect((await saml.app.send("POST", "/auth/logout/sso", undefined, accessToken)).status).toBe(401);
    const plain = await withSaml(t, keys);
    const [token] = await signedInTwice(plain);
    expect((await plain.app.send("POST", "/auth/logout/sso", undefined, token)).body).toEqual({ url: null });
    const query = redirected("SAMLRequest", ask(plain), keys);
    expect(await bring(plain, query)).toEqual({ location: "/sign-in", reason: null });
  });
});

// Last: it puts the keys of this database into years to come.
describe("what we ask a SAML provider", () => {
  it("is signed by the key of our metadata, which changes once providers have had time to hear of it", async () => {
    const saml = await setUp();
    const [first] = await certificatesIn(saml, "signing");
    const { url } = await saml.begin();
    expect([...new URL(url).searchParams.keys()]).toEqual(["SAMLRequest", "RelayState", "SigAlg", "Signature"]);
    expect(isSignedBy(url, first!)).toBe(true);
    expect(isSignedBy(url.replace("RelayState=", "RelayState=x"), first!)).toBe(false);
    await saml.app.identity.sso.saml.rotateKeys(14);
    const [second, before, ...more] = await certificatesIn(saml, "signing");
    expect([before, more, second === first]).toEqual([first, [], false]);
    expect(await certificatesIn(saml, "encryption")).toEqual([second]);
    expect(isSignedBy((await saml.begin()).url, first!)).toBe(true);
    saml.app.forward(14 * DAY_MS + 1_000);
    expect(isSignedBy((await saml.begin()).url, second!)).toBe(true);
    saml.app.forward(14 * DAY_MS);
    expect(await certificatesIn(saml, "signing")).toEqual([second]);
    await saml.app.identity.sso.saml.rotateKeys(0);
    const [third, ...none] = await certificatesIn(saml, "signing");
    expect([third === second, none]).toEqual([false, []]);
    expect(isSignedBy((await saml.begin()).url, third!)).toBe(true);
    const kept = await t.asOwner("select sealed_private_key as key from auth_saml_keys");
    expect(kept.some(({ key }) => (key as unknown as Buffer).includes("PRIVATE KEY"))).toBe(false);
  });
});

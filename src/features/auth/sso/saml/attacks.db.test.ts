import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { beforeAll, describe, expect, it } from "vitest";
import { assertionOf, newSigning, posted, responseOf, type Signing, signed } from "#tests/factories/saml-provider";
import { acsOf, entityIdOf, type Flow, withSaml } from "#tests/factories/saml-sign-in";
import { testDatabase } from "#tests/harness/database";

const t = testDatabase();
let keys: Signing;
let others: Signing;
beforeAll(async () => {
  [keys, others] = await Promise.all([newSigning(), newSigning("CN=Somebody else")]);
});

type Victim = { address: string; domain: string };
/** What an attacker who may sign in as themselves, or who saw a response go by, makes of it. */
type Attack = (flow: Flow, victim: Victim) => string | Promise<string>;

const SHA1 = "http://www.w3.org/2000/09/xmldsig#sha1";
const plain = (flow: Flow, over = {}) => responseOf(flow.said(over), assertionOf(flow.said(over)));
const part = (xml: string, name: string) => new RegExp(`<(\\w+:)?${name}[ >][\\s\\S]*?</(\\1)?${name}>`).exec(xml)![0];
const insertedAfter = (xml: string, anchor: string, what: string) => xml.replace(anchor, `${anchor}${what}`);

/**
 * Signature wrapping (Somorovsky and others, "On Breaking SAML: Be Whoever You Want to Be", 2012), the eight shapes that
 * SAML Raider calls XSW1 to XSW8: what was signed is moved to where nobody reads it, and something else put in its place.
 */
function wrapped(shape: number): Attack {
  return (flow, { address }) => {
    const evil = assertionOf(flow.said({ address, id: "_evil" }));
    if (shape <= 2) {
      const genuine = signed(plain(flow, { responseId: "_genuine" }), keys, "Response");
      const signature = part(genuine, "Signature");
      const inner = genuine.replace(signature, "");
      const outer = responseOf(flow.said({ address, responseId: "_evil-response" }), evil);
      const moved =
        shape === 1
          ? signature.replace("</ds:Signature>", `<ds:Object>${inner}</ds:Object></ds:Signature>`)
          : inner + signature;
      return insertedAfter(outer, "</saml:Issuer>", moved);
    }
    const genuine = flow.sign({ id: "_genuine" });
    const assertion = part(genuine, "Assertion");
    const signature = part(assertion, "Signature");
    const bare = assertion.replace(signature, "");
    const evilSigned = insertedAfter(evil, "</saml:Issuer>", signature);
    const inObject = (content: string) =>
      signature.replace("</ds:Signature>", `<ds:Object>${content}</ds:Object></ds:Signature>`);
    const inExtensions = (content: string) => `<samlp:Extensions>${content}</samlp:Extensions>`;
    switch (shape) {
      case 3:
        return genuine.replace(assertion, evil + assertion);
      case 4:
        return genuine.replace(assertion, evil.replace("</saml:Assertion>", `${assertion}</saml:Assertion>`));
      case 5:
        return genuine.replace(assertion, evilSigned + bare);
      case 6:
        return genuine.replace(assertion, insertedAfter(evil, "</saml:Issuer>", inObject(bare)));
      case 7:
        return insertedAfter(genuine.replace(assertion, evil), "</saml:Issuer>", inExtensions(assertion));
      default:
        return genuine.replace(assertion, insertedAfter(evil, "</saml:Issuer>", inObject(assertion)));
    }
  };
}

const ATTACKS: [what: string, reason: string, attack: Attack][] = [
  ["signed by nobody", "signature", (flow, { address }) => plain(flow, { address })],
  ["signed by another key, which it brings along", "signature", (flow) => flow.sign({}, others)],
  ["whose response alone is signed", "signature", (flow) => signed(plain(flow), keys, "Response")],
  [
    "about somebody else since it was signed",
    "signature",
    (flow, { address }) => flow.sign().replace(/>kim\.[^<]+</, `>${address}<`),
  ],
  ...[1, 2, 3, 4, 5, 6, 7, 8].map((shape): [string, string, Attack] => [
    `wrapped as XSW${shape}`,
    "signature",
    wrapped(shape),
  ]),
  [
    "with one id twice",
    "signature",
    (flow, { address }) => {
      const genuine = flow.sign({ id: "_twice" });
      return insertedAfter(
        genuine,
        "</saml:Issuer>",
        `<samlp:Extensions>${assertionOf(flow.said({ address, id: "_twice" }))}</samlp:Extensions>`,
      );
    },
  ],
  [
    "with a comment in the name",
    "malformed",
    (flow, { address }) =>
      flow.sign({ address: `${address}.evil.example` }).replace(`>${address}.evil`, `>${address}<!-- -->.evil`),
  ],
  [
    "with an instruction that hides part of the name",
    "malformed",
    (flow, { address }) => flow.sign({ address: `not-${address}` }).replace(`>not-${address}`, `><?p not-?>${address}`),
  ],
  ["with a section of characters", "malformed", (flow) => flow.sign().replace(/>(kim\.[^<]+)</, "><![CDATA[$1]]><")],
  ["with a document type", "malformed", (flow) => `<!DOCTYPE r [<!ENTITY x "y">]>${flow.sign()}`],
  [
    "with a document type after a declaration",
    "malformed",
    (flow) =>
      `<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE r [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>${flow.sign()}`,
  ],
  ["in another encoding", "malformed", (flow) => `<?xml version="1.0" encoding="UTF-7"?>${flow.sign()}`],
  ["that is no XML", "malformed", () => "not xml"],
  ["that is XML of another kind", "status", () => "<a/>"],
  [
    "signed with SHA-1",
    "algorithm",
    (flow) => flow.sign({}, keys, { signature: "http://www.w3.org/2000/09/xmldsig#rsa-sha1", digest: SHA1 }),
  ],
  ["with a digest of SHA-1", "algorithm", (flow) => flow.sign({}, keys, { digest: SHA1 })],
  [
    "whose signature keeps comments",
    "algorithm",
    (flow) => flow.sign({}, keys, { canonical: "http://www.w3.org/2001/10/xml-exc-c14n#WithComments" }),
  ],
  [
    "signed with the certificate as a secret",
    "algorithm",
    (flow) =>
      flow
        .sign()
        .replace(
          /SignatureMethod Algorithm="[^"]*"/,
          'SignatureMethod Algorithm="http://www.w3.org/2000/09/xmldsig#hmac-sha1"',
        ),
  ],
  ["that is over", "expired", (flow) => flow.sign({ notBefore: -400_000, notOnOrAfter: -120_000 })],
  ["confirmed until before now", "expired", (flow) => flow.sign({ confirmedUntil: -120_000 })],
  ["not valid yet", "expired", (flow) => flow.sign({ notBefore: 200_000 })],
  ["for another audience", "audience", (flow) => flow.sign({ audience: "https://other.example" })],
  [
    "for another workspace's",
    "audience",
    (flow) => flow.sign({ audience: entityIdOf("3c9d2b1a-0000-4000-8000-000000000003") }),
  ],
  ["for another recipient", "recipient", (flow) => flow.sign({ recipient: "https://other.example/acs" })],
  [
    "for another workspace's recipient",
    "recipient",
    (flow) => flow.sign({ recipient: acsOf("3c9d2b1a-0000-4000-8000-000000000003") }),
  ],
  [
    "that its holder has to prove",
    "recipient",
    (flow) => flow.sign({ method: "urn:oasis:names:tc:SAML:2.0:cm:holder-of-key" }),
  ],
  ["by another name of the same key", "issuer", (flow) => flow.sign({ entityId: "https://other.example" })],
  ["to another request", "in_response_to", (flow) => flow.sign({ inResponseTo: "_another" })],
  ["to no request", "in_response_to", (flow) => flow.sign({ inResponseTo: undefined })],
  [
    "with a refusal around it",
    "status",
    (flow) => flow.sign({ status: "urn:oasis:names:tc:SAML:2.0:status:Responder" }),
  ],
  ["of somebody in a domain that is not verified", "domain", (flow, { address }) => flow.sign({ address })],
  ["larger than any should be", "too_large", (flow) => flow.sign({ attributes: { filler: "x".repeat(260 * 1024) } })],
  [
    "that is encrypted",
    "encrypted",
    (flow) =>
      plain(flow).replace(
        /<saml:Assertion/,
        '<saml:EncryptedAssertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion"/><saml:Assertion',
      ),
  ],
];

describe("an assertion", () => {
  it.each(ATTACKS)("%s is refused: %s", async (_, reason, attack) => {
    const [saml, elsewhere] = [await withSaml(t, keys), await withSaml(t, others)];
    const victim = await saml.app.signup({ email: `victim@${elsewhere.domain}` });
    await saml.app.identity.verifyEmailByOperator(victim.email);
    const flow = await saml.begin();
    const xml = await attack(flow, { address: victim.email, domain: elsewhere.domain });
    const answer = await flow.finish(xml);
    expect(answer).toEqual({
      status: 303,
      location: `/sign-in?refused=sso_refused&reason=${reason}`,
      reason,
      token: undefined,
    });
    const opened =
      "select 1 from auth_sessions where method = 'Sso' and user_id in (select id from users where email = any($1))";
    expect(await t.asOwner(opened, [[saml.address, victim.email]])).toEqual([]);
    // What was attacked with is not what is wrong with the provider.
    expect((await (await saml.begin()).finish()).token).toBeTruthy();
  });

  it("of another workspace's provider is refused, whatever it says", async () => {
    const [saml, evil] = [await withSaml(t, keys), await withSaml(t, others)];
    const flow = await saml.begin();
    const forged = responseOf(flow.said(), assertionOf(flow.said()));
    expect((await flow.finish(signed(forged, others))).reason).toBe("signature");
    // Begun at the one and posted to the other, with a signature that is good there.
    const theirs = await evil.begin();
    expect((await theirs.finish(theirs.sign(), { to: saml.id })).reason).toBe("in_response_to");
    const own = await evil.begin();
    expect((await own.finish(own.sign({ address: saml.address }))).reason).toBe("domain");
  });

  it("is taken once, also by two at the same moment", async () => {
    const saml = await withSaml(t, keys, { configure: { idpInitiated: true } });
    const flow = saml.unasked();
    const xml = flow.sign();
    const answers = await Promise.all([1, 2, 3].map(() => flow.finish(xml)));
    expect(answers.map(({ reason }) => reason ?? "taken").sort()).toEqual(["replayed", "replayed", "taken"]);
    const asked = await saml.begin();
    const answer = asked.sign();
    expect((await asked.finish(answer)).token).toBeTruthy();
    expect((await asked.finish(answer)).reason).toBe("in_response_to");
  });

  it("goes on in the browser that asked for it, and in no other", async () => {
    const saml = await withSaml(t, keys);
    for (const browser of ["another browser", ""]) {
      const flow = await saml.begin();
      expect(await flow.finish(flow.sign(), { browser })).toMatchObject({ reason: "browser", token: undefined });
    }
    const late = await saml.begin();
    late.app.forward(11 * 60_000);
    expect((await late.finish()).reason).toBe("in_response_to");
    const made = await saml.app.send("GET", "/auth/sso/done?code=made-up");
    expect(made.headers.get("location")).toBe("/sign-in?refused=sso_refused&reason=browser");
  });

  it("fetches nothing that it names", async () => {
    let asked = 0;
    const server = createServer((_, response) => {
      asked++;
      response.end("x");
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const here = `http://127.0.0.1:${(server.address() as AddressInfo).port}/x`;
    const saml = await withSaml(t, keys);
    for (const head of [
      `<!DOCTYPE r SYSTEM "${here}">`,
      `<!DOCTYPE r [<!ENTITY % x SYSTEM "${here}"> %x;]>`,
      `<?xml-stylesheet href="${here}"?>`,
    ]) {
      const flow = await saml.begin();
      expect((await flow.finish(head + flow.sign())).reason).toBe("malformed");
    }
    await new Promise<void>((resolve) => server.close(() => resolve()));
    expect(asked).toBe(0);
  });

  it("comes by a form of a size that forms have", async () => {
    const saml = await withSaml(t, keys);
    const flow = await saml.begin();
    const post = (body: string, type = "application/x-www-form-urlencoded") =>
      saml.app.app.request(`/api/v1/auth/sso/saml/${saml.id}/acs`, {
        method: "POST",
        headers: { "content-type": type },
        body,
      });
    const good = posted(flow.sign(), flow.relay);
    const reasonOf = (answer: Response) =>
      new URL(answer.headers.get("location")!, "https://x").searchParams.get("reason");
    expect(reasonOf(await post(good, "text/plain"))).toBe("malformed");
    expect(reasonOf(await post(`SAMLResponse=${"A".repeat(600 * 1024)}`))).toBe("too_large");
    expect(reasonOf(await post(new URLSearchParams({ SAMLResponse: "%%%", RelayState: flow.relay! }).toString()))).toBe(
      "malformed",
    );
    const nowhere = await saml.app.app.request("/api/v1/auth/sso/saml/acme/acs", {
      method: "POST",
      headers: { "content-type": "application/x-www-form-urlencoded" },
      body: good,
    });
    expect(reasonOf(nowhere)).toBe("malformed");
  });
});

import { SAML } from "@node-saml/node-saml";
import { z } from "zod";
import { type Encrypted, encryptedIn, opened } from "./decrypt";
import { plainXml, requireStrong } from "./plain";
import { Saml } from "./refusals";

/** How far the provider's clock may be off, in ms. */
export const SKEW_MS = 60_000;

const BEARER = "urn:oasis:names:tc:SAML:2.0:cm:bearer";
const SUCCESS = "urn:oasis:names:tc:SAML:2.0:status:Success";
const TRANSIENT = "urn:oasis:names:tc:SAML:2.0:nameid-format:transient";
/** Where providers put the address: Entra ID and AD FS, LDAP's names and numbers, Okta and Google as they are set up. */
const ADDRESS_NAMES = [
  "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress",
  "urn:oid:0.9.2342.19200300.100.1.3",
  "email",
  "mail",
  "Email",
  "emailAddress",
];
const NAME_NAMES = [
  "http://schemas.microsoft.com/identity/claims/displayname",
  "urn:oid:2.16.840.1.113730.3.1.241",
  "displayName",
  "cn",
  "name",
];
/** Contexts that stand for more than a password (SAML 2.0 Authentication Context, REFEDS MFA 1.2, Entra ID). */
const MORE_THAN_ONE = [
  "urn:oasis:names:tc:SAML:2.0:ac:classes:TimeSyncToken",
  "urn:oasis:names:tc:SAML:2.0:ac:classes:MobileTwoFactorContract",
  "urn:oasis:names:tc:SAML:2.0:ac:classes:SmartcardPKI",
  "https://refeds.org/profile/mfa",
  "http://schemas.microsoft.com/claims/multipleauthn",
];

export type Provider = { entityId: string; certificates: readonly string[] };
export type ServiceProvider = { entityId: string; acsUrl: string; sloUrl: string };
type Expected = {
  provider: Provider;
  here: ServiceProvider;
  /** The id of the request that it has to answer; null where the provider began. */
  requestId: string | null;
  now: Date;
  /** What assertions may be encrypted for; asked for where one is. */
  openers: () => Promise<readonly string[]>;
};
/** As whom, and in which session of its own, a provider knows somebody: what both sides sign out by. */
export type Known = {
  nameId: string;
  format?: string | undefined;
  nameQualifier?: string | undefined;
  spNameQualifier?: string | undefined;
  sessionIndex?: string | undefined;
};
export type Asserted = {
  assertionId: string;
  /** Until when it must be remembered. */
  expiresAt: Date;
  subject: string;
  address: string;
  name: string;
  secondFactor: boolean;
  known: Known;
};

/** The library in the settings that we use it with. Clock and request ids are ours, so that it is told nothing of them. */
export const samlOf = ({ provider, here }: Pick<Expected, "provider" | "here">, more: object = {}) =>
  new SAML({
    callbackUrl: here.acsUrl,
    issuer: here.entityId,
    audience: here.entityId,
    idpCert: [...provider.certificates],
    wantAssertionsSigned: true,
    wantAuthnResponseSigned: false,
    acceptedClockSkewMs: SKEW_MS,
    disableRequestedAuthnContext: true,
    identifierFormat: null,
    ...more,
  });

const Attributes = z.record(z.string(), z.string());
const element = <T extends z.ZodRawShape>(shape: T) => z.array(z.object(shape)).length(1);
const Confirmation = z.object({
  $: z.object({ Method: z.string() }),
  SubjectConfirmationData: element({
    $: z.object({
      Recipient: z.string(),
      NotOnOrAfter: z.iso.datetime({ offset: true }),
      InResponseTo: z.string().optional(),
      NotBefore: z.undefined().optional(),
    }),
  }),
});
/** What is read of an assertion, out of the bytes that were signed: as xml2js gives them, in this shape and no other. */
const Assertion = z.object({
  Assertion: z.object({
    $: z.object({ ID: z.string().min(1).max(400) }).loose(),
    Issuer: element({ _: z.string() }),
    Subject: element({
      NameID: element({ _: z.string().trim().min(1).max(400), $: Attributes.optional() }),
      SubjectConfirmation: z.array(z.unknown()).min(1),
    }),
    Conditions: element({
      $: z
        .object({ NotOnOrAfter: z.iso.datetime({ offset: true }).optional() })
        .loose()
        .optional(),
      AudienceRestriction: z.array(z.object({ Audience: z.array(z.object({ _: z.string() })) })).min(1),
    }),
    AuthnStatement: z.array(z.unknown()).min(1),
  }),
});
const Sessions = z.array(z.object({ $: z.object({ SessionIndex: z.string().max(400).optional() }) }));
const Contexts = z.array(
  z.object({
    AuthnContext: z.array(z.object({ AuthnContextClassRef: z.array(z.object({ _: z.string() })).optional() })),
  }),
);

/**
 * Who it is that a provider has before it. Of the document around the assertion, which nobody has signed, only refusals
 * are read.
 * @throws AppError `sso_refused`, with a `reason`
 */
export async function readResponse(base64: string, expected: Expected): Promise<Asserted> {
  const xml = plainXml(base64);
  const encrypted = encryptedIn(xml);
  requireStrong(encrypted ? xml.replace(encrypted.element, "") : xml);
  if (statusOf(xml) !== SUCCESS) throw Saml.failed(statusOf(xml));
  const { profile } = await validated(encrypted ? await inTheOpen(xml, encrypted, expected) : xml, expected);
  const read = Assertion.safeParse(profile?.getAssertion?.());
  if (!read.success) throw Saml.malformed(read.error);
  return assertedIn(read.data.Assertion, profile?.attributes, expected);
}

const validated = (xml: string, expected: Expected, more: object = {}) =>
  samlOf(expected, more)
    .validatePostResponseAsync({ SAMLResponse: Buffer.from(xml).toString("base64") })
    .catch((cause: Error) => {
      if (/audience/i.test(cause.message)) throw Saml.audience(cause);
      if (/expired|not yet valid|timestamp|assertion age/i.test(cause.message)) throw Saml.expired(cause);
      throw Saml.notSigned(cause);
    });

/** What would open whatever somebody made of it has to be signed around it, and is opened only then. */
async function inTheOpen(xml: string, encrypted: Encrypted, expected: Expected) {
  const keys = await expected.openers();
  if (!encrypted.sealed) await requireSignedAround(xml, expected, keys);
  return opened(xml, encrypted, keys);
}

/** The library looks at the signature of the whole before it opens a part. @throws AppError `sso_refused` */
async function requireSignedAround(xml: string, expected: Expected, keys: readonly string[]) {
  const around = { wantAuthnResponseSigned: true };
  const tries = keys.map((decryptionPvk) => validated(xml, expected, { ...around, decryptionPvk }));
  if (!(await Promise.allSettled(tries)).some(({ status }) => status === "fulfilled")) throw Saml.encrypted();
}

type Read = z.output<typeof Assertion>["Assertion"];

function assertedIn(assertion: Read, attributes: unknown, { provider, here, requestId, now }: Expected): Asserted {
  if (assertion.Issuer[0]!._.trim() !== provider.entityId) throw Saml.issuer();
  const audiences = assertion.Conditions[0]!.AudienceRestriction;
  if (!audiences.every(({ Audience }) => Audience.some(({ _ }) => _.trim() === here.entityId))) throw Saml.audience();
  const expiresAt = confirmedUntil(assertion.Subject[0]!.SubjectConfirmation, { here, requestId, now });
  const { _: nameId, $: format } = assertion.Subject[0]!.NameID[0]!;
  const address = addressIn(nameId, attributes);
  const known = {
    nameId,
    format: format?.Format,
    nameQualifier: format?.NameQualifier,
    spNameQualifier: format?.SPNameQualifier,
    sessionIndex: Sessions.safeParse(assertion.AuthnStatement).data?.[0]?.$.SessionIndex,
  };
  return {
    assertionId: assertion.$.ID,
    expiresAt,
    // Another one each time, which links nothing.
    subject: format?.Format === TRANSIENT ? address : nameId,
    address,
    name: first(attributes, NAME_NAMES) ?? address,
    secondFactor: isMoreThanOne(assertion.AuthnStatement),
    known,
  };
}

/** By the profile for browsers (SAML 2.0 Profiles, 4.1.4.3): for this address, in time, to this request. */
function confirmedUntil(
  confirmations: unknown[],
  { here, requestId, now }: Pick<Expected, "here" | "requestId" | "now">,
) {
  const bearers = confirmations
    .map((confirmation) => Confirmation.safeParse(confirmation).data)
    .filter((confirmation) => confirmation?.$.Method === BEARER)
    .map((confirmation) => confirmation!.SubjectConfirmationData[0]!.$);
  const forHere = bearers.filter(({ Recipient }) => Recipient === here.acsUrl);
  if (forHere.length === 0) throw Saml.recipient();
  const inTime = forHere.filter(({ NotOnOrAfter }) => new Date(NotOnOrAfter).getTime() + SKEW_MS > now.getTime());
  if (inTime.length === 0) throw Saml.expired();
  const answering = inTime.find(({ InResponseTo }) => (InResponseTo ?? null) === requestId);
  if (!answering) throw Saml.unasked();
  return new Date(new Date(answering.NotOnOrAfter).getTime() + SKEW_MS);
}

const first = (attributes: unknown, names: readonly string[]) => {
  const all = z.record(z.string(), z.unknown()).safeParse(attributes).data ?? {};
  const found = names.map((name) => all[name]).find((value) => typeof value === "string" && value.trim());
  return typeof found === "string" ? found.trim() : undefined;
};

function addressIn(nameId: string, attributes: unknown) {
  const address = z
    .email()
    .max(254)
    .safeParse((first(attributes, ADDRESS_NAMES) ?? nameId).toLowerCase());
  if (!address.success) throw Saml.nobody();
  return address.data;
}

const isMoreThanOne = (statements: unknown) =>
  (Contexts.safeParse(statements).data ?? []).some(({ AuthnContext }) =>
    AuthnContext.some(({ AuthnContextClassRef }) =>
      AuthnContextClassRef?.some(({ _ }) => MORE_THAN_ONE.includes(_.trim())),
    ),
  );

/** The first of the document, which is the outermost. */
const statusOf = (xml: string) => /<(?:[\w.-]+:)?StatusCode\s[^>]*?\bValue\s*=\s*["']([^"']*)["']/.exec(xml)?.[1];

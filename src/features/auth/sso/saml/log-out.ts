import { createHash } from "node:crypto";
import { stringify } from "node:querystring";
import { inflateRawSync } from "node:zlib";
import { XMLParser } from "fast-xml-parser";
import { z } from "zod";
import { MAX_RESPONSE_BYTES, plainText, requireStrong } from "./plain";
import { Saml } from "./refusals";
import { type Known, type Provider, type ServiceProvider, SKEW_MS, samlOf } from "./response";

/** How old a provider's request may be, in ms: as long it is remembered, so that none is heard twice. */
const REQUEST_MS = 5 * 60_000;
const ONCE = ["SAMLRequest", "SAMLResponse", "RelayState", "SigAlg", "Signature"];

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: "@",
  removeNSPrefix: true,
  parseTagValue: false,
  parseAttributeValue: false,
  isArray: (name) => name === "SessionIndex",
});
const Text = z.union([z.string(), z.object({ "#text": z.string() }).transform((element) => element["#text"])]);
const Message = z.object({
  "@ID": z.string().min(1).max(400),
  "@Destination": z.string(),
  "@IssueInstant": z.iso.datetime({ offset: true }),
  Issuer: Text,
});
const Request = z.object({
  LogoutRequest: Message.extend({
    "@NotOnOrAfter": z.iso.datetime({ offset: true }).optional(),
    NameID: Text,
    SessionIndex: z.array(Text).max(100).default([]),
  }),
});
const Response = z.object({
  LogoutResponse: Message.extend({
    "@InResponseTo": z.string(),
    Status: z.object({ StatusCode: z.object({ "@Value": z.string() }) }),
  }),
});

type Expected = { provider: Provider; here: ServiceProvider; now: Date };
/** A provider's request to end sessions, or its answer to ours. */
export type Heard =
  | { kind: "request"; id: string; expiresAt: Date; nameId: string; indexes: string[] }
  | { kind: "response"; inResponseTo: string };

/**
 * What a browser brings from the provider, by redirect. The library looks at a signature where there is one; that there is
 * one, over all of it, and by a method of today, is looked at before.
 * @param query without its question mark, as it came. @throws AppError `sso_refused`
 */
export async function hear(query: string, { provider, here, now }: Expected): Promise<Heard> {
  const given = parametersIn(query);
  const kind = given.SAMLRequest === undefined ? "response" : "request";
  const xml = inflated((kind === "request" ? given.SAMLRequest : given.SAMLResponse) ?? "");
  requireStrong(xml);
  const parsed = parser.parse(xml);
  const read =
    kind === "request"
      ? Request.safeParse(parsed).data?.LogoutRequest
      : Response.safeParse(parsed).data?.LogoutResponse;
  if (!read) throw Saml.malformed();
  await samlOf({ provider, here }, { idpIssuer: provider.entityId })
    .validateRedirectAsync(given, query)
    .catch((cause: Error) => {
      if (/issuer/i.test(cause.message)) throw Saml.issuer(cause);
      if (/expired|not yet valid|timestamp/i.test(cause.message)) throw Saml.expired(cause);
      // Signed or not, this says nothing of having been signed out.
      if (/status code/i.test(cause.message)) throw Saml.stillSignedIn(cause);
      throw Saml.notSigned(cause);
    });
  if (read["@Destination"] !== here.sloUrl) throw Saml.destination();
  if ("Status" in read) return { kind: "response", inResponseTo: read["@InResponseTo"] };
  const age = now.getTime() - new Date(read["@IssueInstant"]).getTime();
  const until = read["@NotOnOrAfter"] && new Date(read["@NotOnOrAfter"]).getTime() + SKEW_MS;
  if (age > REQUEST_MS || age < -SKEW_MS || (until && until <= now.getTime())) throw Saml.expired();
  const expiresAt = new Date(now.getTime() + REQUEST_MS + 2 * SKEW_MS);
  return { kind: "request", id: read["@ID"], expiresAt, nameId: read.NameID.trim(), indexes: read.SessionIndex };
}

/** Each once, and nothing else: else one would be signed and another read. */
function parametersIn(query: string) {
  const pairs = [...new URLSearchParams(query)];
  const names = pairs.map(([name]) => name);
  const isKnown = names.every((name) => ONCE.includes(name)) && new Set(names).size === names.length;
  const given = Object.fromEntries(pairs) as Record<string, string>;
  const messages = names.filter((name) => name === "SAMLRequest" || name === "SAMLResponse");
  if (!isKnown || messages.length !== 1 || query.length > MAX_RESPONSE_BYTES) throw Saml.malformed();
  if (!given.Signature || !given.SigAlg) throw Saml.notSigned();
  requireStrong(`Algorithm="${given.SigAlg.replaceAll('"', "")}"`);
  return given;
}

function inflated(base64: string) {
  let bytes: Buffer;
  try {
    bytes = inflateRawSync(Buffer.from(base64, "base64"), { maxOutputLength: MAX_RESPONSE_BYTES });
  } catch (cause) {
    throw Saml.malformed(cause);
  }
  return plainText(bytes);
}

/** What a session is found by: the provider's word for somebody is kept hashed beside it, and sealed. */
export const nameKey = (connectionId: string, name: string) =>
  createHash("sha256")
    .update(JSON.stringify([connectionId, name]))
    .digest("base64url");

export type LogOut = {
  provider: Provider;
  here: ServiceProvider;
  sloUrl: string;
  signing: { privateKey: string };
  requestId: string;
  relayState: string;
};

const signedBy = ({ provider, here, sloUrl, signing, requestId }: Omit<LogOut, "relayState">) =>
  samlOf(
    { provider, here },
    {
      entryPoint: sloUrl,
      logoutUrl: sloUrl,
      generateUniqueId: () => requestId,
      signatureAlgorithm: "sha256",
      privateKey: signing.privateKey,
    },
  );

/** Spelled as it was signed: the library signs by one spelling of a query, and gives back another. */
const asSigned = (address: string) => {
  const { origin, pathname, searchParams } = new URL(address);
  return `${origin}${pathname}?${stringify(Object.fromEntries(searchParams))}`;
};

/** Where a browser asks the provider to end its own session. */
export const requestUrl = async ({ relayState, ...parties }: LogOut, known: Known) => {
  const profile = {
    issuer: parties.provider.entityId,
    nameID: known.nameId,
    nameIDFormat: known.format ?? "urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified",
    ...(known.nameQualifier && { nameQualifier: known.nameQualifier }),
    ...(known.spNameQualifier && { spNameQualifier: known.spNameQualifier }),
    ...(known.sessionIndex && { sessionIndex: known.sessionIndex }),
  };
  return asSigned(await signedBy(parties).getLogoutUrlAsync(profile, relayState, {}));
};

/** Where a browser brings the answer to the provider's request. */
export const responseUrl = async ({ relayState, ...parties }: LogOut, requestId: string) =>
  asSigned(await signedBy(parties).getLogoutResponseUrlAsync({ ID: requestId } as never, relayState, {}, true));

import { X509Certificate } from "node:crypto";
import { XMLParser } from "fast-xml-parser";
import { AppError } from "@/platform/errors";
import type { ServiceProvider } from "./response";

const REDIRECT = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect";
const LISTS = new Set([
  "EntityDescriptor",
  "KeyDescriptor",
  "SingleSignOnService",
  "SingleLogoutService",
  "X509Certificate",
  "X509Data",
]);

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: "@",
  removeNSPrefix: true,
  processEntities: true,
  isArray: (name) => LISTS.has(name),
});

type Element = { [name: string]: unknown };
const listed = (value: unknown) => (Array.isArray(value) ? (value as Element[]) : []);
const object = (value: unknown) => (value && typeof value === "object" ? (value as Element) : {});

export type Described = { entityId: string; ssoUrl: string; sloUrl: string | null; certificates: string[] };

/**
 * What a provider says of itself (SAML 2.0 Metadata): name, where it takes requests by redirect, to sign in and, where it has
 * that, to sign out, and what it signs with.
 * An Admin vouches for it by giving it, so that its own signature is not looked at.
 * @throws AppError `invalid_request`
 */
export function readMetadata(xml: string): Described {
  if (/<!(DOCTYPE|ENTITY)/i.test(xml)) throw unusable("Metadata with a document type is not taken.");
  let document: Element;
  try {
    document = object(parser.parse(xml, true));
  } catch (cause) {
    throw unusable("This is no XML: give the provider's metadata as it is.", cause);
  }
  const entities = listed(document.EntityDescriptor ?? object(document.EntitiesDescriptor).EntityDescriptor);
  const providers = entities.filter((entity) => "IDPSSODescriptor" in entity);
  if (providers.length !== 1) throw unusable("This describes not one identity provider: give metadata of one.");
  const descriptor = object(providers[0]!.IDPSSODescriptor);
  const byRedirect = (services: unknown) =>
    listed(services).find((each) => each["@Binding"] === REDIRECT)?.["@Location"];
  const service = byRedirect(descriptor.SingleSignOnService);
  const logOut = byRedirect(descriptor.SingleLogoutService);
  if (!service) throw unusable("The provider has no address for requests by HTTP-Redirect: turn that binding on.");
  const certificates = listed(descriptor.KeyDescriptor)
    .filter((key) => key["@use"] !== "encryption")
    .flatMap((key) => listed(object(key.KeyInfo).X509Data))
    .flatMap((data) => listed(data.X509Certificate))
    .map(String);
  return checked({
    entityId: String(providers[0]!["@entityID"] ?? ""),
    ssoUrl: String(service),
    sloUrl: logOut ? String(logOut) : null,
    certificates,
  });
}

/** @throws AppError `invalid_request` */
export function checked({ entityId, ssoUrl, sloUrl, certificates }: Described): Described {
  if (!entityId || entityId.length > 400)
    throw unusable("The provider's entity id is missing or too long.", undefined, "entityId");
  if (!isAddress(ssoUrl))
    throw unusable("The provider's sign-in address is none: give one with https.", undefined, "ssoUrl");
  if (sloUrl !== null && !isAddress(sloUrl))
    throw unusable("The provider's log-out address is none: give one with https.", undefined, "sloUrl");
  const distinct = [...new Set(certificates.map(pemOf))].sort();
  if (distinct.length === 0 || distinct.length > 10)
    throw unusable("Give one to ten certificates that the provider signs with.", undefined, "certificates");
  return { entityId, ssoUrl, sloUrl, certificates: distinct };
}

const isAddress = (url: string) => URL.canParse(url) && /^https?:$/.test(new URL(url).protocol) && url.length <= 2_000;

function pemOf(written: string) {
  const base64 = written.replace(/-----(BEGIN|END) CERTIFICATE-----/g, "").replace(/\s+/g, "");
  const pem = `-----BEGIN CERTIFICATE-----\n${base64.match(/.{1,64}/g)?.join("\n")}\n-----END CERTIFICATE-----\n`;
  let key: X509Certificate["publicKey"];
  try {
    key = new X509Certificate(pem).publicKey;
  } catch (cause) {
    throw unusable("This is no X.509 certificate: give it as PEM.", cause, "certificates");
  }
  const bits = key.asymmetricKeyDetails?.modulusLength ?? 0;
  if (key.asymmetricKeyType !== "rsa" || bits < 2048)
    throw unusable("The certificate's key has to be RSA with 2048 bits or more.", undefined, "certificates");
  return pem;
}

const unusable = (message: string, cause?: unknown, path = "metadata") =>
  new AppError("invalid_request", message, { cause, issues: [{ path, message }] });

const escaped = (text: string) => text.replace(/[&<>"]/g, (char) => `&#${char.charCodeAt(0)};`);

const withKey = (use: "signing" | "encryption", certificate: string) => {
  const base64 = certificate.replace(/-----(BEGIN|END) CERTIFICATE-----|\s/g, "");
  // Methods that nobody could change something under unseen (XML Encryption 1.1, 5.2 and 5.5).
  const methods = ["http://www.w3.org/2009/xmlenc11#aes256-gcm", "http://www.w3.org/2009/xmlenc11#aes128-gcm"];
  const told = use === "encryption" ? [...methods, "http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p"] : [];
  return `<md:KeyDescriptor use="${use}"><ds:KeyInfo><ds:X509Data><ds:X509Certificate>${base64}</ds:X509Certificate></ds:X509Data></ds:KeyInfo>${told.map((method) => `<md:EncryptionMethod Algorithm="${method}"/>`).join("")}</md:KeyDescriptor>`;
};

/** What a provider is told of us. @param certificates newest first, for which alone is to be encrypted */
export const writeMetadata = ({ entityId, acsUrl, sloUrl }: ServiceProvider, certificates: readonly string[]) =>
  `<?xml version="1.0" encoding="UTF-8"?>
<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" xmlns:ds="http://www.w3.org/2000/09/xmldsig#" entityID="${escaped(entityId)}">
  <md:SPSSODescriptor AuthnRequestsSigned="true" WantAssertionsSigned="true" protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">
${[...certificates.map((each) => withKey("signing", each)), ...certificates.slice(0, 1).map((each) => withKey("encryption", each))].map((line) => `    ${line}`).join("\n")}
    <md:SingleLogoutService Binding="${REDIRECT}" Location="${escaped(sloUrl)}"/>
    <md:NameIDFormat>urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress</md:NameIDFormat>
    <md:AssertionConsumerService index="0" isDefault="true" Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" Location="${escaped(acsUrl)}"/>
  </md:SPSSODescriptor>
</md:EntityDescriptor>
`;

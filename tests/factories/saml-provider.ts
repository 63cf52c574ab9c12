import { createSign, webcrypto } from "node:crypto";
import { promisify } from "node:util";
import { deflateRawSync, inflateRawSync } from "node:zlib";
import * as x509 from "@peculiar/x509";
import { SignedXml } from "xml-crypto";
import { encrypt } from "xml-encryption";

export const RSA_SHA256 = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256";
const SHA256 = "http://www.w3.org/2001/04/xmlenc#sha256";
const EXCLUSIVE = "http://www.w3.org/2001/10/xml-exc-c14n#";
const ENVELOPED = "http://www.w3.org/2000/09/xmldsig#enveloped-signature";

export type Signing = { privateKey: string; certificate: string };

/** A key with a certificate of its own, as providers have. */
export async function newSigning(name = "CN=Provider of tests", bits = 2048): Promise<Signing> {
  const algorithm = {
    name: "RSASSA-PKCS1-v1_5",
    hash: "SHA-256",
    publicExponent: new Uint8Array([1, 0, 1]),
    modulusLength: bits,
  };
  const keys = (await webcrypto.subtle.generateKey(algorithm, true, ["sign", "verify"])) as never;
  const certificate = await x509.X509CertificateGenerator.createSelfSigned(
    { name, keys, notBefore: new Date(Date.now() - 86_400_000), notAfter: new Date(Date.now() + 86_400_000) },
    webcrypto as never,
  );
  const { privateKey } = keys as { privateKey: webcrypto.CryptoKey };
  const der = Buffer.from(await webcrypto.subtle.exportKey("pkcs8", privateKey)).toString("base64");
  const label = ["PRIVATE", "KEY"].join(" ");
  return {
    privateKey: `-----BEGIN ${label}-----\n${der.match(/.{1,64}/g)!.join("\n")}\n-----END ${label}-----\n`,
    certificate: certificate.toString("pem"),
  };
}

/** What is asserted, as a provider of good faith says it; each part may be said otherwise. */
export type Said = {
  address: string;
  entityId: string;
  audience: string;
  recipient: string;
  inResponseTo: string | undefined;
  id?: string;
  responseId?: string;
  nameId?: string;
  nameIdFormat?: string;
  attributes?: Record<string, string>;
  context?: string;
  method?: string;
  status?: string;
  /** In ms from now. */
  notBefore?: number;
  notOnOrAfter?: number;
  confirmedUntil?: number;
  extensions?: string;
};

const at = (ms: number) => new Date(Date.now() + ms).toISOString();
let count = 0;
const newXmlId = () => `_of-tests-${process.pid}-${Date.now()}-${count++}`;

export function assertionOf(said: Said) {
  const id = said.id ?? newXmlId();
  const answering = said.inResponseTo === undefined ? "" : ` InResponseTo="${said.inResponseTo}"`;
  const format = said.nameIdFormat ?? "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress";
  const attributes = Object.entries(said.attributes ?? {}).map(
    ([name, value]) =>
      `<saml:Attribute Name="${name}"><saml:AttributeValue>${value}</saml:AttributeValue></saml:Attribute>`,
  );
  return `<saml:Assertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="${id}" Version="2.0" IssueInstant="${at(0)}">\
<saml:Issuer>${said.entityId}</saml:Issuer>\
<saml:Subject><saml:NameID Format="${format}">${said.nameId ?? said.address}</saml:NameID>\
<saml:SubjectConfirmation Method="${said.method ?? "urn:oasis:names:tc:SAML:2.0:cm:bearer"}">\
<saml:SubjectConfirmationData NotOnOrAfter="${at(said.confirmedUntil ?? 300_000)}" Recipient="${said.recipient}"${answering}/>\
</saml:SubjectConfirmation></saml:Subject>\
<saml:Conditions NotBefore="${at(said.notBefore ?? -60_000)}" NotOnOrAfter="${at(said.notOnOrAfter ?? 300_000)}">\
<saml:AudienceRestriction><saml:Audience>${said.audience}</saml:Audience></saml:AudienceRestriction></saml:Conditions>\
<saml:AuthnStatement AuthnInstant="${at(0)}" SessionIndex="${id}"><saml:AuthnContext><saml:AuthnContextClassRef>\
${said.context ?? "urn:oasis:names:tc:SAML:2.0:ac:classes:Password"}</saml:AuthnContextClassRef></saml:AuthnContext></saml:AuthnStatement>\
${attributes.length > 0 ? `<saml:AttributeStatement>${attributes.join("")}</saml:AttributeStatement>` : ""}\
</saml:Assertion>`;
}

export function responseOf(said: Said, assertion: string) {
  const answering = said.inResponseTo === undefined ? "" : ` InResponseTo="${said.inResponseTo}"`;
  return `<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" ID="${said.responseId ?? newXmlId()}" Version="2.0" \
IssueInstant="${at(0)}" Destination="${said.recipient}"${answering}>\
<saml:Issuer xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion">${said.entityId}</saml:Issuer>${said.extensions ?? ""}\
<samlp:Status><samlp:StatusCode Value="${said.status ?? "urn:oasis:names:tc:SAML:2.0:status:Success"}"/></samlp:Status>\
${assertion}</samlp:Response>`;
}

type Algorithms = { signature?: string; digest?: string; canonical?: string };

/** Signs the assertion (or the response) that a document is, or has, at the place that the schema gives to signatures. */
export function signed(
  xml: string,
  { privateKey, certificate }: Signing,
  what: "Assertion" | "Response" = "Assertion",
  { signature = RSA_SHA256, digest = SHA256, canonical = EXCLUSIVE }: Algorithms = {},
) {
  const signer = new SignedXml({
    privateKey,
    publicCert: certificate,
    signatureAlgorithm: signature as never,
    canonicalizationAlgorithm: canonical as never,
  });
  const xpath = `//*[local-name(.)='${what}']`;
  signer.addReference({ xpath, digestAlgorithm: digest as never, transforms: [ENVELOPED, canonical as never] });
  signer.computeSignature(xml, {
    location: { reference: `${xpath}/*[local-name(.)='Issuer']`, action: "after" },
    prefix: "ds",
  });
  return signer.getSignedXml();
}

const GCM = "http://www.w3.org/2009/xmlenc11#aes256-gcm";
const OAEP = "http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p";

/** The signed assertion of a document, encrypted for whoever has the certificate's key. */
export async function encryptedFor(xml: string, certificate: string, { content = GCM, key = OAEP } = {}) {
  const assertion = /<saml:Assertion[\s\S]*<\/saml:Assertion>/.exec(xml)![0];
  const publicKey = new x509.X509Certificate(certificate).publicKey.toString("pem");
  const sealed = await promisify(encrypt)(assertion, {
    rsa_pub: publicKey,
    pem: certificate,
    encryptionAlgorithm: content as never,
    keyEncryptionAlgorithm: key as never,
    warnInsecureAlgorithm: false,
  });
  const namespace = 'xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion"';
  return xml.replace(assertion, () => `<saml:EncryptedAssertion ${namespace}>${sealed}</saml:EncryptedAssertion>`);
}

type LogOut = {
  entityId: string;
  destination: string;
  nameId: string;
  id?: string;
  indexes?: string[];
  /** In ms from now. */
  issued?: number;
};

export const logOutOf = ({ entityId, destination, nameId, id = newXmlId(), indexes = [], issued = 0 }: LogOut) =>
  `<samlp:LogoutRequest xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="${id}" \
Version="2.0" IssueInstant="${at(issued)}" Destination="${destination}"><saml:Issuer>${entityId}</saml:Issuer><saml:NameID>${nameId}</saml:NameID>\
${indexes.map((index) => `<samlp:SessionIndex>${index}</samlp:SessionIndex>`).join("")}</samlp:LogoutRequest>`;

export const loggedOutOf = (entityId: string, destination: string, inResponseTo: string, status = "Success") =>
  `<samlp:LogoutResponse xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="${newXmlId()}" \
Version="2.0" IssueInstant="${at(0)}" Destination="${destination}" InResponseTo="${inResponseTo}"><saml:Issuer>${entityId}</saml:Issuer>\
<samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:${status}"/></samlp:Status></samlp:LogoutResponse>`;

/** A message as a browser brings it by redirect, signed over the query. */
export function redirected(
  name: "SAMLRequest" | "SAMLResponse",
  xml: string,
  { privateKey }: Signing,
  relayState?: string,
  algorithm = RSA_SHA256,
) {
  const pairs = [
    [name, deflateRawSync(xml).toString("base64")],
    ...(relayState === undefined ? [] : [["RelayState", relayState]]),
    ["SigAlg", algorithm],
  ];
  const query = pairs.map(([key, value]) => `${key}=${encodeURIComponent(value!)}`).join("&");
  const hash = algorithm.endsWith("sha1") ? "RSA-SHA1" : "RSA-SHA256";
  return `${query}&Signature=${encodeURIComponent(createSign(hash).update(query).sign(privateKey, "base64"))}`;
}

/** What a provider posts back by the browser. */
export const posted = (xml: string, relayState: string | null) =>
  new URLSearchParams({
    SAMLResponse: Buffer.from(xml).toString("base64"),
    ...(relayState !== null && { RelayState: relayState }),
  }).toString();

/** The request that a browser brings to a provider. */
export function requestIn(url: string) {
  const { searchParams } = new URL(url);
  const xml = inflateRawSync(Buffer.from(searchParams.get("SAMLRequest")!, "base64")).toString();
  const attribute = (name: string) => new RegExp(`\\b${name}="([^"]*)"`).exec(xml)?.[1];
  return {
    xml,
    id: attribute("ID"),
    acsUrl: attribute("AssertionConsumerServiceURL"),
    relayState: searchParams.get("RelayState")!,
  };
}

/** Metadata of a provider, with the certificates that it signs with. */
export const metadataOf = (
  entityId: string,
  certificates: readonly string[],
  ssoUrl = "https://idp.example/sso",
  sloUrl?: string,
) =>
  `<?xml version="1.0"?>
<!-- as some providers write it -->
<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" xmlns:ds="http://www.w3.org/2000/09/xmldsig#" entityID="${entityId}">
<md:IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">
${certificates
  .map(
    (pem) =>
      `<md:KeyDescriptor use="signing"><ds:KeyInfo><ds:X509Data><ds:X509Certificate>${pem.replace(/-----[^-]+-----/g, "")}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor>`,
  )
  .join("\n")}
${sloUrl ? `<md:SingleLogoutService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="${sloUrl}"/>` : ""}
<md:SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" Location="${ssoUrl}/post"/>
<md:SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="${ssoUrl}"/>
</md:IDPSSODescriptor></md:EntityDescriptor>`;

import { Saml } from "./refusals";

/** The largest response in bytes: real ones have some ten thousand. */
export const MAX_RESPONSE_BYTES = 256 * 1024;

const decoder = new TextDecoder("utf-8", { fatal: true });
const DECLARATION =
  /^<\?xml\s+version=["']1\.0["'](\s+encoding=["']utf-8["'])?(\s+standalone=["'](yes|no)["'])?\s*\?>\s*/i;

/**
 * What a signature covers and what a reader sees may differ by comments, CDATA, processing instructions, entities and
 * encodings: `<?p not-an-?>admin@…` was signed as another's name. Providers need none of them, so that nothing but elements
 * and text is let through, before any parser sees it.
 * @throws AppError `sso_refused`
 */
export function plainXml(base64: string): string {
  if (base64.length > MAX_RESPONSE_BYTES * 1.4) throw Saml.tooLarge();
  const compact = base64.replace(/\s+/g, "");
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(compact)) throw Saml.malformed();
  const bytes = Buffer.from(compact, "base64");
  if (bytes.length > MAX_RESPONSE_BYTES) throw Saml.tooLarge();
  return plainText(bytes);
}

/** The same of bytes, such as those that were inflated or decrypted. @throws AppError `sso_refused` */
export function plainText(bytes: Uint8Array): string {
  let text: string;
  try {
    text = decoder.decode(bytes);
  } catch (cause) {
    throw Saml.malformed(cause);
  }
  const body = text.replace(DECLARATION, "");
  if (/<[!?]/.test(body) || !body.startsWith("<")) throw Saml.malformed();
  return text;
}

/** From XML Signature 1.1 and RFC 6931, without SHA-1, without HMAC, and without canonicalisation that keeps comments. */
const ALGORITHMS = new Set([
  "http://www.w3.org/2001/10/xml-exc-c14n#",
  "http://www.w3.org/TR/2001/REC-xml-c14n-20010315",
  "http://www.w3.org/2000/09/xmldsig#enveloped-signature",
  "http://www.w3.org/2001/04/xmlenc#sha256",
  "http://www.w3.org/2001/04/xmldsig-more#sha384",
  "http://www.w3.org/2001/04/xmlenc#sha512",
  "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256",
  "http://www.w3.org/2001/04/xmldsig-more#rsa-sha384",
  "http://www.w3.org/2001/04/xmldsig-more#rsa-sha512",
]);

/** Wherever in the document one is named. @throws AppError `sso_refused` */
export function requireStrong(xml: string) {
  for (const name of algorithmsIn(xml)) if (!ALGORITHMS.has(name)) throw Saml.weak(name);
}

export const algorithmsIn = (xml: string) =>
  [...xml.matchAll(/\bAlgorithm\s*=\s*(["'])(.*?)\1/gs)].map(([, , name]) => name!);

import { decrypt } from "xml-encryption";
import { algorithmsIn, plainText, requireStrong } from "./plain";
import { Saml } from "./refusals";

const ENC = "http://www.w3.org/2001/04/xmlenc#";
const ENC11 = "http://www.w3.org/2009/xmlenc11#";
/** OAEP is sound with SHA-1 too (RFC 8017, B.1), and most providers have no other; PKCS #1 1.5 is not taken. */
const SEALED = [`${ENC11}aes128-gcm`, `${ENC11}aes256-gcm`];
/** Whoever may change what it hides learns it by our refusals (Jager and Somorovsky, "How to Break XML Encryption", 2011). */
const UNSEALED = [`${ENC}aes128-cbc`, `${ENC}aes256-cbc`];
const BESIDE = [`${ENC}rsa-oaep-mgf1p`, "http://www.w3.org/2000/09/xmldsig#sha1"];
const ALLOWED = new Set([...SEALED, ...UNSEALED, ...BESIDE]);

const NAME = /<(\/?)(?:[\w.-]+:)?EncryptedAssertion(?=[\s/>])/g;
const WHOLE = /<((?:[\w.-]+:)?EncryptedAssertion)(?:\s[^>]*)?>([\s\S]*)<\/\1\s*>/;

export type Encrypted = {
  element: string;
  content: string /** Whether a change of it would be noticed. */;
  sealed: boolean;
};

/** The one encrypted assertion of a document; undefined where there is none. @throws AppError `sso_refused` */
export function encryptedIn(xml: string): Encrypted | undefined {
  const tags = [...xml.matchAll(NAME)].map(([, slash]) => slash);
  if (tags.length === 0) return undefined;
  const [element, , content] = WHOLE.exec(xml) ?? [];
  if (tags.join() !== ",/" || !element || !content) throw Saml.encrypted();
  const algorithms = algorithmsIn(content);
  const unknown = algorithms.find((name) => !ALLOWED.has(name));
  if (unknown) throw Saml.weak(unknown);
  return { element, content, sealed: !algorithms.some((name) => UNSEALED.includes(name)) };
}

/**
 * The document with what was encrypted in the open, and looked at like anything that came in the open. Whatever is wrong
 * with it, the refusal is the same.
 * @throws AppError `sso_refused`
 */
export async function opened(xml: string, { element, content }: Encrypted, keys: readonly string[]): Promise<string> {
  for (const key of keys) {
    const text = await open(content.trim(), key);
    if (text === undefined) continue;
    try {
      const assertion = plainText(Buffer.from(text)).replace(/^<\?[^>]*>\s*/, "");
      requireStrong(assertion);
      if (!/^<(?:[\w.-]+:)?Assertion[\s>]/.test(assertion)) throw Saml.malformed();
      return xml.replace(element, () => assertion);
    } catch (cause) {
      throw Saml.encrypted(cause);
    }
  }
  throw Saml.encrypted();
}

const open = (xml: string, key: string) =>
  new Promise<string | undefined>((resolve) => {
    try {
      const options = { key, disallowDecryptionWithInsecureAlgorithm: true, warnInsecureAlgorithm: false };
      decrypt(xml, options, (error, text) => resolve(error ? undefined : text));
    } catch {
      resolve(undefined);
    }
  });

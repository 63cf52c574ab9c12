import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes, timingSafeEqual } from "node:crypto";

/**
 * HKDF-SHA256 (RFC 5869): one key per purpose from the one secret. It does not stretch, so the secret must be random.
 * @param bytes 1 to 8160
 */
export function deriveKey(masterSecret: string, purpose: string, bytes = 32): Buffer {
  if (masterSecret === "") throw new Error("The master secret is empty");
  return Buffer.from(hkdfSync("sha256", masterSecret, "contentos", purpose, bytes));
}

/** A password of 32 URL-safe characters (192 bits) that the same secret always gives for the same purpose. */
export const derivePassword = (masterSecret: string, purpose: string): string =>
  deriveKey(masterSecret, `password ${purpose}`, 24).toString("base64url");

/** What a ciphertext belongs to, such as workspace and row: it opens only with the same words in the same order. */
export type AssociatedData = string | readonly string[];

export type Keyring = {
  /** A new random data key, wrapped by the current master key. */
  newWorkspaceKey(): Buffer;
  seal(wrapped: Uint8Array, plaintext: Uint8Array, associatedData: AssociatedData): Buffer;
  /** @throws {SealError} where a byte was changed, or the key or the associated data are not those of `seal`. */
  open(wrapped: Uint8Array, sealed: Uint8Array, associatedData: AssociatedData): Buffer;
  /** The same data key under the current master key; the same bytes where it is there already. What was sealed stays. */
  rewrap(wrapped: Uint8Array): Buffer;
  /** The key of one long stream: from the data key, the stream's own random salt and the words of what it belongs to. */
  streamKey(wrapped: Uint8Array, salt: Uint8Array, associatedData: AssociatedData): Buffer;
  /** Keys for tokens of one purpose, of this deployment alone: the first makes them, all of them prove them. */
  tokenKeys(purpose: string): readonly [Buffer, ...Buffer[]];
};

export class SealError extends Error {
  override name = "SealError";
}
/** A key was wrapped by a master secret that is not configured. */
export class UnknownMasterError extends SealError {}

const VERSION = 1;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const KEY_ID_BYTES = 8;
const DATA_KEY_BYTES = 32;
const STREAM = Buffer.from("contentos stream");
const NO_HEADER_BUT_VERSION = Buffer.from([VERSION]);

/**
 * AES-256-GCM in two layers: a data key per workspace, wrapped by a master key that can be rotated.
 * Wrapped: version, id of the master key (8 bytes), nonce (12), ciphertext, tag (16). Sealed: the same without the id.
 * Nonces are random, which is safe for 2^32 seals under one data key (NIST SP 800-38D, 8.3).
 * @param previousSecrets still open what they wrapped; nothing new is wrapped by them.
 */
export function createKeyring(masterSecret: string, previousSecrets: readonly string[] = []): Keyring {
  const secrets = [masterSecret, ...previousSecrets];
  const masters = secrets.map((secret) => ({
    id: deriveKey(secret, "keyring id", KEY_ID_BYTES),
    key: deriveKey(secret, "keyring wrap"),
  }));
  const [current] = masters;
  if (current === undefined) throw new Error("A keyring needs a master key");

  const wrap = (dataKey: Buffer) =>
    encrypt(current.key, Buffer.concat([NO_HEADER_BUT_VERSION, current.id]), dataKey, "wrap");
  const unwrap = (wrapped: Uint8Array) => {
    const id = Buffer.from(wrapped).subarray(1, 1 + KEY_ID_BYTES);
    const master = masters.find((candidate) => candidate.id.equals(id));
    if (master === undefined)
      throw new UnknownMasterError("This workspace key was wrapped by a master secret that is not configured");
    return decrypt(master.key, 1 + KEY_ID_BYTES, wrapped, "wrap");
  };
  return {
    newWorkspaceKey: () => wrap(randomBytes(DATA_KEY_BYTES)),
    seal: (wrapped, plaintext, associatedData) =>
      encrypt(unwrap(wrapped), NO_HEADER_BUT_VERSION, plaintext, associatedData),
    open: (wrapped, sealed, associatedData) => decrypt(unwrap(wrapped), 1, sealed, associatedData),
    rewrap: (wrapped) => {
      const dataKey = unwrap(wrapped);
      const isCurrent = current.id.equals(Buffer.from(wrapped).subarray(1, 1 + KEY_ID_BYTES));
      return isCurrent ? Buffer.from(wrapped) : wrap(dataKey);
    },
    streamKey: (wrapped, salt, data) =>
      Buffer.from(hkdfSync("sha256", unwrap(wrapped), salt, authenticated(STREAM, data), DATA_KEY_BYTES)),
    tokenKeys: (purpose) =>
      secrets.map((secret) => deriveKey(secret, `token ${purpose}`)) as unknown as readonly [Buffer, ...Buffer[]],
  };
}

/** JSON keeps ["a", "bc"] and ["ab", "c"] apart. */
const authenticated = (header: Uint8Array, data: AssociatedData) =>
  Buffer.concat([header, Buffer.from(JSON.stringify(typeof data === "string" ? [data] : data))]);

function encrypt(key: Buffer, header: Buffer, plaintext: Uint8Array, data: AssociatedData): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv("aes-256-gcm", key, nonce, { authTagLength: TAG_BYTES });
  cipher.setAAD(authenticated(header, data));
  return Buffer.concat([header, nonce, cipher.update(plaintext), cipher.final(), cipher.getAuthTag()]);
}

function decrypt(key: Buffer, headerBytes: number, sealed: Uint8Array, data: AssociatedData): Buffer {
  const bytes = Buffer.from(sealed);
  const start = headerBytes + NONCE_BYTES;
  if (bytes.length < start + TAG_BYTES || bytes[0] !== VERSION) throw new SealError("This is not a sealed value");
  const decipher = createDecipheriv("aes-256-gcm", key, bytes.subarray(headerBytes, start), {
    authTagLength: TAG_BYTES,
  });
  decipher.setAAD(authenticated(bytes.subarray(0, headerBytes), data));
  decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
  try {
    return Buffer.concat([decipher.update(bytes.subarray(start, -TAG_BYTES)), decipher.final()]);
  } catch (cause) {
    throw new SealError("A sealed value was changed, or belongs to something else", { cause });
  }
}

/** A random token as it is handed out: base64url, 43 characters for 32 bytes. Only its hash is stored. */
export const newToken = (bytes = 32): string => randomBytes(bytes).toString("base64url");

/** SHA-256 in hex; enough for tokens of our own making, which are too random to be guessed. Not for passwords. */
export const hashToken = (token: string): string => createHash("sha256").update(token).digest("hex");

/** Compares in a time that tells nothing about where two tokens differ. */
export const sameToken = (one: string, other: string): boolean =>
  timingSafeEqual(createHash("sha256").update(one).digest(), createHash("sha256").update(other).digest());

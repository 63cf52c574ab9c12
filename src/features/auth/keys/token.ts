import { randomBytes } from "node:crypto";
import { crc32 } from "node:zlib";
import type { KeyIdentity } from "@/platform/actor";
import { AppError } from "@/platform/errors";
import { hashToken } from "@/platform/secrets";

/**
 * `cos_`, 43 random letters and digits (256 bits), and 6 of a checksum over them: what looks for secrets in files finds a
 * key by its form alone, without asking us (as GitHub's, "Behind GitHub's new authentication token formats", 2021).
 */
const FORM = /^(?:cos|cosdir)_([0-9A-Za-z]{43})([0-9A-Za-z]{6})$/;
const PREFIX = "cos_";
/** Of a directory's token, which is of the same form and opens nothing else. */
const DIRECTORY_PREFIX = "cosdir_";
const DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const RANDOM = 43;
/** The largest multiple of 62 in a byte: what lies above would make some digits likelier. */
const FAIR = 248;

export const newApiKey = () => newKey(PREFIX);
export const newDirectoryToken = () => newKey(DIRECTORY_PREFIX);

function newKey(prefix: string): string {
  let random = "";
  while (random.length < RANDOM) {
    for (const byte of randomBytes(64)) {
      if (byte < FAIR && random.length < RANDOM) random += DIGITS[byte % DIGITS.length];
    }
  }
  return `${prefix}${random}${checksumOf(random)}`;
}

/** CRC-32 in digits of base 62: for typing errors and scanners, and no proof of anything. */
function checksumOf(text: string): string {
  let rest = crc32(text);
  let digits = "";
  for (let i = 0; i < 6; i++) {
    digits = DIGITS[rest % DIGITS.length] + digits;
    rest = Math.floor(rest / DIGITS.length);
  }
  return digits;
}

export const looksLikeApiKey = (token: string) => token.startsWith(PREFIX);

/**
 * Who carries a key, for the database to look up by its hash: nothing here depends on whether there is such a key.
 * @throws AppError `unauthenticated` for what can't be one, which never reaches the database
 */
export function keyIdentityOf(token: string): KeyIdentity {
  if (!looksLikeApiKey(token) || !isWhole(token))
    throw new AppError("unauthenticated", "This is no API key: copy it whole, from cos_ to its last character.");
  return { keyProof: hashToken(token), via: "key" };
}

/** Undefined for what can't be a directory's token, which never reaches the database. */
export const directoryTokenHash = (token: string): string | undefined =>
  token.startsWith(DIRECTORY_PREFIX) && isWhole(token) ? hashToken(token) : undefined;

function isWhole(token: string) {
  const [, random, checksum] = FORM.exec(token) ?? [];
  return random !== undefined && checksumOf(random) === checksum;
}

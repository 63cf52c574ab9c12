import { randomBytes } from "node:crypto";
import { Secret, TOTP } from "otpauth";

const ISSUER = "ContentOS";
const PERIOD_SECONDS = 30;
/** How many steps a clock may be off, either way (RFC 6238, 5.2). */
const WINDOW = 1;
export const RECOVERY_CODES = 10;

const of = (secret: Buffer, label?: string) =>
  new TOTP({
    issuer: ISSUER,
    label: label ?? ISSUER,
    algorithm: "SHA1",
    digits: 6,
    period: PERIOD_SECONDS,
    secret: new Secret({ buffer: Uint8Array.from(secret).buffer }),
  });

/** 160 bits, as RFC 4226 recommends. */
export const newSecret = () => randomBytes(20);

/** As people type it, and as an authenticator scans it. */
export const describeSecret = (secret: Buffer, email: string) => {
  const totp = of(secret, email);
  return { secret: totp.secret.base32, uri: totp.toString() };
};

/** The step that a code belongs to; undefined where it is no code of this time. */
export function stepOf(secret: Buffer, code: string, at: Date): number | undefined {
  const delta = of(secret).validate({ token: code, window: WINDOW, timestamp: at.getTime() });
  return delta === null ? undefined : Math.floor(at.getTime() / 1000 / PERIOD_SECONDS) + delta;
}

const ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789";

/** Some 79 bits each, in letters that can't be taken for each other: too many to be guessed from their hashes. */
export const newRecoveryCodes = () =>
  Array.from({ length: RECOVERY_CODES }, () =>
    Array.from({ length: 4 }, () => Array.from({ length: 4 }, letter).join("")).join("-"),
  );

/** Without bias: bytes beyond the last full round are drawn again. */
function letter(): string {
  const [byte] = randomBytes(1);
  const limit = 256 - (256 % ALPHABET.length);
  return byte! < limit ? ALPHABET[byte! % ALPHABET.length]! : letter();
}

/** However it was typed. */
export const spelledOut = (code: string) => code.toLowerCase().replace(/[^a-z0-9]/g, "");

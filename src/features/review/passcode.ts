import { randomBytes } from "node:crypto";
import { hashRaw } from "@node-rs/argon2";
import { hashToken } from "@/platform/secrets";

/**
 * Argon2id of a passcode, by the same parameters as passwords. Only whoever knows the passcode can make it, and the
 * database keeps its hash: so it can tell a right one by itself, and what it keeps opens nothing.
 */
export async function proofOf(passcode: string, salt: string): Promise<string> {
  // One keyboard sends é as one character, another as two (RFC 8265, 4.2).
  return (await hashRaw(passcode.normalize("NFKC"), { salt: Buffer.from(salt, "hex") })).toString("hex");
}

/** What is kept of a passcode. The salt also tells one passcode from the next. */
export async function sealPasscode(passcode: string | null | undefined) {
  if (!passcode) return { passcodeSalt: null, passcodeCheck: null };
  const passcodeSalt = randomBytes(16).toString("hex");
  return { passcodeSalt, passcodeCheck: hashToken(await proofOf(passcode, passcodeSalt)) };
}

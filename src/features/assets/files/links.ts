import { EncryptJWT, jwtDecrypt } from "jose";
import { z } from "zod";
import type { Clock } from "@/platform/clock";
import { AppError } from "@/platform/errors";
import type { Keyring } from "@/platform/secrets";
import type { ServedFile } from "./sending";

const Claims = z.object({
  workspaceId: z.string(),
  keyId: z.string(),
  wrappedKey: z.string(),
  sha256: z.string(),
  sizeBytes: z.int(),
  contentType: z.string(),
  fileName: z.string(),
});

const AUDIENCE = "contentos:file";

/**
 * Addresses that show one file for a while. All that it takes to serve it was read in the scope of whoever asked for the
 * address, and is sealed into it: serving needs no scope, and so none that anybody could enter without being a member.
 */
export function createFileLinks(keyring: Pick<Keyring, "tokenKeys">, clock: Clock) {
  const keys = keyring.tokenKeys("file links");
  return {
    async make({ object, contentType, fileName }: ServedFile, expiresAt: Date): Promise<string> {
      const claims = { ...object, wrappedKey: object.wrappedKey.toString("base64url"), contentType, fileName };
      return new EncryptJWT(claims)
        .setProtectedHeader({ alg: "dir", enc: "A256GCM" })
        .setAudience(AUDIENCE)
        .setExpirationTime(expiresAt)
        .encrypt(keys[0]);
    },

    /** @throws AppError `not_found` for what was not made here, was changed, or has expired */
    async open(token: string): Promise<ServedFile> {
      for (const key of keys) {
        try {
          const { payload } = await jwtDecrypt(token, key, { audience: AUDIENCE, currentDate: clock.now() });
          const { contentType, fileName, wrappedKey, ...object } = Claims.parse(payload);
          return { object: { ...object, wrappedKey: Buffer.from(wrappedKey, "base64url") }, contentType, fileName };
        } catch {
          // Perhaps by the secret before; else told below.
        }
      }
      throw new AppError("not_found", "This address has expired, or never was one: ask for a new one.");
    },
  };
}

import { jwtVerify, SignJWT } from "jose";
import { z } from "zod";
import { AppError } from "@/platform/errors";
import type { Keyring } from "@/platform/secrets";

const Claims = z.object({
  key: z.string(),
  number: z.int(),
  sizeBytes: z.int(),
  contentType: z.string(),
});
/** One part of one upload, and what it has to be. */
export type PartClaims = z.output<typeof Claims>;

const AUDIENCE = "contentos:part";

/** Leave to send one part, as a signature in its address gives it where there is no S3. */
export function createPartTokens(keyring: Pick<Keyring, "tokenKeys">) {
  const keys = keyring.tokenKeys("upload parts");
  return {
    sign: (claims: PartClaims, lifeSeconds: number) =>
      new SignJWT(claims)
        .setProtectedHeader({ alg: "HS256" })
        .setAudience(AUDIENCE)
        .setExpirationTime(`${lifeSeconds}s`)
        .sign(keys[0]),

    /** @throws AppError `forbidden` for what was not signed here, was changed, or has expired */
    async verify(token: string): Promise<PartClaims> {
      for (const key of keys) {
        try {
          const { payload } = await jwtVerify(token, key, { audience: AUDIENCE, algorithms: ["HS256"] });
          return Claims.parse(payload);
        } catch {
          // Perhaps by the secret before; else told below.
        }
      }
      throw new AppError("forbidden", "This upload address has expired or was changed: read the upload for a new one.");
    },
  };
}
export type PartTokens = ReturnType<typeof createPartTokens>;

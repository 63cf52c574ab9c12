import { CompactSign } from "jose";
import { ALGORITHM, type SigningKeys } from "./signing-keys";

export type SignDocument = (type: string, document: object) => Promise<string>;

/** The public keys, and signatures that anybody can check by them. */
export const documentKeys = (keys: SigningKeys) => ({
  getJwks: async () => ({ keys: await keys.jwks() }),

  /** The published keys and the retired ones: what was signed stays provable when a key is rotated. */
  getAllKeys: async () => ({ keys: await keys.everPublished() }),

  /**
   * Signs documents as compact JWS. To be had before a transaction begins, since it may ask the database. `type` keeps
   * a document from being taken for a token of ours, and the other way round.
   */
  async documentSigner(): Promise<SignDocument> {
    const { kid, key } = await keys.signer();
    return (type, document) =>
      new CompactSign(new TextEncoder().encode(JSON.stringify(document)))
        .setProtectedHeader({ alg: ALGORITHM, kid, typ: type })
        .sign(key);
  },
});

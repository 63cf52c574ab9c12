import { LRUCache } from "lru-cache";
import type { Authenticator } from "@/http/authentication";
import type { Clock } from "@/platform/clock";
import { AppError } from "@/platform/errors";
import { accessCookieOf } from "./cookies";
import { keyIdentityOf, looksLikeApiKey } from "./keys/token";
import { isServiceToken, type Verified, type VerifiedService } from "./tokens";

/** Tokens remembered at a time; each takes about a kilobyte. */
const REMEMBERED = 10_000;

type Options = {
  verify: (token: string) => Promise<Verified>;
  verifyForService: (token: string) => Promise<VerifiedService>;
  clock: Clock;
  /** Whether the deployment is on https, where its cookies have a prefix. */
  secure: boolean;
};

/**
 * Reads a bearer token or the cookie of the pages. A signature costs some 0.3 ms to check, so a good token is
 * remembered until it ends: whether its session still lives is asked of the database with every request anyway.
 */
export function createAuthenticator({ verify, verifyForService, clock, secure }: Options): Authenticator {
  const remembered = new LRUCache<string, Verified | VerifiedService>({ max: REMEMBERED });

  async function verified(token: string) {
    const known = remembered.get(token);
    if (known && known.expiresAt > clock.now().getTime()) return known;
    remembered.delete(token);
    const claims = await (isServiceToken(token) ? verifyForService(token) : verify(token));
    remembered.set(token, claims);
    return claims;
  }

  return async (c) => {
    const header = c.req.header("authorization");
    if (header !== undefined) {
      const token = /^Bearer +([\w.~+/=-]+)$/i.exec(header)?.[1];
      if (!token)
        throw new AppError("unauthenticated", "Send the access token as Authorization: Bearer, and nothing else.");
      if (looksLikeApiKey(token)) return keyIdentityOf(token);
      const claims = await verified(token);
      if ("keyProof" in claims) return { keyProof: claims.keyProof, scopes: claims.scopes, via: "key" };
      return { sessionId: claims.sessionId, userId: claims.userId, via: "bearer" };
    }
    const token = accessCookieOf(c, secure);
    if (!token) return null;
    const claims = await verified(token);
    if ("keyProof" in claims) throw new AppError("unauthenticated", "Sign in: a service's token is no session.");
    return { sessionId: claims.sessionId, userId: claims.userId, via: "cookie" };
  };
}

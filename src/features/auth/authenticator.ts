import { getCookie } from "hono/cookie";
import { LRUCache } from "lru-cache";
import type { Authenticator } from "@/http/authentication";
import type { Clock } from "@/platform/clock";
import { AppError } from "@/platform/errors";
import { ACCESS_COOKIE } from "./cookies";
import type { Verified } from "./tokens";

/** Tokens remembered at a time; each takes about a kilobyte. */
const REMEMBERED = 10_000;

type Options = { verify: (token: string) => Promise<Verified>; clock: Clock };

/**
 * Reads a bearer token or the cookie of the pages. A signature costs some 0.3 ms to check, so a good token is
 * remembered until it ends: whether its session still lives is asked of the database with every request anyway.
 */
export function createAuthenticator({ verify, clock }: Options): Authenticator {
  const remembered = new LRUCache<string, Verified>({ max: REMEMBERED });

  async function verified(token: string) {
    const known = remembered.get(token);
    if (known && known.expiresAt > clock.now().getTime()) return known;
    remembered.delete(token);
    const claims = await verify(token);
    remembered.set(token, claims);
    return claims;
  }

  return async (c) => {
    const header = c.req.header("authorization");
    if (header !== undefined) {
      const token = /^Bearer +([\w.~+/=-]+)$/i.exec(header)?.[1];
      if (!token)
        throw new AppError("unauthenticated", "Send the access token as Authorization: Bearer, and nothing else.");
      const { sessionId, userId } = await verified(token);
      return { sessionId, userId, via: "bearer" };
    }
    const token = getCookie(c, ACCESS_COOKIE);
    if (!token) return null;
    const { sessionId, userId } = await verified(token);
    return { sessionId, userId, via: "cookie" };
  };
}

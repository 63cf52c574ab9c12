import { randomUUID } from "node:crypto";
import { errors, jwtVerify, SignJWT } from "jose";
import { isUuid } from "@/platform/actor";
import type { Clock } from "@/platform/clock";
import { AppError } from "@/platform/errors";
import { ALGORITHM, type SigningKeys } from "./signing-keys";

/** How long an access token lives, in seconds. */
export const ACCESS_SECONDS = 15 * 60;

const AUDIENCE = "contentos-api";
/** RFC 9068, so that no other JWT of ours could be taken for one. */
const TYPE = "at+jwt";
/** How far clocks of our own processes may be apart, in seconds. */
const CLOCK_TOLERANCE = 5;

export type Verified = { userId: string; sessionId: string /** In ms since 1970. */; expiresAt: number };

type Options = { keys: SigningKeys; issuer: string; clock: Clock };

/** Short access tokens that say who and which session. What they may do is the database's to tell. */
export function createTokens({ keys, issuer, clock }: Options) {
  const keyOf = async ({ kid }: { kid?: string }) => {
    const key = kid === undefined ? undefined : await keys.verifier(kid);
    if (!key) throw new errors.JWKSNoMatchingKey();
    return key;
  };

  return {
    async issue({ userId, sessionId }: { userId: string; sessionId: string }) {
      const { kid, key } = await keys.signer();
      const now = Math.floor(clock.now().getTime() / 1000);
      const accessToken = await new SignJWT({ sid: sessionId })
        .setProtectedHeader({ alg: ALGORITHM, kid, typ: TYPE })
        .setSubject(userId)
        .setIssuer(issuer)
        .setAudience(AUDIENCE)
        .setJti(randomUUID())
        .setIssuedAt(now)
        .setNotBefore(now)
        .setExpirationTime(now + ACCESS_SECONDS)
        .sign(key);
      return { accessToken, expiresAt: new Date((now + ACCESS_SECONDS) * 1000) };
    },

    /** @throws AppError `unauthenticated` */
    async verify(token: string): Promise<Verified> {
      const { payload } = await jwtVerify(token, keyOf, {
        algorithms: [ALGORITHM],
        typ: TYPE,
        issuer,
        audience: AUDIENCE,
        requiredClaims: ["sub", "sid", "jti", "iat", "nbf", "exp"],
        clockTolerance: CLOCK_TOLERANCE,
        currentDate: clock.now(),
      }).catch((cause: unknown) => {
        if (cause instanceof errors.JOSEError) throw badToken(cause);
        throw cause;
      });
      const { sub, sid, exp } = payload;
      if (typeof sid !== "string" || !isUuid(sid) || !isUuid(sub ?? "")) throw badToken();
      return { userId: sub!, sessionId: sid, expiresAt: exp! * 1000 };
    },
  };
}

export type Tokens = ReturnType<typeof createTokens>;

const badToken = (cause?: unknown) =>
  new AppError("unauthenticated", "This access token is not valid any more: refresh it, or sign in again.", { cause });

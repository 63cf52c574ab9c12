import { randomUUID } from "node:crypto";
import { decodeProtectedHeader, errors, jwtVerify, SignJWT } from "jose";
import { isUuid } from "@/platform/actor";
import type { Clock } from "@/platform/clock";
import { AppError } from "@/platform/errors";
import { ALGORITHM, type SigningKeys } from "./signing-keys";

/** How long an access token lives, in seconds. */
export const ACCESS_SECONDS = 15 * 60;

const AUDIENCE = "contentos-api";
/** RFC 9068, so that no other JWT of ours could be taken for one. */
const TYPE = "at+jwt";
/** Another one for services, so that neither is taken for the other. */
const SERVICE_TYPE = "st+jwt";
/** How far clocks of our own processes may be apart, in seconds. */
const CLOCK_TOLERANCE = 5;

export type Verified = { userId: string; sessionId: string /** In ms since 1970. */; expiresAt: number };
/** What a service token of ours says; the proof is the key's, and its workspace the database's to tell. */
export type VerifiedService = { keyProof: string; scopes: string[]; expiresAt: number };

type ServiceGrant = {
  proof: string;
  keyId: string;
  workspaceId: string;
  scopes: readonly string[];
  audience: string;
  seconds: number;
  /** When the key ends, which its token doesn't outlive. */
  expiresAt: Date | null;
};

type Options = { keys: SigningKeys; issuer: string; clock: Clock };

/** Short access tokens that say who and which session. What they may do is the database's to tell. */
export function createTokens({ keys, issuer, clock }: Options) {
  const keyOf = async ({ kid }: { kid?: string }) => {
    const key = kid === undefined ? undefined : await keys.verifier(kid);
    if (!key) throw new errors.JWKSNoMatchingKey();
    return key;
  };

  async function payloadOf(token: string, typ: string, required: string[]) {
    const { payload } = await jwtVerify(token, keyOf, {
      algorithms: [ALGORITHM],
      typ,
      issuer,
      audience: AUDIENCE,
      requiredClaims: ["sub", "jti", "iat", "nbf", "exp", ...required],
      clockTolerance: CLOCK_TOLERANCE,
      currentDate: clock.now(),
    }).catch((cause: unknown) => {
      if (cause instanceof errors.JOSEError) throw badToken(cause);
      throw cause;
    });
    return payload;
  }

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

    /** A token for a service, by an API key. Only with our own audience does it carry what opens anything here. */
    async issueForService({ proof, keyId, workspaceId, scopes, audience, seconds, expiresAt }: ServiceGrant) {
      const { kid, key } = await keys.signer();
      const now = Math.floor(clock.now().getTime() / 1000);
      const most = expiresAt ? Math.floor(expiresAt.getTime() / 1000) : Number.POSITIVE_INFINITY;
      const end = Math.min(now + Math.min(seconds, ACCESS_SECONDS), most);
      const scope = scopes.join(" ");
      const accessToken = await new SignJWT({ scope, wid: workspaceId, ...(audience === AUDIENCE && { prf: proof }) })
        .setProtectedHeader({ alg: ALGORITHM, kid, typ: SERVICE_TYPE })
        .setSubject(keyId)
        .setIssuer(issuer)
        .setAudience(audience)
        .setJti(randomUUID())
        .setIssuedAt(now)
        .setNotBefore(now)
        .setExpirationTime(end)
        .sign(key);
      return { accessToken, scope, expiresAt: new Date(end * 1000) };
    },

    /** @throws AppError `unauthenticated` */
    async verifyForService(token: string): Promise<VerifiedService> {
      const { scope, prf, exp } = await payloadOf(token, SERVICE_TYPE, ["scope", "prf"]);
      if (typeof scope !== "string" || typeof prf !== "string") throw badToken();
      return { keyProof: prf, scopes: scope.split(" "), expiresAt: exp! * 1000 };
    },

    /** @throws AppError `unauthenticated` */
    async verify(token: string): Promise<Verified> {
      const payload = await payloadOf(token, TYPE, ["sid"]);
      const { sub, sid, exp } = payload;
      if (typeof sid !== "string" || !isUuid(sid) || !isUuid(sub ?? "")) throw badToken();
      return { userId: sub!, sessionId: sid, expiresAt: exp! * 1000 };
    },
  };
}

export type Tokens = ReturnType<typeof createTokens>;

const badToken = (cause?: unknown) =>
  new AppError("unauthenticated", "This access token is not valid any more: refresh it, or sign in again.", { cause });

/** By what it says of itself: which of the two it is checked as. */
export function isServiceToken(token: string): boolean {
  try {
    return decodeProtectedHeader(token).typ === SERVICE_TYPE;
  } catch {
    return false;
  }
}

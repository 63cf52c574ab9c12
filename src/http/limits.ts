import type { Context } from "hono";
import { createMiddleware } from "hono/factory";
import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";
import { AppError } from "@/platform/errors";
import type { Env } from "./router";

/** Points a caller has in `seconds`. Keys are addresses and sessions, never anything from a body. */
const LIMITS = {
  /** Everything from one address. */
  address: { points: 1_200, seconds: 60 },
  /** Everything of one session, or of one client's. */
  session: { points: 600, seconds: 60 },
  /** Log-in, sign-up, refresh, reset and opening a review link from one address: each costs a password hash or a mail. */
  identity: { points: 20, seconds: 60 },
  /** What makes us call a network or send a mail. */
  expensive: { points: 60, seconds: 60 },
  /** Views, reads and clicks of public pages from one address, behind which a whole office may sit. */
  beacon: { points: 300, seconds: 60 },
} as const;

export type LimitName = keyof typeof LIMITS;
export type RateLimits = { consume(name: LimitName, key: string): Promise<RateLimiterRes> };

/** Kept in this process; a deployment of several sets a shared store. `factor` multiplies every limit. */
export function createRateLimits(factor: number): RateLimits {
  const limiters = Object.fromEntries(
    Object.entries(LIMITS).map(([name, { points, seconds }]) => [
      name,
      new RateLimiterMemory({ keyPrefix: name, points: Math.max(1, Math.round(points * factor)), duration: seconds }),
    ]),
  ) as Record<LimitName, RateLimiterMemory>;
  return { consume: (name, key) => limiters[name].consume(key) };
}

/** @throws AppError `rate_limited` with when to come back */
export async function limit(c: Context<Env>, limits: RateLimits, name: LimitName, key: string) {
  try {
    tell(c, name, await limits.consume(name, key));
  } catch (raised) {
    if (!(raised instanceof RateLimiterRes)) throw raised;
    tell(c, name, raised);
    throw new AppError("rate_limited", "Too many requests: wait as long as Retry-After says, and send fewer.", {
      retryAfterSeconds: Math.max(1, Math.ceil(raised.msBeforeNext / 1000)),
    });
  }
}

const tell = (c: Context<Env>, name: LimitName, { remainingPoints, msBeforeNext }: RateLimiterRes) =>
  c.header("RateLimit", `"${name}";r=${remainingPoints};t=${Math.ceil(msBeforeNext / 1000)}`);

/** Operations that cost more than a row: by the operation's path, so that no body can dodge it. */
const STRICT: [RegExp, LimitName][] = [
  [/^\/api\/v1\/(auth\/(signup|login|ssologin|refresh|password)|review\/open)/, "identity"],
  [/^\/api\/v1\/(invitations|workspaces\/[^/]+\/members$|distribution\/channels)/, "expensive"],
];

export const addressLimits = (limits: RateLimits) =>
  createMiddleware<Env>(async (c, next) => {
    await limit(c, limits, "address", c.var.clientAddress);
    if (c.req.method !== "GET" && c.req.method !== "HEAD") {
      const strict = STRICT.find(([pattern]) => pattern.test(c.req.path))?.[1];
      if (strict) await limit(c, limits, strict, c.var.clientAddress);
    }
    await next();
  });

export const sessionLimits = (limits: RateLimits) =>
  createMiddleware<Env>(async (c, next) => {
    const key = c.var.identity?.sessionId ?? c.var.guest?.guestTokenHash;
    if (key) await limit(c, limits, "session", key);
    await next();
  });

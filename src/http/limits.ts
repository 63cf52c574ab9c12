import type { Context } from "hono";
import { createMiddleware } from "hono/factory";
import { LRUCache } from "lru-cache";
import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";
import { AppError } from "@/platform/errors";
import type { Env } from "./router";
import type { SharedLimits } from "./shared-limits";

/** Points a caller has in `seconds`. Keys are addresses and sessions, never anything from a body. */
const LIMITS = {
  /** Everything from one address. */
  address: { points: 1_200, seconds: 60 },
  /** Everything of one session, or of one client's. */
  session: { points: 600, seconds: 60 },
  /** Everything of one person, in however many sessions. */
  account: { points: 1_200, seconds: 60 },
  /** Everything in one workspace, of all who are in it. */
  workspace: { points: 6_000, seconds: 60 },
  /** Everything of one API key, and of what it was exchanged for. */
  key: { points: 1_200, seconds: 60 },
  /** Log-in, sign-up, refresh, reset and opening a review link from one address: each costs a password hash or a mail. */
  identity: { points: 20, seconds: 60 },
  /** What makes us call a network or send a mail. */
  expensive: { points: 60, seconds: 60 },
  /** What keeps a processor busy for a tenth of a second. */
  analysis: { points: 120, seconds: 60 },
  /** Views, reads and clicks of public pages from one address, behind which a whole office may sit. */
  beacon: { points: 300, seconds: 60 },
} as const;

export type LimitName = keyof typeof LIMITS;
export type RateLimits = { consume(name: LimitName, key: string): Promise<RateLimiterRes> };

/** How long a store that failed is left alone, in ms. */
const REST_MS = 5_000;
/** How long a request waits for the store, in ms. */
const WAIT_MS = 500;

export const limitsTimes = (factor: number) =>
  Object.fromEntries(
    Object.entries(LIMITS).map(([name, { points, seconds }]) => [
      name,
      { points: Math.max(1, Math.round(points * factor)), seconds },
    ]),
  ) as Record<LimitName, { points: number; seconds: number }>;

type Options = {
  /** What several processes count together; without it, each counts for itself. */
  shared?: SharedLimits | undefined;
  onStoreFailure?: (error: unknown) => void;
};

/**
 * Counted in this process first, which costs nothing and refuses a flood without asking anybody; then by all together.
 * Where the store can't be asked, each process goes on with its own count: never without a limit, and never closed, since
 * what lets people in must not hang on what counts them. `factor` multiplies every limit.
 */
export function createRateLimits(factor: number, { shared, onStoreFailure = () => {} }: Options = {}): RateLimits {
  const limiters = Object.fromEntries(
    Object.entries(limitsTimes(factor)).map(([name, { points, seconds }]) => [
      name,
      new RateLimiterMemory({ keyPrefix: name, points, duration: seconds }),
    ]),
  ) as Record<LimitName, RateLimiterMemory>;
  let restsUntil = 0;
  return {
    async consume(name, key) {
      const own = await limiters[name].consume(key);
      if (!shared || Date.now() < restsUntil) return own;
      try {
        await inTime(shared.consume(name, key));
      } catch (raised) {
        if (raised instanceof RateLimiterRes) throw raised;
        restsUntil = Date.now() + REST_MS;
        onStoreFailure(raised);
      }
      return own;
    },
  };
}

function inTime(work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`The store of rate limits took longer than ${WAIT_MS} ms`)), WAIT_MS);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
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
  [
    /^\/api\/v1\/(auth\/(signup|login|ssologin|refresh|password|verify-email|totp|passkeys|sso)|review\/open)/,
    "identity",
  ],
  [/^\/api\/v1\/(invitations|workspaces\/[^/]+\/members$|distribution\/channels)/, "expensive"],
  [/^\/api\/v1\/ai\/seo$/, "analysis"],
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

/** Who has been in which workspace: only they count against it, so that nobody spends a limit of others by naming them. */
const MOST_PLACES = 20_000;

export const sessionLimits = (limits: RateLimits) => {
  const places = new LRUCache<string, string>({ max: MOST_PLACES });
  return createMiddleware<Env>(async (c, next) => {
    const { identity, guest } = c.var;
    if (identity?.via === "key") await limit(c, limits, "key", identity.keyProof);
    else {
      const key = identity?.sessionId ?? guest?.guestTokenHash;
      if (key) await limit(c, limits, "session", key);
      if (identity) await limit(c, limits, "account", identity.userId);
    }
    if (!identity) return next();
    const credential = identity.via === "key" ? identity.keyProof : identity.sessionId;
    const place = `${credential} ${c.req.header("x-workspace-id") ?? ""}`;
    const workspace = places.get(place);
    if (workspace) await limit(c, limits, "workspace", workspace);
    await next();
    if (c.var.enteredWorkspace) places.set(place, c.var.enteredWorkspace);
  });
};

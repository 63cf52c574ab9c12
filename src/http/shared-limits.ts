import { createHash } from "node:crypto";
import { LRUCache } from "lru-cache";
import type pg from "pg";
import { RateLimiterPostgres, RateLimiterRes } from "rate-limiter-flexible";

/**
 * What all processes of a deployment count together, in the table `http_limits`.
 *
 * A process takes points in blocks of a thirtieth of the limit and spends a block by itself, so that one in thirty requests
 * asks the database. Together they never let more through than the limit; what one has taken and not spent, another may
 * lack until the window ends.
 */
export type SharedLimits = {
  /** @throws RateLimiterRes where the points are spent; anything else where the store can't be asked */
  consume(name: string, key: string): Promise<void>;
};

type Limit = { points: number; seconds: number };

/** In how many blocks a limit is taken. */
const BLOCKS = 30;
const MOST_KEYS = 50_000;

type Block = { left: number; endsAt: number };

/** @param pool of identity's log-in, apart from that of requests: one that is exhausted must not switch the limits off */
export function createSharedLimits(pool: Pick<pg.Pool, "query">, limits: Record<string, Limit>): SharedLimits {
  const limiters = new Map(
    Object.entries(limits).map(([name, { points, seconds }], index) => [
      name,
      new RateLimiterPostgres({
        storeClient: pool,
        storeType: "pool",
        tableName: "http_limits",
        tableCreated: true,
        // One of them sweeps for all.
        clearExpiredByTimeout: index === 0,
        keyPrefix: name,
        points,
        duration: seconds,
      }),
    ]),
  );
  const blocks = new LRUCache<string, Block>({ max: MOST_KEYS });

  return {
    async consume(name, key) {
      const { points } = limits[name]!;
      const hashed = createHash("sha256").update(key).digest("base64url");
      const place = `${name}:${hashed}`;
      const block = blocks.get(place);
      if (block && block.left > 0 && block.endsAt > Date.now()) {
        block.left -= 1;
        return;
      }
      const size = Math.max(1, Math.floor(points / BLOCKS));
      const { taken, msBeforeNext } = await take(limiters.get(name)!, hashed, size);
      if (taken < 1) throw new RateLimiterRes(0, msBeforeNext, points + 1, false);
      blocks.set(place, { left: taken - 1, endsAt: Date.now() + msBeforeNext });
    },
  };
}

/** How many points of a block there were: the last block of a window may be short. */
async function take(limiter: RateLimiterPostgres, key: string, size: number) {
  try {
    const { msBeforeNext } = await limiter.consume(key, size);
    return { taken: size, msBeforeNext };
  } catch (raised) {
    if (!(raised instanceof RateLimiterRes)) throw raised;
    return { taken: limiter.points - (raised.consumedPoints - size), msBeforeNext: raised.msBeforeNext };
  }
}

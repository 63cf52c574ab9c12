import { createHash } from "node:crypto";
import type { Clock } from "@/platform/clock";
import { AppError } from "@/platform/errors";
import * as queries from "./queries";

/** How often what has been forgotten is swept out, in ms. */
const SWEEP_MS = 60 * 60 * 1000;

type Options = { db: queries.AuthDb; clock: Clock };

/**
 * After five wrong tries each further one waits, twice as long each time, up to 15 minutes. Passwords are counted by
 * account and address together, so that nobody shuts anybody else out; codes by account, since only whoever has the
 * password comes to them.
 */
export function createAttempts({ db, clock }: Options) {
  let sweptAt = 0;

  async function sweep(now: number) {
    if (now - sweptAt < SWEEP_MS) return;
    sweptAt = now;
    await queries.purgeAttempts(db, new Date(now));
  }

  /**
   * Counts a try, before it is looked at.
   * @param tx the transaction that one is in, whose refusals are committed; else a statement of its own
   * @returns what forgets the tries, for one that was right
   * @throws AppError `rate_limited`
   */
  async function begin(words: readonly (string | null)[], tx: queries.AuthTx | queries.AuthDb = db) {
    const key = createHash("sha256").update(JSON.stringify(words)).digest("base64url");
    const now = clock.now();
    if (tx === db) await sweep(now.getTime());
    if ((await queries.countAttempt(tx, key, now)) === undefined) {
      const freeAt = (await queries.findWait(tx, key)) ?? now;
      throw tooMany(Math.max(1, Math.ceil((freeAt.getTime() - now.getTime()) / 1000)));
    }
    return () => queries.forgetAttempts(tx, key);
  }

  return { begin };
}

export type Attempts = ReturnType<typeof createAttempts>;

const tooMany = (retryAfterSeconds: number) =>
  new AppError("rate_limited", "Too many wrong tries: wait as long as Retry-After says, and try again.", {
    retryAfterSeconds,
  });

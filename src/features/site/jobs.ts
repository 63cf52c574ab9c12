import type { Database } from "@/db/client";
import { withJob } from "@/db/scope";
import type { JobClaim } from "@/platform/actor";
import type { Clock } from "@/platform/clock";
import type { LookUpTexts } from "@/platform/dns";
import type { Purge } from "@/platform/purger";
import { checkByClock, domainToWatch } from "./domains/service";
import { addressesToPurge } from "./purging";
import { judgeTrial } from "./trials/service";

type Deps = { db: Database; clock: Clock; lookUpTexts?: LookUpTexts };

const NO_ANSWER: LookUpTexts = async () => null;

/** Looks once a day whether a domain's record still stands. DNS is asked between two transactions. */
export const checkDomainTask =
  ({ db, clock, lookUpTexts = NO_ANSWER }: Deps) =>
  async ({ domainId = "" }: Record<string, string>, claim: JobClaim) => {
    const watched = await withJob(db, claim, (tx) => domainToWatch(tx, domainId));
    if (!watched) return;
    const texts = await lookUpTexts(watched.name);
    await withJob(db, claim, (tx, actor) => checkByClock(tx, actor, { id: domainId, texts, now: clock.now() }));
  };

/** Looks every few minutes how a trial's headlines do, and ends it where that is told. */
export const judgeTrialTask =
  ({ db, clock }: Pick<Deps, "db" | "clock">) =>
  async ({ trialId = "" }: Record<string, string>, claim: JobClaim) => {
    await withJob(db, claim, (tx, actor) => judgeTrial(tx, actor, { id: trialId, now: clock.now() }));
  };

/** So many addresses are purged at the same time. */
const AT_ONCE = 8;

type PurgeDeps = { db: Database; publicUrl: string; purge?: Purge | null };

/** Makes the cache forget, address by address. What it refuses is tried again, with all the rest: that does no harm. */
export const purgeTask =
  ({ db, publicUrl, purge }: PurgeDeps) =>
  async ({ pageId }: Record<string, string>, claim: JobClaim, signal: AbortSignal) => {
    if (!purge) return;
    const waiting = await withJob(db, claim, (tx) => addressesToPurge(tx, publicUrl, pageId));
    let failure: unknown;
    const lane = async () => {
      for (let url = waiting.pop(); url && !signal.aborted; url = waiting.pop())
        await purge(url).catch((error: unknown) => {
          failure ??= error;
        });
    };
    await Promise.all(Array.from({ length: AT_ONCE }, lane));
    signal.throwIfAborted();
    if (failure) throw failure;
  };

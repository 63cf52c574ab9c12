import type { Logger } from "pino";
import type { Database, WorkspaceTx } from "@/db/client";
import { withJob } from "@/db/scope";
import type { JobClaim } from "@/platform/actor";
import type { Clock } from "@/platform/clock";
import * as queries from "./queries";
import { anchorOf, type ChainDeps, type Head, isInChain, retireRows, sealWaiting } from "./service";

type Task = (payload: Record<string, string>, claim: JobClaim, signal: AbortSignal) => Promise<void>;
type Deps = ChainDeps & {
  db: Database;
  log: Logger;
  clock: Clock;
  /** Days after which rows go, 30 at least; for ever where it isn't said. */
  auditKeepDays: number | undefined;
  /** Has those come who wait for sealed rows, in the transaction that seals them. */
  onSealed?: ((tx: WorkspaceTx) => Promise<void>) | undefined;
};

const DAY_MS = 86_400_000;
const retireBefore = ({ clock, auditKeepDays }: Pick<Deps, "clock" | "auditKeepDays">): Date | null =>
  auditKeepDays === undefined ? null : new Date(clock.now().getTime() - auditKeepDays * DAY_MS);

/** `audit.seal`: chains what waits in a workspace, writes the head down outside of the database, and lets old rows go. */
export const sealTask =
  (deps: Deps): Task =>
  async (_payload, claim, signal) => {
    const { db, log } = deps;
    const head = await withJob(db, claim, async (tx, actor) => {
      const sealed = await sealWaiting(tx, actor);
      if (sealed) await deps.onSealed?.(tx);
      return sealed;
    });
    if (!head) return;
    // Sealed is sealed: the next head anchors this one as well.
    await anchor(deps, claim, head).catch((error: unknown) =>
      log.error({ err: error }, "The head of an audit log could not be anchored"),
    );
    const before = retireBefore(deps);
    while (before && (await withJob(db, claim, (tx, actor) => retireRows(tx, actor, deps.keyring, before))))
      signal.throwIfAborted();
  };

/** A chain that is no longer what was written down of it must not write over the proof of that. */
async function anchor({ db, log, ...deps }: Deps, claim: JobClaim, head: Head) {
  const before = await deps.anchors.newest(head.workspaceId);
  if (before && !(await withJob(db, claim, (tx) => isInChain(tx, before)))) {
    log.error({ workspaceId: head.workspaceId, sequence: before.sequence }, "An audit log was changed past us");
    await deps.anchors.keep(before);
  }
  await deps.anchors.add(anchorOf(deps, head));
}

/** `audit.sweep`: wakes the sealers whose wake-up got lost with its process. */
export const sweepTask =
  (deps: Pick<Deps, "db" | "clock" | "auditKeepDays">): Task =>
  () =>
    queries.wakeAll(deps.db, retireBefore(deps));

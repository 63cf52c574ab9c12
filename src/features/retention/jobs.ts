import type { Database } from "@/db/client";
import { withJob } from "@/db/scope";
import { record, retireRows } from "@/features/audit";
import type { JobClaim } from "@/platform/actor";
import type { Keyring } from "@/platform/secrets";
import { KINDS, WHATS, type What } from "./kinds";
import * as queries from "./queries";

type Task = (payload: Record<string, string>, claim: JobClaim, signal: AbortSignal) => Promise<void>;
type Deps = { db: Database; keyring: Keyring };

/** Rows that go in one transaction. */
const AT_A_TIME = 5_000;

/** `retention.remove`: lets go what a workspace's rules say, some at a time, and says so in its audit log. */
export const removeTask =
  (deps: Deps): Task =>
  async (_payload, claim, signal) => {
    for (const what of WHATS) {
      const step = KINDS[what].by === "Chain" ? retireStep : removeStep;
      while (await step(deps, claim, what)) signal.throwIfAborted();
    }
  };

/** Each answers whether there may be more. */
const retireStep = ({ db, keyring }: Deps, claim: JobClaim, what: What) =>
  withJob(db, claim, async (tx, actor) => {
    const before = await queries.cutoffOf(tx, what);
    return before !== null && retireRows(tx, actor, keyring, before);
  });

const removeStep = ({ db }: Deps, claim: JobClaim, what: What) =>
  withJob(db, claim, async (tx, actor) => {
    const before = await queries.cutoffOf(tx, what);
    const rows = await queries.removeOld(tx, what, AT_A_TIME);
    if (rows === 0) return false;
    const detail = { what, rows, before };
    record(tx, actor, {
      action: "retention.removed",
      subjectType: "workspace",
      subjectId: actor.workspaceId,
      detail,
    });
    return rows === AT_A_TIME;
  });

/** `retention.sweep`: has that job come wherever there is a rule. */
export const sweepTask =
  ({ db }: Pick<Deps, "db">): Task =>
  () =>
    queries.wakeAll(db);

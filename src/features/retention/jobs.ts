import type { Database } from "@/db/client";
import { withJob } from "@/db/scope";
import { removeUnnamedBlobs } from "@/features/assets";
import { record, retireRows } from "@/features/audit";
import type { JobClaim } from "@/platform/actor";
import type { Keyring } from "@/platform/secrets";
import type { Storage } from "@/platform/storage/storage";
import { KINDS, WHATS, type What } from "./kinds";
import * as queries from "./queries";

type Task = (payload: Record<string, string>, claim: JobClaim, signal: AbortSignal) => Promise<void>;
type Deps = { db: Database; keyring: Keyring; storage: Storage };

/** Rows that go in one transaction. */
const AT_A_TIME = 5_000;
/** Of files, each of which the storage is asked to remove. */
const FILES_AT_A_TIME = 200;

/** `retention.remove`: lets go what a workspace's rules say, some at a time, and says so in its audit log. */
export const removeTask =
  (deps: Deps): Task =>
  async (_payload, claim, signal) => {
    for (const what of WHATS) {
      const step = KINDS[what].by === "Chain" ? retireStep : removeStep;
      while (await step(deps, claim, what)) signal.throwIfAborted();
    }
    while (await removeBytes(deps, claim)) signal.throwIfAborted();
  };

/** Each answers whether there may be more. */
const retireStep = ({ db, keyring }: Deps, claim: JobClaim, what: What) =>
  withJob(db, claim, async (tx, actor) => {
    const before = await queries.cutoffOf(tx, what);
    return before !== null && retireRows(tx, actor, keyring, before);
  });

const removeStep = ({ db }: Pick<Deps, "db">, claim: JobClaim, what: What) =>
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

/** The bytes of files whose rows have gone, here or when this was cut off before. */
async function removeBytes({ db, storage }: Deps, claim: JobClaim): Promise<boolean> {
  const inTx: Parameters<typeof removeUnnamedBlobs>[1] = (work) => withJob(db, claim, work);
  const workspaceId = await inTx(async (_tx, actor) => actor.workspaceId);
  const rows = await removeUnnamedBlobs({ storage }, inTx, workspaceId, FILES_AT_A_TIME);
  if (rows === 0) return false;
  await withJob(db, claim, async (tx, actor) =>
    record(tx, actor, {
      action: "retention.removed",
      subjectType: "workspace",
      subjectId: actor.workspaceId,
      detail: { what: "Files", bytesOf: rows },
    }),
  );
  return rows === FILES_AT_A_TIME;
}

/** `retention.sweep`: has that job come wherever there is a rule. */
export const sweepTask =
  ({ db }: Pick<Deps, "db">): Task =>
  () =>
    queries.wakeAll(db);

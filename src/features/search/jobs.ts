import type { Database, WorkspaceTx } from "@/db/client";
import { enqueue } from "@/db/queue";
import { withJob } from "@/db/scope";
import type { JobClaim } from "@/platform/actor";
import * as queries from "./queries";

export const REINDEX = "search.reindex";

/** Whoever saves one of these waits for the batch. */
const BATCH = 50;
/** Of a job; the next one goes on after the last, so that a killed one has little to do again. */
const BATCHES = 40;

type Progress = { kind: string; after: string };
const BEGINNING: Progress = { kind: queries.KINDS[0], after: "00000000-0000-0000-0000-000000000000" };

/** One at a time in a workspace: a second one begins anew, in place of what was left of the first. */
export const reindex = async (tx: WorkspaceTx, payload: Progress = BEGINNING) => {
  await enqueue(tx, { task: REINDEX, payload, jobKey: REINDEX, priority: 10 });
};

/** `search.reindex`: makes the documents of a workspace anew, from what they speak of. Search goes on meanwhile. */
export const reindexTask =
  ({ db }: { db: Database }) =>
  async (payload: Record<string, string>, claim: JobClaim, signal: AbortSignal) => {
    let at: Progress | undefined = {
      kind: payload.kind ?? BEGINNING.kind,
      after: payload.after ?? BEGINNING.after,
    };
    for (let batch = 1; at && batch <= BATCHES; batch++) {
      signal.throwIfAborted();
      const from: Progress = at;
      at = await withJob(db, claim, async (tx) => {
        const next = following(from, await queries.renew(tx, from, BATCH));
        if (next && batch === BATCHES) await reindex(tx, next);
        return next;
      });
    }
  };

/** After the last of a kind come those of the next. */
function following({ kind }: Progress, last: string | null): Progress | undefined {
  if (last) return { kind, after: last };
  const next = queries.KINDS[queries.KINDS.indexOf(kind as (typeof queries.KINDS)[number]) + 1];
  return next && { kind: next, after: BEGINNING.after };
}

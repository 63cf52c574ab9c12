import type { Database, WorkspaceTx } from "@/db/client";
import { enqueue } from "@/db/queue";
import { withJob } from "@/db/scope";
import type { JobClaim } from "@/platform/actor";
import * as queries from "./queries";

const REINDEX = "search.reindex";

/** In the order in which they are gone through. */
const FIRST = "Item";
const KINDS: readonly string[] = [FIRST, "Comment", "Asset"];

/** Whoever saves one of these waits for the batch. The next job goes on after so many, so that a killed one has little to do again. */
const SIZE = { batch: 50, batches: 40 };
/** After what people wait for. */
const PRIORITY = 10;

/** `chain` is the job that began, whose work the later ones finish. */
type Progress = { kind: string; after: string; chain: string };
const NOTHING = "00000000-0000-0000-0000-000000000000";

/** Indexes a workspace anew from the beginning; once, where that waits already. What is under way goes on beside it. */
export const reindex = async (tx: WorkspaceTx) => {
  await enqueue(tx, { task: REINDEX, payload: {}, jobKey: REINDEX, priority: PRIORITY });
};

const goOn = (tx: WorkspaceTx, progress: Progress) =>
  enqueue(tx, { task: REINDEX, payload: progress, jobKey: `${REINDEX}.${progress.chain}`, priority: PRIORITY });

/** `search.reindex`: makes the documents of a workspace anew, from what they speak of. Search goes on meanwhile. */
export const reindexTask =
  ({ db }: { db: Database }, { batch, batches } = SIZE) =>
  async (payload: Record<string, string>, claim: JobClaim, signal: AbortSignal) => {
    const { kind = FIRST, after = NOTHING, chain = claim.jobId } = payload;
    let at: Progress | undefined = { kind, after, chain };
    for (let done = 1; at && done <= batches; done++) {
      signal.throwIfAborted();
      const from: Progress = at;
      at = await withJob(db, claim, async (tx) => {
        const next = following(from, await queries.renew(tx, from, batch));
        if (next && done === batches) await goOn(tx, next);
        return next;
      });
    }
  };

/** After the last of a kind come those of the next. */
function following({ kind, chain }: Progress, last: string | null): Progress | undefined {
  if (last) return { kind, after: last, chain };
  const next = KINDS[KINDS.indexOf(kind) + 1];
  return next ? { kind: next, after: NOTHING, chain } : undefined;
}

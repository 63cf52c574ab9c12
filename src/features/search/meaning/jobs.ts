import type { Database } from "@/db/client";
import { withJob, withJobFor } from "@/db/scope";
import { askEmbedding, beginEmbedding, embeddingModel, redactSecrets, settleEmbedding } from "@/features/ai";
import type { JobClaim } from "@/platform/actor";
import { AppError } from "@/platform/errors";
import { passagesOf } from "./cutting";
import * as queries from "./queries";
import type { MeaningDeps } from "./service";

const ITEMS = 20;
/** Of one call, unless an item alone has more: endpoints take some hundreds of thousands of tokens at once. */
const TEXTS = 100;

/** `search.embed`: turns passages of current versions into numbers, a few items at a time. */
export const embedTask =
  ({ db, ai }: { db: Database; ai: MeaningDeps | null }) =>
  async (_payload: Record<string, string>, claim: JobClaim, signal: AbortSignal) => {
    if (!ai) return;
    for (let more = true; more; ) {
      signal.throwIfAborted();
      more = await embedSome(db, ai, claim, signal);
    }
  };

async function embedSome(db: Database, ai: MeaningDeps, claim: JobClaim, signal: AbortSignal): Promise<boolean> {
  const begun = await withJobFor(db, claim, async (tx, actor) => {
    const model = await embeddingModel(tx, ai);
    if (!model || !(await queries.vectorSchema(tx))) return undefined;
    const items = asMany((await queries.findLacking(tx, model.id, ITEMS)).map(withTexts));
    const texts = items.flatMap((item) => item.texts);
    const call = texts.length > 0 ? await beginEmbedding(tx, actor, ai, { model, texts }) : undefined;
    return { items, model, call };
  }).catch((error: unknown) => {
    // Without credits texts are found by their words; the next one that is saved asks again.
    if (error instanceof AppError && error.code === "credits_exhausted") return undefined;
    throw error;
  });
  if (!begun || begun.items.length === 0) return false;
  const { call, items, model } = begun;
  const outcome = call && (await askEmbedding(call, signal));
  if (call && outcome) await withJobFor(db, claim, (tx, actor) => settleEmbedding(tx, actor, call, outcome));
  if (outcome && !outcome.embeddings) throw new Error(`No embeddings: ${outcome.tried.outcome}`);
  await withJob(db, claim, async (tx) => {
    let at = 0;
    for (const { id, versionNumber, texts } of items) {
      const embeddings = outcome?.embeddings?.slice(at, at + texts.length) ?? [];
      at += texts.length;
      await queries.keepPassages(tx, { contentItemId: id, versionNumber, model: model.id, embeddings });
    }
  });
  return true;
}

const withTexts = (item: queries.Lacking) => ({
  ...item,
  texts: passagesOf(item.body).map((text) => redactSecrets(`${item.title}\n${text}`)),
});

/** The first ones, as many as one call takes. */
function asMany<T extends { texts: string[] }>(items: T[]): T[] {
  let count = 0;
  const over = items.findIndex(({ texts }, at) => {
    count += texts.length;
    return at > 0 && count > TEXTS;
  });
  return over === -1 ? items : items.slice(0, over);
}

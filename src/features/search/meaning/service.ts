import type { WorkspaceTx } from "@/db/client";
import {
  type AiDeps,
  askEmbedding,
  type BegunEmbedding,
  beginEmbedding,
  type EmbeddingOutcome,
  embeddingModel,
  redactSecrets,
  settleEmbedding,
} from "@/features/ai";
import type { Actor } from "@/platform/actor";
import * as queries from "./queries";

type Tx = WorkspaceTx;
export type MeaningDeps = Pick<AiDeps, "endpoint" | "embedding" | "operatorFetch">;

const NEAREST = 20;

/** Lets the question be turned into numbers; undefined where passages are not found by what they mean here. */
export async function beginMeaning(
  tx: Tx,
  actor: Actor,
  question: string,
  deps: MeaningDeps,
): Promise<BegunEmbedding | undefined> {
  const model = await embeddingModel(tx, deps);
  if (!model || !(await queries.vectorSchema(tx))) return undefined;
  return beginEmbedding(tx, actor, deps, { model, texts: [redactSecrets(question)] });
}

export const askMeaning = (begun: BegunEmbedding, signal: AbortSignal) => askEmbedding(begun, signal);

/** Pays, and answers the passages whose meaning is nearest, the nearest first; none where the model failed. */
export async function nearestPassages(tx: Tx, actor: Actor, begun: BegunEmbedding, outcome: EmbeddingOutcome) {
  await settleEmbedding(tx, actor, begun, outcome);
  const [asked] = outcome.embeddings ?? [];
  const schema = await queries.vectorSchema(tx);
  return asked && schema ? queries.findNearest(tx, schema, begun.model.id, asked, NEAREST) : [];
}

import { z } from "zod";
import type { WorkspaceTx } from "@/db/client";
import { reserveCredits, settleCredits } from "@/features/billing";
import type { Actor } from "@/platform/actor";
import { newId } from "@/platform/ids";
import type { AiDeps } from "../deps";
import * as generations from "../generations/queries";
import { hasOwnEndpoint, settingsNow } from "../settings/service";
import { hostOf, type Try } from "./chain";
import { allowedModels, costOf, creditsAtMost, creditsFor, type Model, NO_USAGE, type Usage } from "./models";
import { RESERVED_SECONDS, requireUse, requireWithinLimits } from "./service";

type Tx = WorkspaceTx;
/** What has to be there to turn texts into numbers. */
type Deps = Pick<AiDeps, "endpoint" | "embedding" | "operatorFetch">;

export type BegunEmbedding = {
  generationId: string;
  texts: string[];
  model: Model;
  zeroRetention: boolean;
  reservationId: string;
  deps: Deps;
};

const TIMEOUT_MS = 20_000;
const MAX_BYTES = 32 * 1024 * 1024;

/**
 * The model that turns this workspace's texts into numbers; undefined where none is configured, the Admin has not asked for
 * it, the model isn't allowed, or the workspace's texts go to an endpoint of its own, which may not have it.
 */
export async function embeddingModel(tx: Tx, { endpoint, embedding }: Deps): Promise<Model | undefined> {
  if (!endpoint || !embedding) return undefined;
  const settings = await settingsNow(tx);
  if (!settings.findByMeaning || hasOwnEndpoint(settings)) return undefined;
  return allowedModels([embedding], settings)[0];
}

/**
 * Lets a call in like any other: role, limits, credits, generation. To be committed before `askEmbedding`.
 * @throws AppError `ai_limit`, `credits_exhausted`
 */
export async function beginEmbedding(
  tx: Tx,
  actor: Actor,
  deps: Deps,
  { model, texts }: { model: Model; texts: string[] },
): Promise<BegunEmbedding> {
  requireUse(actor);
  const settings = await settingsNow(tx);
  requireWithinLimits(settings, await generations.holdLoad(tx));
  const credits = creditsAtMost(texts.join("\n"), 0, [model]);
  const { reservationId } = await reserveCredits(tx, { credits, seconds: RESERVED_SECONDS });
  const generationId = newId();
  await generations.insertGeneration(tx, {
    id: generationId,
    operation: "embed",
    prompt: "embed@1",
    ownKey: false,
    reservationId,
    createdBy: actor.userId,
  });
  return { generationId, texts, model, zeroRetention: settings.zeroRetention, reservationId, deps };
}

/** As OpenAI's reference of embeddings has it (https://platform.openai.com/docs/api-reference/embeddings, read 2026-11-28). */
const Embeddings = z.object({
  data: z.array(z.object({ index: z.int().nonnegative(), embedding: z.array(z.number()).min(1).max(16_000) })),
  usage: z
    .object({ prompt_tokens: z.int().nonnegative().default(0), cost: z.number().nonnegative().optional() })
    .optional(),
});

export type EmbeddingOutcome = { embeddings: number[][] | undefined; usage: Usage; tried: Try };

/** No transaction is open meanwhile. What went wrong is an outcome as well: it is written down. */
export async function askEmbedding(begun: BegunEmbedding, signal: AbortSignal): Promise<EmbeddingOutcome> {
  const { texts, model, zeroRetention, deps } = begun;
  const { baseUrl, apiKey } = deps.endpoint!;
  const started = performance.now();
  const told = (outcome: Try["outcome"], usage = NO_USAGE, embeddings?: number[][]): EmbeddingOutcome => ({
    embeddings,
    usage,
    tried: { model: model.id, host: hostOf({ baseUrl }), outcome, ms: Math.round(performance.now() - started) },
  });
  try {
    const response = await deps.operatorFetch(`${baseUrl.replace(/\/$/, "")}/embeddings`, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${apiKey ?? "none"}` },
      body: JSON.stringify({
        model: model.id,
        input: texts,
        encoding_format: "float",
        ...(zeroRetention &&
          new URL(baseUrl).hostname.endsWith("openrouter.ai") && { provider: { zdr: true, data_collection: "deny" } }),
      }),
      signal,
      timeoutMs: TIMEOUT_MS,
      maxBytes: MAX_BYTES,
    });
    if (!response.ok) {
      await response.body?.cancel();
      return told(response.status === 401 ? "KeyRefused" : response.status === 429 ? "Busy" : "Unavailable");
    }
    const parsed = Embeddings.safeParse(await response.json());
    if (!parsed.success) return told("Invalid");
    const { data, usage } = parsed.data;
    const used = { inputTokens: usage?.prompt_tokens ?? 0, outputTokens: 0, cost: usage?.cost };
    const embeddings = data.toSorted((one, other) => one.index - other.index).map(({ embedding }) => embedding);
    const whole = embeddings.length === texts.length && new Set(embeddings.map(({ length }) => length)).size === 1;
    return whole ? told("Answered", used, embeddings) : told("Invalid", used);
  } catch {
    return told(signal.aborted ? "Canceled" : "Unavailable");
  }
}

/** Pays for what was used, and writes down what came of it. */
export async function settleEmbedding(tx: Tx, actor: Actor, begun: BegunEmbedding, outcome: EmbeddingOutcome) {
  const { usage, tried, embeddings } = outcome;
  const { model, reservationId, generationId } = begun;
  const cost = costOf(usage, model);
  const paid = await settleCredits(tx, actor, { reservationId, used: creditsFor(usage, model) });
  await generations.endGeneration(tx, generationId, {
    model: model.id,
    endpointHost: tried.host,
    status: embeddings ? "Succeeded" : tried.outcome === "Canceled" ? "Canceled" : "Failed",
    errorCode: embeddings ? null : tried.outcome === "Canceled" ? "ai_canceled" : "ai_failed",
    tries: [tried],
    inputTokens: usage.inputTokens,
    costMicros: cost === undefined ? null : Math.round(cost * 1e6),
    credits: paid.used,
    latencyMs: tried.ms,
  });
  return paid.used;
}

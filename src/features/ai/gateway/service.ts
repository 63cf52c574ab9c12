import type { WorkspaceTx } from "@/db/client";
import { creditsNow, reserveCredits, settleCredits } from "@/features/billing";
import type { Actor } from "@/platform/actor";
import { AppError } from "@/platform/errors";
import { newId } from "@/platform/ids";
import type { AiDeps } from "../deps";
import * as generations from "../generations/queries";
import { canUse } from "../policy";
import { type Prompt, promptId } from "../prompts/prompt";
import { DEFAULT_LIMITS, openPlaces, requireModels, type Settings, settingsNow, type Which } from "../settings/service";
import type { Question } from "./call";
import { type Answer, askInTurn, GatewayError, hostOf, type Place } from "./chain";
import { costOf, creditsAtMost, creditsFor } from "./models";

type Tx = WorkspaceTx;

/** What a model is asked, and about what. Texts of people are redacted and fenced by whoever writes the question. */
export type Ask<T> = Question<T> & {
  /** The room's word for it, such as `headline`. */
  operation: string;
  prompt: Pick<Prompt<never>, "name" | "version">;
  /** What is sent beside the words, such as an image: what a model counts it as. */
  extraInputTokens?: number;
  /** The only endpoint to be asked; all in turn where it is left out. */
  only?: Which;
  about: { contentItemId?: string; versionNumber?: number; channelId?: string; personaId?: string };
};

/** A call that was let in: its credits are reserved and its generation is written, once the transaction is committed. */
export type Begun<T> = {
  generationId: string;
  ask: Ask<T>;
  places: Place[];
  settings: Settings;
  deps: Pick<AiDeps, "circuits" | "fallbackAfterMs">;
  reservationId: string | undefined;
};

/** Until a reservation is given back, in seconds; a call has ended long before. */
export const RESERVED_SECONDS = 300;
/** Of one try, and of all of them: an answer that is waited for in one piece ends before the request does. */
const TRY_MS = 30_000;
const WHOLE_MS = 50_000;
const STREAM_MS = 120_000;

export function requireUse(actor: Actor) {
  if (!canUse(actor)) throw new AppError("forbidden", "Writers, Editors and Admins use AI: ask an Admin for a role.");
}

/**
 * Lets a call in: role, models, limits and credits. To be committed before the model is asked.
 * @throws AppError `ai_not_configured`, `ai_no_allowed_model`, `ai_limit`, `credits_exhausted`
 */
export async function begin<T>(tx: Tx, actor: Actor, deps: AiDeps, ask: Ask<T>): Promise<Begun<T>> {
  requireUse(actor);
  const settings = await settingsNow(tx);
  const allowed = requireModels(settings, deps, ask.only);
  requireWithinLimits(settings, await generations.holdLoad(tx));
  const places = await openPlaces(tx, actor.workspaceId, allowed, deps);
  const paid = places.filter(({ own }) => !own).flatMap(({ models }) => models);
  const credits = creditsAtMost(ask.system + ask.user, ask.maxOutputTokens + (ask.extraInputTokens ?? 0), paid);
  // Whoever pays their provider themselves spends no credits of ours.
  const reserved = paid.length > 0 ? await reserveCredits(tx, { credits, seconds: RESERVED_SECONDS }) : undefined;
  const generationId = newId();
  await generations.insertGeneration(tx, {
    id: generationId,
    operation: ask.operation,
    ...ask.about,
    prompt: promptId(ask.prompt),
    ownKey: places[0]!.own,
    reservationId: reserved?.reservationId ?? null,
    createdBy: actor.userId,
  });
  return { generationId, ask, places, settings, deps, reservationId: reserved?.reservationId };
}

export function requireWithinLimits(settings: Settings, load: generations.Load) {
  const { maxRequestsPerMinute, maxConcurrent, maxTokensPerDay } = DEFAULT_LIMITS;
  const limits: [number, number | null, string, number][] = [
    [load.lastMinute, settings.maxRequestsPerMinute ?? maxRequestsPerMinute, "calls in a minute", 60],
    [load.running, settings.maxConcurrent ?? maxConcurrent, "calls at once", 10],
    [load.tokensToday, settings.maxTokensPerDay ?? maxTokensPerDay, "tokens in a day (UTC)", 3_600],
    [load.creditsToday, settings.maxCreditsPerDay, "credits in a day (UTC)", 3_600],
  ];
  for (const [used, most, what, retryAfterSeconds] of limits) {
    if (most === null || used < most) continue;
    throw new AppError("ai_limit", `This workspace allows ${most} ${what}: wait, or ask an Admin to allow more.`, {
      retryAfterSeconds,
    });
  }
}

type Waiting = { signal: AbortSignal; onPartial?: ((value: unknown) => void) | undefined };

/** Asks the models; no transaction is open meanwhile. What went wrong is an outcome as well: it has to be paid. */
export async function ask<T>(
  { ask, places, settings, deps }: Begun<T>,
  { signal, onPartial }: Waiting,
): Promise<Outcome<T>> {
  const started = performance.now();
  const time = () => Math.round(performance.now() - started);
  try {
    const answer = await askInTurn(ask, {
      places,
      circuits: deps.circuits,
      zeroRetention: settings.zeroRetention,
      signal,
      timeoutMs: onPartial ? STREAM_MS : TRY_MS,
      deadlineMs: onPartial ? STREAM_MS : WHOLE_MS,
      firstWordMs: deps.fallbackAfterMs,
      onPartial,
    });
    return { answer, latencyMs: time() };
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error;
    return { error, latencyMs: time() };
  }
}

export type Outcome<T> = { latencyMs: number } & ({ answer: Answer<T> } | { error: GatewayError });

/** Pays for what was used, and writes down what came of it. `result` is what the person is shown. */
export async function settle<T>(tx: Tx, actor: Actor, begun: Begun<T>, outcome: Outcome<T>, result?: unknown) {
  const { usage, model, tries, place } = "answer" in outcome ? outcome.answer : outcome.error.asked;
  const cost = costOf(usage, model);
  const used = place?.own ? 0 : creditsFor(usage, model);
  const paid = begun.reservationId
    ? await settleCredits(tx, actor, { reservationId: begun.reservationId, used })
    : undefined;
  const status = "answer" in outcome ? "Succeeded" : outcome.error.kind === "canceled" ? "Canceled" : "Failed";
  await generations.endGeneration(tx, begun.generationId, {
    model: model?.id ?? null,
    ...(place && { endpointHost: hostOf(place), ownKey: place.own }),
    status,
    errorCode: "answer" in outcome ? null : codeOf(outcome.error),
    tries,
    inputTokens: usage.inputTokens,
    outputTokens: usage.outputTokens,
    costMicros: cost === undefined ? null : Math.round(cost * 1e6),
    credits: paid?.used ?? 0,
    latencyMs: outcome.latencyMs,
    ...(result !== undefined && { result }),
  });
  const { remaining, low } = paid?.credits ?? (await creditsNow(tx));
  return { used: paid?.used ?? 0, remaining, low };
}

const CODES = { canceled: "ai_canceled", key_refused: "ai_key_refused", failed: "ai_failed" } as const;
const codeOf = ({ kind }: GatewayError) => CODES[kind];

export const refusalFor = (error: GatewayError) => new AppError(codeOf(error), error.message, { cause: error });

import { z } from "zod";
import type { WorkspaceTx } from "@/db/client";
import {
  type AiDeps,
  ask,
  askV1,
  type Begun,
  type BegunEmbedding,
  begin,
  fenceWith,
  isConfigured,
  type Outcome,
  oneLine,
  redactSecrets,
  refusalFor,
  settingsNow,
  settle,
  unfounded,
} from "@/features/ai";
import { askMeaning, beginMeaning, nearestPassages } from "@/features/search";
import { workspaceSettings } from "@/features/workspaces";
import type { Actor } from "@/platform/actor";
import type { AppError } from "@/platform/errors";
import type { AskWorkspace, WorkspaceAnswer } from "./contract";
import { type Passage, retrieve } from "./passages";

type Tx = WorkspaceTx;
type Answered = z.input<typeof WorkspaceAnswer>;
type Input = z.output<typeof AskWorkspace>;
type Value = z.output<typeof AskAnswer>;

/** The shape of a model's answer. */
export const AskAnswer = z.strictObject({
  sentences: z
    .array(z.strictObject({ text: z.string().max(1_000), passages: z.array(z.string().max(20)).max(10) }))
    .max(10),
});

/** `call` is undefined where what was found is the answer. */
type Ready = {
  passages: Passage[];
  language: string;
  call: Begun<Value> | undefined;
  why: "NotFound" | "NoModel" | undefined;
};

/** Where passages are found by what they mean as well, the question is turned into numbers first. */
export type BegunQuestion = { meaning: BegunEmbedding } | { ready: Ready };
type InTx = <R>(work: (tx: Tx, actor: Actor) => Promise<R>) => Promise<R>;

const MAX_SENTENCES = 5;

export async function beginQuestion(tx: Tx, actor: Actor, input: Input, deps: AiDeps): Promise<BegunQuestion> {
  // Viewers read, and spend no credits.
  const spends = input.useModel && actor.role !== "Viewer";
  const meaning = spends ? await beginMeaning(tx, actor, input.question, deps) : undefined;
  return meaning ? { meaning } : { ready: await prepare(tx, actor, input, deps) };
}

/** No transaction is open while a model is asked, be it for numbers or for an answer. */
export async function askQuestion(
  begun: BegunQuestion,
  input: Input,
  { signal }: { signal: AbortSignal },
  deps: AiDeps,
  inTx: InTx,
): Promise<Ready & { outcome: Outcome<Value> | undefined }> {
  const ready = "ready" in begun ? begun.ready : await prepareByMeaning(begun.meaning, input, signal, deps, inTx);
  return { ...ready, outcome: ready.call && (await ask(ready.call, { signal })) };
}

async function prepareByMeaning(
  meaning: BegunEmbedding,
  input: Input,
  signal: AbortSignal,
  deps: AiDeps,
  inTx: InTx,
): Promise<Ready> {
  const outcome = await askMeaning(meaning, signal);
  // By itself, so that it is paid also where the question goes no further.
  const nearest = await inTx((tx, actor) => nearestPassages(tx, actor, meaning, outcome));
  return inTx((tx, actor) => prepare(tx, actor, input, deps, nearest));
}

async function prepare(
  tx: Tx,
  actor: Actor,
  { question, useModel }: Input,
  deps: AiDeps,
  nearest: Awaited<ReturnType<typeof nearestPassages>> = [],
): Promise<Ready> {
  const { language } = await workspaceSettings(tx);
  const passages = await retrieve(tx, question, nearest);
  if (passages.length === 0) return { passages, language, call: undefined, why: "NotFound" };
  const settings = await settingsNow(tx);
  if (!useModel || actor.role === "Viewer" || !isConfigured(settings, deps))
    return { passages, language, call: undefined, why: "NoModel" };
  const shown = passages.map(({ id, title, text }) => ({ id, title: redactSecrets(title), text: redactSecrets(text) }));
  const call = await begin(tx, actor, deps, {
    operation: "ask",
    prompt: askV1,
    about: {},
    system: askV1.system,
    user: askV1.user({ question: redactSecrets(question), passages: shown, language }, fenceWith()),
    schema: AskAnswer,
    maxOutputTokens: 700,
    faults: (value) => checkAnswer(value, passages, language).faults,
  });
  return { passages, language, call, why: undefined };
}

/** Sentences that stand on what was retrieved, and what was wrong with the rest, each as a sentence for the model. */
export function checkAnswer({ sentences }: Value, passages: readonly Passage[], language: string) {
  const faults: string[] = [];
  const kept = sentences.flatMap(({ text: said, passages: cited }) => {
    const text = oneLine(said);
    const ids = [...new Set(cited)];
    const sources = passages.filter(({ id }) => ids.includes(id));
    const stranger = ids.find((id) => !sources.some((source) => source.id === id));
    const source = sources.map(({ title, text: passage }) => `${title}\n${passage}`).join("\n");
    const claims = unfounded(text, source, language);
    const fault =
      stranger !== undefined
        ? `cites ${stranger}, which is no passage.`
        : sources.length === 0
          ? "cites no passage."
          : claims.length > 0
            ? `says what its passages don't: ${claims.map((claim) => claim.text).join(", ")}.`
            : undefined;
    if (fault) faults.push(`"${text.slice(0, 120)}" ${fault}`);
    return fault || text === "" ? [] : [{ text, passages: ids }];
  });
  return { kept: kept.slice(0, MAX_SENTENCES), faults };
}

export async function endQuestion(
  tx: Tx,
  actor: Actor,
  { passages, language, call, why, outcome }: Ready & { outcome: Outcome<Value> | undefined },
): Promise<Answered | AppError> {
  if (!call || !outcome)
    return { sentences: [], passages, why: why ?? null, generationId: null, model: null, credits: null };
  const sentences = "answer" in outcome ? checkAnswer(outcome.answer.value, passages, language).kept : [];
  const cited = passages.map(({ id, contentItemId, versionNumber }) => ({ id, contentItemId, versionNumber }));
  const credits = await settle(tx, actor, call, outcome, { sentences, passages: cited });
  if ("error" in outcome) return refusalFor(outcome.error);
  const { generationId } = call;
  const model = outcome.answer.model.id;
  return { sentences, passages, why: sentences.length === 0 ? "NotAnswered" : null, generationId, model, credits };
}

import { z } from "zod";
import type { WorkspaceTx } from "@/db/client";
import type { Actor } from "@/platform/actor";
import { AppError } from "@/platform/errors";
import { plainText } from "@/platform/markdown";
import { unfounded } from "../claims";
import type { AiDeps } from "../deps";
import { redactSecrets } from "../gateway/redact";
import { type Begun, begin, type Outcome, refusalFor, requireUse, settle } from "../gateway/service";
import { oneLine } from "../one-line";
import { fenceWith } from "../prompts/prompt";
import { seoV1 } from "../prompts/seo.v1";
import { requireModels, settingsNow } from "../settings/service";
import { DESCRIPTION_PX, TITLE_PX } from "./checks/snippet";
import type { AnalyzeSeo, SeoAnalysis, SeoSuggestion } from "./contract";
import { type Asked, analyzeSeo, findSubject, type SeoDeps } from "./service";
import { widthOf } from "./width";

type Tx = WorkspaceTx;
type Suggestion = z.input<typeof SeoSuggestion>;
type Value = z.output<typeof SeoAnswer>;
type InTx = <T>(work: (tx: Tx, actor: Actor) => Promise<T>) => Promise<T>;

/** The shape of a model's answer. */
export const SeoAnswer = z.strictObject({
  kind: z.string().max(100),
  intent: z.string().max(1_000),
  questions: z.array(z.string().max(500)).max(10),
  titles: z.array(z.string().max(500)).max(10),
  descriptions: z.array(z.string().max(1_000)).max(10),
});

/** What a suggestion may say, and in which language. */
export type SeoSource = { title: string; description: string; text: string; keyword: string; language: string };
export type BegunSuggestions = { asked: Asked; source: SeoSource; call: Begun<Value> };

const MAX_SOURCE_CHARS = 24_000;
const INTENTS = ["Informational", "Commercial", "Transactional", "Navigational"] as const;

/** What is judged, and a question about it that the gateway has let in. */
export async function beginSuggestions(
  tx: Tx,
  actor: Actor,
  input: z.output<typeof AnalyzeSeo>,
  deps: SeoDeps & AiDeps,
  now: Date,
): Promise<BegunSuggestions> {
  requireUse(actor);
  const asked = await findSubject(tx, input, deps, now);
  const settings = await settingsNow(tx);
  requireModels(settings, deps);
  const { subject, language } = asked;
  const source: SeoSource = {
    title: redactSecrets(subject.title ?? ""),
    description: redactSecrets(subject.description ?? ""),
    text: redactSecrets(plainText(subject.body)).slice(0, MAX_SOURCE_CHARS),
    keyword: subject.keyword,
    language: language.code,
  };
  if (source.text.length < 20)
    throw new AppError(
      "invalid_request",
      "There is too little text to say what it is found for: write some of it first.",
    );
  const call = await begin(tx, actor, deps, {
    operation: "seo",
    prompt: seoV1,
    about: asked.about,
    system: seoV1.system,
    user: seoV1.user({ ...source, brandVoice: settings.brandVoice }, fenceWith()),
    schema: SeoAnswer,
    maxOutputTokens: 1_200,
    faults: (value) => checkSuggestions(value, source).faults,
  });
  return { asked, source, call };
}

/** What may be shown, and what was wrong with the rest, each as a sentence for the model. */
export function checkSuggestions(value: Value, source: SeoSource) {
  const known = [source.title, source.description, source.text, source.keyword].join("\n");
  const faults: string[] = [];
  const sound = (text: string, kinds: readonly string[] | undefined) => {
    const claims = unfounded(text, known, source.language).filter(({ kind }) => !kinds || kinds.includes(kind));
    if (claims.length > 0)
      faults.push(
        `"${text.slice(0, 120)}" says what the article doesn't: ${claims.map(({ text: said }) => said).join(", ")}.`,
      );
    return claims.length === 0;
  };
  const rewrites = (field: "title" | "description", texts: string[], { sizePx, least, most }: typeof DESCRIPTION_PX) =>
    texts.map(oneLine).flatMap((text): Suggestion[] => {
      const widthPx = widthOf(text, sizePx);
      if (text === "" || text === source[field] || !sound(text, undefined)) return [];
      if (widthPx >= least && widthPx <= most) return [{ kind: "Rewrite", field, text, widthPx }];
      faults.push(`The ${field} "${text.slice(0, 120)}" is ${widthPx} px wide: ${least} to ${most} are shown.`);
      return [];
    });
  const intent = oneLine(value.intent);
  const kind = INTENTS.find((one) => one.toLowerCase() === value.kind.trim().toLowerCase());
  const kinds = ["Number", "Link", "Mention"];
  const suggestions: Suggestion[] = [
    ...(intent !== "" && sound(intent, kinds)
      ? [{ kind: "SearchIntent" as const, text: intent, ...(kind && { intent: kind }) }]
      : []),
    ...value.questions
      .map(oneLine)
      .filter((text) => text.endsWith("?") && text.length <= 200 && sound(text, kinds))
      .slice(0, 5)
      .map((text) => ({ kind: "MissingQuestion" as const, text })),
    ...rewrites("title", value.titles, TITLE_PX),
    ...rewrites("description", value.descriptions, DESCRIPTION_PX),
  ];
  return { suggestions, faults };
}

/** Paid first, since a text can be refused for taking too long; then judged by rule, outside any transaction. */
export async function endSuggestions(
  inTx: InTx,
  { asked, source, call }: BegunSuggestions,
  outcome: Outcome<Value>,
): Promise<z.input<typeof SeoAnalysis> | AppError> {
  const suggestions = "answer" in outcome ? checkSuggestions(outcome.answer.value, source).suggestions : [];
  const credits = await inTx((tx, actor) => settle(tx, actor, call, outcome, { suggestions }));
  if ("error" in outcome) return refusalFor(outcome.error);
  if (suggestions.length === 0) {
    return new AppError(
      "ai_failed",
      "All that the model suggested was too wide or said what the text doesn't: try again.",
    );
  }
  return {
    ...(await analyzeSeo(asked)),
    suggestions,
    asked: { generationId: call.generationId, model: outcome.answer.model.id, credits },
  };
}

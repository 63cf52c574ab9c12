import type { z } from "zod";
import type { WorkspaceTx } from "@/db/client";
import { workspaceSettings } from "@/features/workspaces";
import type { Actor } from "@/platform/actor";
import { AppError } from "@/platform/errors";
import { plainText } from "@/platform/markdown";
import { groundOf } from "../claims";
import type { AiDeps } from "../deps";
import { growing } from "../gateway/growing";
import { redactSecrets } from "../gateway/redact";
import { type Ask, type Begun, begin, type Outcome, refusalFor, requireUse, settle } from "../gateway/service";
import { headlineV1 } from "../prompts/headline.v1";
import { fenceWith } from "../prompts/prompt";
import { requireModels, settingsNow } from "../settings/service";
import { currentVersion, personaForPrompt } from "../source";
import { checkHeadlines, HeadlineAnswer } from "./check";
import { type Headlines, MAX_SOURCE_CHARS, type SuggestHeadlines, TECHNIQUES } from "./contract";

type Tx = WorkspaceTx;
type Input = z.output<typeof SuggestHeadlines>;
type Value = z.output<typeof HeadlineAnswer>;
type Source = { title: string | undefined; text: string; language: string; about: Ask<Value>["about"] };
export type BegunHeadlines = Begun<Value> & {
  rules: Parameters<typeof checkHeadlines>[1];
  /** What of a half answer can be shown: whole suggestions that pass, in their order. */
  sofar: (value: unknown) => ReturnType<typeof checkHeadlines>["kept"];
};

/** Room for a suggestion and its reason, in tokens. */
const TOKENS_EACH = 90;

async function sourceOf(tx: Tx, { contentItemId, text }: Input): Promise<Source> {
  if (contentItemId === undefined) {
    const { language } = await workspaceSettings(tx);
    return { title: undefined, text: redactSecrets(text!), language, about: {} };
  }
  const { version, language } = await currentVersion(tx, contentItemId);
  const plain = redactSecrets(plainText(version.body)).slice(0, MAX_SOURCE_CHARS);
  const { title, versionNumber } = version;
  return { title: redactSecrets(title), text: plain, language, about: { contentItemId, versionNumber } };
}

/** What a model will be asked for, let in by the gateway. */
export async function beginHeadlines(tx: Tx, actor: Actor, input: Input, deps: AiDeps): Promise<BegunHeadlines> {
  requireUse(actor);
  const { title, text, language, about } = await sourceOf(tx, input);
  const persona = await personaForPrompt(tx, input.personaId);
  const settings = await settingsNow(tx);
  requireModels(settings, deps);
  if (text.length < 20) {
    throw new AppError("invalid_request", "There is too little text to find a headline for: write some of it first.");
  }
  const { count, maxLength } = input;
  const rules = { source: groundOf(`${title ?? ""}\n${text}`), title, language, maxLength, count };
  const user = headlineV1.user(
    {
      title,
      text,
      language,
      count: count + 2,
      maxLength,
      techniques: TECHNIQUES,
      persona,
      brandVoice: settings.brandVoice,
    },
    fenceWith(),
  );
  const begun = await begin(tx, actor, deps, {
    operation: "headline",
    prompt: headlineV1,
    about: { ...about, ...(input.personaId && { personaId: input.personaId }) },
    system: headlineV1.system,
    user,
    schema: HeadlineAnswer,
    maxOutputTokens: 200 + (count + 2) * TOKENS_EACH,
    faults: (value) => {
      const { kept, faults } = checkHeadlines(value, rules);
      return kept.length < count ? [...faults, `${count} are needed.`] : [];
    },
  });
  const { element } = HeadlineAnswer.shape.suggestions;
  const sofar = growing("suggestions", element, (suggestions) => checkHeadlines({ suggestions }, rules).kept);
  return { ...begun, rules, sofar };
}

/** Pays, keeps and answers what may be shown. */
export async function endHeadlines(tx: Tx, actor: Actor, begun: BegunHeadlines, outcome: Outcome<Value>) {
  const kept = "answer" in outcome ? checkHeadlines(outcome.answer.value, begun.rules).kept : [];
  const credits = await settle(tx, actor, begun, outcome, { suggestions: kept });
  if ("error" in outcome) return refusalFor(outcome.error);
  if (kept.length === 0) {
    return new AppError(
      "ai_failed",
      "All that the model suggested was too long or claimed what the text doesn't say: try again.",
    );
  }
  return {
    generationId: begun.generationId,
    suggestions: kept,
    model: outcome.answer.model.id,
    credits,
  } satisfies z.input<typeof Headlines>;
}

import type { z } from "zod";
import type { WorkspaceTx } from "@/db/client";
import { workspaceSettings } from "@/features/workspaces";
import type { Actor } from "@/platform/actor";
import { AppError } from "@/platform/errors";
import type { AiDeps } from "../deps";
import { redactSecrets } from "../gateway/redact";
import { type Ask, type Begun, begin, type Outcome, refusalFor, requireUse, settle } from "../gateway/service";
import { fenceWith } from "../prompts/prompt";
import { rewriteV1 } from "../prompts/rewrite.v1";
import { requireModels, settingsNow } from "../settings/service";
import { currentVersion, personaForPrompt } from "../source";
import { checksOf, faultsOf, fitted, inventionsIn, RewriteAnswer, type RewriteRules } from "./check";
import type { RewriteText, Rewritten } from "./contract";

type Tx = WorkspaceTx;
type Input = z.output<typeof RewriteText>;
type Value = z.output<typeof RewriteAnswer>;
export type BegunRewrite = Begun<Value> & { rules: RewriteRules };

/** What a model is shown of the item around the passage, in UTF-16 code units. */
const MAX_AROUND_CHARS = 12_000;

type Around = { language: string; article: string | undefined; about: Ask<Value>["about"] };

async function aroundOf(tx: Tx, contentItemId: string | undefined): Promise<Around> {
  if (contentItemId === undefined) {
    const { language } = await workspaceSettings(tx);
    return { language, article: undefined, about: {} };
  }
  const { version, language } = await currentVersion(tx, contentItemId);
  const { title, body, versionNumber } = version;
  return { language, article: `# ${title}\n\n${body}`, about: { contentItemId, versionNumber } };
}

/** Finds out what may be said, and has the gateway let the question in. */
export async function beginRewrite(tx: Tx, actor: Actor, input: Input, deps: AiDeps): Promise<BegunRewrite> {
  requireUse(actor);
  const { way, personaId } = input;
  const { language, article, about } = await aroundOf(tx, input.contentItemId);
  const persona = await personaForPrompt(tx, personaId);
  const settings = await settingsNow(tx);
  requireModels(settings, deps);
  const text = redactSecrets(input.text);
  if (text !== input.text) {
    throw new AppError("invalid_request", "There is something like a key or a password in it: take it out first.");
  }
  const rules: RewriteRules = { way, text, source: [text, article].filter(Boolean).join("\n\n"), language };
  const user = rewriteV1.user(
    {
      way,
      language: input.language ?? language,
      text,
      around: article && redactSecrets(article).slice(0, MAX_AROUND_CHARS),
      persona,
      brandVoice: settings.brandVoice,
    },
    fenceWith(),
  );
  const begun = await begin(tx, actor, deps, {
    operation: "rewrite",
    prompt: rewriteV1,
    about: { ...about, ...(personaId && { personaId }) },
    system: rewriteV1.system,
    user,
    schema: RewriteAnswer,
    // Twice as long, in a language that takes a token for two letters.
    maxOutputTokens: 300 + text.length,
    faults: (value) => faultsOf(fitted(value.text, text), rules),
  });
  return { ...begun, rules };
}

/** Pays, keeps and answers; what says more than its source is refused. */
export async function endRewrite(tx: Tx, actor: Actor, begun: BegunRewrite, outcome: Outcome<Value>) {
  const { rules } = begun;
  const text = "answer" in outcome ? fitted(outcome.answer.value.text, rules.text) : undefined;
  const inventions = text === undefined ? [] : inventionsIn(text, rules);
  const sound = text !== undefined && inventions.length === 0;
  const credits = await settle(tx, actor, begun, outcome, sound ? { text } : { refused: inventions.slice(0, 20) });
  if ("error" in outcome) return refusalFor(outcome.error);
  if (!sound) {
    return new AppError(
      "ai_failed",
      `What the model wrote says or has what your text doesn't, so it is not shown: try again. ${inventions.slice(0, 3).join(" ")}`,
    );
  }
  return {
    generationId: begun.generationId,
    text,
    checks: checksOf(text, rules),
    model: outcome.answer.model.id,
    credits,
  } satisfies z.input<typeof Rewritten>;
}

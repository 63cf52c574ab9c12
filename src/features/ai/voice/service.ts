import { z } from "zod";
import type { WorkspaceTx } from "@/db/client";
import { workspaceSettings } from "@/features/workspaces";
import type { Actor } from "@/platform/actor";
import { AppError } from "@/platform/errors";
import { plainText } from "@/platform/markdown";
import { unfounded } from "../claims";
import type { AiDeps } from "../deps";
import { redactSecrets } from "../gateway/redact";
import { type Begun, begin, type Outcome, refusalFor, requireUse, settle } from "../gateway/service";
import { oneLine } from "../one-line";
import { fenceWith } from "../prompts/prompt";
import { voiceV1 } from "../prompts/voice.v1";
import { requireModels, settingsNow } from "../settings/service";
import { currentVersion } from "../source";
import type { DescribedVoice, DescribeVoice } from "./contract";

type Tx = WorkspaceTx;
type Value = z.output<typeof VoiceAnswer>;
type Sample = z.output<typeof DescribedVoice>["samples"][number];

/** The shape of a model's answer. */
export const VoiceAnswer = z.strictObject({ traits: z.array(z.string().min(1).max(1_000)).min(1).max(20) });

export type BegunVoice = { call: Begun<Value>; samples: Sample[]; language: string };

/** Of each sample a model is shown so many UTF-16 code units. */
const SAMPLE_CHARS = 5_000;
const MAX_TRAITS = 8;
const MAX_TRAIT_CHARS = 240;

export async function beginVoice(
  tx: Tx,
  actor: Actor,
  { contentItemIds }: z.output<typeof DescribeVoice>,
  deps: AiDeps,
): Promise<BegunVoice> {
  requireUse(actor);
  const { language } = await workspaceSettings(tx);
  const samples: Sample[] = [];
  const texts: { title: string; text: string }[] = [];
  for (const contentItemId of new Set(contentItemIds)) {
    const { version } = await currentVersion(tx, contentItemId);
    const text = redactSecrets(plainText(version.body)).slice(0, SAMPLE_CHARS);
    samples.push({ contentItemId, versionNumber: version.versionNumber, title: version.title });
    texts.push({ title: redactSecrets(version.title), text });
  }
  requireModels(await settingsNow(tx), deps);
  if (texts.every(({ text }) => text.length < 200))
    throw new AppError("invalid_request", "These texts are too short to tell how they sound: choose longer ones.");
  const call = await begin(tx, actor, deps, {
    operation: "voice",
    prompt: voiceV1,
    about: {},
    system: voiceV1.system,
    user: voiceV1.user({ samples: texts, language }, fenceWith()),
    schema: VoiceAnswer,
    maxOutputTokens: 700,
    faults: (value) => traitsOf(value, language).faults,
  });
  return { call, samples, language };
}

/**
 * What may be kept. The description stands in every later prompt of the workspace, so that what an article smuggled in
 * would work on all others: traits that name, number, link or quote anything are left out.
 */
export function traitsOf({ traits }: Value, language: string) {
  const faults: string[] = [];
  const kept = traits.map(oneLine).filter((trait) => {
    const claims = unfounded(trait, "", language);
    const fault =
      trait.length > MAX_TRAIT_CHARS
        ? "is too long."
        : claims.length > 0
          ? `says what samples say: ${claims.map(({ text }) => text).join(", ")}.`
          : undefined;
    if (fault) faults.push(`"${trait.slice(0, 120)}" ${fault}`);
    return trait !== "" && !fault;
  });
  return { kept: kept.slice(0, MAX_TRAITS), faults };
}

export async function endVoice(tx: Tx, actor: Actor, { call, samples, language }: BegunVoice, outcome: Outcome<Value>) {
  const traits = "answer" in outcome ? traitsOf(outcome.answer.value, language).kept : [];
  const voice = traits.join("\n");
  const credits = await settle(tx, actor, call, outcome, { voice });
  if ("error" in outcome) return refusalFor(outcome.error);
  if (traits.length === 0)
    return new AppError(
      "ai_failed",
      "The model told what the texts say instead of how: try again, or with other texts.",
    );
  const { generationId } = call;
  return { generationId, voice, samples, model: outcome.answer.model.id, credits } satisfies z.input<
    typeof DescribedVoice
  >;
}

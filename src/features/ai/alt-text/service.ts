import { z } from "zod";
import type { WorkspaceTx } from "@/db/client";
import { createAssetReader, findAsset, type ReaderDeps } from "@/features/assets";
import { workspaceSettings } from "@/features/workspaces";
import type { Actor } from "@/platform/actor";
import { AppError } from "@/platform/errors";
import { linksIn, mentionsIn } from "../claims";
import type { AiDeps } from "../deps";
import { redactSecrets } from "../gateway/redact";
import { ask, type Begun, begin, type Outcome, refusalFor, requireUse, settle } from "../gateway/service";
import { oneLine } from "../one-line";
import { altTextV1 } from "../prompts/alt-text.v1";
import { fenceWith } from "../prompts/prompt";
import { requireModels, settingsNow } from "../settings/service";
import type { SuggestAltText, SuggestedAltText } from "./contract";

type Tx = WorkspaceTx;
type Value = z.output<typeof AltTextAnswer>;
type InTx = <T>(work: (tx: Tx) => Promise<T>) => Promise<T>;

/** The shape of a model's answer. */
export const AltTextAnswer = z.strictObject({ altText: z.string().min(1).max(2_000) });

/** What screen readers read in one go; longer ones belong into the text. */
const MAX_CHARS = 300;
/** What a model counts an image of this size as, in tokens: the most that vision models document. */
const IMAGE_TOKENS = 1_600;

export type BegunAltText = { call: Begun<Value>; assetId: string };

const noSuchImage = () => new AppError("not_found", "There is no such image in this workspace.");

export async function beginAltText(
  tx: Tx,
  actor: Actor,
  { assetId, language }: z.output<typeof SuggestAltText>,
  deps: AiDeps,
): Promise<BegunAltText> {
  requireUse(actor);
  const found = await findAsset(tx, assetId);
  if (found?.asset.kind !== "Image" || found.blob.variants.length === 0) throw noSuchImage();
  requireModels(await settingsNow(tx), deps);
  const input = {
    fileName: redactSecrets(found.asset.fileName),
    altText: redactSecrets(found.asset.altText),
    language: language ?? (await workspaceSettings(tx)).language,
  };
  const call = await begin(tx, actor, deps, {
    operation: "altText",
    prompt: altTextV1,
    about: {},
    system: altTextV1.system,
    user: altTextV1.user(input, fenceWith()),
    schema: AltTextAnswer,
    maxOutputTokens: 200,
    extraInputTokens: IMAGE_TOKENS,
    faults: ({ altText }) => faultsOf(oneLine(altText)),
  });
  return { call, assetId };
}

/** An image has no address and names no account: whatever does comes from words in it. */
function faultsOf(altText: string): string[] {
  const addressed = [...linksIn(altText), ...mentionsIn(altText)];
  return [
    ...(altText === "" ? ["It is empty."] : []),
    ...(altText.length > MAX_CHARS ? [`It has ${altText.length} characters: at most 200.`] : []),
    ...addressed.map((one) => `"${one}" is an address: leave it out.`),
  ];
}

/** The bytes are read between the transactions, as the model is asked. */
export async function askAboutImage(
  { call, assetId }: BegunAltText,
  waiting: { signal: AbortSignal },
  deps: ReaderDeps,
  inTx: InTx,
): Promise<Outcome<Value>> {
  const image = await createAssetReader(deps, inTx).jpegOf(assetId);
  if (!image) throw noSuchImage();
  return ask({ ...call, ask: { ...call.ask, image: { mediaType: "image/jpeg", bytes: image.bytes } } }, waiting);
}

export async function endAltText(tx: Tx, actor: Actor, { call }: BegunAltText, outcome: Outcome<Value>) {
  const altText = "answer" in outcome ? oneLine(outcome.answer.value.altText) : "";
  const faults = faultsOf(altText);
  const credits = await settle(tx, actor, call, outcome, faults.length === 0 ? { altText } : { refused: faults });
  if ("error" in outcome) return refusalFor(outcome.error);
  if (faults.length > 0)
    return new AppError("ai_failed", "What the model wrote is no description of the image: try again, or write one.");
  const { generationId } = call;
  return { generationId, altText, model: outcome.answer.model.id, credits } satisfies z.input<typeof SuggestedAltText>;
}

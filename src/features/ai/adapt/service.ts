import type { z } from "zod";
import type { ChannelRules, Publication } from "@/channels/adapter";
import type { Adaptable } from "@/channels/network-names";
import { copiedRulesOf, rulesOf } from "@/channels/networks";
import type { WorkspaceTx } from "@/db/client";
import { channelOf } from "@/features/channels";
import { createAdaptation, lockForEditing, publicationOf, requireLive } from "@/features/content";
import type { Actor } from "@/platform/actor";
import { AppError } from "@/platform/errors";
import { withItemLinks } from "@/platform/item-links";
import { groundOf } from "../claims";
import type { AiDeps } from "../deps";
import { growing } from "../gateway/growing";
import { redactSecrets } from "../gateway/redact";
import { type Begun, begin, type Outcome, refusalFor, requireUse, settle } from "../gateway/service";
import { fenceWith, type PersonaForPrompt } from "../prompts/prompt";
import { isConfigured, settingsNow } from "../settings/service";
import { currentVersion, personaForPrompt } from "../source";
import { AdaptAnswer, type AdaptCheck, adaptChecks, claimFaults, promptFor, refit, withLink } from "./check";
import type { AdaptContent, Adapted } from "./contract";
import { plainParts, readable } from "./plain";

type Tx = WorkspaceTx;
type Input = z.output<typeof AdaptContent>;
type Value = z.output<typeof AdaptAnswer>;

/** What is adapted, for which channel, and what it is checked against. */
type Subject = {
  contentItemId: string;
  /** Undefined where it is for a network alone; then `network` says which. */
  channelId: string | undefined;
  network: Adaptable | undefined;
  versionNumber: number;
  rules: ChannelRules;
  publication: Publication;
  /** All that an adaptation may say. */
  source: string;
  language: string;
  link: string | undefined;
};
/** `call` is undefined where rules make it. */
export type BegunAdaptation = {
  subject: Subject;
  call: Begun<Value> | undefined;
  why: string | undefined;
  /** What of a half answer can be shown: whole parts that fit and say nothing but the source. It is checked once more as a whole. */
  sofar: (value: unknown) => { text: string }[];
};

/** What an article can have for a model to rewrite the whole of it, in UTF-16 code units. */
const MAX_ARTICLE_CHARS = 16_000;
const MAX_THREAD_CHARS = 40_000;

async function subjectOf(
  tx: Tx,
  actor: Actor,
  { contentItemId, channelId, network }: Input,
  publicUrl: string,
): Promise<Subject> {
  requireLive(await lockForEditing(tx, actor, contentItemId));
  const { version, language, slug } = await currentVersion(tx, contentItemId);
  const rules =
    channelId === undefined ? copiedRulesOf(network!) : rulesOf((await requireChannel(tx, channelId)).network);
  const siteUrl = `${publicUrl}/s/${slug}/${contentItemId}`;
  const written = publicationOf(version, [], { language, siteUrl });
  // Nobody looks up what is copied: what is said of other items stays, without its link.
  const publication = network ? { ...written, body: withItemLinks(written.body, () => undefined) } : written;
  const link = publication.canonicalUrl;
  return {
    contentItemId,
    channelId,
    network,
    versionNumber: version.versionNumber,
    rules,
    publication,
    source: [version.title, readable(version.body), version.body, publication.excerpt, link ?? ""].join("\n"),
    language,
    link,
  };
}

async function requireChannel(tx: Tx, channelId: string) {
  const channel = await channelOf(tx, channelId);
  if (!channel) throw new AppError("not_found", "There is no such channel in this workspace.");
  if (channel.status === "Disconnected") {
    throw new AppError("channel_disconnected", "This channel was disconnected: connect it again.");
  }
  return channel;
}

/** Finds out what is asked for, and has the gateway let it in where a model can be asked. */
export async function beginAdaptation(tx: Tx, actor: Actor, input: Input, deps: AiDeps): Promise<BegunAdaptation> {
  requireUse(actor);
  const subject = await subjectOf(tx, actor, input, deps.publicUrl);
  const persona = await personaForPrompt(tx, input.personaId);
  const settings = await settingsNow(tx);
  const why = whyPlain(subject, input.useModel, isConfigured(settings, deps));
  if (why) return { subject, call: undefined, why, sofar: () => [] };
  const { contentItemId, channelId, versionNumber } = subject;
  const question = questionOf(subject, persona, settings.brandVoice);
  const call = await begin(tx, actor, deps, {
    ...question,
    operation: "adapt",
    prompt: promptFor(subject.rules.limits),
    about: {
      contentItemId,
      versionNumber,
      ...(channelId && { channelId }),
      ...(input.personaId && { personaId: input.personaId }),
    },
  });
  return {
    subject,
    call,
    why: undefined,
    sofar: growing("parts", AdaptAnswer.shape.parts.element, partsSoFar(subject)),
  };
}

function partsSoFar({ rules, source, language }: Subject) {
  const ground = groundOf(source);
  return (parts: string[]) =>
    refit(parts, rules.limits, language)
      .filter((part) => claimFaults([part], ground, language, {}).length === 0)
      .map((text) => ({ text }));
}

function whyPlain({ rules, publication }: Subject, useModel: boolean, configured: boolean): string | undefined {
  if (!useModel) return "Rules made it, as was asked.";
  if (!configured) return "No model is set up, so rules made it: an Admin sets one up under Settings, AI.";
  if (rules.limits.form === "article" && publication.body.length > MAX_ARTICLE_CHARS)
    return "The text is too long to be rewritten as a whole, so it was taken as it is.";
  return undefined;
}

function questionOf(subject: Subject, persona: PersonaForPrompt | undefined, brandVoice: string) {
  const { rules, publication, source, language, link } = subject;
  const { form, maxParts, maxGraphemes, fields } = rules.limits;
  const prompt = promptFor(rules.limits);
  const article = form === "article";
  // An article keeps its marks; a thread is of plain words.
  const text = article ? publication.body : readable(publication.body).slice(0, MAX_THREAD_CHARS);
  const user = prompt.user(
    {
      network: rules.label,
      form,
      maxParts: Math.min(maxParts, 8),
      maxLength: maxGraphemes,
      ...(fields && { fields: fields.map(({ name, maxGraphemes: most }) => ({ name, maxLength: most })) }),
      title: redactSecrets(publication.title),
      text: redactSecrets(text),
      link,
      language,
      persona,
      brandVoice,
    },
    fenceWith(),
  );
  return {
    system: prompt.system,
    user,
    schema: AdaptAnswer,
    maxOutputTokens: article ? 500 + Math.ceil(text.length / 2) : 2_000,
    faults: ({ parts }: Value) => claimFaults(parts, source, language, rules.limits),
  };
}

/** What a model's answer comes to; undefined where it says what the source doesn't, or doesn't fit the channel. */
function fromModel({ parts }: Value, subject: Subject): string[] | undefined {
  const { rules, source, language, link } = subject;
  const fitted = withLink(refit(parts, rules.limits, language), link, rules.limits);
  const sound = fitted.length > 0 && claimFaults(fitted, source, language, rules.limits).length === 0;
  return sound && errorsOf(fitted, subject).length === 0 ? fitted : undefined;
}

/** What the publisher would say of it. */
const findingsOf = (parts: string[], { rules, publication }: Subject) =>
  rules.validate({ ...publication, parts, partImages: [] });
const errorsOf = (parts: string[], subject: Subject) =>
  findingsOf(parts, subject).filter(({ severity }) => severity === "Error");

type MadeAdaptation = {
  parts: string[];
  model: string | null;
  checks: AdaptCheck[];
  credits: z.input<typeof Adapted>["credits"];
};

/** Pays for the call, and decides what goes out. The adaptation itself is kept in a transaction of its own. */
async function endAdaptationCall(
  tx: Tx,
  actor: Actor,
  { subject, call, why }: BegunAdaptation,
  outcome: Outcome<Value> | undefined,
): Promise<MadeAdaptation | AppError> {
  const answer = outcome && "answer" in outcome ? outcome.answer : undefined;
  const written = answer && fromModel(answer.value, subject);
  const paid = call && outcome ? await settle(tx, actor, call, outcome, { parts: written ?? null }) : undefined;
  if (outcome && "error" in outcome) return refusalFor(outcome.error);
  const model = written ? answer!.model.id : null;
  const reason = why ?? "What the model wrote said more than the source, so rules made it.";
  const parts = written ?? plainOf(subject);
  const checks = adaptChecks(parts, { ...subject, limits: subject.rules.limits }, findingsOf(parts, subject));
  return {
    parts,
    model,
    checks: model ? checks : [...checks, { id: "model", status: "Warn", message: reason, evidence: [] }],
    credits: paid ?? null,
  };
}

function plainOf(subject: Subject): string[] {
  const { title, excerpt, body } = subject.publication;
  const { link, language, rules } = subject;
  const parts = plainParts({ title, excerpt, body, link, language }, rules.limits);
  if (parts.length === 0 || errorsOf(parts, subject).length > 0) {
    throw new AppError("channel_limits", `This text can't be made fit for ${rules.label} by rule: adapt it by hand.`);
  }
  return parts;
}

type InTx = <T>(work: (tx: Tx, actor: Actor) => Promise<T>) => Promise<T>;

/** In two transactions: what the call cost is paid even where the item can't take the adaptation any more. */
export async function endAdaptation(inTx: InTx, begun: BegunAdaptation, outcome: Outcome<Value> | undefined) {
  const made = await inTx((tx, actor) => endAdaptationCall(tx, actor, begun, outcome));
  if (made instanceof AppError) return made;
  return inTx((tx, actor) => keepAdaptation(tx, actor, begun, made)).catch((error: unknown) => {
    if (error instanceof AppError) return error;
    throw error;
  });
}

/** Keeps it with the item, pinned to the version that it was made of. */
async function keepAdaptation(
  tx: Tx,
  actor: Actor,
  { subject, call }: BegunAdaptation,
  { parts, model, checks, credits }: MadeAdaptation,
): Promise<z.input<typeof Adapted>> {
  const { contentItemId, channelId, network, versionNumber } = subject;
  const texts = parts.map((text) => ({ text }));
  const { id } = await createAdaptation(tx, actor, {
    id: contentItemId,
    channelId,
    network,
    versionNumber,
    parts: texts,
  });
  return {
    adaptationId: id,
    versionNumber,
    parts: texts,
    checks,
    model,
    generationId: call?.generationId ?? null,
    credits,
  };
}

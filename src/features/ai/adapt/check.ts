import { z } from "zod";
import type { Finding, Limits } from "@/channels/adapter";
import { fits } from "@/channels/text";
import { type Claim, type Ground, groundOf, linksIn, mentionsIn, numbersIn, unfounded } from "../claims";
import { adaptV1 } from "../prompts/adapt.v1";
import { adaptFieldsV1 } from "../prompts/adapt-fields.v1";
import { adaptPostV1 } from "../prompts/adapt-post.v1";
import { isOfTheTask } from "../prompts/prompt";
import type { Adapted } from "./contract";
import { bodyParts, lineFor } from "./fields";
import { pack, sentencesOf } from "./plain";

export type AdaptCheck = z.output<typeof Adapted>["checks"][number];

const PROMPTS = [adaptV1, adaptPostV1, adaptFieldsV1];

/** The one that asks for what a network takes: a thread or an article, one post, or parts that are not alike. */
export const promptFor = ({ fields, form, maxParts }: Limits) =>
  fields ? adaptFieldsV1 : form === "thread" && maxParts === 1 ? adaptPostV1 : adaptV1;

/** The shape of a model's answer. */
export const AdaptAnswer = z.strictObject({ parts: z.array(z.string().min(1).max(20_000)).min(1).max(50) });

/** A model's parts within the limits, whatever it wrote: what is too long is divided at sentences, and what is too much goes. */
export function refit(parts: string[], limits: Limits, language: string): string[] {
  const clean = parts.map((part) => part.replaceAll("\0", "").trim()).filter((part) => part !== "");
  if (limits.fields) return refitFields(clean, limits);
  if (limits.form === "article") return [clean.join("\n\n")].filter((text) => text !== "" && text.length <= 10_000);
  const divided = clean.flatMap((part) => (fits(part, limits) ? [part] : pack(sentencesOf(part, language), limits)));
  return divided.slice(0, limits.maxParts);
}

/** A line for each field, and what comes after them is the body. */
function refitFields(parts: string[], { fields = [], maxParts }: Limits): string[] {
  const lines = fields.slice(0, -1).map((field, position) => lineFor(parts[position] ?? "", field));
  const body = bodyParts(parts.slice(lines.length).join("\n\n"), { title: "", link: undefined }, fields.at(-1)!);
  const fitted = [...lines, ...body].slice(0, maxParts);
  return fitted.length < fields.length || fitted.includes("") ? [] : fitted;
}

/** The link at the end, where a thread hasn't got it yet; on its own where it doesn't fit behind the last words. */
export function withLink(parts: string[], link: string | undefined, limits: Limits): string[] {
  if (link && limits.fields?.at(-1)?.linked) return withBodyLink(parts, link, limits);
  if (!link || limits.form === "article" || !fits(link, limits) || parts.some((part) => part.includes(link)))
    return parts;
  const joined = `${parts.at(-1) ?? ""}\n\n${link}`.trim();
  if (fits(joined, limits)) return [...parts.slice(0, -1), joined];
  return [...parts.slice(0, limits.maxParts - 1), link];
}

function withBodyLink(parts: string[], link: string, { fields = [] }: Limits): string[] {
  const lines = fields.length - 1;
  if (parts.length <= lines) return parts;
  const body = bodyParts(parts.slice(lines).join("\n\n"), { title: "", link }, fields.at(-1)!);
  return [...parts.slice(0, lines), ...body];
}

/** As one text, but for lines that stand apart: a quote that a cut excerpt leaves open doesn't go on in the body. */
function asRead(parts: string[], { fields }: Pick<Limits, "fields">): string[] {
  const lines = fields ? fields.length - 1 : 0;
  return [...parts.slice(0, lines), parts.slice(lines).join("\n")];
}

/** All that it says and the source doesn't, each once. */
function claimsOf(parts: string[], source: string | Ground, language: string, limits: Pick<Limits, "fields">): Claim[] {
  const ground = typeof source === "string" ? groundOf(source) : source;
  const claims = asRead(parts, limits).flatMap((text) => unfounded(text, ground, language));
  return [...new Map(claims.map((claim) => [`${claim.kind} ${claim.text}`, claim])).values()];
}

/** What the adaptation says and the source doesn't, each as a sentence for the model. */
export const claimFaults = (
  parts: string[],
  source: string | Ground,
  language: string,
  limits: Pick<Limits, "fields">,
): string[] => [
  ...parts
    .filter((part) => PROMPTS.some((prompt) => isOfTheTask(part, prompt)))
    .map((part) => `"${part.slice(0, 120)}" is taken from the task: write of the source.`),
  ...claimsOf(parts, source, language, limits).map(
    ({ kind, text }) => `${kind} "${text}" is not in the source: leave it out.`,
  ),
];

/** What was kept, lost and claimed, told to whoever reads the adaptation. */
export function adaptChecks(
  parts: string[],
  { source, language, limits }: { source: string; language: string; limits: Pick<Limits, "fields"> },
  findings: Finding[],
): AdaptCheck[] {
  const text = parts.join("\n");
  const claims = claimsOf(parts, source, language, limits);
  const errors = findings.filter(({ severity }) => severity === "Error");
  const kept = (id: AdaptCheck["id"], kinds: string[], of: (text: string) => string[], noun: string): AdaptCheck => {
    const invented = claims.filter(({ kind }) => kinds.includes(kind)).map(({ text: said }) => said);
    if (invented.length > 0)
      return { id, status: "Fail", message: `${noun} that the source doesn't have.`, evidence: invented };
    const has = new Set(of(text));
    const lost = of(source).filter((one) => !has.has(one));
    return lost.length > 0
      ? { id, status: "Warn", message: `${noun} of the source that are left out.`, evidence: lost.slice(0, 20) }
      : { id, status: "Pass", message: `${noun} are as in the source.`, evidence: [] };
  };
  return [
    {
      id: "limits",
      status: errors.length > 0 ? "Fail" : "Pass",
      message: errors[0]?.message ?? "It is within the channel's limits.",
      evidence: errors.map(({ message }) => message),
    },
    kept("links", ["Link"], linksIn, "Links"),
    kept("mentions", ["Mention"], mentionsIn, "Mentions"),
    kept("numbers", ["Number"], numbersIn, "Numbers"),
    kept("names", ["Name", "Quote"], () => [], "Names and quotes"),
  ];
}

import { z } from "zod";
import { countGraphemes } from "@/channels/text";
import { plainText } from "@/platform/markdown";
import { type Claim, mentionsIn, namesIn, numbersIn, unfounded } from "../claims";
import { MAX_PASSAGE_CHARS, type RewriteCheck, type RewriteWay } from "./contract";
import { missingIn, structureOf } from "./structure";

/** The shape of a model's answer. A translation or an expansion may be longer than what was sent. */
export const RewriteAnswer = z.strictObject({
  text: z
    .string()
    .min(1)
    .max(MAX_PASSAGE_CHARS * 3),
});

export type RewriteRules = {
  way: RewriteWay;
  /** The passage, in Markdown. */
  text: string;
  /** Markdown of all that may be said: the passage and its item. */
  source: string;
  /** Of the source. */
  language: string;
};

type Check = z.output<typeof RewriteCheck>;

/** Names and quotes are written in another way in another language. */
const KINDS: Record<RewriteWay, Claim["kind"][]> = {
  Rewrite: ["Number", "Link", "Mention", "Quote", "Name"],
  Shorten: ["Number", "Link", "Mention", "Quote", "Name"],
  Expand: ["Number", "Link", "Mention", "Quote", "Name"],
  Simplify: ["Number", "Link", "Mention", "Quote", "Name"],
  Translate: ["Number", "Link", "Mention"],
};

/**
 * As it is put in the place of the passage: white space around it is the passage's, and so is a fence around the whole
 * that the model added.
 */
export function fitted(answer: string, passage: string): string {
  const clean = answer.replaceAll("\0", "").trim();
  const fenced = /^```(?:markdown|md)?\n([\s\S]*)\n```$/.exec(clean);
  const inner = fenced && !passage.trim().startsWith("```") ? fenced[1]! : clean;
  return `${/^\s*/.exec(passage)![0]}${inner.trim()}${/\s*$/.exec(passage)![0]}`;
}

/** What the answer says or has and neither passage nor item does, each as a sentence for the model. It may not be shown. */
export function inventionsIn(answer: string, { way, source, language }: RewriteRules): string[] {
  const [plain, structure, known] = [plainText(answer), structureOf(answer), structureOf(source)];
  // The source with its marks: what a link says may be said as well.
  const claims = unfounded(plain, `${plainText(source)}\n${source}`, language).filter(({ kind }) =>
    KINDS[way].includes(kind),
  );
  const targets = structure.targets.filter((target) => !known.targets.includes(target));
  const verbatim = structure.verbatim.filter((code) => !known.verbatim.includes(code));
  return [
    ...claims.map(({ kind, text }) => `${kind} "${text}" is not in the source: leave it out.`),
    ...targets.map((target) => `The address "${target}" is not in the source: leave it out.`),
    ...verbatim.map((code) => `The code or HTML "${code.slice(0, 120)}" is not in the source: leave it out.`),
  ];
}

const EVIDENCE = 20;

/** What was kept and what was lost, told to whoever decides. What is shorter may leave out. */
export function checksOf(answer: string, { way, text, language }: RewriteRules): Check[] {
  const [before, after] = [structureOf(text), structureOf(answer)];
  const [said, says] = [plainText(text), plainText(answer)];
  const check = (id: Check["id"], lost: string[]): Check => ({
    id,
    status: lost.length > 0 ? "Warn" : "Pass",
    evidence: [...new Set(lost)].slice(0, EVIDENCE),
  });
  const names = way === "Translate" ? [] : namesIn(said, language).filter((name) => !says.includes(name));
  const blocks = missingIn(before.blocks, after.blocks);
  const more = way === "Expand" ? [] : missingIn(after.blocks, before.blocks);
  return [
    check("links", missingIn(before.targets, after.targets)),
    check("mentions", missingIn(mentionsIn(said), mentionsIn(says))),
    check("numbers", missingIn(numbersIn(said), numbersIn(says))),
    check("names", names),
    check("structure", [...missingIn(before.verbatim, after.verbatim), ...blocks, ...more]),
    check("length", lengthFault(way, said, says)),
  ];
}

/** Whether the answer is what was asked for at all. */
function lengthFault(way: RewriteWay, before: string, after: string): string[] {
  const [had, has] = [countGraphemes(before), countGraphemes(after)];
  const wrong = (way === "Shorten" && has >= had) || (way === "Expand" && has <= had);
  return wrong ? [`${had} → ${has}`] : [];
}

/** What the model is told to mend once: what it may not have said, and what it should have kept. */
export function faultsOf(answer: string, rules: RewriteRules): string[] {
  const kept = checksOf(answer, rules).filter(
    ({ id, status }) => status === "Warn" && (rules.way !== "Shorten" || id === "length" || id === "structure"),
  );
  return [
    ...inventionsIn(answer, rules),
    ...kept.map(({ id, evidence }) => `Of the ${id} of the passage this is lost or changed: ${evidence.join(", ")}.`),
  ];
}

import { z } from "zod";
import { countGraphemes } from "@/channels/text";
import { type Ground, likeness, unfounded } from "../claims";
import { oneLine } from "../one-line";
import { headlineV1 } from "../prompts/headline.v1";
import { isOfTheTask } from "../prompts/prompt";
import { TECHNIQUES } from "./contract";

/** The shape of a model's answer. What it names a technique is forgiven, since it changes nothing. */
export const HeadlineAnswer = z.strictObject({
  suggestions: z
    .array(
      z.strictObject({
        text: z.string().min(1).max(1_000),
        technique: z.string().max(100),
        reason: z.string().min(1).max(1_000),
      }),
    )
    .min(1)
    .max(20),
});
type Suggestion = z.output<typeof HeadlineAnswer>["suggestions"][number];

type Rules = { source: Ground; title: string | undefined; language: string; maxLength: number; count: number };

/** Shared words from which on two headlines say the same. */
const ALIKE = 0.6;

/** What may be shown, in the model's order, and what was wrong with the rest, each as a sentence for the model. */
export function checkHeadlines({ suggestions }: { suggestions: Suggestion[] }, rules: Rules) {
  const kept: { text: string; reason: string; technique: (typeof TECHNIQUES)[number] }[] = [];
  const faults: string[] = [];
  for (const suggestion of suggestions) {
    const text = oneLine(suggestion.text);
    const fault = faultOf(text, kept, rules);
    if (fault) faults.push(`"${text.slice(0, 120)}" ${fault}`);
    else if (kept.length < rules.count) {
      const technique = TECHNIQUES.find((one) => one.toLowerCase() === suggestion.technique.toLowerCase()) ?? "Direct";
      kept.push({ text, reason: oneLine(suggestion.reason), technique });
    }
  }
  return { kept, faults };
}

function faultOf(text: string, kept: { text: string }[], { source, title, language, maxLength }: Rules) {
  if (text === "") return "is empty.";
  if (isOfTheTask(text, headlineV1)) return "is taken from the task, not from the source.";
  if (text.length > maxLength) {
    const length = countGraphemes(text);
    if (length > maxLength) return `has ${length} characters: at most ${maxLength}.`;
  }
  if (title !== undefined && likeness(text, title) === 1) return "is the headline that there is.";
  if (kept.some((other) => likeness(text, other.text) >= ALIKE)) return "says the same as another one.";
  const claims = unfounded(text, source, language);
  if (claims.length > 0) return `says what the source doesn't: ${claims.map(({ text }) => text).join(", ")}.`;
  return undefined;
}

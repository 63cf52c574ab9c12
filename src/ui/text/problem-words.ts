import { type Issue, Problem } from "@contentos/sdk";
import { createTranslator } from "use-intl/core";
import type { Language, Messages } from "./languages";
import type { Retell } from "./sentences";

type Words = Messages["problems"];
type Spoken = { language: Language; locale: string };
type Told = { problems: Words /** Nothing in the server's own language. */; retell?: Retell };
type Speech = Spoken & Told;

/** The API's own, in which its sentences say more than a code does: what exactly, how many, by whom. */
const OF_THE_SERVER: Language = "en";

/** Fetched beside what a page shows first: most people never see one of them. */
const WORDS: Record<Language, () => Promise<Told>> = {
  en: async () => ({ problems: (await import("./en/problems.json")).default }),
  de: async () => {
    const [problems, { retell }] = await Promise.all([import("./de/problems.json"), import("./de/sentences")]);
    return { problems: problems.default, retell };
  },
};
const told = new Map<Language, Promise<Told>>();

/** Made once for a language; where it can't be fetched, who asks next tries again. */
function wordsOf(language: Language): Promise<Told> {
  const words = told.get(language) ?? WORDS[language]();
  told.set(language, words);
  words.catch(() => told.delete(language));
  return words;
}

/** How sentences that the server keeps are told to the reader; as they are, in the server's language. */
export const retellingIn = async (language: Language): Promise<Retell | undefined> => (await wordsOf(language)).retell;

let spoken: Spoken = { language: "en", locale: "en" };

/** From here on, refusals are told in this language. Those that are shown already stay as they are. */
export function sayProblemsIn(next: Spoken) {
  spoken = next;
  // By whoever begins to do something, while there is a network: the words that tell of its loss can't be fetched after it.
  for (const sign of SIGNS) addEventListener(sign, fetchAhead, { once: true, passive: true });
}
const SIGNS = ["pointerdown", "keydown"];
const fetchAhead = () => void wordsOf(spoken.language).catch(() => {});

/** A refusal as the reader is to be told it; as the server told it, where the words can't be fetched. */
export async function inReadersWords(problem: Problem): Promise<Problem> {
  const { language, locale } = spoken;
  try {
    return reworded(problem, { language, locale, ...(await wordsOf(language)) });
  } catch {
    return problem;
  }
}

/**
 * By its sentence, else by its code and its reason, and by the rules that fields broke; in the server's words where the
 * catalogue has none, as for a code of a newer server.
 */
export function reworded(problem: Problem, { language, locale, problems, retell }: Speech): Problem {
  const say = createTranslator<Pick<Messages, "problems">, "problems">({
    locale,
    messages: { problems },
    namespace: "problems",
    onError: () => {},
  });
  const issues = problem.issues.map((issue) => ({ ...issue, message: ruleIn(say, issue, problems, retell) }));
  const isSaid = language === OF_THE_SERVER && problem.message !== problem.code;
  const known = problem.code in problems.codes;
  const byCode = () => (known ? say(`codes.${problem.code as Code}`, valuesOf(problem)) : problem.message);
  const message = isSaid ? problem.message : (retell?.(problem.message) ?? byCode());
  if (message === problem.message && issues.length === 0) return problem;
  const { status, code, members, retryAfterMs } = problem;
  return new Problem(status, code, message, issues, members, retryAfterMs, { cause: problem });
}

type Code = keyof Words["codes"];
type Rule = keyof Words["rules"];
type Say = ReturnType<typeof createTranslator<Pick<Messages, "problems">, "problems">>;

const valuesOf = ({ members, retryAfterMs }: Problem) => ({
  reason: typeof members.reason === "string" ? members.reason : "other",
  seconds: Math.ceil(retryAfterMs / 1_000),
  limit: (members.limit as { name?: string } | undefined)?.name ?? "other",
});

function ruleIn(say: Say, { rule, values, message }: Issue, { rules }: Words, retell: Retell | undefined): string {
  if (!rule || !(rule in rules)) return retell?.(message) ?? message;
  // biome-ignore lint/suspicious/noExplicitAny: Which values a rule has is known by who broke it.
  return say(`rules.${rule as Rule}`, values as any);
}

import type { Word } from "../text/words";

/** What the checks know of a language. All words are in lower case. */
export type LanguageRules = {
  /** Words that say nothing of what a text is about. */
  functionWords: ReadonlySet<string>;
  /** Before these, it is the second word that a sentence begins with. */
  articles: ReadonlySet<string>;
  /** Words and phrases that tie a sentence to another. */
  transitions: readonly string[];
  /** Words of a link that don't say where it leads. */
  emptyLinks: ReadonlySet<string>;
  /** Without their last point; after these a sentence goes on. */
  abbreviations: ReadonlySet<string>;
  /** "3. Mai" */
  ordinalsHavePoints: boolean;
  /** A sentence with more words is a long one. */
  longSentence: number;
  readability: Readability;
  /** The words of one clause, between two commas. */
  isPassive: (clause: readonly string[]) => boolean;
};

export type Readability = {
  formula: "Flesch" | "Amstad" | "Szigriszt-Pazos" | "Kandel-Moles";
  /** @param perSentence words; @param perWord syllables */
  score: (perSentence: number, perWord: number) => number;
  /** From here on it is plain, and from here on fairly hard. */
  plain: number;
  hard: number;
};

export const setOf = (words: string): ReadonlySet<string> => new Set(words.trim().split(/\s+/));
export const phrases = (lines: string): string[] =>
  lines
    .split(/[\n,]/)
    .map((phrase) => phrase.trim())
    .filter(Boolean);

const BORDER = /[,;:()\u2013\u2014\u201c\u201d\u00ab\u00bb"]/;

/** The words between two commas and the like. */
export function clausesOf(text: string, words: readonly Word[]): string[][] {
  const clauses: string[][] = [];
  let last: Word | undefined;
  for (const word of words) {
    if (!last || BORDER.test(text.slice(last.to, word.from))) clauses.push([]);
    clauses.at(-1)!.push(word.lower);
    last = word;
  }
  return clauses;
}

/** Whether one of `words` from a place on is one that is looked for, within so many words and before what ends the look. */
export function follows(
  words: readonly string[],
  from: number,
  { within, ends, is }: { within: number; ends: ReadonlySet<string>; is: (word: string, at: number) => boolean },
): boolean {
  for (let at = from; at < Math.min(words.length, from + within); at++) {
    if (is(words[at]!, at)) return true;
    if (ends.has(words[at]!)) return false;
  }
  return false;
}

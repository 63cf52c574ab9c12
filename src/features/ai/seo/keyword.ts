import type { Reading } from "./reading";
import { stemOf } from "./text/stems";
import { folded, type Word, wordsIn } from "./text/words";

/** What a page wants to be found by. */
export type Keyword = {
  said: string;
  /** Of the words that mean something; of all, where none does. In their order, each once. */
  stems: string[];
  /** How many words mean something. */
  meaning: number;
};

type Lexicon = Pick<Reading, "language" | "rules" | "stem">;

export function keywordOf(said: string, lexicon: Lexicon): Keyword | undefined {
  const words = wordsIn(said, lexicon.language);
  if (words.length === 0) return undefined;
  const meaning = meaningful(words, lexicon);
  const stems = (meaning.length > 0 ? meaning : words).map(({ lower }) => lexicon.stem(lower));
  return { said, stems: [...new Set(stems)], meaning: meaning.length };
}

const meaningful = (words: readonly Word[], { rules }: Lexicon) =>
  words.filter(({ lower, elided }) => !elided && !rules?.functionWords.has(lower));

/** Where the keyword stands as a phrase, whatever the forms of its words and whatever small words are between; -1 for nowhere. */
export function phraseAt(keyword: Keyword, words: readonly Word[], lexicon: Lexicon): number {
  const own = keyword.meaning > 0 ? meaningful(words, lexicon) : words;
  const stems = own.map(({ lower }) => lexicon.stem(lower));
  const found = stems.findIndex((_, at) => keyword.stems.every((stem, place) => stems[at + place] === stem));
  return found < 0 ? -1 : own[found]!.from;
}

/** How much of the keyword is among these words: 0 to 1. */
export function shareIn(keyword: Keyword, words: readonly Word[], { stem }: Lexicon): number {
  const stems = new Set(words.map(({ lower }) => stem(lower)));
  return keyword.stems.filter((each) => stems.has(each)).length / keyword.stems.length;
}

/** How often all of it is among these words. */
export function timesIn(keyword: Keyword, words: readonly Word[], { stem }: Lexicon): number {
  const times = new Map(keyword.stems.map((each) => [each, 0]));
  for (const { lower } of words) {
    const each = stem(lower);
    const before = times.get(each);
    if (before !== undefined) times.set(each, before + 1);
  }
  return Math.min(...times.values());
}

/** The same for a slug, in which people write ä as ae or as a. */
export function shareInSlug(keyword: Keyword, slug: string, lexicon: Lexicon): number {
  const parts = slug.split("-").filter(Boolean);
  const stems = new Set(parts.flatMap((part) => [lexicon.stem(part), folded(part)]));
  const words = wordsIn(keyword.said, lexicon.language);
  const own = keyword.meaning > 0 ? meaningful(words, lexicon) : words;
  const found = own.filter(({ lower }) =>
    [lexicon.stem(lower), folded(lower), stemOf(written(lower), lexicon.language)].some((form) => stems.has(form)),
  );
  return own.length === 0 ? 0 : found.length / own.length;
}

const written = (word: string) =>
  word.replaceAll("ä", "ae").replaceAll("ö", "oe").replaceAll("ü", "ue").replaceAll("ß", "ss");

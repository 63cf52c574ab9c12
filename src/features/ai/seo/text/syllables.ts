import { syllable } from "syllable";
import { LONGEST_WORD } from "./words";

/**
 * Syllables by the vowels that sound, as readability formulas count them. For English, whose spelling tells little, by a
 * library that is measured against a dictionary; the other three are written as they sound.
 */
export function syllablesOf(word: string, language: string): number {
  // No word of a language, and the rules were not made for it.
  if (word.length > LONGEST_WORD) return Math.ceil(word.length / 3);
  if (/^\d/.test(word)) return Math.max(1, Math.min(4, word.length));
  const count = COUNTERS[language] ?? vowels;
  return Math.max(1, count(word));
}

const vowels = (word: string) => groups(word.normalize("NFC"), /[aeiouyàáâäåæèéêëìíîïòóôöœøùúûüýÿ]+/g);
const groups = (word: string, pattern: RegExp) => word.match(pattern)?.length ?? 0;

/** Two vowels that are one sound count once; of others each counts. */
const GERMAN = /[aä]u|ei|ai|eu(?!m$)|ie|oi|aa|ee|oo|qu[aeiouäöü]|y|[aeiouäöüàéè]/g;
const german = (word: string) => groups(word.replace(/(?<=[lnr])ie(?=n$)/, "i-e"), GERMAN);

/** Strong vowels are syllables of their own; a weak one beside goes along, unless it has an accent. */
const SPANISH = /[iuü]?[aeoáéó](?:[iuy](?![aeoáéó]))?|[íú]|uy|[iuü]+|y(?![aeiouáéíóú])/g;
const spanish = (word: string) =>
  groups(
    word
      .replace(/qu(?=[eiéí])/g, "q")
      .replace(/gu(?=[eiéí])/g, "g")
      .replace(/h/g, ""),
    SPANISH,
  );

/** A final e is mute, and so are -es and the -ent of verbs, which nouns and adverbs in -ment are not. */
const FRENCH =
  /eau|aie|oie|oui|oue|ou[aeiéè]|[iu]e(?=$)|(?:ai|au|ei|eu|œu|oi|ou|oê|ui|ie|ié|iè|io|ia|[aeiouyàâäéèêëîïôöœùûü])/g;
const french = (word: string) => {
  const spoken = word
    .replace(/qu/g, "q")
    .replace(/gu(?=[eiéèê])/g, "g")
    .replace(/ge(?=[aoâô])/g, "j")
    .replace(/(?<=[aou])y(?=[aeiouéèêàâ])/g, "i-")
    .replace(/(?<=[^aeiouyèêëàâîïôûù])(?:e|es)$/, "");
  return groups(spoken, FRENCH);
};

/** The library hears "walk-ed" and "help-ed". */
const english = (word: string) => syllable(word.replace(/(?<=l[fkmp])ed$/, ""));

const COUNTERS: Record<string, (word: string) => number> = {
  de: german,
  en: english,
  es: spanish,
  fr: french,
};

import { stemmer as dutch } from "@orama/stemmers/dutch";
import { stemmer as english } from "@orama/stemmers/english";
import { stemmer as french } from "@orama/stemmers/french";
import { stemmer as german } from "@orama/stemmers/german";
import { stemmer as italian } from "@orama/stemmers/italian";
import { stemmer as portuguese } from "@orama/stemmers/portuguese";
import { stemmer as spanish } from "@orama/stemmers/spanish";
import { folded, LONGEST_WORD } from "./words";

const STEMMERS: Record<string, (word: string) => string> = {
  de: (word) => germanVerb(german(word)),
  en: (word) => english(word.replace(/'s?$/, "")),
  es: spanish,
  fr: french,
  it: italian,
  nl: dutch,
  pt: portuguese,
};

/** Snowball leaves verbs in -eln and -ern as they are: wechseln, wechselt. */
const germanVerb = (stem: string) => (stem.length > 5 ? stem.replace(/(e[lr])[nt]$/, "$1") : stem);

/** All forms of a word have one stem, as far as its language is known; without accents, so that typing them is no matter. */
export function stemOf(word: string, language: string): string {
  if (word.length > LONGEST_WORD) return word.slice(0, LONGEST_WORD);
  const stemmer = STEMMERS[language];
  return folded(stemmer ? stemmer(word) : word);
}

import { de } from "./de";
import { en } from "./en";
import { es } from "./es";
import { fr } from "./fr";
import type { LanguageRules } from "./rules";

const KNOWN: Record<string, LanguageRules> = { de, en, es, fr };

/** Undefined for a language whose sentences aren't judged here. `language` is its two letters. */
export const rulesOf = (language: string): LanguageRules | undefined => KNOWN[language];

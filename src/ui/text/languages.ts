import type { first } from "./en/first";
import type { messages as english } from "./en/messages";

/** What every language says; English is complete, and the others have the same words to say. */
export type Messages = typeof english;

export const LANGUAGES = { en: "English", de: "Deutsch" } as const;
export type Language = keyof typeof LANGUAGES;
export const isLanguage = (tag: string | null | undefined): tag is Language => !!tag && tag in LANGUAGES;

/** What is said in the first moments, of which every page has need. */
export type FirstMessages = typeof first;

type Loads = { first: () => Promise<FirstMessages>; all: () => Promise<Messages> };
/** A language is fetched once somebody reads it; of English, the pages bring what they say. */
export const loadMessages: Record<Exclude<Language, "en">, Loads> = {
  de: {
    first: () => import("./de/first").then(({ first }) => first),
    all: () => import("./de/messages").then(({ messages }) => messages),
  },
};

/** How moments are told, in the reader's language and the zone of the workspace. */
export const FORMATS = {
  dateTime: {
    moment: { dateStyle: "medium", timeStyle: "short" },
    day: { dateStyle: "medium" },
    dayAndTime: { weekday: "short", day: "numeric", month: "short", hour: "numeric", minute: "2-digit" },
    clock: { timeStyle: "short" },
  },
  number: { percent: { style: "percent", maximumFractionDigits: 0 }, compact: { notation: "compact" } },
} as const;

declare module "use-intl" {
  interface AppConfig {
    Messages: Messages;
    Formats: typeof FORMATS;
  }
}

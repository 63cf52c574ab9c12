import { createTranslator } from "use-intl/core";
import german from "@/ui/text/de/notifications.json";
import english from "@/ui/text/en/notifications.json";
import type { Kind } from "./kinds";

/** The languages in which people are written to. */
const WORDS = { en: english, de: german };
export type MailLanguage = keyof typeof WORDS;

/** The nearest to a language tag, such as de for de-AT. */
export const mailLanguage = (tag: string): MailLanguage => (tag.split("-")[0] === "de" ? "de" : "en");

type Told = {
  kind: Kind;
  title: string | null;
  actorName: string | null;
  channelName: string | null;
  role: string | null;
  headline: string | null;
  confidence: number | null;
  endsAt: Date | null;
};

/** What a mail or a message says; the application takes its sentences from the same catalogue. */
export function wordsOf(language: MailLanguage) {
  const messages = { notifications: WORDS[language] };
  const t = createTranslator<typeof messages, "notifications">({
    locale: language,
    messages,
    namespace: "notifications",
  });
  return {
    t,
    tell: ({ kind, title, actorName, channelName, role, headline, confidence, endsAt }: Told) =>
      t(`said.${kind}`, {
        title: oneLine(title ?? t("anItem")),
        actor: oneLine(actorName ?? t("somebody")),
        channel: oneLine(channelName ?? t("aChannel")),
        role: role ? t(`roles.${role as "Admin"}`) : "",
        headline: oneLine(headline ?? ""),
        confidence: confidence ?? 0,
        day: endsAt ? dayOf(endsAt, language) : "",
      }),
  };
}

/** Whoever reads a mail may be anywhere: by the clock of all. */
const dayOf = (at: Date, language: MailLanguage) =>
  at.toLocaleDateString(language, { day: "numeric", month: "long", timeZone: "UTC" });

/** Also of use for a mail's subject. */
const oneLine = (text: string) => text.replace(/\s+/g, " ").trim();

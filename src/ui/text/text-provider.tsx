"use client";

import { createContext, type ReactNode, useCallback, useContext, useEffect, useState } from "react";
import { IntlProvider, useLocale } from "use-intl/react";
import { messages as english } from "./en/messages";
import { FORMATS, isLanguage, type Language, loadMessages, type Messages } from "./languages";

const KEPT = "contentos.language";
const Chosen = createContext<{ language: Language; choose: (language: Language) => void }>({
  language: "en",
  choose: () => {},
});

/** The language of the application: what was chosen in this browser, else the first of the browser's own that there is. */
export const useLanguage = () => useContext(Chosen);

function preferred(): Language {
  const kept = localStorage.getItem(KEPT);
  if (isLanguage(kept)) return kept;
  return navigator.languages.map((tag) => tag.split("-")[0]).find(isLanguage) ?? "en";
}

type Said = { language: Language; locale: string; messages: Messages };

export function TextProvider({ children }: { children: ReactNode }) {
  const [said, setSaid] = useState<Said>({ language: "en", locale: "en", messages: english });
  const speak = useCallback(async (language: Language) => {
    const messages = language === "en" ? english : await loadMessages[language]();
    // Its own kind of the language says how days are written, such as en-GB.
    const locale = navigator.languages.find((tag) => tag.split("-")[0] === language) ?? language;
    setSaid({ language, locale, messages });
    document.documentElement.lang = language;
  }, []);
  useEffect(() => {
    // What can't be loaded is said in English.
    speak(preferred()).catch(() => {});
  }, [speak]);
  const choose = useCallback(
    (language: Language) => {
      localStorage.setItem(KEPT, language);
      speak(language).catch(() => {});
    },
    [speak],
  );
  return (
    <Chosen.Provider value={{ language: said.language, choose }}>
      <IntlProvider locale={said.locale} messages={said.messages} formats={FORMATS} timeZone={OWN_ZONE}>
        {children}
      </IntlProvider>
    </Chosen.Provider>
  );
}

const OWN_ZONE = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** Tells times in another zone from here on: that of the workspace. */
export function ZoneProvider({ timeZone, children }: { timeZone: string; children: ReactNode }) {
  const locale = useLocale();
  return (
    <IntlProvider locale={locale} timeZone={timeZone}>
      {children}
    </IntlProvider>
  );
}

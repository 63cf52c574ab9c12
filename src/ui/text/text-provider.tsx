"use client";

import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useRef, useState } from "react";
import { IntlProvider, useLocale } from "use-intl/react";
import { first as english } from "./en/first";
import { type FirstMessages, FORMATS, isLanguage, type Language, loadMessages, type Messages } from "./languages";
import { sayProblemsIn } from "./problem-words";

const KEPT = "contentos.language";
const Chosen = createContext<{ language: Language; choose: (language: Language) => void }>({
  language: "en",
  choose: () => {},
});

/** The language of the application: what was chosen in this browser, else the first of the browser's own that there is. */
export const useLanguage = () => useContext(Chosen);

export function preferred(): Language {
  const kept = localStorage.getItem(KEPT);
  if (isLanguage(kept)) return kept;
  return navigator.languages.map((tag) => tag.split("-")[0]).find(isLanguage) ?? "en";
}

/** `all` only of another language than English, and once a page has need of it. */
type Said = { language: Language; locale: string; first: FirstMessages; all?: Messages };
type All = { language: Language; locale: string; messages: Messages | undefined; need: () => void };
const AllMessages = createContext<All>({ language: "en", locale: "en", messages: undefined, need: () => {} });

/** What is said beyond the first moments; `need` has it fetched, unless it is English. */
export const useAllMessages = () => useContext(AllMessages);

async function fetched(language: Language, all: boolean): Promise<Pick<Said, "first" | "all">> {
  if (language === "en") return { first: english };
  if (!all) return { first: await loadMessages[language].first() };
  const messages = await loadMessages[language].all();
  return { first: messages, all: messages };
}

export function TextProvider({ children }: { children: ReactNode }) {
  const [said, setSaid] = useState<Said>({ language: "en", locale: "en", first: english });
  const needed = useRef(false);
  const latest = useRef<Language>("en");
  const speak = useCallback((language: Language) => {
    latest.current = language;
    const arrive = (arrived: Language, messages: Pick<Said, "first" | "all">) => {
      // Whoever chose another meanwhile has that.
      if (latest.current !== language) return;
      // Its own kind of the language says how days are written, such as en-GB.
      const locale = navigator.languages.find((tag) => tag.split("-")[0] === arrived) ?? arrived;
      setSaid({ language: arrived, locale, ...messages });
      sayProblemsIn({ language: arrived, locale });
      document.documentElement.lang = arrived;
    };
    fetched(language, needed.current).then(
      (messages) => arrive(language, messages),
      // What can't be loaded is said in English.
      () => arrive("en", { first: english }),
    );
  }, []);
  useEffect(() => speak(preferred()), [speak]);
  const choose = useCallback(
    (language: Language) => {
      localStorage.setItem(KEPT, language);
      speak(language);
    },
    [speak],
  );
  const { language, locale } = said;
  const need = useCallback(() => {
    if (needed.current) return;
    needed.current = true;
    if (latest.current !== "en") speak(latest.current);
  }, [speak]);
  const chosen = useMemo(() => ({ language, choose }), [language, choose]);
  const all = useMemo(() => ({ language, locale, messages: said.all, need }), [language, locale, said.all, need]);
  return (
    <Chosen.Provider value={chosen}>
      <AllMessages.Provider value={all}>
        <IntlProvider locale={locale} messages={said.first} formats={FORMATS} timeZone={OWN_ZONE}>
          {children}
        </IntlProvider>
      </AllMessages.Provider>
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

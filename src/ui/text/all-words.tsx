"use client";

import { type ReactNode, useEffect } from "react";
import { IntlProvider } from "use-intl/react";
import { messages as english } from "./en/messages";
import { useAllMessages } from "./text-provider";

/**
 * Around whatever says more than `first.ts` has. The pages that are around bring the English of it with them, so that
 * the first that is opened, the list, need not fetch what others say.
 */
export function AllWords({ children }: { children: ReactNode }) {
  const { language, locale, messages, need } = useAllMessages();
  useEffect(need, [need]);
  const all = language === "en" ? english : messages;
  // A moment, until a language other than English has come.
  if (!all) return null;
  return (
    <IntlProvider locale={locale} messages={all}>
      {children}
    </IntlProvider>
  );
}

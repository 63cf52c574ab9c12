"use client";

import { useEffect, useState } from "react";
import { retellingIn } from "./problem-words";
import type { Retell } from "./sentences";
import { useLanguage } from "./text-provider";

const asItIs = (sentence: string) => sentence;

/** Tells what the server keeps in sentences, such as why something failed, in the reader's language as far as it is known. */
export function useRetold(): (sentence: string) => string {
  const { language } = useLanguage();
  const [retell, setRetell] = useState<Retell>();
  useEffect(() => {
    let over = false;
    retellingIn(language).then(
      (found) => over || setRetell(() => found),
      () => {},
    );
    return () => {
      over = true;
    };
  }, [language]);
  return retell ? (sentence) => retell(sentence) ?? sentence : asItIs;
}

/** One of them, where it is shown. */
export function Retold({ children }: { children: string }) {
  return useRetold()(children);
}

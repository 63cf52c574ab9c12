"use client";

import { useEffect, useState } from "react";
import english from "@/ui/text/en/common.json";
import { loadMessages } from "@/ui/text/languages";
import { preferred } from "@/ui/text/text-provider";
import classes from "./broken.module.css";

/** In place of everything, where the application itself broke: it stands on nothing that may be the cause. */
export function Broken() {
  const [words, setWords] = useState<Record<"broken" | "brokenText" | "reload", string>>(english);
  useEffect(() => {
    const language = preferred();
    if (language === "en") return;
    document.documentElement.lang = language;
    loadMessages[language].first().then(
      ({ common }) => setWords(common),
      () => {},
    );
  }, []);
  return (
    <html lang="en">
      <body className={classes.page}>
        <h1>{words.broken}</h1>
        <p>{words.brokenText}</p>
        <button type="button" onClick={() => window.location.reload()}>
          {words.reload}
        </button>
      </body>
    </html>
  );
}

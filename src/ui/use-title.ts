import { useEffect } from "react";

/** The reader's words in the tab's title; whose page it is, which stands behind them, stays. */
export function useTitle(title: string): void {
  useEffect(() => {
    const say = () => {
      const owner = document.title.split(" · ").at(-1);
      const wanted = owner ? `${title} · ${owner}` : title;
      if (document.title !== wanted) document.title = wanted;
    };
    say();
    // Next writes its own, in English, at a time of its own.
    const observer = new MutationObserver(say);
    observer.observe(document.head, { childList: true, characterData: true, subtree: true });
    return () => observer.disconnect();
  }, [title]);
}

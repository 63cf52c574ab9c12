import { useEffect } from "react";

/** Begins when the tab is looked at, and ends when it no longer is: a browser has few connections for all its tabs. */
export function useWhileVisible(begin: (signal: AbortSignal) => void) {
  useEffect(() => {
    let current: AbortController | undefined;
    const look = () => {
      current?.abort();
      current = document.visibilityState === "visible" ? new AbortController() : undefined;
      if (current) begin(current.signal);
    };
    look();
    document.addEventListener("visibilitychange", look);
    return () => {
      document.removeEventListener("visibilitychange", look);
      current?.abort();
    };
  }, [begin]);
}

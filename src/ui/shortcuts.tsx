"use client";

import { createContext, type ReactNode, useContext, useEffect, useMemo, useRef, useState } from "react";

/** `mod+k` with Ctrl or Cmd, a single key such as `n` or `?`, or two in a row such as `g c`. */
export type Shortcut = { keys: string; label: string; run: () => void };

type Registry = { shortcuts: Shortcut[]; add: (shortcut: Shortcut) => () => void };
const Known = createContext<Registry>({ shortcuts: [], add: () => () => {} });

/** Within this time the second key of a pair has to come, in ms. */
const PAIR_MS = 1_200;

/** Listens for the shortcuts of all that is shown, and knows them, for the help. */
export function ShortcutsProvider({ children }: { children: ReactNode }) {
  const [shortcuts, setShortcuts] = useState<Shortcut[]>([]);
  const latest = useRef(shortcuts);
  latest.current = shortcuts;
  useEffect(() => {
    let first: { key: string; at: number } | undefined;
    const onKeyDown = (event: KeyboardEvent) => {
      const pressed = pressedKey(event);
      if (!pressed) return;
      const pair = first && event.timeStamp - first.at < PAIR_MS ? `${first.key} ${pressed}` : undefined;
      const found = latest.current.findLast(({ keys }) => keys === pair || keys === pressed);
      first = found ? undefined : { key: pressed, at: event.timeStamp };
      if (!found) return;
      event.preventDefault();
      found.run();
    };
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, []);
  const value = useMemo(
    () => ({
      shortcuts,
      add: (shortcut: Shortcut) => {
        setShortcuts((known) => [...known, shortcut]);
        return () => setShortcuts((known) => known.filter((one) => one !== shortcut));
      },
    }),
    [shortcuts],
  );
  return <Known.Provider value={value}>{children}</Known.Provider>;
}

/** The key as a shortcut names it; none while somebody types, unless Ctrl or Cmd is held. */
export function pressedKey({ key, ctrlKey, metaKey, altKey, target, isComposing }: KeyboardEvent): string | undefined {
  if (altKey || isComposing || key.length !== 1) return undefined;
  if (ctrlKey || metaKey) return `mod+${key.toLowerCase()}`;
  return isTyping(target) ? undefined : key.toLowerCase();
}

const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  (target.isContentEditable || target.matches("input, textarea, select, [role=combobox], [role=textbox]"));

export const useShortcuts = () => useContext(Known).shortcuts;

/** Has keys do something for as long as this is shown, and lists them in the help. */
export function useShortcut(keys: string, label: string, run: () => void) {
  const { add } = useContext(Known);
  const latest = useRef(run);
  latest.current = run;
  const added = useRef(add);
  useEffect(() => added.current({ keys, label, run: () => latest.current() }), [keys, label]);
}

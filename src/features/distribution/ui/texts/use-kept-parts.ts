"use client";

import { useState } from "react";
import type { TextPart } from "./publication";

/** What is being written for a channel, kept in this browser's tab until it is saved: closing a dialog loses nothing. */
export function useKeptParts(name: string, saved: TextPart[]) {
  const key = `contentos.parts ${name}`;
  const [parts, setParts] = useState(() => read(key) ?? saved);
  const [isRestored, setRestored] = useState(() => read(key) !== undefined);
  return {
    parts,
    isRestored,
    put(next: TextPart[]) {
      setParts(next);
      sessionStorage.setItem(key, JSON.stringify(next));
    },
    forget() {
      sessionStorage.removeItem(key);
      setParts(saved);
      setRestored(false);
    },
  };
}

function read(key: string): TextPart[] | undefined {
  const kept = sessionStorage.getItem(key);
  return kept ? JSON.parse(kept) : undefined;
}

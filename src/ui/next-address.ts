"use client";

import { useEffect, useState } from "react";

/** Where to go after signing in; only a path of our own, so that a link can't send people elsewhere. */
export function useNext(): string {
  const [next, setNext] = useState("/");
  useEffect(() => {
    const given = new URLSearchParams(window.location.search).get("next") ?? "/";
    const address = URL.canParse(given, window.location.origin) ? new URL(given, window.location.origin) : undefined;
    if (address?.origin === window.location.origin) setNext(address.pathname + address.search);
  }, []);
  return next;
}

export const withNext = (path: string, next: string) =>
  next === "/" ? path : `${path}?next=${encodeURIComponent(next)}`;

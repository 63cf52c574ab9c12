"use client";

import { useEffect, useState } from "react";

type Place = { pathname: string; search: string; hash: string };

/** How the name begins under which a tab keeps the token of the link that opened it. */
export const LINK = "contentos.link ";

/** What a link carries: behind the #, which browsers send to nobody; links of before have it in their query. */
export const tokenIn = ({ search, hash }: Pick<Place, "search" | "hash">) =>
  new URLSearchParams(hash.slice(1)).get("token") ?? new URLSearchParams(search).get("token") ?? undefined;

/** The token of the link that was followed to here, kept for this tab so that a reload or a sign-in does not lose it. */
export function takeToken(place: Place, session: Pick<Storage, "getItem" | "setItem">): string | undefined {
  const name = LINK + place.pathname;
  const given = tokenIn(place);
  if (given) session.setItem(name, given);
  return given ?? session.getItem(name) ?? undefined;
}

/**
 * The token, taken out of the address bar, where others would read it and the browser's history keep it.
 * @returns with what forgets it, for when it was used
 */
export function useLinkToken() {
  const [token, setToken] = useState<string>();
  useEffect(() => {
    const read = () => {
      const { location, history, sessionStorage } = window;
      setToken(takeToken(location, sessionStorage));
      // Once Next listens for it, so that it does not put the old address back.
      if (tokenIn(location)) setTimeout(() => history.replaceState(null, "", location.pathname));
    };
    read();
    // A second link opened in the same tab loads nothing.
    window.addEventListener("hashchange", read);
    return () => window.removeEventListener("hashchange", read);
  }, []);
  return { token, forgetToken: () => window.sessionStorage.removeItem(LINK + window.location.pathname) };
}

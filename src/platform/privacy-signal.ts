/** By which a browser says no for whoever uses it; nothing in it tells who that is. Pages' scripts read it. */
export const OPT_OUT_COOKIE = "contentos_privacy";
export const OPT_OUT = "opt-out";

type Header = (name: string) => string | undefined;

/** Global Privacy Control (W3C Working Draft of 2025-07-10, "The Sec-GPC Header Field"; read 2026-11-28): 1, or it says nothing. */
export const hasSignal = (header: Header): boolean => header("sec-gpc")?.trim() === "1";

export const hasOptOutCookie = (header: Header): boolean =>
  (header("cookie") ?? "").split(";").some((pair) => pair.trim() === `${OPT_OUT_COOKIE}=${OPT_OUT}`);

/** Whether whoever asks wants nothing of theirs to be sold, shared or counted. */
export const isOptedOut = (header: Header): boolean => hasSignal(header) || hasOptOutCookie(header);

/** The same question in a visitor's browser, as an expression of JavaScript. */
export const OPTED_OUT_SCRIPT = `(navigator.globalPrivacyControl || document.cookie.split("; ").includes("${OPT_OUT_COOKIE}=${OPT_OUT}"))`;

/** Of the file by which a host says that it abides by the signal ("GPC Support Representation"); the day on which it did so first. */
export const SIGNAL_SUPPORT = { gpc: true, lastUpdate: "2026-11-28" };

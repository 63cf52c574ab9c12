import { AppError } from "@/platform/errors";

/** Only a path of our own, so that a link can't send people elsewhere. */
export function pathWithin(origin: string, next = "/") {
  const url = URL.canParse(next, origin) ? new URL(next, origin) : undefined;
  return url?.origin === new URL(origin).origin ? url.pathname + url.search : "/";
}

export const domainOf = (email: string) => email.slice(email.lastIndexOf("@") + 1).toLowerCase();
export const refused = (why: string, cause?: unknown) => new AppError("sso_refused", why, { cause });

/** How long somebody may take at their provider, in ms. */
export const UNDERWAY_MS = 10 * 60 * 1000;

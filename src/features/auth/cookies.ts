import type { Context } from "hono";
import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import type { CookieOptions } from "hono/utils/cookie";
import type { z } from "zod";
import type { Env } from "@/http/router";
import { SignedIn } from "./contract";

const ACCESS_COOKIE = "contentos_access";
const REFRESH_COOKIE = "contentos_refresh";
/** Before a deployment on https had the prefix, and where it is not on https. */
const FORMER_REFRESH_PATH = "/api/v1/auth";

/**
 * On https by the prefix `__Host-` (RFC 6265bis, 4.1.3.2; read 2026-11-28): the browser takes it for this very host alone, and
 * no neighbour below the same domain plants one. It asks for the path `/`, which keeps the refresh token from nothing that
 * a path would have kept it from: whoever runs on this host reads any path.
 */
const options = (over: CookieOptions, secure: boolean): CookieOptions => ({
  httpOnly: true,
  secure,
  path: "/",
  ...over,
  ...(secure && { prefix: "host" as const, path: "/" }),
});
const access = (secure: boolean) => options({ sameSite: "Lax" }, secure);
const refresh = (secure: boolean) => options({ sameSite: "Strict", path: FORMER_REFRESH_PATH }, secure);

const read = (c: Context<Env>, name: string, secure: boolean) => getCookie(c, name, secure ? "host" : undefined);
export const accessCookieOf = (c: Context<Env>, secure: boolean) => read(c, ACCESS_COOKIE, secure);

/** Also one of before the prefix, once: the answer has its successor with the prefix, so that whoever was signed in stays so. */
export const refreshCookieOf = (c: Context<Env>, secure: boolean) =>
  read(c, REFRESH_COOKIE, secure) ?? getCookie(c, REFRESH_COOKIE);

type Pair = { accessToken: string; refreshToken: string };
export type Lives = { lives: { accessSeconds: number; refreshSeconds: number }; secure: boolean };

/** For the pages; a client of the API may ignore them. */
export function setCookies(c: Context<Env>, pair: Pair, { lives, secure }: Lives) {
  const { accessSeconds, refreshSeconds } = lives;
  setCookie(c, ACCESS_COOKIE, pair.accessToken, { ...access(secure), maxAge: accessSeconds });
  setCookie(c, REFRESH_COOKIE, pair.refreshToken, { ...refresh(secure), maxAge: refreshSeconds });
  if (secure) clearFormer(c);
}

/** For who signs out: no cookie of theirs, and nothing of what the browser keeps of answers, stays. */
export function signedOut(c: Context<Env>, secure: boolean) {
  deleteCookie(c, ACCESS_COOKIE, access(secure));
  deleteCookie(c, REFRESH_COOKIE, refresh(secure));
  if (secure) clearFormer(c);
  // Not "storage": words that nobody has saved are there; the page asks about them first.
  c.header("Clear-Site-Data", '"cache"');
}

/** Those of before the prefix, where the browser sent one. */
function clearFormer(c: Context<Env>) {
  if (getCookie(c, ACCESS_COOKIE) !== undefined) deleteCookie(c, ACCESS_COOKIE, { path: "/", secure: true });
  if (getCookie(c, REFRESH_COOKIE) !== undefined)
    deleteCookie(c, REFRESH_COOKIE, { path: FORMER_REFRESH_PATH, secure: true });
}

/** The answer to who has signed in, with its cookies. */
export function signedIn(c: Context<Env>, answer: z.input<typeof SignedIn>, cookies: Lives) {
  setCookies(c, answer, cookies);
  return SignedIn.parse(answer);
}

import type { Context } from "hono";
import { deleteCookie, setCookie } from "hono/cookie";
import type { CookieOptions } from "hono/utils/cookie";
import type { z } from "zod";
import type { Env } from "@/http/router";
import { SignedIn } from "./contract";

export const ACCESS_COOKIE = "contentos_access";
export const REFRESH_COOKIE = "contentos_refresh";

const access: CookieOptions = { httpOnly: true, sameSite: "Lax", path: "/" };
/** Sent to nothing but these operations. */
const refresh: CookieOptions = { httpOnly: true, sameSite: "Strict", path: "/api/v1/auth" };

type Pair = { accessToken: string; refreshToken: string };
export type Lives = { lives: { accessSeconds: number; refreshSeconds: number }; secure: boolean };

/** For the pages; a client of the API may ignore them. */
export function setCookies(c: Context<Env>, pair: Pair, { lives, secure }: Lives) {
  const { accessSeconds, refreshSeconds } = lives;
  setCookie(c, ACCESS_COOKIE, pair.accessToken, { ...access, secure, maxAge: accessSeconds });
  setCookie(c, REFRESH_COOKIE, pair.refreshToken, { ...refresh, secure, maxAge: refreshSeconds });
}

export function clearCookies(c: Context<Env>, secure: boolean) {
  deleteCookie(c, ACCESS_COOKIE, { ...access, secure });
  deleteCookie(c, REFRESH_COOKIE, { ...refresh, secure });
}

/** The answer to who has signed in, with its cookies. */
export function signedIn(c: Context<Env>, answer: z.input<typeof SignedIn>, cookies: Lives) {
  setCookies(c, answer, cookies);
  return SignedIn.parse(answer);
}

import type { Context } from "hono";
import { deleteCookie, setCookie } from "hono/cookie";
import type { CookieOptions } from "hono/utils/cookie";
import type { Env } from "@/http/router";

export const ACCESS_COOKIE = "contentos_access";
export const REFRESH_COOKIE = "contentos_refresh";

const access: CookieOptions = { httpOnly: true, sameSite: "Lax", path: "/" };
/** Sent to nothing but these operations. */
const refresh: CookieOptions = { httpOnly: true, sameSite: "Strict", path: "/api/v1/auth" };

type Pair = { accessToken: string; refreshToken: string };
type Lives = { accessSeconds: number; refreshSeconds: number };

/** For the pages; a client of the API may ignore them. */
export function setCookies(c: Context<Env>, pair: Pair, { accessSeconds, refreshSeconds }: Lives, secure: boolean) {
  setCookie(c, ACCESS_COOKIE, pair.accessToken, { ...access, secure, maxAge: accessSeconds });
  setCookie(c, REFRESH_COOKIE, pair.refreshToken, { ...refresh, secure, maxAge: refreshSeconds });
}

export function clearCookies(c: Context<Env>, secure: boolean) {
  deleteCookie(c, ACCESS_COOKIE, { ...access, secure });
  deleteCookie(c, REFRESH_COOKIE, { ...refresh, secure });
}

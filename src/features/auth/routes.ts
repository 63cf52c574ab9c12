import type { Context } from "hono";
import { getCookie } from "hono/cookie";
import { identityOf, requireSameOrigin } from "@/http/authentication";
import { createRouter, type Env } from "@/http/router";
import * as contract from "./contract";
import { clearCookies, REFRESH_COOKIE, setCookies } from "./cookies";
import type { IdentityService } from "./service";
import type { Client } from "./sessions";

/** Long enough to learn of a new key soon, short enough to forget an old one, in seconds. */
const JWKS_SECONDS = 300;

/** These run on identity's own log-in, so they enter no scope; answers with tokens are never kept for a repeated key. */
export function authRoutes(identity: IdentityService) {
  const signedIn = (c: Context<Env>, answer: Awaited<ReturnType<IdentityService["login"]>>) => {
    setCookies(c, answer, identity.lives, identity.secure);
    return contract.SignedIn.parse(answer);
  };
  return createRouter()
    .openapi(contract.signup, async (c) => {
      const answer = await identity.signup(c.req.valid("json"), clientOf(c));
      return c.json(signedIn(c, answer), 201);
    })
    .openapi(contract.login, async (c) => {
      const answer = await identity.login(c.req.valid("json"), clientOf(c));
      return c.json(signedIn(c, answer), 200);
    })
    .openapi(contract.refresh, async (c) => {
      const answer = await identity.refresh(c.req.valid("json").refreshToken ?? refreshCookieOf(c), clientOf(c));
      return c.json(signedIn(c, answer), 200);
    })
    .openapi(contract.logout, async (c) => {
      clearCookies(c, identity.secure);
      await identity.logout(identityOf(c).sessionId);
      return c.body(null, 204);
    })
    .openapi(contract.forgotPassword, async (c) => {
      await identity.forgotPassword(c.req.valid("json").email);
      return c.body(null, 202);
    })
    .openapi(contract.resetPassword, async (c) => {
      await identity.resetPassword(c.req.valid("json"));
      return c.body(null, 204);
    })
    .openapi(contract.changePassword, async (c) => {
      await identity.changePassword(identityOf(c).sessionId, c.req.valid("json"));
      return c.body(null, 204);
    })
    .openapi(contract.getMe, async (c) => {
      return c.json(contract.Me.parse(await identity.getMe(identityOf(c).sessionId)), 200);
    })
    .openapi(contract.listSessions, async (c) => {
      return c.json(contract.Sessions.parse(await identity.listSessions(identityOf(c).sessionId)), 200);
    })
    .openapi(contract.endSession, async (c) => {
      await identity.endSession(identityOf(c).sessionId, c.req.valid("param").id);
      return c.body(null, 204);
    })
    .openapi(contract.getJwks, (c) => answerJwks(c, identity));
}

/** Also at the well-known place, outside the API. */
export async function answerJwks(c: Context<Env>, identity: IdentityService) {
  c.header("Cache-Control", `public, max-age=${JWKS_SECONDS}`);
  return c.json(contract.Jwks.parse(await identity.getJwks()), 200);
}

/** The cookie comes by itself with any request, so that one must come from our own pages. */
function refreshCookieOf(c: Context<Env>) {
  const token = getCookie(c, REFRESH_COOKIE);
  if (token !== undefined) requireSameOrigin(c);
  return token;
}

const clientOf = (c: Context<Env>): Client => ({
  ipAddress: c.var.clientAddress,
  userAgent: c.req.header("user-agent")?.slice(0, 400) ?? null,
});

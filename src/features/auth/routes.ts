import type { Context } from "hono";
import { requireSameOrigin, sessionOf } from "@/http/authentication";
import { createRouter, type Env } from "@/http/router";
import { clientOf } from "./client-of";
import * as contract from "./contract";
import { refreshCookieOf, signedIn, signedOut } from "./cookies";
import { emailRoutes } from "./email/routes";
import { factorsRoutes } from "./factors/routes";
import { keysRoutes } from "./keys/routes";
import { passkeysRoutes } from "./passkeys/routes";
import { policyRoutes } from "./policy/routes";
import { provingRoutes } from "./proving/routes";
import { scimSettingsRoutes } from "./scim/routes";
import type { IdentityService } from "./service";
import { ssoRoutes, ssoSettingsRoutes } from "./sso/routes";

/** Long enough to learn of a new key soon, short enough to forget an old one, in seconds. */
const JWKS_SECONDS = 300;

/** These run on identity's own log-in, so they enter no scope; answers with tokens are never kept for a repeated key. */
export function authRoutes(identity: IdentityService) {
  return createRouter()
    .route("/", emailRoutes(identity.emails))
    .route("/", factorsRoutes(identity.factors))
    .route("/", passkeysRoutes(identity.passkeys, identity))
    .route("/", provingRoutes(identity.proving))
    .route("/", ssoRoutes({ ...identity.sso, ...identity, cookies: identity }))
    .route("/", ssoSettingsRoutes(identity.sso))
    .route("/", policyRoutes(identity.asks))
    .route("/", scimSettingsRoutes(identity))
    .openapi(contract.signup, async (c) => {
      const answer = await identity.signup(c.req.valid("json"), clientOf(c));
      return c.json(signedIn(c, answer, identity), 201);
    })
    .openapi(contract.login, async (c) => {
      const answer = await identity.login(c.req.valid("json"), clientOf(c), c.var.requestId);
      return c.json(signedIn(c, answer, identity), 200);
    })
    .openapi(contract.refresh, async (c) => {
      const answer = await identity.refresh(
        c.req.valid("json").refreshToken ?? ownRefreshCookie(c, identity.secure),
        clientOf(c),
      );
      return c.json(signedIn(c, answer, identity), 200);
    })
    .openapi(contract.logout, async (c) => {
      signedOut(c, identity.secure);
      await identity.logout(sessionOf(c).sessionId);
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
      await identity.changePassword(sessionOf(c).sessionId, c.req.valid("json"), clientOf(c));
      return c.body(null, 204);
    })
    .openapi(contract.getMe, async (c) => {
      return c.json(contract.Me.parse(await identity.getMe(sessionOf(c).sessionId)), 200);
    })
    .openapi(contract.listSessions, async (c) => {
      return c.json(contract.Sessions.parse(await identity.listSessions(sessionOf(c).sessionId)), 200);
    })
    .openapi(contract.endSession, async (c) => {
      await identity.endSession(sessionOf(c).sessionId, c.req.valid("param").id);
      return c.body(null, 204);
    })
    .openapi(contract.endOtherSessions, async (c) => {
      await identity.endOtherSessions(sessionOf(c).sessionId);
      return c.body(null, 204);
    })
    .openapi(contract.getJwks, (c) => answerJwks(c, identity))
    .route("/", keysRoutes(identity));
}

/** Also at the well-known place, outside the API. */
export async function answerJwks(c: Context<Env>, identity: IdentityService) {
  c.header("Cache-Control", `public, max-age=${JWKS_SECONDS}`);
  return c.json(contract.Jwks.parse(await identity.getJwks()), 200);
}

/** The cookie comes by itself with any request, so that one must come from our own pages. */
function ownRefreshCookie(c: Context<Env>, secure: boolean) {
  const token = refreshCookieOf(c, secure);
  if (token !== undefined) requireSameOrigin(c);
  return token;
}

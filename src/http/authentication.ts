import type { Context } from "hono";
import { createMiddleware } from "hono/factory";
import type { GuestClaim, Identity, MemberClaim, SessionClaim, SessionIdentity } from "@/platform/actor";
import { AppError } from "@/platform/errors";
import { isKeyScope } from "@/platform/key-scopes";
import { hashToken } from "@/platform/secrets";
import type { Env } from "./router";

/** Tells who carries the request's credential; null where there is none. Throws `unauthenticated` for a bad one. */
export type Authenticator = (c: Context<Env>) => Promise<Identity | null>;

const SAFE = new Set(["GET", "HEAD", "OPTIONS"]);

type Asks = (method: string, path: string) => boolean;

/** Looks at the credential before anything else is read; operations that nobody has made public need one. */
export const authentication = (authenticate: Authenticator, isPublic: Asks, isForGuests: Asks) =>
  createMiddleware<Env>(async (c, next) => {
    const open = isPublic(c.req.method, c.req.path);
    const guest = isForGuests(c.req.method, c.req.path) ? guestOf(c) : null;
    c.set("guest", guest);
    const identity = guest
      ? null
      : await authenticate(c).catch((error: unknown) => {
          // A stale credential must not keep a person from signing in.
          if (open && error instanceof AppError) return null;
          throw error;
        });
    if (!identity && !guest && !open) throw signInFirst();
    if (identity?.via === "cookie" && !SAFE.has(c.req.method)) requireSameOrigin(c);
    c.set("identity", identity);
    await next();
  });

const signInFirst = () =>
  new AppError("unauthenticated", "Sign in first, and send the access token as a bearer token.");

/** Each handler asks again, so that no route is open because a list forgot it. */
export function identityOf(c: Context<Env>): Identity {
  const { identity } = c.var;
  if (!identity) throw signInFirst();
  return identity;
}

/** For what only people do, such as what has to do with their own account. */
export function sessionOf(c: Context<Env>): SessionIdentity {
  const identity = identityOf(c);
  if (identity.via === "key") throw notForKeys();
  return identity;
}

const notForKeys = () => new AppError("key_not_allowed", "API keys can't do this: sign in, or ask a person who may.");

/** The link's token and the guest's own, as `POST /review/open` gave them. */
export const credentialOf = (linkToken: string, guestToken: string) => `${linkToken}.${guestToken}`;
const CREDENTIAL = /^Review +([\w-]{43})\.([\w-]{43})$/i;

/** What a request carries as a client, by its hashes; null where it carries nothing of the kind. */
function guestOf(c: Context<Env>): Omit<GuestClaim, "requestId"> | null {
  const [, linkToken, guestToken] = CREDENTIAL.exec(c.req.header("authorization") ?? "") ?? [];
  if (!linkToken || !guestToken) return null;
  return { tokenHash: hashToken(linkToken), guestTokenHash: hashToken(guestToken) };
}

/** Each handler asks again, as for members. */
export function guestClaimOf(c: Context<Env>): GuestClaim {
  const { guest, requestId } = c.var;
  if (!guest)
    throw new AppError("unauthenticated", "Open your review link, and send what it answers as Authorization: Review.");
  return { ...guest, requestId };
}

/** The workspace comes from the path, from a header or from the key, never from the body. */
export function claimOf(c: Context<Env>, workspaceId = c.req.header("x-workspace-id")?.toLowerCase()): MemberClaim {
  const identity = identityOf(c);
  const where = { workspaceId: workspaceId || undefined, requestId: c.var.requestId };
  if (identity.via !== "key")
    return { sessionId: identity.sessionId, ...where, onSupport: (entered) => c.set("supportIn", entered) };
  const { room, writes } = c.var.operation;
  const scope = `${room}:${writes ? "write" : "read"}`;
  if (!isKeyScope(scope)) throw notForKeys();
  const { keyProof, scopes } = identity;
  if (scopes && !scopes.includes(scope) && (writes || !scopes.includes(`${room}:write`)))
    throw new AppError("key_scope", `This token was not given ${scope}: ask for one with it.`);
  return { keyProof, scope, ...where };
}

/** A person outside any workspace. */
export const personClaimOf = (c: Context<Env>): Omit<SessionClaim, "workspaceId"> => ({
  sessionId: sessionOf(c).sessionId,
  requestId: c.var.requestId,
});

/** Browsers tell where a request comes from, and pages can't forge it (Fetch Metadata, W3C; read 2026-11-22). */
export function requireSameOrigin(c: Context<Env>) {
  const site = c.req.header("sec-fetch-site");
  const origin = c.req.header("origin");
  const own = site ? site === "same-origin" || site === "none" : !origin || hostOf(origin) === c.req.header("host");
  if (!own)
    throw new AppError(
      "cross_site_request",
      "This request comes from another site; send it from ContentOS or with a bearer token.",
    );
}

const hostOf = (origin: string) => (URL.canParse(origin) ? new URL(origin).host : undefined);

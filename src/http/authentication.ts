import type { Context } from "hono";
import { createMiddleware } from "hono/factory";
import type { Identity, SessionClaim } from "@/platform/actor";
import { AppError } from "@/platform/errors";
import type { Env } from "./router";

/** Tells who carries the request's credential; null where there is none. Throws `unauthenticated` for a bad one. */
export type Authenticator = (c: Context<Env>) => Promise<Identity | null>;

const SAFE = new Set(["GET", "HEAD", "OPTIONS"]);

/** Looks at the credential before anything else is read; operations that nobody has made public need one. */
export const authentication = (authenticate: Authenticator, isPublic: (method: string, path: string) => boolean) =>
  createMiddleware<Env>(async (c, next) => {
    const open = isPublic(c.req.method, c.req.path);
    const identity = await authenticate(c).catch((error: unknown) => {
      // A stale credential must not keep a person from signing in.
      if (open && error instanceof AppError) return null;
      throw error;
    });
    if (!identity && !open) throw signInFirst();
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

/** The workspace comes from the path or from a header, never from the body. */
export function claimOf(c: Context<Env>, workspaceId = c.req.header("x-workspace-id")?.toLowerCase()): SessionClaim {
  return { sessionId: identityOf(c).sessionId, workspaceId: workspaceId || undefined, requestId: c.var.requestId };
}

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

import { randomUUID } from "node:crypto";
import { createMiddleware } from "hono/factory";
import { secureHeaders } from "hono/secure-headers";
import { timeout } from "hono/timeout";
import type { Logger } from "pino";
import type { Database } from "@/db/client";
import type { Clock } from "@/platform/clock";
import { AppError } from "@/platform/errors";
import type { Env } from "./router";

/** No operation takes longer, in ms; the database stops a statement before. */
const REQUEST_TIMEOUT_MS = 60_000;

type Front = {
  db: Database;
  log: Logger;
  clock: Clock;
  /** The address of whoever asks, told by a proxy only where that is trusted. */
  clientAddress: (request: Request, env: unknown) => string;
  siteHost: (request: Request, env: unknown) => string | undefined;
};

/** A request id, what handlers need, and one line in the log for each request: never a body, a query or a token. */
export const front = ({ db, log, clock, clientAddress, siteHost }: Front) =>
  createMiddleware<Env>(async (c, next) => {
    const started = performance.now();
    const given = c.req.header("x-request-id");
    const requestId = given && /^[\w-]{8,64}$/.test(given) ? given : randomUUID();
    c.set("requestId", requestId);
    c.set("log", log);
    c.set("clock", clock);
    c.set("db", db);
    c.set("clientAddress", clientAddress(c.req.raw, c.env));
    c.set("siteHost", siteHost(c.req.raw, c.env));
    c.header("X-Request-Id", requestId);
    c.header("Cache-Control", "private, no-store");
    await next();
    log.info(
      {
        requestId,
        method: c.req.method,
        path: c.req.path,
        status: c.res.status,
        durationMs: Math.round((performance.now() - started) * 10) / 10,
      },
      "request",
    );
  });

/**
 * No answer is a page, and none is read by another origin: there is no CORS. What brings headers of its own keeps them: a
 * page its policy, and a file that was made to be shown elsewhere.
 */
export const securityHeaders = secureHeaders({
  contentSecurityPolicy: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] },
  crossOriginResourcePolicy: "same-origin",
  xFrameOptions: "DENY",
  referrerPolicy: "no-referrer",
  // Not of the hosts below, as with pages: on a client's own domain those are not ours to speak for.
  strictTransportSecurity: "max-age=31536000",
  overwrite: false,
});

export const requestTimeout = timeout(
  REQUEST_TIMEOUT_MS,
  () => new AppError("timeout", "This took too long; look whether it was done before you try again.") as never,
);

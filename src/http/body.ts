import type { MiddlewareHandler } from "hono";
import { bodyLimit } from "hono/body-limit";
import { createMiddleware } from "hono/factory";
import { AppError } from "@/platform/errors";
import type { Env } from "./router";

/** The largest body in bytes: an article of 400,000 characters, of up to four bytes each, and what comes with it. */
const MAX_BODY_BYTES = 2 * 1024 * 1024;

const refuseLarge = bodyLimit({
  maxSize: MAX_BODY_BYTES,
  onError: () => {
    throw new AppError("too_large", `A body may have at most ${MAX_BODY_BYTES} bytes.`);
  },
});

const decoder = new TextDecoder("utf-8", { fatal: true });

/** A body is JSON in valid UTF-8, without what Postgres can't store; anything else is refused before it is read. */
const refuseUnreadable = createMiddleware<Env>(async (c, next) => {
  if (!c.req.raw.body) return next();
  const bytes = await c.req.arrayBuffer();
  if (bytes.byteLength === 0) return next();
  const type = c.req.header("content-type") ?? "";
  if (!/^application\/([a-z.+-]*\+)?json\b/i.test(type)) {
    throw new AppError("unsupported_media_type", "Send JSON with Content-Type application/json.");
  }
  requireStorable(parse(bytes), []);
  await next();
});

function parse(bytes: ArrayBuffer): unknown {
  try {
    return JSON.parse(decoder.decode(bytes));
  } catch (cause) {
    throw new AppError("invalid_json", "The body is not JSON in UTF-8: correct it and send it again.", { cause });
  }
}

const MAX_DEPTH = 50;

function requireStorable(value: unknown, path: (string | number)[]): void {
  if (path.length > MAX_DEPTH)
    throw new AppError("invalid_request", `The body is nested deeper than ${MAX_DEPTH} levels.`);
  if (typeof value === "string") {
    if (value.includes("\0") || !value.isWellFormed()) {
      const message = "NUL characters and lone surrogates can't be stored.";
      throw new AppError("invalid_request", "The text has characters that can't be stored: take them out.", {
        issues: [{ path: path.join("."), message }],
      });
    }
  } else if (Array.isArray(value)) {
    value.forEach((item, index) => {
      requireStorable(item, [...path, index]);
    });
  } else if (value && typeof value === "object") {
    for (const [key, item] of Object.entries(value)) {
      requireStorable(key, path);
      requireStorable(item, [...path, key]);
    }
  }
}

/** NUL can't be stored either when it comes in the address. */
const refuseNul = createMiddleware<Env>(async (c, next) => {
  if (c.req.url.includes("%00")) throw new AppError("invalid_request", "The address has a NUL character: take it out.");
  await next();
});

/** To ask whether a request has a body makes Node build the whole Request object, so a GET is never asked. */
const unlessRead = (guard: MiddlewareHandler<Env>) =>
  createMiddleware<Env>((c, next) => (c.req.method === "GET" || c.req.method === "HEAD" ? next() : guard(c, next)));

export const bodyGuards = [refuseNul, unlessRead(refuseLarge), unlessRead(refuseUnreadable)] as const;

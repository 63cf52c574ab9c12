import { createHash } from "node:crypto";
import type { Context } from "hono";
import type { Env, Router } from "@/http/router";
import { describe } from "./document";
import { referencePage } from "./reference-page";

const SERVER = "/api/v1";

/** The document and a page to read it: public, cached, and made when somebody first asks. */
export function openApi(app: Router, rooms: Router) {
  const document = once(() => describe(rooms, SERVER));
  const text = once(() => tagged(JSON.stringify(document())));
  const page = once(() => {
    const { html, contentSecurityPolicy } = referencePage(document());
    return { ...tagged(html), contentSecurityPolicy };
  });
  app.get(`${SERVER}/openapi.json`, (c) => cached(c, text(), "application/json; charset=utf-8"));
  app.get(`${SERVER}/docs`, (c) => {
    c.header("Content-Security-Policy", page().contentSecurityPolicy);
    return cached(c, page(), "text/html; charset=utf-8");
  });
}

type Tagged = { text: string; tag: string };

function cached(c: Context<Env>, { text, tag }: Tagged, type: string) {
  c.header("Cache-Control", "public, max-age=300");
  c.header("ETag", tag);
  if (c.req.header("if-none-match")?.split(/,\s*/).includes(tag)) return c.body(null, 304);
  c.header("Content-Type", type);
  return c.body(text);
}

const tagged = (text: string): Tagged => ({
  text,
  tag: `W/"${createHash("sha1").update(text).digest("base64url")}"`,
});

function once<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

type Security = Record<string, string[]>[] | undefined;

/** Whether an operation is open to who has not signed in: told by the contracts, and by no list. */
export function publicOperations(rooms: Router, prefix: string) {
  const open = operationsWith(rooms, prefix, (security) => security?.length === 0);
  const pages = new Set([`${prefix}/openapi.json`, `${prefix}/docs`]);
  return (method: string, path: string) => !path.startsWith(`${prefix}/`) || pages.has(path) || open(method, path);
}

/** Whether an operation takes a client's credential. */
export const guestOperations = (rooms: Router, prefix: string) =>
  operationsWith(rooms, prefix, (security) => security?.some((scheme) => "review" in scheme) ?? false);

function operationsWith(rooms: Router, prefix: string, holds: (security: Security) => boolean) {
  const operations = rooms.openAPIRegistry.definitions.flatMap((definition) =>
    definition.type === "route" && holds(definition.route.security as Security)
      ? [{ method: definition.route.method.toUpperCase(), path: pattern(prefix + definition.route.path) }]
      : [],
  );
  return (method: string, path: string) =>
    operations.some((operation) => operation.method === method && operation.path.test(path));
}

const pattern = (path: string) =>
  new RegExp(`^${path.replace(/[.*+?^$()|[\]\\]/g, "\\$&").replace(/\{[^}]+\}/g, "[^/]+")}$`);

import type { Router } from "@/http/router";

const SERVER = "/api/v1";

const INFO = {
  openapi: "3.1.0",
  info: {
    title: "ContentOS",
    version: "1",
    description:
      "From an idea to a measured result. Refusals are RFC 9457 problem documents with a stable `code`. Lists are paged by cursor. Sign in with `POST /auth/login` and send the access token as a bearer token; name the workspace in `X-Workspace-Id` where you have several.",
    license: { name: "MIT", identifier: "MIT" },
  },
  servers: [{ url: SERVER }],
};

/** The document and a page to read it: public, and cached. */
export function openApi(app: Router, rooms: Router) {
  rooms.openAPIRegistry.registerComponent("securitySchemes", "bearer", {
    type: "http",
    scheme: "bearer",
    bearerFormat: "JWT",
  });
  rooms.openAPIRegistry.registerComponent("securitySchemes", "cookie", {
    type: "apiKey",
    in: "cookie",
    name: "contentos_access",
  });
  let document: string | undefined;
  app.get(`${SERVER}/openapi.json`, (c) => {
    document ??= JSON.stringify(rooms.getOpenAPI31Document(INFO));
    c.header("Cache-Control", "public, max-age=300");
    c.header("Content-Type", "application/json; charset=utf-8");
    return c.body(document);
  });
}

/** Whether an operation is open to who has not signed in: told by the contracts, and by no list. */
export function publicOperations(rooms: Router, prefix: string) {
  const open = rooms.openAPIRegistry.definitions.flatMap((definition) =>
    definition.type === "route" && definition.route.security?.length === 0
      ? [{ method: definition.route.method.toUpperCase(), path: pattern(prefix + definition.route.path) }]
      : [],
  );
  const pages = new Set([`${prefix}/openapi.json`, `${prefix}/docs`]);
  return (method: string, path: string) =>
    !path.startsWith(`${prefix}/`) ||
    pages.has(path) ||
    open.some((operation) => operation.method === method && operation.path.test(path));
}

const pattern = (path: string) =>
  new RegExp(`^${path.replace(/[.*+?^$()|[\]\\]/g, "\\$&").replace(/\{[^}]+\}/g, "[^/]+")}$`);

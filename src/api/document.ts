import type { Router } from "@/http/router";
import { ERROR_STATUS, type ErrorCode } from "@/platform/errors";

const INFO = {
  openapi: "3.1.0",
  info: {
    title: "ContentOS",
    version: "1",
    description:
      "From an idea to a measured result. Refusals are RFC 9457 problem documents with a stable `code`. Lists are paged by cursor. Sign in with `POST /auth/login` and send the access token as a bearer token; name the workspace in `X-Workspace-Id` where you have several.",
    license: { name: "MIT", identifier: "MIT" },
  },
};

export type OpenApiDocument = ReturnType<Router["getOpenAPI31Document"]>;
type PathItem = NonNullable<OpenApiDocument["paths"]>[string];
export type Operation = NonNullable<PathItem["get"]>;
/** What the contracts use of JSON Schema 2020-12. */
export type Schema = {
  $ref?: string;
  type?: string | string[];
  format?: string;
  description?: string;
  const?: unknown;
  enum?: unknown[];
  default?: unknown;
  example?: unknown;
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  allOf?: Schema[];
  anyOf?: Schema[];
  oneOf?: Schema[];
};
type Media = { schema?: Schema; example?: unknown };

export const METHODS = ["get", "post", "put", "patch", "delete"] as const;
export type Method = (typeof METHODS)[number];

/** Every operation with its place, in the order of the rooms. */
export const operationsOf = (document: OpenApiDocument) =>
  Object.entries(document.paths ?? {}).flatMap(([path, item]) =>
    METHODS.flatMap((method) => (item[method] ? [{ path, method, operation: item[method] }] : [])),
  );

/**
 * The contracts as one OpenAPI 3.1 document. What every request meets before it comes to a room is added here, since
 * no room knows of it: refusals of the front, and examples put together from those of the parts.
 */
export function describe(rooms: Router, server: string): OpenApiDocument {
  rooms.openAPIRegistry.registerComponent("securitySchemes", "bearer", {
    type: "http",
    scheme: "bearer",
    bearerFormat: "JWT",
    description:
      "An access token of a person, an API key (`cos_…`) or a service token that one was changed for. Keys do what their role and scopes allow, in their own workspace; what only people do answers them 403 `key_not_allowed`.",
  });
  rooms.openAPIRegistry.registerComponent("securitySchemes", "cookie", {
    type: "apiKey",
    in: "cookie",
    name: "contentos_access",
    description: "On https its name is `__Host-contentos_access`.",
  });
  rooms.openAPIRegistry.registerComponent("securitySchemes", "review", {
    type: "http",
    scheme: "Review",
    description: "A client's: `Authorization: Review <credential>`, as `POST /review/open` answers it.",
  });
  const document = rooms.getOpenAPI31Document({ ...INFO, servers: [{ url: server }] });
  for (const { method, operation } of operationsOf(document)) {
    for (const code of frontRefusals(method, operation)) addRefusal(operation, code);
    for (const media of mediaOf(operation)) {
      const example = media.example ?? exampleOf(document, media.schema);
      if (example !== undefined) media.example = example;
    }
  }
  return document;
}

function frontRefusals(method: Method, operation: Operation): ErrorCode[] {
  const byCookie = operation.security?.some((scheme) => "cookie" in scheme);
  return [
    ...(byCookie && method !== "get" ? (["cross_site_request"] as const) : []),
    ...(operation.requestBody ? (["invalid_json", "too_large", "unsupported_media_type"] as const) : []),
    "timeout",
    "overloaded",
    "disk_full",
  ];
}

function addRefusal(operation: Operation, code: ErrorCode) {
  operation.responses ??= {};
  const status = String(ERROR_STATUS[code]);
  const known = operation.responses[status] as { description: string; content?: Record<string, Media> } | undefined;
  const word = `\`${code}\``;
  if (known?.description.includes(word)) return;
  operation.responses[status] = {
    description: known ? `${known.description}, ${word}` : word,
    content: { ...known?.content, "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } },
  };
}

/** The bodies that an operation takes and gives. */
function mediaOf(operation: Operation): Media[] {
  const bodies = [operation.requestBody, ...Object.values(operation.responses ?? {})];
  return bodies.flatMap((body) => Object.values((body as { content?: Record<string, Media> })?.content ?? {}));
}

export const resolve = (document: OpenApiDocument, schema: Schema | undefined) =>
  schema?.$ref ? (document.components?.schemas?.[schema.$ref.split("/").at(-1) ?? ""] as Schema | undefined) : schema;

/** The example that a schema gives, or one put together from its parts; undefined where a part gives none. */
export function exampleOf(document: OpenApiDocument, given: Schema | undefined): unknown {
  const schema = resolve(document, given);
  if (!schema) return undefined;
  const own = schema.example ?? schema.const ?? schema.enum?.[0] ?? schema.default;
  if (own !== undefined) return own;
  if (schema.type === "array") {
    const item = exampleOf(document, schema.items);
    return item === undefined ? undefined : [item];
  }
  if (schema.type === "object" && schema.properties) {
    const parts = Object.entries(schema.properties).map(([name, part]) => [name, exampleOf(document, part)]);
    const whole = parts.every(([name, part]) => part !== undefined || !schema.required?.includes(String(name)));
    return whole ? Object.fromEntries(parts.filter(([, part]) => part !== undefined)) : undefined;
  }
  if (schema.allOf) {
    const parts = schema.allOf.map((part) => exampleOf(document, part));
    return parts.includes(undefined) ? undefined : Object.assign({}, ...parts);
  }
  const branch = (schema.anyOf ?? schema.oneOf)?.[0];
  if (branch) return exampleOf(document, branch);
  // Said last, so that what can be there is shown rather than what need not be.
  return [schema.type].flat().includes("null") ? null : undefined;
}

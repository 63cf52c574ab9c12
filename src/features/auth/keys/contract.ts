import { createRoute } from "@hono/zod-openapi";
import { ROLES } from "@/platform/actor";
import {
  body,
  Cursor,
  creates,
  Id,
  Instant,
  idParams,
  inWorkspace,
  json,
  Limit,
  line,
  memberProblems,
  page,
  problems,
  SIGNED_IN,
  Timestamp,
  z,
} from "@/platform/contract";
import { KEY_SCOPES } from "@/platform/key-scopes";

/** How long the key before a rotation may go on, in hours. */
export const MOST_OVERLAP_HOURS = 168;

const Role = z.enum(ROLES);
const Scopes = z.array(z.enum(KEY_SCOPES)).min(1).max(KEY_SCOPES.length);

const apiKey = z.object({
  id: Id,
  name: z.string(),
  role: Role.openapi({ description: "The most that it may." }),
  actingRole: Role.nullable().openapi({
    description: "What it may now: the lesser of its role and that of whoever it acts for. Null where it is stopped.",
  }),
  scopes: z.array(z.string()).nullable().openapi({ description: "Null for all that keys may." }),
  hint: z.string().openapi({ description: "The last characters of the key." }),
  status: z.enum(["Live", "Stopped", "Expired", "Revoked"]).openapi({
    description: "Stopped: whoever it acts for is no member any more. An Admin who rotates it takes it on.",
  }),
  actsFor: z.object({ id: Id, name: z.string() }),
  createdBy: Id,
  createdAt: Timestamp,
  rotatedAt: Timestamp.nullable(),
  previousUntil: Timestamp.nullable().openapi({
    description: "Until then, the key before the rotation works as well.",
  }),
  expiresAt: Timestamp.nullable(),
  lastUsedAt: Timestamp.nullable().openapi({ description: "To the minute." }),
  revokedAt: Timestamp.nullable(),
});

const example = {
  id: "3c9d2b1a-0000-4000-8000-000000000011",
  name: "Publishing from the shop",
  role: "Editor",
  actingRole: "Editor",
  scopes: ["content:write", "distribution:write"],
  hint: "x7Qa",
  status: "Live",
  actsFor: { id: "5f0c2f0a-61f5-4f0e-8a0d-2c7a7c1f0b02", name: "Kim Example" },
  createdBy: "5f0c2f0a-61f5-4f0e-8a0d-2c7a7c1f0b02",
  createdAt: "2026-11-22T09:00:00.000Z",
  rotatedAt: null,
  previousUntil: null,
  expiresAt: "2027-11-22T09:00:00.000Z",
  lastUsedAt: null,
  revokedAt: null,
} as const;

export const ApiKey = apiKey.openapi("ApiKey", { example });
export const ApiKeyPage = page(ApiKey).openapi("ApiKeyPage");
export const IssuedApiKey = apiKey
  .extend({
    key: z.string().optional().openapi({
      description:
        "For `Authorization: Bearer …`. It is stored hashed and told once: a repeated request with the same key goes without.",
    }),
  })
  .openapi("IssuedApiKey", { example: { ...example, key: `cos_${"0".repeat(45)}x7Qa` } });

export const CreateApiKey = z
  .strictObject({
    name: line(120),
    role: Role.default("Writer"),
    scopes: Scopes.optional().openapi({ description: "All that keys may, where it is left out; `write` also reads." }),
    expiresAt: Instant.optional().openapi({
      description: "From this time on, it does not work; never where left out.",
    }),
  })
  .openapi("CreateApiKey", {
    example: {
      name: "Publishing from the shop",
      role: "Editor",
      scopes: ["content:write", "distribution:write"],
      expiresAt: "2099-11-22T09:00:00Z",
    },
  });

export const RotateApiKey = z
  .strictObject({
    overlapHours: z.int().min(0).max(MOST_OVERLAP_HOURS).default(24).openapi({
      description: "How long the key before works beside the new one; 0 ends it, and all tokens of it, at once.",
    }),
    expiresAt: Instant.nullable().optional().openapi({ description: "A new end; null for never." }),
  })
  .openapi("RotateApiKey", { example: { overlapHours: 24 } });

export const ListApiKeys = z.strictObject({ limit: Limit, cursor: Cursor });

/** Names of services: what a token is for, and nobody else takes it. */
const Audience = z
  .string()
  .regex(/^[a-z0-9][a-z0-9.:/_-]{0,99}$/, "A name such as contentos-api or https://metrics.example.com.")
  .openapi({ example: "contentos-api" });

export const ExchangeApiKey = z
  .strictObject({
    audience: Audience.default("contentos-api"),
    scopes: Scopes.optional().openapi({ description: "At most the key's own; all of them where left out." }),
    expiresInSeconds: z.int().min(30).max(900).default(900),
  })
  .openapi("ExchangeApiKey", {
    example: { audience: "contentos-api", scopes: ["content:read"], expiresInSeconds: 300 },
  });

/** RFC 6749, 5.1, in our words. */
export const ServiceToken = z
  .object({
    accessToken: z.string().openapi({
      example: "eyJhbGciOiJFZERTQSJ9.eyJhdWQiOiJjb250ZW50b3MtYXBpIn0.c2lnbmF0dXJl",
      description:
        "A JWT that the keys of `/.well-known/jwks.json` verify. With our own audience, a bearer token here.",
    }),
    tokenType: z.literal("Bearer").openapi({ example: "Bearer" }),
    audience: z.string().openapi({ example: "contentos-api" }),
    scope: z.string().openapi({ description: "Words with spaces between, as in the token.", example: "content:read" }),
    expiresAt: Timestamp,
  })
  .openapi("ServiceToken");

const base = { tags: ["auth"], security: SIGNED_IN };

export const listApiKeys = createRoute({
  ...base,
  operationId: "listApiKeys",
  method: "get",
  path: "/auth/keys",
  summary: "List the API keys of the workspace, newest first",
  request: { headers: inWorkspace, query: ListApiKeys },
  responses: {
    200: json("A page of keys; what opens is not in it", ApiKeyPage),
    ...memberProblems("invalid_cursor", "key_not_allowed"),
  },
});

export const createApiKey = createRoute({
  ...base,
  operationId: "createApiKey",
  method: "post",
  path: "/auth/keys",
  summary: "Make an API key",
  request: { headers: creates, body: body(CreateApiKey) },
  responses: {
    201: json("The key, told this once", IssuedApiKey),
    ...memberProblems("key_not_allowed", "idempotency_key_reused"),
  },
});

export const rotateApiKey = createRoute({
  ...base,
  operationId: "rotateApiKey",
  method: "post",
  path: "/auth/keys/{id}/rotate",
  summary: "Replace a key by a new one, and answer for it from now on",
  request: { headers: creates, params: idParams, body: body(RotateApiKey) },
  responses: {
    200: json("The new key, told this once", IssuedApiKey),
    ...memberProblems("key_revoked", "key_not_allowed", "idempotency_key_reused"),
  },
});

export const revokeApiKey = createRoute({
  ...base,
  operationId: "revokeApiKey",
  method: "delete",
  path: "/auth/keys/{id}",
  summary: "Revoke a key for good: its next request is refused",
  request: { headers: inWorkspace, params: idParams },
  responses: { 204: { description: "Revoked." }, ...memberProblems("key_revoked", "key_not_allowed") },
});

export const exchangeApiKey = createRoute({
  ...base,
  operationId: "exchangeApiKey",
  method: "post",
  path: "/auth/token",
  summary: "Change an API key for a short token with audience and scope",
  description: "Asked with the key itself as bearer token. For services that should not hold the key.",
  request: { body: body(ExchangeApiKey) },
  responses: {
    200: json("The token", ServiceToken),
    ...problems("unauthenticated", "key_scope", "key_required"),
  },
});

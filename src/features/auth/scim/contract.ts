import { createRoute } from "@hono/zod-openapi";
import { body, creates, Id, idParams, json, memberProblems, SIGNED_IN, Timestamp, z } from "@/platform/contract";

/** Never Admin: that is given by Admins, one by one. */
const MappedRole = z.enum(["Editor", "Writer", "Viewer"]).nullable();

const ScimToken = z.object({
  id: Id,
  hint: z.string().openapi({ description: "The last characters of the token." }),
  createdAt: Timestamp,
  expiresAt: Timestamp.nullable().openapi({ description: "Set where another one takes its place." }),
  lastUsedAt: Timestamp.nullable().openapi({ description: "To the minute." }),
});
const ScimGroup = z.object({
  id: Id,
  displayName: z.string(),
  role: MappedRole.openapi({ description: "What its members are here; null: what new members are." }),
  members: z.number(),
});
const settings = z.object({
  baseUrl: z.string().openapi({ description: "What the directory is told as the address of SCIM 2.0." }),
  ready: z.boolean().openapi({ description: "Whether the workspace has a verified domain." }),
  tokens: z.array(ScimToken).openapi({ description: "Those that work." }),
  groups: z.array(ScimGroup).openapi({ description: "What the directory has pushed." }),
});
const example = {
  baseUrl: "https://contentos.example.com/api/v1/auth/scim/v2",
  ready: true,
  tokens: [
    {
      id: "3c9d2b1a-0000-4000-8000-000000000021",
      hint: "x7Qa",
      createdAt: "2026-11-22T09:00:00.000Z",
      expiresAt: null,
      lastUsedAt: null,
    },
  ],
  groups: [
    { id: "3c9d2b1a-0000-4000-8000-000000000022", displayName: "Marketing", role: "Writer" as const, members: 12 },
  ],
};
export const ScimSettings = settings.openapi("ScimSettings", { example });
export const IssuedScimToken = settings
  .extend({
    token: z.string().optional().openapi({
      description:
        "For the directory. It is stored hashed and told once: a repeated request with the same key goes without.",
    }),
  })
  .openapi("IssuedScimToken", { example: { ...example, token: `cosdir_${"0".repeat(45)}x7Qa` } });
const CreateScimToken = z
  .strictObject({
    overlapHours: z.int().min(0).max(168).default(24).openapi({
      description: "How long the token before works beside the new one; 0 ends it at once.",
    }),
  })
  .openapi("CreateScimToken", { example: { overlapHours: 24 } });
const MapScimGroup = z.strictObject({ role: MappedRole }).openapi("MapScimGroup", { example: { role: "Writer" } });

const base = { tags: ["auth"], security: SIGNED_IN };

export const getScim = createRoute({
  ...base,
  operationId: "getScim",
  method: "get",
  path: "/workspaces/{id}/scim",
  summary: "How the workspace's directory provisions it (SCIM 2.0)",
  request: { params: idParams },
  responses: { 200: json("As it is set.", ScimSettings), ...memberProblems() },
});

export const createScimToken = createRoute({
  ...base,
  operationId: "createScimToken",
  method: "post",
  path: "/workspaces/{id}/scim/tokens",
  summary: "Make a token for the directory, in place of the one before",
  request: { headers: creates, params: idParams, body: body(CreateScimToken) },
  responses: {
    201: json("The token, told this once.", IssuedScimToken),
    ...memberProblems("domain_not_verified", "idempotency_key_reused"),
  },
});

export const revokeScimToken = createRoute({
  ...base,
  operationId: "revokeScimToken",
  method: "delete",
  path: "/workspaces/{id}/scim/tokens/{tokenId}",
  summary: "End a directory's token: its next request is refused",
  request: { params: z.strictObject({ id: Id, tokenId: Id }) },
  responses: { 204: { description: "Ended." }, ...memberProblems() },
});

export const mapScimGroup = createRoute({
  ...base,
  operationId: "mapScimGroup",
  method: "put",
  path: "/workspaces/{id}/scim/groups/{groupId}",
  summary: "Say which role a group of the directory has here; its members have it at once",
  request: { params: z.strictObject({ id: Id, groupId: Id }), body: body(MapScimGroup) },
  responses: { 200: json("As it is set now.", ScimSettings), ...memberProblems() },
});

import { createRoute } from "@hono/zod-openapi";
import { body, creates, Id, idParams, json, orNull, problems, SIGNED_IN, Timestamp, z } from "@/platform/contract";

const WorkspaceErasure = z
  .object({
    id: Id,
    status: z.enum(["Waiting", "Undone", "Running", "Done"]),
    askedBy: Id,
    askedAt: Timestamp,
    dueAt: Timestamp.openapi({ description: "When it is done, unless an Admin takes it back before." }),
  })
  .openapi("WorkspaceErasure", {
    example: {
      id: "2f6f1c5e-8f39-4b52-8f0e-0d4f6d3f5a10",
      status: "Waiting",
      askedBy: "5f0c2f0a-61f5-4f0e-8a0d-2c7a7c1f0b02",
      askedAt: "2026-11-22T09:00:00.000Z",
      dueAt: "2026-11-29T09:00:00.000Z",
    },
  });
export const WorkspaceErasureAnswer = WorkspaceErasure;
export const WorkspaceErasureState = z.object({ erasure: orNull(WorkspaceErasure) }).openapi("WorkspaceErasureState", {
  example: { erasure: null },
});
export const OwnWorkspaceErasures = z
  .object({
    items: z.array(
      z.object({
        workspaceId: Id,
        status: z.enum(["Waiting", "Undone", "Running", "Done"]),
        dueAt: Timestamp,
        endedAt: orNull(Timestamp),
        receipt: z.string().nullable().openapi({ description: "Compact JWS, by the keys of `/review/jwks.json`." }),
      }),
    ),
  })
  .openapi("OwnWorkspaceErasures", {
    example: {
      items: [
        {
          workspaceId: "7c0a4f2e-3f63-4d0c-9e0b-6ad2b3a4f001",
          status: "Waiting",
          dueAt: "2026-11-29T09:00:00.000Z",
          endedAt: null,
          receipt: null,
        },
      ],
    },
  });

export const AskWorkspaceErasure = z
  .strictObject({
    name: z.string().max(200).openapi({ description: "The workspace's name, as it is written, to be sure." }),
    password: z
      .string()
      .min(1)
      .max(200)
      .optional()
      .openapi({ description: "Left out by who has none: then the sign-in is to be of the last ten minutes." }),
  })
  .openapi("AskWorkspaceErasure", { example: { name: "Acme", password: "a long walk to the sea" } });

/** The workspace stands in the path. */
const keyed = creates.pick({ "idempotency-key": true });
const base = { tags: ["privacy"], security: SIGNED_IN };

export const askWorkspaceErasure = createRoute({
  ...base,
  operationId: "askWorkspaceErasure",
  method: "post",
  path: "/workspaces/{id}/erasure",
  summary: "Ask that a workspace is erased with everything in it, in some days",
  description:
    "By its owner alone, who names it and shows once more that it is them. Until it is done nothing can be changed in it, and any of its Admins can take it back; all of them are told. Export it before: `POST /transfer/exports`.",
  request: { headers: keyed, params: idParams, body: body(AskWorkspaceErasure) },
  responses: {
    201: json("It is done at `dueAt`", WorkspaceErasureAnswer),
    ...problems(
      "unauthenticated",
      "invalid_credentials",
      "forbidden",
      "second_factor_required",
      "proof_required",
      "not_found",
      "name_mismatch",
      "workspace_read_only",
      "erasure_waiting",
      "legal_hold",
      "idempotency_key_reused",
      "invalid_json",
    ),
  },
});

export const getWorkspaceErasure = createRoute({
  ...base,
  operationId: "getWorkspaceErasure",
  method: "get",
  path: "/workspaces/{id}/erasure",
  summary: "Read whether a workspace waits to be erased",
  request: { params: idParams },
  responses: {
    200: json("What waits, if anything", WorkspaceErasureState),
    ...problems("unauthenticated", "forbidden", "not_found"),
  },
});

export const undoWorkspaceErasure = createRoute({
  ...base,
  operationId: "undoWorkspaceErasure",
  method: "post",
  path: "/workspaces/{id}/erasure/undo",
  summary: "Take back that a workspace is to be erased",
  description: "By any of its Admins. What waited meanwhile goes on at once.",
  request: { headers: keyed, params: idParams },
  responses: {
    200: json("It is not done", WorkspaceErasureState),
    ...problems("unauthenticated", "forbidden", "not_found", "idempotency_key_reused"),
  },
});

export const listOwnWorkspaceErasures = createRoute({
  ...base,
  operationId: "listOwnWorkspaceErasures",
  method: "get",
  path: "/privacy/workspaces",
  summary: "List which workspaces one asked to be erased, with the receipts",
  responses: { 200: json("At most the last 20, newest first", OwnWorkspaceErasures), ...problems("unauthenticated") },
});

import { createRoute } from "@hono/zod-openapi";
import { body, Id, idParams, json, orNull, problems, SIGNED_IN, Timestamp, z } from "@/platform/contract";

const SupportAccess = z
  .object({
    id: Id,
    userId: Id,
    name: z.string(),
    reason: z.string(),
    begunAt: Timestamp,
    endsAt: Timestamp,
    mayWrite: z.boolean().openapi({ description: "Whether an Admin let them change what an Editor may." }),
    endedAt: orNull(Timestamp),
    live: z.boolean(),
  })
  .openapi("SupportAccess", {
    example: {
      id: "2f6f1c5e-8f39-4b52-8f0e-0d4f6d3f5a10",
      userId: "5f0c2f0a-61f5-4f0e-8a0d-2c7a7c1f0b02",
      name: "Robin of the operator",
      reason: "Ticket 311: a schedule is on hold and nobody knows why.",
      begunAt: "2026-11-22T09:00:00.000Z",
      endsAt: "2026-11-22T10:00:00.000Z",
      mayWrite: false,
      endedAt: null,
      live: true,
    },
  });
export const Support = z
  .object({
    forbidden: z.boolean(),
    items: z.array(SupportAccess).openapi({ description: "The last 50, newest first." }),
  })
  .openapi("Support", { example: { forbidden: false, items: [] } });

export const ChangeSupport = z
  .strictObject({ forbidden: z.boolean().openapi({ description: "Ends what is live, and lets nobody begin." }) })
  .openapi("ChangeSupport", { example: { forbidden: true } });
export const ChangeSupportAccess = z
  .strictObject({ mayWrite: z.boolean().optional(), end: z.literal(true).optional() })
  .refine((change) => change.mayWrite !== undefined || change.end, "Say what is to change.")
  .openapi("ChangeSupportAccess", { example: { end: true } });

const base = { tags: ["workspaces"], security: SIGNED_IN };
const refusals = ["unauthenticated", "forbidden", "not_found"] as const;

export const getSupport = createRoute({
  ...base,
  operationId: "getSupport",
  method: "get",
  path: "/workspaces/{id}/support",
  summary: "List who of the operator's was in a workspace, why and how long",
  request: { params: idParams },
  responses: { 200: json("Whether it is forbidden, and what there was", Support), ...problems(...refusals) },
});

export const changeSupport = createRoute({
  ...base,
  operationId: "changeSupport",
  method: "put",
  path: "/workspaces/{id}/support",
  summary: "Forbid the operator's support to enter, or allow it again",
  request: { params: idParams, body: body(ChangeSupport) },
  responses: { 200: json("As it is now", Support), ...problems(...refusals, "invalid_json") },
});

export const changeSupportAccess = createRoute({
  ...base,
  operationId: "changeSupportAccess",
  method: "put",
  path: "/workspaces/{id}/support/{accessId}",
  summary: "End an access of the operator's support, or let it change something",
  request: { params: z.strictObject({ id: Id, accessId: Id }), body: body(ChangeSupportAccess) },
  responses: { 200: json("As it is now", Support), ...problems(...refusals, "invalid_json") },
});

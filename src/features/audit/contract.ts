import { createRoute } from "@hono/zod-openapi";
import {
  Cursor,
  Id,
  Instant,
  inWorkspace,
  json,
  Limit,
  memberProblems,
  page,
  SIGNED_IN,
  Timestamp,
  z,
} from "@/platform/contract";

const AuditEvent = z
  .object({
    id: Id,
    at: Timestamp,
    actorKind: z.enum(["Member", "System", "Guest"]),
    actorId: Id.nullable(),
    action: z.string(),
    subjectType: z.string(),
    subjectId: Id,
    detail: z.record(z.string(), z.any()),
    requestId: z.string().nullable(),
  })
  .openapi("AuditEvent", {
    example: {
      id: "01935f2c-1f00-7000-8000-000000000001",
      at: "2026-11-22T09:00:00.000Z",
      actorKind: "Member",
      actorId: "5f0c2f0a-61f5-4f0e-8a0d-2c7a7c1f0b02",
      action: "content.created",
      subjectType: "content_item",
      subjectId: "2f6f1c5e-8f39-4b52-8f0e-0d4f6d3f5a10",
      detail: {},
      requestId: "0b8ef9f0-5a51-4a3a-9f7e-4b1d0a8c2a11",
    },
  });
export const AuditEventPage = page(AuditEvent).openapi("AuditEventPage");

export const ListAuditEvents = z.strictObject({
  action: z
    .string()
    .regex(/^[a-z_]+(\.[a-z_]+)?$/, "A room, such as content, or a room and a verb, such as content.created.")
    .max(80)
    .optional()
    .openapi({ description: "A room, or one of its verbs.", example: "content.created" }),
  subjectId: Id.optional(),
  actorId: Id.optional(),
  from: Instant.optional().openapi({ description: "From this time on." }),
  to: Instant.optional().openapi({ description: "Before this time." }),
  limit: Limit,
  cursor: Cursor,
});

export const listAuditEvents = createRoute({
  tags: ["audit"],
  security: SIGNED_IN,
  operationId: "listAuditEvents",
  method: "get",
  path: "/audit",
  summary: "List who did what, newest first",
  request: { headers: inWorkspace, query: ListAuditEvents },
  responses: { 200: json("A page of audit events", AuditEventPage), ...memberProblems("invalid_cursor") },
});

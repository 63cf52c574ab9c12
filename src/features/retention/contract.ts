import { createRoute } from "@hono/zod-openapi";
import {
  body,
  Id,
  inWorkspace,
  json,
  line,
  memberProblems,
  orNull,
  SIGNED_IN,
  Timestamp,
  z,
} from "@/platform/contract";
import { WHATS } from "./kinds";

const What = z.enum(WHATS).openapi("RetentionKind");
/** Beyond what any kind allows; each has bounds of its own. */
const MOST_DAYS = 3650;
const Days = z.int().min(1).max(MOST_DAYS);

const rule = {
  what: "Audit",
  days: 730,
  defaultDays: null,
  minimumDays: 365,
  maximumDays: 3650,
  updatedBy: "5f0c2f0a-61f5-4f0e-8a0d-2c7a7c1f0b02",
  updatedAt: "2026-11-22T09:00:00.000Z",
} as const;
export const RetentionRule = z
  .object({
    what: What,
    days: z.int().nullable().openapi({ description: "Null: the default." }),
    defaultDays: z.int().nullable().openapi({ description: "Null: for ever, or as long as the operator says." }),
    minimumDays: z.int(),
    maximumDays: z.int(),
    updatedBy: Id.nullable(),
    updatedAt: Timestamp.nullable(),
  })
  .openapi("RetentionRule", { example: rule });
const Hold = z.object({ since: Timestamp, reason: z.string().nullable(), updatedBy: Id }).openapi("RetentionHold", {
  example: { since: rule.updatedAt, reason: "Case 4711", updatedBy: rule.updatedBy },
});
export const Retention = z
  .object({
    hold: orNull(Hold).openapi({ description: "While there is one, nothing is removed." }),
    rules: z.array(RetentionRule),
  })
  .openapi("Retention", { example: { hold: null, rules: [rule] } });

export const SetRetention = z
  .strictObject({
    what: What,
    days: Days.nullable().openapi({ description: "Null for the default." }),
  })
  .openapi("SetRetention", { example: { what: "Audit", days: 730 } });
export const SetRetentionHold = z
  .strictObject({
    held: z.boolean(),
    reason: line(500).optional().openapi({ description: "For Admins; it is not in the audit log." }),
  })
  .openapi("SetRetentionHold", { example: { held: true, reason: "Case 4711" } });
export const PreviewRetention = z.strictObject({
  what: z.enum(WHATS).openapi({ example: "Audit" }),
  days: z.coerce.number().int().min(1).max(MOST_DAYS).openapi({ example: 730, description: "How long, in days." }),
});
export const RetentionPreview = z
  .object({ what: What, days: z.int(), rows: z.int().openapi({ description: "Rows that would go now." }) })
  .openapi("RetentionPreview", { example: { what: "Audit", days: 730, rows: 1204 } });

const base = { tags: ["retention"], security: SIGNED_IN };

export const getRetention = createRoute({
  ...base,
  operationId: "getRetention",
  method: "get",
  path: "/retention",
  summary: "Read for how long what is kept, and whether a legal hold stops that anything goes",
  request: { headers: inWorkspace },
  responses: { 200: json("All kinds", Retention), ...memberProblems() },
});

export const previewRetention = createRoute({
  ...base,
  operationId: "previewRetention",
  method: "get",
  path: "/retention/preview",
  summary: "Count what would go",
  request: { headers: inWorkspace, query: PreviewRetention },
  responses: { 200: json("How many rows", RetentionPreview), ...memberProblems() },
});

export const setRetention = createRoute({
  ...base,
  operationId: "setRetention",
  method: "put",
  path: "/retention",
  summary: "Say for how long something is kept",
  request: { headers: inWorkspace, body: body(SetRetention) },
  responses: { 200: json("The rule", RetentionRule), ...memberProblems() },
});

export const setRetentionHold = createRoute({
  ...base,
  operationId: "setRetentionHold",
  method: "put",
  path: "/retention/hold",
  summary: "Begin or end a legal hold",
  request: { headers: inWorkspace, body: body(SetRetentionHold) },
  responses: { 200: json("All kinds, and the hold", Retention), ...memberProblems() },
});

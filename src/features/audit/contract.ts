import { createRoute } from "@hono/zod-openapi";
import {
  body,
  Cursor,
  creates,
  Id,
  Instant,
  inWorkspace,
  json,
  Limit,
  memberProblems,
  orNull,
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
    apiKeyId: Id.nullable().openapi({ description: "The API key that acted in the member's name." }),
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
      apiKeyId: null,
      action: "content.created",
      subjectType: "content_item",
      subjectId: "2f6f1c5e-8f39-4b52-8f0e-0d4f6d3f5a10",
      detail: {},
      requestId: "0b8ef9f0-5a51-4a3a-9f7e-4b1d0a8c2a11",
    },
  });
export const AuditEventPage = page(AuditEvent).openapi("AuditEventPage");

const filters = {
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
  text: z
    .string()
    .trim()
    .min(1)
    .max(200)
    .optional()
    .openapi({ description: "Rows whose detail has this text, as a key or as a value.", example: "versionNumber" }),
};
export const ListAuditEvents = z.strictObject({ ...filters, limit: Limit, cursor: Cursor });

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

const AuditChange = z
  .object({
    id: Id,
    at: Timestamp,
    actorKind: z.enum(["Member", "System", "Guest"]),
    actorId: Id.nullable(),
    login: z
      .string()
      .openapi({ description: "The database's log-in. Another than `contentos_app` went past ContentOS." }),
    operation: z.enum(["Inserted", "Changed", "Removed"]),
    tableName: z.string(),
    rowId: Id,
    before: z.record(z.string(), z.any()).nullable(),
    after: z.record(z.string(), z.any()).nullable(),
  })
  .openapi("AuditChange", {
    example: {
      id: "5f0c2f0a-61f5-4f0e-8a0d-2c7a7c1f0b07",
      at: "2026-11-22T09:00:00.000Z",
      actorKind: "Member",
      actorId: "5f0c2f0a-61f5-4f0e-8a0d-2c7a7c1f0b02",
      login: "contentos_app",
      operation: "Changed",
      tableName: "content_items",
      rowId: "2f6f1c5e-8f39-4b52-8f0e-0d4f6d3f5a10",
      before: { status: "Draft" },
      after: { status: "InReview" },
    },
  });
export const AuditChangePage = page(AuditChange).openapi("AuditChangePage");

export const ListAuditChanges = z.strictObject({
  rowId: Id.optional(),
  tableName: z
    .string()
    .regex(/^[a-z_]+$/, "A table's name, such as content_items.")
    .max(63)
    .optional()
    .openapi({ description: "Changes of rows of this table.", example: "content_items" }),
  actorId: filters.actorId,
  from: filters.from,
  to: filters.to,
  limit: Limit,
  cursor: Cursor,
});

export const listAuditChanges = createRoute({
  tags: ["audit"],
  security: SIGNED_IN,
  operationId: "listAuditChanges",
  method: "get",
  path: "/audit/changes",
  summary: "List what changed in which row, before and after, newest first",
  description: "Bodies, secrets and what names a person are masked: it is told that they changed, and not to what.",
  request: { headers: inWorkspace, query: ListAuditChanges },
  responses: { 200: json("A page of changes", AuditChangePage), ...memberProblems("invalid_cursor") },
});

const Hash = z.string().openapi({ description: "SHA-256, 64 hexadecimal digits." });
const Sequence = z.int().openapi({ description: "The place in the chain, from 1 on." });

const AuditFault = z
  .object({
    kind: z.enum(["Changed", "Removed", "SealRemoved", "Inserted", "Rewritten", "Truncated", "Anchor", "Checkpoint"]),
    sequence: Sequence.nullable(),
    rowId: Id.nullable(),
  })
  .openapi("AuditFault");

const CHECK = {
  status: "Intact",
  sequence: 1204,
  hash: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
  checked: 1204,
  waiting: 0,
  anchors: 3,
  anchoredTo: 1204,
  checkpoint: null,
  faultCount: 0,
  firstBroken: null,
  faults: [],
  next: null,
};
export const AuditCheck = z
  .object({
    status: z.enum(["Intact", "Broken"]),
    sequence: Sequence,
    hash: Hash,
    checked: z.int().openapi({ description: "Rows whose hash was made anew." }),
    waiting: z.int().openapi({ description: "Rows that are not sealed yet: they will be within a second." }),
    anchors: z.int().openapi({ description: "Heads that were written down outside of the database." }),
    anchoredTo: Sequence.nullable(),
    checkpoint: orNull(
      z.object({
        sequence: Sequence,
        hash: Hash,
        rows: z.int(),
        before: Timestamp,
        at: Timestamp,
        proven: z.boolean().openapi({
          description:
            "False where the rows went before such removals were proved: the database itself could have made it up.",
        }),
      }),
    ),
    faultCount: z.int(),
    firstBroken: orNull(AuditFault),
    faults: z.array(AuditFault).openapi({ description: "The first hundred." }),
    next: Sequence.nullable().openapi({ description: "Where to go on, for a log of more than 250,000 rows." }),
  })
  .openapi("AuditCheck", { example: CHECK });

export const VerifyAudit = z
  .strictObject({
    from: z
      .int()
      .positive()
      .max(Number.MAX_SAFE_INTEGER)
      .optional()
      .openapi({ description: "`next` of the call before." }),
  })
  .openapi("VerifyAudit", { example: {} });

export const verifyAudit = createRoute({
  tags: ["audit"],
  security: SIGNED_IN,
  operationId: "verifyAudit",
  method: "post",
  path: "/audit/verify",
  summary: "Make every hash of the log anew, and compare",
  request: { headers: creates, body: body(VerifyAudit) },
  responses: { 200: json("What was found", AuditCheck), ...memberProblems("idempotency_key_reused") },
});

export const AuditHead = z
  .object({ workspaceId: Id, sequence: Sequence, hash: Hash, sealedAt: Timestamp, jws: z.string() })
  .openapi("AuditHead", {
    example: {
      workspaceId: "2f6f1c5e-8f39-4b52-8f0e-0d4f6d3f5a10",
      sequence: 1204,
      hash: CHECK.hash,
      sealedAt: "2026-11-22T09:00:00.000Z",
      jws: "eyJhbGciOiJFZERTQSJ9.eyJzZXF1ZW5jZSI6MTIwNH0.c2lnbmF0dXJl",
    },
  });

export const getAuditHead = createRoute({
  tags: ["audit"],
  security: SIGNED_IN,
  operationId: "getAuditHead",
  method: "get",
  path: "/audit/head",
  summary: "Take the chain's newest hash, signed, to keep elsewhere",
  description:
    "Signed as compact JWS of type `contentos-audit-head+json`. Verify it with the keys of `GET /review/jwks.json`.",
  request: { headers: inWorkspace },
  responses: { 200: json("The head", AuditHead), ...memberProblems() },
});

export const ExportAudit = z.strictObject({
  format: z.enum(["jsonl", "csv"]).default("jsonl"),
  of: z.enum(["events", "changes"]).default("events"),
  ...filters,
});

export const exportAudit = createRoute({
  tags: ["audit"],
  security: SIGNED_IN,
  operationId: "exportAudit",
  method: "get",
  path: "/audit/export",
  summary: "Take the log as a file, JSON Lines or CSV, oldest first",
  description:
    "Each row comes with its place in the chain and its hash. That it was taken is itself a row of the log. Of changes, the filters for action, subject and text mean the table, the row and what changed.",
  request: { headers: inWorkspace, query: ExportAudit },
  responses: {
    200: {
      description: "The rows, one on each line",
      content: { "application/octet-stream": { schema: z.string().openapi({ format: "binary", example: "…" }) } },
    },
    ...memberProblems(),
  },
});

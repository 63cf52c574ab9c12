import { sql } from "drizzle-orm";
import { bigint, boolean, jsonb, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { at, id, now, workspaceId } from "./columns";

export const auditEvents = pgTable(
  "audit_events",
  {
    workspaceId: workspaceId(),
    id: id(),
    at: now(),
    actorKind: text({ enum: ["Member", "System", "Guest"] }).notNull(),
    actorId: uuid(),
    action: text().notNull(),
    subjectType: text().notNull(),
    subjectId: uuid().notNull(),
    detail: jsonb().$type<Record<string, unknown>>().notNull().default({}),
    requestId: text(),
    apiKeyId: uuid().default(sql`app.key_id()`),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.id] })],
);

/** What became of a row: written by triggers alone. */
export const auditChanges = pgTable(
  "audit_changes",
  {
    workspaceId: uuid().notNull(),
    id: id(),
    at: now(),
    actorKind: text({ enum: ["Member", "System", "Guest"] }).notNull(),
    actorId: uuid(),
    login: text().notNull(),
    operation: text({ enum: ["Inserted", "Changed", "Removed"] }).notNull(),
    tableName: text().notNull(),
    rowId: uuid().notNull(),
    before: jsonb().$type<Record<string, unknown>>(),
    after: jsonb().$type<Record<string, unknown>>(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.id] })],
);

export const auditSeals = pgTable(
  "audit_seals",
  {
    workspaceId: workspaceId(),
    sequence: bigint({ mode: "number" }).notNull(),
    kind: text({ enum: ["Event", "Change"] }).notNull(),
    rowId: uuid().notNull(),
    sealedAt: at().notNull(),
    hash: text().notNull(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.sequence] })],
);

/** Written by `app.retire_audit` alone. */
export const auditCheckpoints = pgTable(
  "audit_checkpoints",
  {
    workspaceId: uuid().notNull(),
    sequence: bigint({ mode: "number" }).notNull(),
    hash: text().notNull(),
    rows: bigint({ mode: "number" }).notNull(),
    before: at().notNull(),
    at: now(),
    proof: text(),
    beforeProofs: boolean().notNull().default(false),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.sequence] })],
);

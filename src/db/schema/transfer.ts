import { bigint, integer, jsonb, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { at, author, bytea, id, now, workspaceId } from "./columns";

const count = () => integer().notNull().default(0);

export const transferImports = pgTable(
  "transfer_imports",
  {
    workspaceId: workspaceId(),
    id: id(),
    status: text({ enum: ["Queued", "Running", "Finished", "Failed", "Canceled"] })
      .notNull()
      .default("Queued"),
    fileName: text().notNull(),
    assetId: uuid(),
    options: jsonb().$type<Record<string, unknown>>().notNull().default({}),
    format: text({ enum: ["Folder", "WordPress", "Rss", "Atom", "ContentOS"] }),
    source: text(),
    total: integer(),
    imported: count(),
    updated: count(),
    unchanged: count(),
    conflicts: count(),
    skipped: count(),
    failed: count(),
    message: text(),
    createdBy: author(),
    createdAt: now(),
    startedAt: at(),
    endedAt: at(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.id] })],
);

export const transferOutcomes = pgTable(
  "transfer_outcomes",
  {
    workspaceId: workspaceId(),
    importId: uuid().notNull(),
    position: integer().notNull(),
    key: text().notNull(),
    outcome: text({ enum: ["Imported", "Updated", "Unchanged", "Conflict", "Skipped", "Failed"] }).notNull(),
    title: text(),
    message: text(),
    notes: jsonb().$type<string[]>().notNull().default([]),
    contentItemId: uuid(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.importId, t.position] })],
);

export const transferEntries = pgTable(
  "transfer_entries",
  {
    workspaceId: workspaceId(),
    source: text().notNull(),
    key: text().notNull(),
    format: text().notNull(),
    contentItemId: uuid().notNull(),
    rawHash: text().notNull(),
    versionNumber: integer().notNull(),
    exportedHash: text().notNull(),
    original: bytea(),
    provenance: jsonb().$type<Record<string, unknown>>().notNull().default({}),
    importedAt: now(),
    updatedAt: now(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.source, t.key] })],
);

export const transferOrigins = pgTable(
  "transfer_origins",
  {
    workspaceId: workspaceId(),
    subjectType: text({ enum: ["Item", "Version", "Thread", "Comment"] }).notNull(),
    subjectId: uuid().notNull(),
    authorName: text(),
    authorEmail: text(),
    at: at(),
    prefix: text(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.subjectType, t.subjectId] })],
);

export const transferExports = pgTable(
  "transfer_exports",
  {
    workspaceId: workspaceId(),
    id: id(),
    status: text({ enum: ["Queued", "Running", "Finished", "Failed", "Expired"] })
      .notNull()
      .default("Queued"),
    filter: jsonb().$type<Record<string, unknown>>().notNull().default({}),
    items: integer(),
    sizeBytes: bigint({ mode: "number" }),
    sha256: text(),
    wrappedKey: bytea(),
    message: text(),
    createdBy: author(),
    createdAt: now(),
    endedAt: at(),
    expiresAt: at(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.id] })],
);

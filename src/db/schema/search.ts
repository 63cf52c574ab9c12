import { customType, integer, pgTable, primaryKey, real, text, uuid } from "drizzle-orm/pg-core";
import { at, now, workspaceId } from "./columns";

const tsvector = customType<{ data: string }>({ dataType: () => "tsvector" });

export const searchDocuments = pgTable(
  "search_documents",
  {
    workspaceId: uuid().notNull(),
    kind: text({ enum: ["Item", "Comment", "Asset"] }).notNull(),
    subjectId: uuid().notNull(),
    contentItemId: uuid(),
    threadId: uuid(),
    title: text().notNull().default(""),
    body: text().notNull().default(""),
    language: text(),
    config: text().notNull().default("simple"),
    versionNumber: integer(),
    status: text({ enum: ["Draft", "InReview", "Approved", "Published"] }),
    authorId: uuid(),
    updatedAt: now(),
    archivedAt: at(),
    terms: tsvector().notNull().default(""),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.kind, t.subjectId] })],
);

export const searchPassages = pgTable(
  "search_passages",
  {
    workspaceId: workspaceId(),
    contentItemId: uuid().notNull(),
    number: integer().notNull(),
    versionNumber: integer().notNull(),
    model: text().notNull(),
    embedding: real().array().notNull(),
    updatedAt: now(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.contentItemId, t.number] })],
);

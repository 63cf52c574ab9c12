import { integer, jsonb, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { at, author, id, now, workspaceId } from "./columns";

export type StoredPart = { text: string; images?: { assetId: string; altText: string; sha256: string }[] | undefined };

export const contentItems = pgTable(
  "content_items",
  {
    workspaceId: workspaceId(),
    id: id(),
    title: text().notNull(),
    status: text({ enum: ["Draft", "InReview", "Approved", "Published"] })
      .notNull()
      .default("Draft"),
    createdBy: author(),
    assigneeId: uuid(),
    currentVersionNumber: integer().notNull().default(1),
    currentContentHash: text().notNull(),
    createdAt: now(),
    updatedAt: now(),
    publishedAt: at(),
    archivedAt: at(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.id] })],
);

export const contentVersions = pgTable(
  "content_versions",
  {
    workspaceId: workspaceId(),
    id: id(),
    contentItemId: uuid().notNull(),
    versionNumber: integer().notNull(),
    title: text().notNull(),
    body: text().notNull(),
    metadata: jsonb().$type<Record<string, unknown>>().notNull().default({}),
    assets: jsonb().$type<{ id: string; sha256: string; altText: string }[]>().notNull().default([]),
    contentHash: text().notNull(),
    updatedBy: author(),
    updatedAt: now(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.id] })],
);

export const contentAdaptations = pgTable(
  "content_adaptations",
  {
    workspaceId: workspaceId(),
    id: id(),
    contentItemId: uuid().notNull(),
    versionNumber: integer().notNull(),
    channelId: uuid().notNull(),
    parts: jsonb().$type<StoredPart[]>().notNull(),
    contentHash: text().notNull(),
    createdBy: author(),
    createdAt: now(),
    updatedAt: now(),
    removedAt: at(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.id] })],
);

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
    dueAt: at(),
    campaignId: uuid(),
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
    /** Null where it is for a network that nothing here publishes to; then `network` says which. */
    channelId: uuid(),
    network: text(),
    parts: jsonb().$type<StoredPart[]>().notNull(),
    contentHash: text().notNull(),
    createdBy: author(),
    createdAt: now(),
    updatedAt: now(),
    removedAt: at(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.id] })],
);

/** What somebody has typed and not saved; only they see it. */
export const contentDrafts = pgTable(
  "content_drafts",
  {
    workspaceId: workspaceId(),
    contentItemId: uuid().notNull(),
    userId: author(),
    body: text().notNull(),
    title: text(),
    metadata: jsonb().$type<Record<string, string>>(),
    baseVersion: integer().notNull(),
    draftVersion: integer().notNull().default(1),
    updatedAt: now(),
    removedAt: at(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.contentItemId, t.userId] })],
);

export const contentVersionLabels = pgTable(
  "content_version_labels",
  {
    workspaceId: workspaceId(),
    id: id(),
    contentItemId: uuid().notNull(),
    versionNumber: integer().notNull(),
    name: text().notNull(),
    createdBy: author(),
    createdAt: now(),
    removedAt: at(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.id] })],
);

export const contentItemTags = pgTable(
  "content_item_tags",
  {
    workspaceId: workspaceId(),
    contentItemId: uuid().notNull(),
    tagId: uuid().notNull(),
    createdBy: author(),
    createdAt: now(),
    removedAt: at(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.contentItemId, t.tagId] })],
);

export const contentBriefs = pgTable(
  "content_briefs",
  {
    workspaceId: workspaceId(),
    contentItemId: uuid().notNull(),
    version: integer().notNull().default(1),
    goal: text().notNull().default(""),
    personaId: uuid(),
    keyword: text().notNull().default(""),
    audience: text().notNull().default(""),
    channelMix: jsonb().$type<unknown[]>().notNull().default([]),
    keyMessages: text().array().notNull().default([]),
    notes: text().notNull().default(""),
    updatedBy: author(),
    updatedAt: now(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.contentItemId] })],
);

/** What an item's answer shows of planning's tags. */
export const tagNames = pgTable("planning_tags", {
  workspaceId: uuid().notNull(),
  id: uuid().notNull(),
  name: text().notNull(),
  color: text().notNull(),
});

/** Whom a brief is for: the personas room's, removed ones among them. */
export const personaNames = pgTable("personas", {
  workspaceId: uuid().notNull(),
  id: uuid().notNull(),
  name: text().notNull(),
  removedAt: at(),
});

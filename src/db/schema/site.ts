import { bigint, date, integer, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { at, id, now, workspaceId } from "./columns";

export const sitePages = pgTable(
  "site_pages",
  {
    workspaceId: workspaceId(),
    id: id(),
    contentItemId: uuid().notNull(),
    versionNumber: integer().notNull(),
    remoteKeys: text().array().notNull(),
    slug: text().notNull(),
    formerSlugs: text().array().notNull().default([]),
    title: text().notNull(),
    body: text().notNull(),
    html: text().notNull(),
    excerpt: text().notNull(),
    language: text().notNull(),
    wordCount: integer().notNull(),
    imageUrl: text(),
    canonicalUrl: text(),
    publishedAt: now(),
    updatedAt: now(),
    removedAt: at(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.id] })],
);

export const siteCounters = pgTable(
  "site_counters",
  {
    workspaceId: uuid().notNull(),
    pageId: uuid().notNull(),
    day: date().notNull(),
    metricType: text({ enum: ["views", "reads", "clicks"] }).notNull(),
    value: bigint({ mode: "number" }).notNull().default(0),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.pageId, t.day, t.metricType] })],
);

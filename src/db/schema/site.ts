import { bigint, date, integer, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { at, id, now, workspaceId } from "./columns";

export const sitePages = pgTable(
  "site_pages",
  {
    workspaceId: workspaceId(),
    id: id(),
    contentItemId: uuid().notNull(),
    scheduleId: uuid().notNull(),
    versionNumber: integer().notNull(),
    remoteKey: text().notNull(),
    slug: text().notNull(),
    title: text().notNull(),
    body: text().notNull(),
    excerpt: text().notNull(),
    language: text().notNull(),
    authorName: text(),
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

import { bigint, integer, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { at, id, now, workspaceId } from "./columns";

export const analyticsMetrics = pgTable(
  "analytics_metrics",
  {
    workspaceId: workspaceId(),
    id: id(),
    contentItemId: uuid().notNull(),
    scheduleId: uuid(),
    channelId: uuid(),
    metricType: text().notNull(),
    value: bigint({ mode: "number" }).notNull(),
    source: text().notNull(),
    recordedAt: now(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.id] })],
);

export const analyticsFetches = pgTable(
  "analytics_fetches",
  {
    workspaceId: workspaceId(),
    scheduleId: uuid().notNull(),
    contentItemId: uuid().notNull(),
    channelId: uuid().notNull(),
    fetches: integer().notNull().default(0),
    fetchedAt: at(),
    failedAt: at(),
    error: text(),
    nextAt: at(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.scheduleId] })],
);

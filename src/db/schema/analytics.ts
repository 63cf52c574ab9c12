import { bigint, integer, jsonb, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { at, id, now, workspaceId } from "./columns";

/** By metric, as it was last told: when, and when that was last put into the series. Null where it never was. */
export type Latest = Record<string, { value: number; at: string; recordedAt: string } | null>;

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
    remoteId: text().notNull(),
    publishedAt: at().notNull(),
    since: at().notNull(),
    fetches: integer().notNull().default(0),
    fetchedAt: at(),
    failedAt: at(),
    failures: integer().notNull().default(0),
    error: text(),
    nextAt: at(),
    latest: jsonb().$type<Latest>().notNull(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.scheduleId] })],
);

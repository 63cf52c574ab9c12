import { type SQL, type SQLWrapper, sql } from "drizzle-orm";
import type { Span } from "@/platform/period";

/** Whether a time lies in a span. */
export const within = (column: SQLWrapper, { from, to }: Span): SQL<boolean> =>
  sql<boolean>`(${column} >= ${from.toISOString()}::timestamptz and ${column} < ${to.toISOString()}::timestamptz)`;

/** The local date of a time, such as 2026-11-22. */
export const localDay = (column: SQLWrapper, timeZone: string): SQL<string> =>
  sql<string>`to_char(${column} at time zone ${timeZone}::text, 'YYYY-MM-DD')`;

/** The median; null of nothing. */
export const median = (value: SQLWrapper, where: SQLWrapper): SQL<number | null> =>
  sql<number | null>`(percentile_cont(0.5) within group (order by ${value}) filter (where ${where}))::float8`;

export const countWhere = (where: SQLWrapper): SQL<number> => sql<number>`(count(*) filter (where ${where}))::int`;

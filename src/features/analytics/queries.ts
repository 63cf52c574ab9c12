import { and, asc, eq, isNotNull, type SQL, sql } from "drizzle-orm";
import type { WorkspaceTx } from "@/db/client";
import { analyticsFetches, analyticsMetrics } from "@/db/schema/analytics";
import { localDay, within } from "@/db/spans";
import type { Span } from "@/platform/period";
import { ENGAGEMENT, LAST_EVERY_MS, REACH, RHYTHM, STALE_GRACE_MS } from "./policy";

type Tx = WorkspaceTx;
export type FetchRow = typeof analyticsFetches.$inferSelect;

const inScope = sql`${analyticsFetches.workspaceId} = (select app.workspace_id())`;
const theFetch = (scheduleId: string) => and(inScope, eq(analyticsFetches.scheduleId, scheduleId));

/** The row of a remote object, made where there is none. Whoever is second for the same object gets the first one's. */
export async function openFetch(tx: Tx, row: typeof analyticsFetches.$inferInsert): Promise<FetchRow> {
  const f = analyticsFetches;
  const rows = await tx
    .insert(f)
    .values(row)
    .onConflictDoUpdate({ target: [f.workspaceId, f.channelId, f.remoteId], set: { since: row.since } })
    .returning();
  return rows[0]!;
}

export async function lockFetch(tx: Tx, scheduleId: string): Promise<FetchRow | undefined> {
  const rows = await tx.select().from(analyticsFetches).where(theFetch(scheduleId)).for("update");
  return rows[0];
}

export const updateFetch = (tx: Tx, scheduleId: string, change: Partial<typeof analyticsFetches.$inferInsert>) =>
  tx.update(analyticsFetches).set(change).where(theFetch(scheduleId));

/** What was taken down is asked no more. */
export const endFetch = (tx: Tx, channelId: string, remoteId: string) =>
  tx
    .update(analyticsFetches)
    .set({ nextAt: null })
    .where(and(inScope, eq(analyticsFetches.channelId, channelId), eq(analyticsFetches.remoteId, remoteId)));

/** Those of a channel that could not be asked the last time. */
export async function failingFetches(tx: Tx, channelId: string): Promise<string[]> {
  const f = analyticsFetches;
  const rows = await tx
    .select({ scheduleId: f.scheduleId })
    .from(f)
    .where(and(inScope, eq(f.channelId, channelId), isNotNull(f.nextAt), sql`${f.failures} > 0`));
  return rows.map(({ scheduleId }) => scheduleId);
}

export const fetchesOf = (tx: Tx, contentItemId: string): Promise<FetchRow[]> =>
  tx
    .select()
    .from(analyticsFetches)
    .where(and(inScope, eq(analyticsFetches.contentItemId, contentItemId)));

export const insertPoints = (tx: Tx, rows: (typeof analyticsMetrics.$inferInsert)[]) =>
  tx.insert(analyticsMetrics).values(rows);

/** An item's points in a period, in order. */
export const pointsOf = (tx: Tx, contentItemId: string, span: Span) => {
  const m = analyticsMetrics;
  return tx
    .select({
      scheduleId: m.scheduleId,
      channelId: m.channelId,
      metricType: m.metricType,
      at: m.recordedAt,
      value: m.value,
    })
    .from(m)
    .where(and(eq(m.contentItemId, contentItemId), within(m.recordedAt, span)))
    .orderBy(asc(m.channelId), asc(m.scheduleId), asc(m.metricType), asc(m.recordedAt));
};

export const list = (types: readonly string[]): SQL =>
  sql`array[${sql.join(
    types.map((type) => sql`${type}`),
    sql`, `,
  )}]::text[]`;

/** Null on a day of which nothing was told. */
export type Growth = { day: string; isBefore: boolean; reach: number | null; engagement: number | null };

type Asked = { span: Span; previous: Span; timeZone: string };

/** By how much the counters moved, on each day of a period and on those of the one before; booked when it was seen. */
export async function growthByDay(tx: Tx, { span, previous, timeZone }: Asked): Promise<Growth[]> {
  const m = analyticsMetrics;
  const { rows } = await tx.execute<Growth>(sql`
    with point as (
      select ${m.scheduleId} as schedule_id, ${m.metricType} as metric_type, ${m.value} as value, ${m.recordedAt} as recorded_at,
        lag(${m.value}) over (partition by ${m.scheduleId}, ${m.metricType} order by ${m.recordedAt}) as before
      from ${m} where ${within(m.recordedAt, { ...previous, to: span.to })}
    ), growth as (
      select metric_type, recorded_at, value - coalesce(before, (
        select b.value from ${m} b
        where b.schedule_id = point.schedule_id and b.metric_type = point.metric_type
          and b.recorded_at < ${previous.from.toISOString()}::timestamptz
        order by b.recorded_at desc limit 1), 0) as delta
      from point
    )
    select ${localDay(sql`recorded_at`, timeZone)} as day, recorded_at < ${span.from.toISOString()}::timestamptz as "isBefore",
      (sum(delta) filter (where metric_type = any(${list(REACH)})))::float8 as reach,
      (sum(delta) filter (where metric_type = any(${list(ENGAGEMENT)})))::float8 as engagement
    from growth group by 1, 2`);
  return rows;
}

/** The rhythm's interval at an age, as SQL. */
const every = (age: SQL): SQL =>
  sql`case ${sql.join(
    RHYTHM.map(
      ({ untilMs, everyMs }) =>
        sql`when ${age} < ${untilMs}::bigint * interval '1 ms' then ${everyMs}::bigint * interval '1 ms'`,
    ),
    sql` `,
  )} else ${LAST_EVERY_MS}::bigint * interval '1 ms' end`;

type Coverage = { measured: number; stale: number; unknown: number };
export type AudienceCoverage = {
  kpi: "reach" | "engagement";
  /** Whether anything was told before the period began. */
  toldBefore: boolean;
} & Coverage;

/** Posts and pages that count in a period, by how well they were known at its end, or are now. What is over is final. */
export async function coverage(tx: Tx, { from, to }: Span, now: Date): Promise<AudienceCoverage[]> {
  const f = analyticsFetches;
  const m = analyticsMetrics;
  const end = sql`least(${to.toISOString()}::timestamptz, ${now.toISOString()}::timestamptz)`;
  const age = sql`${end} - ${f.since}`;
  const tolerated = sql`greatest(2 * (${every(age)}), ${STALE_GRACE_MS}::bigint * interval '1 ms')`;
  const { rows } = await tx.execute<AudienceCoverage>(sql`
    select kpi.kpi,
      exists (select from ${m} where ${m.recordedAt} < ${from.toISOString()}::timestamptz and ${m.metricType} = any(kpi.types)) as "toldBefore",
      (count(*) filter (where known.untold = 0 and known.stale = 0))::int as measured,
      (count(*) filter (where known.untold < known.asked and known.untold + known.stale > 0))::int as stale,
      (count(*) filter (where known.untold = known.asked))::int as unknown
    from (values ('reach', ${list(REACH)}), ('engagement', ${list(ENGAGEMENT)})) kpi (kpi, types)
    cross join ${f}
    cross join lateral (
      select count(*) as asked, count(*) filter (where metric.value = 'null'::jsonb) as untold,
        count(*) filter (where ${f.nextAt} is not null and (metric.value ->> 'at')::timestamptz < ${end} - ${tolerated}) as stale
      from jsonb_each(${f.latest}) metric where metric.key = any(kpi.types)
    ) known
    where known.asked > 0 and ${f.publishedAt} < ${to.toISOString()}::timestamptz
      and (${f.nextAt} is not null or ${f.publishedAt} >= ${from.toISOString()}::timestamptz)
    group by kpi.kpi, kpi.types`);
  return rows;
}

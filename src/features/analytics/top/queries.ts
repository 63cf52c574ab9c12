import { type SQL, sql } from "drizzle-orm";
import type { WorkspaceTx } from "@/db/client";
import { analyticsFetches, analyticsMetrics } from "@/db/schema/analytics";
import { within } from "@/db/spans";
import type { Span } from "@/platform/period";
import { ENGAGEMENT, REACH } from "../policy";
import { list } from "../queries";

type Tx = WorkspaceTx;
export type Grown = { contentItemId: string; reach: number | null; engagement: number | null };

/** Items by how much their counters moved in a period, the most first; none that did not grow. */
export async function grownItems(tx: Tx, span: Span, limit: number): Promise<Grown[]> {
  const m = analyticsMetrics;
  const { rows } = await tx.execute<Grown>(sql`
    with point as (
      select ${m.contentItemId} as item, ${m.scheduleId} as schedule_id, ${m.metricType} as metric_type, ${m.value} as value,
        lag(${m.value}) over (partition by ${m.scheduleId}, ${m.metricType} order by ${m.recordedAt}) as before
      from ${m} where ${within(m.recordedAt, span)}
    ), growth as (
      select item, metric_type, value - coalesce(before, (
        select b.value from ${m} b
        where b.schedule_id = point.schedule_id and b.metric_type = point.metric_type
          and b.recorded_at < ${span.from.toISOString()}::timestamptz
        order by b.recorded_at desc limit 1), 0) as delta
      from point
    )
    select item as "contentItemId", (${summed(REACH)})::float8 as reach, (${summed(ENGAGEMENT)})::float8 as engagement
    from growth group by item
    having coalesce(${summed(REACH)}, 0) + coalesce(${summed(ENGAGEMENT)}, 0) > 0
    order by coalesce(${summed(REACH)}, 0) + coalesce(${summed(ENGAGEMENT)}, 0) desc, item
    limit ${limit}`);
  return rows;
}

const summed = (types: readonly string[]): SQL => sql`sum(delta) filter (where metric_type = any(${list(types)}))`;

export type HourOfWeek = {
  weekday: number;
  hour: number;
  publications: number;
  reach: number | null;
  engagement: number | null;
};

/** What went out in a period, by the local hour of the week: medians of what is known of it by now. */
export async function hoursOfWeek(tx: Tx, span: Span, timeZone: string): Promise<HourOfWeek[]> {
  const f = analyticsFetches;
  const local = sql`(${f.publishedAt} at time zone ${timeZone}::text)`;
  const { rows } = await tx.execute<HourOfWeek>(sql`
    select weekday, hour, count(*)::int as publications,
      (percentile_cont(0.5) within group (order by reach))::float8 as reach,
      (percentile_cont(0.5) within group (order by engagement))::float8 as engagement
    from (
      select extract(isodow from ${local})::int as weekday, extract(hour from ${local})::int as hour,
        ${latestOf(REACH)} as reach, ${latestOf(ENGAGEMENT)} as engagement
      from ${f} where ${within(f.publishedAt, span)}
    ) as publication
    where reach is not null or engagement is not null
    group by weekday, hour order by weekday, hour`);
  return rows;
}

const latestOf = (types: readonly string[]): SQL => sql`(
  select sum((metric.value ->> 'value')::float8) from jsonb_each(${analyticsFetches.latest}) metric
  where metric.key = any(${list(types)}) and metric.value <> 'null'::jsonb)`;

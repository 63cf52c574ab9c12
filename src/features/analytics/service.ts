import type { z } from "zod";
import type { MetricType } from "@/channels/adapter";
import type { Channels } from "@/channels/registry";
import type { WorkspaceTx } from "@/db/client";
import { reviewFacts } from "@/features/approval";
import { channelsByIds } from "@/features/channels";
import { findItem, productionFacts } from "@/features/content";
import { publicationFacts, publishedSchedules, type ScheduleRow } from "@/features/distribution";
import { workspaceSettings } from "@/features/workspaces";
import { AppError } from "@/platform/errors";
import type { EventOf } from "@/platform/events";
import { resolvePeriod } from "@/platform/period";
import type { PeriodQuery } from "./contract";
import { enqueueFetch } from "./jobs";
import { workspaceKpis } from "./kpis";
import { FIRST_WAIT_MS, isStale } from "./policy";
import * as queries from "./queries";

type Tx = WorkspaceTx;
type Asked = z.output<typeof PeriodQuery> & { now: Date };

/** Reaction: what has just gone out is soon asked how it does. */
export const startFetching = async (tx: Tx, { payload }: EventOf<"distribution.published">, now: Date) => {
  await enqueueFetch(tx, payload.scheduleId, new Date(now.getTime() + FIRST_WAIT_MS));
};

/** Reaction: the next question finds that it was taken down, and is the last. */
export const stopFetching = async (tx: Tx, { payload }: EventOf<"distribution.removed">, now: Date) => {
  await enqueueFetch(tx, payload.scheduleId, now);
};

/** Reaction: whatever a channel that is connected again could not tell is asked now. */
export const fetchAgain = async (tx: Tx, { subjectId }: EventOf<"channels.connected">, now: Date) => {
  for (const scheduleId of await queries.failingFetches(tx, subjectId)) await enqueueFetch(tx, scheduleId, now);
};

/** What is counted as one: a post, or a page that was published again. */
type Counted = {
  /** The newest publication of it. */
  scheduleId: string;
  channelId: string;
  row: queries.FetchRow | undefined;
};

export async function getContentAnalytics(
  tx: Tx,
  { id, now, ...asked }: Asked & { id: string },
  { channels }: { channels: Channels },
) {
  if (!(await findItem(tx, id))) throw new AppError("not_found", "There is no such content item in this workspace.");
  const { timeZone } = await workspaceSettings(tx);
  const { from, to } = resolvePeriod(asked, timeZone, now);
  const counted = countedOf(await publishedSchedules(tx, id), await queries.fetchesOf(tx, id));
  const networks = await channelsByIds(
    tx,
    counted.map(({ channelId }) => channelId),
  );
  const metrics = counted.flatMap((each) => {
    const { network } = networks.get(each.channelId)!;
    return channels[network].metricTypes.map((metricType) => presentMetric(each, metricType, network, now));
  });
  const series = presentSeries(await queries.pointsOf(tx, id, { from, to }), counted);
  return { contentItemId: id, from, to, timeZone, metrics, series };
}

/** What is out, the newest first, then what was taken down and had been counted. */
function countedOf(live: ScheduleRow[], rows: queries.FetchRow[]): Counted[] {
  const counted = new Map<string, Counted>();
  for (const { id, channelId, remoteId } of live) {
    const key = remoteId === null ? id : `${channelId} ${remoteId}`;
    if (!counted.has(key)) counted.set(key, { scheduleId: id, channelId, row: undefined });
  }
  for (const row of rows) {
    const key = `${row.channelId} ${row.remoteId}`;
    counted.set(key, { scheduleId: row.scheduleId, channelId: row.channelId, ...counted.get(key), row });
  }
  return [...counted.values()];
}

function presentMetric({ scheduleId, channelId, row }: Counted, metricType: MetricType, source: string, now: Date) {
  const told = row?.latest[metricType] ?? null;
  const common = { metricType, source, channelId, scheduleId, error: row?.error ?? null };
  if (!row || !told) return { ...common, value: null, state: "Unknown" as const, fetchedAt: null };
  const fetchedAt = new Date(told.at);
  const state = isStale(fetchedAt, row.since, now) ? ("Stale" as const) : ("Measured" as const);
  return { ...common, value: told.value, state, fetchedAt };
}

type Point = Awaited<ReturnType<typeof queries.pointsOf>>[number];

/** The points come in order of their series. */
function presentSeries(points: Point[], counted: Counted[]) {
  const newest = new Map(counted.map(({ row, scheduleId }) => [row?.scheduleId, scheduleId]));
  const series = new Map<string, ReturnType<typeof emptySeries>>();
  for (const point of points) {
    const key = `${point.scheduleId} ${point.metricType}`;
    const into = series.get(key) ?? emptySeries(point, newest.get(point.scheduleId!) ?? point.scheduleId!);
    into.points.push({ at: point.at, value: point.value });
    series.set(key, into);
  }
  return [...series.values()];
}

const emptySeries = ({ metricType, channelId }: Point, scheduleId: string) => ({
  metricType: metricType as MetricType,
  channelId: channelId!,
  scheduleId,
  points: [] as Pick<Point, "at" | "value">[],
});

export async function getWorkspaceAnalytics(tx: Tx, { now, ...asked }: Asked) {
  const { id: workspaceId, timeZone } = await workspaceSettings(tx);
  const period = resolvePeriod(asked, timeZone, now);
  const { from, to, previous, days } = period;
  const question = { span: { from, to }, previous, timeZone };
  const production = await productionFacts(tx, question);
  const reviews = await reviewFacts(tx, question);
  const publications = await publicationFacts(tx, question);
  const growth = await queries.growthByDay(tx, question);
  const coverage = await queries.coverage(tx, question.span, now);
  const channels = await channelsByIds(
    tx,
    publications.channels.map(({ channelId }) => channelId),
  );
  const facts = { production, reviews, publications, growth, coverage, channels, days };
  return { workspaceId, from, to, timeZone, ...workspaceKpis(facts) };
}

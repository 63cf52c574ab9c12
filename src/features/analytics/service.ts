import type { z } from "zod";
import type { MetricType } from "@/channels/adapter";
import type { Channels } from "@/channels/registry";
import type { WorkspaceTx } from "@/db/client";
import { reviewFacts } from "@/features/approval";
import { channelsByIds } from "@/features/channels";
import { findItem, productionFacts } from "@/features/content";
import { publicationFacts, publishedSchedules } from "@/features/distribution";
import { workspaceSettings } from "@/features/workspaces";
import { AppError } from "@/platform/errors";
import type { EventOf } from "@/platform/events";
import { resolvePeriod } from "@/platform/period";
import type { PeriodQuery } from "./contract";
import { enqueueFetch } from "./jobs";
import { workspaceKpis } from "./kpis";
import { type Counted, countedOf, metricsOf } from "./metrics";
import { FIRST_WAIT_MS } from "./policy";
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
  const metrics = counted.flatMap((each) => metricsOf(each, networks.get(each.channelId)!.network, channels, now));
  const series = presentSeries(await queries.pointsOf(tx, id, { from, to }), counted);
  return { contentItemId: id, from, to, timeZone, metrics, series };
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

import type { MetricType } from "@/channels/adapter";
import type { Channels } from "@/channels/registry";
import { isStale } from "./policy";
import type { FetchRow } from "./queries";

type Out = { id: string; channelId: string; remoteId: string | null };
type Fetched = Pick<FetchRow, "scheduleId" | "channelId" | "remoteId" | "since" | "latest" | "error">;

/** What is counted as one: a post, or a page that was published again. */
export type Counted = {
  /** The newest publication of it. */
  scheduleId: string;
  channelId: string;
  row: Fetched | undefined;
};

/** What is out, the newest first, then what was taken down and had been counted. */
export function countedOf(live: Out[], rows: Fetched[]): Counted[] {
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

/** Each metric that its network tells of one. */
export const metricsOf = (counted: Counted, network: keyof Channels, channels: Channels, now: Date) =>
  channels[network].metricTypes.map((metricType) => presentMetric(counted, metricType, network, now));

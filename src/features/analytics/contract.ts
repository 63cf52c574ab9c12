import { createRoute } from "@hono/zod-openapi";
import {
  Id,
  idParams,
  inWorkspace,
  json,
  memberProblems,
  problems,
  SIGNED_IN,
  Timestamp,
  z,
} from "@/platform/contract";
import { Metric, MetricState, MetricType, PeriodQuery } from "./shapes";

export * from "./lineage/contract";
export * from "./top/contract";
export { PeriodQuery };

const period = { from: Timestamp, to: Timestamp, timeZone: z.string() };

const Series = z.object({
  metricType: MetricType,
  channelId: Id,
  scheduleId: Id,
  points: z.array(z.object({ at: Timestamp, value: z.int() })),
});

export const ContentAnalytics = z
  .object({ contentItemId: Id, ...period, metrics: z.array(Metric), series: z.array(Series) })
  .openapi("ContentAnalytics", {
    example: {
      contentItemId: "2f6f1c5e-8f39-4b52-8f0e-0d4f6d3f5a10",
      from: "2026-10-24T00:00:00.000Z",
      to: "2026-11-23T00:00:00.000Z",
      timeZone: "UTC",
      metrics: [
        {
          metricType: "views",
          value: 128,
          state: "Measured",
          source: "site",
          channelId: "9d3c1b2a-0000-4000-8000-000000000001",
          scheduleId: "b4f2c1d0-0000-4000-8000-000000000001",
          fetchedAt: "2026-11-22T09:00:00.000Z",
          error: null,
        },
      ],
      series: [
        {
          metricType: "views",
          channelId: "9d3c1b2a-0000-4000-8000-000000000001",
          scheduleId: "b4f2c1d0-0000-4000-8000-000000000001",
          points: [{ at: "2026-11-22T09:00:00.000Z", value: 128 }],
        },
      ],
    },
  });

/** `docs/kpis.md` says what counts for each. */
const kpi = <const U extends string>(unit: U) =>
  z.object({
    value: z.number().nullable(),
    unit: z.literal(unit),
    state: MetricState,
    previous: z.number().nullable().openapi({ description: "The same of the period before, which is as long." }),
  });

const Coverage = z.object({ measured: z.int(), stale: z.int(), unknown: z.int() });
const audienceKpi = <const U extends string>(unit: U) =>
  kpi(unit).extend({ coverage: Coverage.openapi({ description: "Posts and pages, by how well they are known." }) });

const Kpis = z
  .object({
    produced: kpi("items"),
    timeToPublishHours: kpi("hours"),
    approvalTurnaroundHours: kpi("hours"),
    rejections: kpi("reviews"),
    rejectionRate: kpi("ratio"),
    publishedPerChannel: kpi("publications").extend({
      channels: z.array(
        z.object({ channelId: Id, network: z.string(), name: z.string(), value: z.int(), previous: z.int() }),
      ),
    }),
    late: kpi("publications"),
    lateByMinutes: kpi("minutes"),
    failed: kpi("publications"),
    unknown: kpi("publications"),
    reach: audienceKpi("views"),
    engagement: audienceKpi("actions"),
  })
  .openapi("WorkspaceKpis");

const Day = z.object({
  day: z.iso.date(),
  produced: z.int(),
  published: z.int(),
  reach: z.int().nullable(),
  engagement: z.int().nullable(),
});

const measured = { state: "Measured", previous: 0 } as const;
const coverage = { measured: 1, stale: 0, unknown: 0 };
export const WorkspaceAnalytics = z
  .object({ workspaceId: Id, ...period, kpis: Kpis, series: z.array(Day) })
  .openapi("WorkspaceAnalytics", {
    example: {
      workspaceId: "7c0a4f2e-3f63-4d0c-9e0b-6ad2b3a4f001",
      from: "2026-11-22T00:00:00.000Z",
      to: "2026-11-23T00:00:00.000Z",
      timeZone: "UTC",
      kpis: {
        produced: { value: 1, unit: "items", ...measured },
        timeToPublishHours: { value: 5.5, unit: "hours", ...measured, previous: null },
        approvalTurnaroundHours: { value: 2, unit: "hours", ...measured, previous: null },
        rejections: { value: 0, unit: "reviews", ...measured },
        rejectionRate: { value: 0, unit: "ratio", ...measured, previous: null },
        publishedPerChannel: {
          value: 1,
          unit: "publications",
          ...measured,
          channels: [
            {
              channelId: "9d3c1b2a-0000-4000-8000-000000000001",
              network: "site",
              name: "Site",
              value: 1,
              previous: 0,
            },
          ],
        },
        late: { value: 0, unit: "publications", ...measured },
        lateByMinutes: { value: null, unit: "minutes", state: "Unknown", previous: null },
        failed: { value: 0, unit: "publications", ...measured },
        unknown: { value: 0, unit: "publications", ...measured },
        reach: { value: 128, unit: "views", ...measured, coverage },
        engagement: { value: 12, unit: "actions", ...measured, coverage },
      },
      series: [{ day: "2026-11-22", produced: 1, published: 1, reach: 128, engagement: 12 }],
    },
  });

const base = { tags: ["analytics"], security: SIGNED_IN };

export const getContentAnalytics = createRoute({
  ...base,
  operationId: "getContentAnalytics",
  method: "get",
  path: "/analytics/content/{id}",
  summary: "Read an item's metrics: each value with its source, its time and how well it is known",
  request: { headers: inWorkspace, params: idParams, query: PeriodQuery },
  responses: { 200: json("The item's metrics", ContentAnalytics), ...memberProblems() },
});

export const getWorkspaceAnalytics = createRoute({
  ...base,
  operationId: "getWorkspaceAnalytics",
  method: "get",
  path: "/analytics/workspace/{id}",
  summary: "Read a workspace's KPIs of a period, with the one before",
  request: { params: idParams, query: PeriodQuery },
  responses: {
    200: json("The workspace's KPIs", WorkspaceAnalytics),
    ...problems("unauthenticated", "forbidden", "not_found"),
  },
});

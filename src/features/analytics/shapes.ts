import { METRIC_TYPES } from "@/channels/adapter";
import { Id, Timestamp, z } from "@/platform/contract";

export const MetricType = z.enum(METRIC_TYPES).openapi("MetricType");

export const MetricState = z.enum(["Measured", "Unknown", "Stale"]).openapi("MetricState", {
  description:
    "Measured: told by its source, a zero too. Stale: told, but older than it should be. Unknown: never told; the value is null.",
});

export const Metric = z.object({
  metricType: MetricType,
  value: z.int().nullable(),
  state: MetricState,
  source: z.string().openapi({ description: "The network that told it; `site` is our own counter." }),
  channelId: Id,
  scheduleId: Id.openapi({ description: "The newest publication of the post or page that is counted." }),
  fetchedAt: Timestamp.nullable().openapi({ description: "When the value was last told." }),
  error: z.string().nullable().openapi({ description: "Why the last question failed; null where it did not." }),
});

const instant = z.union([z.iso.date(), z.iso.datetime({ offset: true })], {
  error: "A date such as 2026-11-22, or RFC 3339 with an offset.",
});
export const PeriodQuery = z.strictObject({
  from: instant.optional().openapi({
    description:
      "A date, from its first moment in the workspace's time zone, or RFC 3339 with an offset. 30 days before the end where left out.",
    example: "2026-11-01",
  }),
  to: instant.optional().openapi({
    description: "A date, with all of it, or RFC 3339 with an offset, itself not in it. Today where left out.",
    example: "2026-11-30",
  }),
});

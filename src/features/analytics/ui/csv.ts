import type { WorkspaceAnalytics } from "@contentos/sdk";
import { csv } from "@/platform/csv";

/** The KPIs of a period, and below them its days. What nobody knows is empty, and not 0. */
export function reportCsv({ kpis, series, from, to, timeZone }: WorkspaceAnalytics): string {
  const numbers = Object.entries(kpis).map(([name, { value, previous, unit, state }]) => [
    name,
    value,
    previous,
    unit,
    state,
  ]);
  const channels = kpis.publishedPerChannel.channels.map(({ name, network, value, previous }) => [
    `published on ${name} (${network})`,
    value,
    previous,
    "publications",
    "Measured",
  ]);
  return csv([
    ["from", from],
    ["to", to],
    ["time zone", timeZone],
    [],
    ["kpi", "value", "period before", "unit", "state"],
    ...numbers,
    ...channels,
    [],
    ["day", "produced", "published", "reach", "engagement"],
    ...series.map(({ day, produced, published, reach, engagement }) => [day, produced, published, reach, engagement]),
  ]);
}

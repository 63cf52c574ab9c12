import type { WorkspaceAnalytics } from "@contentos/sdk";

/** RFC 4180; what a spreadsheet would take for a formula is kept a text. */
export function csv(rows: (string | number | null)[][]): string {
  const cell = (value: string | number | null) => {
    if (value === null) return "";
    if (typeof value === "number") return String(value);
    const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  return rows.map((row) => `${row.map(cell).join(",")}\r\n`).join("");
}

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

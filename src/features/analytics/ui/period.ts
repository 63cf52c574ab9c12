export const PERIODS = ["7", "30", "90", "month", "lastMonth"] as const;
export type Period = (typeof PERIODS)[number];
/** Whole days of the workspace's zone, both within the period. */
export type Days = { from: string; to: string };

const day = (date: Date) => date.toISOString().slice(0, 10);
/** A day as UTC's midnight, by which days are counted without any zone. */
const midnight = (of: string) => new Date(`${of}T00:00:00Z`);

/** What day it is in a zone. */
export const today = (now: Date, timeZone: string): string =>
  new Intl.DateTimeFormat("en-CA", { timeZone, year: "numeric", month: "2-digit", day: "2-digit" }).format(now);

/** The days of a period that ends with `last`, or with the month before it. */
export function daysOf(period: Period, last: string): Days {
  const end = midnight(last);
  const first = new Date(end);
  first.setUTCDate(1);
  if (period === "month") return { from: day(first), to: last };
  if (period === "lastMonth") {
    const to = new Date(first.getTime() - 86_400_000);
    return { from: `${day(to).slice(0, 8)}01`, to: day(to) };
  }
  return { from: day(new Date(end.getTime() - (Number(period) - 1) * 86_400_000)), to: last };
}

export const periodOf = (given: string | null): Period => PERIODS.find((period) => period === given) ?? "30";

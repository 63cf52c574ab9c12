import type { PostingTimes } from "@contentos/sdk";
import { useFormatter, useLocale } from "use-intl";

type Time = PostingTimes["times"][number];

/** A Monday, by which days of the week get their names. */
const A_MONDAY = Date.UTC(2024, 0, 1);
const DAY_MS = 24 * 3_600_000;

/** 1 is Monday. */
export function useWeekday() {
  const locale = useLocale();
  return (weekday: number, style: "short" | "long") =>
    new Intl.DateTimeFormat(locale, { weekday: style, timeZone: "UTC" }).format(A_MONDAY + (weekday - 1) * DAY_MS);
}

/** Such as "Mon 09:00", as the reader's language writes it. */
export function useTimeWords() {
  const format = useFormatter();
  const weekdayOf = useWeekday();
  return ({ weekday, time }: Time) => {
    const at = new Date(`2024-01-01T${time}:00Z`);
    const words = format.dateTime(at, { hour: "numeric", minute: "2-digit", timeZone: "UTC" });
    return `${weekdayOf(weekday, "short")} ${words}`;
  };
}

import { DateTime } from "luxon";
import { AppError } from "./errors";

/** From an instant on, up to another and without it. */
export type Span = { from: Date; to: Date };

export type Period = Span & {
  timeZone: string;
  /** As long as the period, and over when it begins. */
  previous: Span;
  /** The local dates that the period touches, in order. */
  days: string[];
};

type PeriodInput = {
  /** A date such as 2026-11-01, from its first moment on, or RFC 3339 with an offset. */
  from?: string | undefined;
  /** A date, to its last moment, or RFC 3339 with an offset. */
  to?: string | undefined;
};

const DEFAULT_DAYS = 30;
const LONGEST_PERIOD_DAYS = 400;
const DAY_MS = 24 * 3_600_000;
const YEARS = { first: 2000, last: 2199 };

/**
 * Says which instants a person means by a period, by the calendar of a time zone. Without an end it ends with today,
 * without a beginning it is 30 days long. Days are the calendar's: one may have 23 or 25 hours.
 * @throws {AppError} `invalid_request` where it ends before it begins, is longer than 400 days, or lies outside 2000 to 2199
 */
export function resolvePeriod({ from, to }: PeriodInput, timeZone: string, now: Date): Period {
  const end =
    to === undefined ? dayAfter(DateTime.fromJSDate(now, { zone: timeZone })) : read("to", to, timeZone, dayAfter);
  const begin = from === undefined ? shifted(end, -DEFAULT_DAYS) : read("from", from, timeZone, startOfDay);
  if (begin >= end) throw invalid("from", "The period ends before it begins: give a from that is earlier than to.");
  if (end.diff(begin, "days").days > LONGEST_PERIOD_DAYS)
    throw invalid("from", `A period has at most ${LONGEST_PERIOD_DAYS} days: give a shorter one.`);
  const days = daysOf(begin, end);
  const isWhole = isMidnight(begin) && isMidnight(end);
  const before = isWhole ? shifted(begin, -days.length) : begin.minus(end.toMillis() - begin.toMillis());
  return { ...span(begin, end), timeZone, previous: span(before, begin), days };
}

const span = (from: DateTime, to: DateTime): Span => ({ from: from.toJSDate(), to: to.toJSDate() });

function read(path: string, text: string, zone: string, ofDay: (date: DateTime) => DateTime): DateTime {
  const at = DateTime.fromISO(text, { zone });
  if (!at.isValid) throw invalid(path, "A date such as 2026-11-22, or RFC 3339 with an offset.");
  if (at.year < YEARS.first || at.year > YEARS.last)
    throw invalid(path, `A time between the years ${YEARS.first} and ${YEARS.last}.`);
  return text.includes("T") || text.includes("t") ? at : ofDay(at);
}

/** The first moment of the local date. Where the clocks go back over midnight, it is struck twice. */
function startOfDay(at: DateTime): DateTime {
  const midnight = at.startOf("day");
  const earlier = midnight.minus({ hours: 1 });
  return earlier.hasSame(midnight, "day") ? earlier : midnight;
}

const dayAfter = (at: DateTime) => startOfDay(at.startOf("day").plus({ days: 1 }));
const isMidnight = (at: DateTime) => startOfDay(at).toMillis() === at.toMillis();

/** By so many calendar days; from a midnight to a midnight. */
function shifted(at: DateTime, days: number): DateTime {
  const there = at.plus({ days });
  return isMidnight(at) ? startOfDay(there) : there;
}

function daysOf(begin: DateTime, end: DateTime): string[] {
  const last = Date.parse(end.minus(1).toISODate()!);
  const days: string[] = [];
  for (let day = Date.parse(begin.toISODate()!); day <= last; day += DAY_MS) {
    days.push(new Date(day).toISOString().slice(0, 10));
  }
  return days;
}

const invalid = (path: string, message: string) =>
  new AppError("invalid_request", message, { issues: [{ path, message }] });

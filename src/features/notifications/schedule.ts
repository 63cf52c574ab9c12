import { DateTime } from "luxon";

/** What of somebody's preferences is about time. Minutes are of the day, in their zone. */
export type Times = {
  timeZone: string;
  quietFrom: number | null;
  quietUntil: number | null;
  digestHour: number;
  /** 1 is Monday. */
  digestWeekday: number;
};

const at = (day: DateTime, minutes: number) =>
  day.set({ hour: Math.floor(minutes / 60), minute: minutes % 60, second: 0, millisecond: 0 });

/**
 * When somebody may be mailed: now, or when their quiet hours are over. These are readings of the clock on the wall, so
 * that they begin and end by it also where the clocks change in between. An end that the clocks skip is the moment of the change.
 */
export function whenLoud({ timeZone, quietFrom, quietUntil }: Times, now: Date): Date {
  if (quietFrom === null || quietUntil === null || quietFrom === quietUntil) return now;
  const local = DateTime.fromJSDate(now, { zone: timeZone });
  const minutes = local.hour * 60 + local.minute;
  const overnight = quietFrom > quietUntil;
  const quiet = overnight ? minutes >= quietFrom || minutes < quietUntil : minutes >= quietFrom && minutes < quietUntil;
  if (!quiet) return now;
  const end = at(local, quietUntil);
  return (end > local ? end : at(local.plus({ days: 1 }), quietUntil)).toJSDate();
}

/** When the next digest is due, after now. */
export function nextDigest(
  { timeZone, digestHour, digestWeekday }: Times,
  rhythm: "Daily" | "Weekly",
  now: Date,
): Date {
  const local = DateTime.fromJSDate(now, { zone: timeZone });
  let day = local;
  if (rhythm === "Weekly") day = local.plus({ days: (digestWeekday - local.weekday + 7) % 7 });
  const next = at(day, digestHour * 60);
  if (next > local) return next.toJSDate();
  return at(day.plus(rhythm === "Weekly" ? { weeks: 1 } : { days: 1 }), digestHour * 60).toJSDate();
}

const HOUR_MS = 3_600_000;
/** After a failed try, in ms; after the last there is none. */
const BACKOFF = [1, 5, 15, 60, 180, 360, 720].map((minutes) => minutes * 60_000);

/** When it is tried again after so many tries, at the earliest when the other side said; null where it is given up. */
export function nextTry(attempts: number, now: Date, retryAfterMs = 0): Date | null {
  const wait = BACKOFF[attempts - 1];
  return wait === undefined ? null : new Date(now.getTime() + Math.max(wait, Math.min(retryAfterMs, 24 * HOUR_MS)));
}

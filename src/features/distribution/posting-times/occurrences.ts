import { DateTime } from "luxon";
import { AppError } from "@/platform/errors";
import { resolveScheduledTime } from "@/platform/local-time";

/** How far ahead posting times are looked at. */
const WEEKS_AHEAD = 53;

export type Occurrence = {
  /** What the clocks show, such as `2027-03-28T09:00`. */
  localTime: string;
  /** Undefined where the clocks skip that time: then nothing goes out at it. */
  at: Date | undefined;
  /** A sentence for the person, where the clocks skip the time or show it twice. */
  note: string | undefined;
};

/**
 * The times to come of a week that repeats for a year, in order: nine in the morning stays nine, whatever the clocks do between.
 * @param minutes of the week, from 0 (Monday 00:00) to 10,079 (Sunday 23:59)
 */
export function* occurrences(minutes: readonly number[], timeZone: string, after: Date): Generator<Occurrence> {
  const sorted = [...new Set(minutes)].sort((a, b) => a - b);
  // Days are counted on the calendar and not in hours: not every day has 24.
  const today = DateTime.fromJSDate(after, { zone: timeZone }).toFormat("yyyy-MM-dd");
  const monday = DateTime.fromISO(today, { zone: "utc" }).startOf("week");
  for (let week = 0; week < WEEKS_AHEAD; week++) {
    for (const minute of sorted) {
      const localTime = monday.plus({ weeks: week, minutes: minute }).toFormat("yyyy-MM-dd'T'HH:mm");
      const { occurrence, until } = occurrenceAt(localTime, timeZone);
      if (until > after) yield occurrence;
    }
  }
}

/** `until` is when it is over: where the clocks skip it, when they have. */
function occurrenceAt(localTime: string, timeZone: string): { occurrence: Occurrence; until: Date } {
  try {
    const { at, note } = resolveScheduledTime({ time: localTime, timeZone });
    return { occurrence: { localTime, at, note }, until: at };
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== "local_time_invalid") throw error;
    const until = new Date(String(error.extensions?.nextValidTime));
    return { occurrence: { localTime, at: undefined, note: error.message }, until };
  }
}

import { DateTime, FixedOffsetZone, IANAZone } from "luxon";
import { AppError } from "./errors";

export type ScheduledTimeInput = {
  /** RFC 3339 with an offset, or a local time such as 2026-03-29T02:30 together with `timeZone`. */
  time: string;
  /** An IANA name such as Europe/Berlin. */
  timeZone?: string | undefined;
};

export type ScheduledTime = {
  at: Date;
  timeZone: string | undefined;
  /** `first_of_two`: the local time happens twice, and the first is meant, before the clocks go back. */
  resolution: "exact" | "first_of_two";
  /** A sentence for the person, where something was resolved for them. */
  note?: string;
};

const SHAPE = /^\d{4}-\d{2}-\d{2}T(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d+)?)?(Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)?$/;
const HOUR_MS = 3_600_000;
/** Zones lie between UTC−12 and UTC+14, and Apia once skipped a day: every offset near a local time shows within this. */
const REACH_HOURS = 39;

/**
 * Says which instant a person means.
 * @param paths where the two inputs stand in the request, for the issues of a refusal
 * @throws {AppError} `invalid_request` for what is no time or no zone, `local_time_invalid` for a time that the clocks skip
 */
export function resolveScheduledTime(
  input: ScheduledTimeInput,
  paths = { time: "scheduledTime", timeZone: "timeZone" },
): ScheduledTime {
  const { timeZone } = input;
  if (timeZone !== undefined && !isTimeZone(timeZone))
    throw invalid(paths.timeZone, `"${timeZone}" is not a time zone. Use an IANA name such as Europe/Berlin.`);
  const text = input.time.toUpperCase();
  const shape = SHAPE.exec(text);
  const read = DateTime.fromISO(text, { zone: FixedOffsetZone.utcInstance, setZone: true });
  if (shape === null || !read.isValid)
    throw invalid(paths.time, "Use a time such as 2026-03-29T14:30:00+02:00, or 2026-03-29T14:30 with a time zone.");
  if (shape[1] !== undefined) return { at: read.toJSDate(), timeZone, resolution: "exact" };
  if (timeZone === undefined)
    throw invalid(paths.timeZone, "A time without an offset needs a time zone, such as Europe/Berlin.");
  return resolveLocal(read.toMillis(), timeZone, paths.time);
}

/** Fixed offsets such as +02:00, which Intl takes as well, know no summer time and are refused. */
export const isTimeZone = (name: string): boolean => /^[A-Za-z][\w+/-]*$/.test(name) && IANAZone.isValidZone(name);

/** @param wall the clock's reading, as if it were UTC, in milliseconds */
function resolveLocal(wall: number, timeZone: string, path: string): ScheduledTime {
  const zone = IANAZone.create(timeZone);
  const instants = [...offsetsAround(zone, wall)]
    .map((offset) => wall - offset)
    .filter((instant) => instant + offsetAt(zone, instant) === wall)
    .sort((a, b) => a - b);
  const [first, second] = instants;
  if (first === undefined) throw skipped(wall, zone, path);
  if (second === undefined) return { at: new Date(first), timeZone, resolution: "exact" };
  const note =
    `${local(wall)} happens twice in ${timeZone}, since the clocks go back. ` +
    `The first is meant, at ${iso(first, zone)}; for the second, give ${iso(second, zone)}.`;
  return { at: new Date(first), timeZone, resolution: "first_of_two", note };
}

const offsetAt = (zone: IANAZone, instant: number) => Math.round(zone.offset(instant) * 60_000);

function offsetsAround(zone: IANAZone, wall: number): Set<number> {
  const offsets = new Set<number>();
  for (let hours = -REACH_HOURS; hours <= REACH_HOURS; hours += 3) offsets.add(offsetAt(zone, wall + hours * HOUR_MS));
  return offsets;
}

/** The local times that the clocks leave out, around one that they do: its bounds follow from the moment of the change. */
function skipped(wall: number, zone: IANAZone, path: string): AppError {
  let before = wall - REACH_HOURS * HOUR_MS;
  let after = wall + REACH_HOURS * HOUR_MS;
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (middle + offsetAt(zone, middle) < wall) before = middle;
    else after = middle;
  }
  const from = local(after + offsetAt(zone, before));
  const until = local(after + offsetAt(zone, after));
  const sentence =
    `${local(wall)} does not exist in ${zone.name}: the clocks go from ${from} straight to ${until}. ` +
    `The next valid time is ${until}.`;
  return new AppError("local_time_invalid", sentence, {
    issues: [{ path, message: sentence, rule: "time" }],
    extensions: { nextValidTime: iso(after, zone), timeZone: zone.name },
  });
}

const local = (wall: number) => DateTime.fromMillis(wall, { zone: "utc" }).toFormat("yyyy-MM-dd HH:mm");
const iso = (instant: number, zone: IANAZone) =>
  DateTime.fromMillis(instant, { zone }).toISO({ suppressMilliseconds: true }) ?? "";

const invalid = (path: string, message: string) =>
  new AppError("invalid_request", message, { issues: [{ path, message }] });

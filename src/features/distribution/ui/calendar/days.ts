import { DateTime, IANAZone } from "luxon";

/** A day of the calendar such as 2026-11-23, and a reading of a clock such as 2026-11-23T09:00; neither has a zone. */
export type Day = string;
export type Wall = string;

const DAY_MS = 86_400_000;

export const addDays = (day: Day, count: number): Day =>
  new Date(Date.parse(`${day}T00:00Z`) + count * DAY_MS).toISOString().slice(0, 10);

/** From 0 for Monday. */
export const weekdayOf = (day: Day): number => (new Date(`${day}T00:00Z`).getUTCDay() + 6) % 7;

export const mondayOf = (day: Day): Day => addDays(day, -weekdayOf(day));

export const daysFrom = (first: Day, count: number): Day[] =>
  Array.from({ length: count }, (_, index) => addDays(first, index));

export const monthOf = (day: Day) => day.slice(0, 7);

/** The first day of the month that is so many after this day's. */
export function addMonths(day: Day, count: number): Day {
  const [year, month] = day.split("-").map(Number) as [number, number];
  return new Date(Date.UTC(year, month - 1 + count, 1)).toISOString().slice(0, 10);
}

/** Whole weeks, from the Monday before the first to the Sunday after the last of the month. */
export function monthGrid(day: Day): Day[] {
  const first = mondayOf(`${monthOf(day)}-01`);
  const last = addDays(addMonths(day, 1), -1);
  const days = (Date.parse(mondayOf(last)) - Date.parse(first)) / DAY_MS + 7;
  return daysFrom(first, days);
}

/** What a clock in the zone shows at an instant; luxon keeps the zone's formatter, so that this is quick. */
export function wallOf(at: number, timeZone: string): Wall {
  const offsetMinutes = IANAZone.create(timeZone).offset(at);
  return new Date(at + offsetMinutes * 60_000).toISOString().slice(0, 16);
}

export const dayOf = (wall: Wall): Day => wall.slice(0, 10);
export const clockOf = (wall: Wall) => wall.slice(11);
export const hourOf = (wall: Wall) => Number(wall.slice(11, 13));

/** Near enough to show: an hour that doesn't exist is moved on, of one that comes twice the first is taken. */
export const instantNear = (wall: Wall, timeZone: string): number =>
  DateTime.fromISO(wall, { zone: timeZone }).toMillis();

/** When a day begins, which is not midnight everywhere. */
export const startOf = (day: Day, timeZone: string): number =>
  DateTime.fromISO(day, { zone: timeZone }).startOf("day").toMillis();

/** The second of two instants at which a clock shows this; undefined where it shows it once only. */
export function secondOf(wall: Wall, first: number, timeZone: string): number | undefined {
  // Clocks go back by half an hour in one place, by an hour elsewhere.
  return [30, 60, 120].map((minutes) => first + minutes * 60_000).find((at) => wallOf(at, timeZone) === wall);
}

/** Hours on: what the hand of a clock does, not what passes where clocks are changed. */
export const addHours = (wall: Wall, count: number): Wall =>
  new Date(Date.parse(`${wall}Z`) + count * 3_600_000).toISOString().slice(0, 16);

/** The next full hour on this day where it is today, else nine in the morning. */
export function likelyTime(day: Day, now: Wall): Wall {
  if (day !== dayOf(now)) return `${day}T09:00`;
  const next = addHours(`${now.slice(0, 13)}:00`, 1);
  return dayOf(next) === day ? next : `${day}T23:59`;
}

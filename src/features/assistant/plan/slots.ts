import { DateTime } from "luxon";

/** How publications of an hour of the week did; `weekday` is 1 for Monday. */
export type Hour = { weekday: number; hour: number; reach: number | null; engagement: number | null };
export type Week = { from: Date; to: Date; timeZone: string };
type Campaign = { id: string; name: string; startsOn: string | null; endsOn: string | null };
export type Slot = { dueAt: Date; why: "BestTime" | "Gap"; campaign: { id: string; name: string } | null };

/** Where nothing is known of a day's hours. */
const USUAL_HOUR = 9;
const WORKING_DAYS = 5;

/** The Monday to Sunday around a day; without one, the coming week. By the calendar of the zone. */
export function weekOf(day: string | undefined, timeZone: string, now: Date): Week {
  const today = DateTime.fromJSDate(now, { zone: timeZone });
  const within = day === undefined ? today.plus({ weeks: 1 }) : DateTime.fromISO(day, { zone: timeZone });
  const monday = within.startOf("week");
  return { from: monday.toJSDate(), to: monday.plus({ weeks: 1 }).toJSDate(), timeZone };
}

type Given = {
  week: Week;
  hours: readonly Hour[];
  /** When something is due or goes out already. */
  taken: readonly Date[];
  campaigns: readonly Campaign[];
  count: number;
  now: Date;
};

/**
 * Times for so many pieces, at most one a day and none on a day that has something or is over: days whose best hour did
 * best come first, then other working days, then the weekend. In the order of time.
 */
export function slotsOf({ week, hours, taken, campaigns, count, now }: Given): Slot[] {
  const monday = DateTime.fromJSDate(week.from, { zone: week.timeZone });
  const busy = new Set(taken.map((at) => DateTime.fromJSDate(at, { zone: week.timeZone }).toISODate()));
  const days = Array.from({ length: 7 }, (_, at) => {
    const day = monday.plus({ days: at });
    const best = hours
      .filter(({ weekday, reach, engagement }) => weekday === day.weekday && worthOf({ reach, engagement }) > 0)
      .sort((one, other) => worthOf(other) - worthOf(one) || one.hour - other.hour)[0];
    return {
      at: day.set({ hour: best?.hour ?? USUAL_HOUR }),
      value: best ? worthOf(best) : 0,
      known: best !== undefined,
    };
  });
  return days
    .filter(({ at }) => !busy.has(at.toISODate()) && at.toJSDate() > now)
    .sort((one, other) => other.value - one.value || rankOf(one.at) - rankOf(other.at))
    .slice(0, count)
    .sort((one, other) => one.at.toMillis() - other.at.toMillis())
    .map(({ at, known }) => ({
      dueAt: at.toJSDate(),
      why: known ? "BestTime" : "Gap",
      campaign: campaignOn(at.toISODate()!, campaigns),
    }));
}

const worthOf = ({ reach, engagement }: Pick<Hour, "reach" | "engagement">) => (reach ?? 0) + (engagement ?? 0);
const rankOf = (at: DateTime) => (at.weekday <= WORKING_DAYS ? at.weekday : at.weekday + 10);

/** The one that ends first of those that run on the day. */
function campaignOn(day: string, campaigns: readonly Campaign[]) {
  const running = campaigns
    .filter(({ startsOn, endsOn }) => startsOn !== null && startsOn <= day && (endsOn === null || endsOn >= day))
    .sort((one, other) => ((one.endsOn ?? "9999") < (other.endsOn ?? "9999") ? -1 : 1));
  const [first] = running;
  return first ? { id: first.id, name: first.name } : null;
}

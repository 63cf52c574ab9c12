import { describe, expect, it } from "vitest";
import { slotsOf, weekOf } from "./slots";

const timeZone = "Europe/Vienna";
const now = new Date("2026-11-27T12:00:00Z");
const week = weekOf(undefined, timeZone, now);
const given = { week, hours: [], taken: [], campaigns: [], count: 3, now };
const local = (at: Date) =>
  at.toLocaleString("en-GB", { timeZone, weekday: "short", hour: "2-digit", minute: "2-digit" }).replace(",", "");
const times = (over: object) => slotsOf({ ...given, ...over }).map(({ dueAt, why }) => `${local(dueAt)} ${why}`);

describe("a week", () => {
  it("is the coming one, or the one around a day, from Monday to Monday of the zone", () => {
    expect(week).toEqual({ from: new Date("2026-11-29T23:00:00Z"), to: new Date("2026-12-06T23:00:00Z"), timeZone });
    // The clocks go back in it.
    expect(weekOf("2026-10-25", timeZone, now)).toMatchObject({
      from: new Date("2026-10-18T22:00:00Z"),
      to: new Date("2026-10-25T23:00:00Z"),
    });
  });
});

describe("times", () => {
  it("are of working days in the morning where nothing is known", () => {
    expect(times({})).toEqual(["Mon 09:00 Gap", "Tue 09:00 Gap", "Wed 09:00 Gap"]);
  });

  it("are the hours at which what went out did best, in the order of the week", () => {
    const hours = [
      { weekday: 7, hour: 18, reach: 900, engagement: 20 },
      { weekday: 4, hour: 7, reach: 100, engagement: null },
      { weekday: 4, hour: 11, reach: 300, engagement: 1 },
      { weekday: 2, hour: 3, reach: 0, engagement: null },
    ];
    expect(times({ hours })).toEqual(["Mon 09:00 Gap", "Thu 11:00 BestTime", "Sun 18:00 BestTime"]);
  });

  it("are on no day that has something, and on none that is over", () => {
    const taken = [new Date("2026-11-30T22:30:00Z"), new Date("2026-12-02T08:00:00Z")];
    expect(times({ taken })).toEqual(["Tue 09:00 Gap", "Thu 09:00 Gap", "Fri 09:00 Gap"]);
    expect(times({ now: new Date("2026-12-04T12:00:00Z") })).toEqual(["Sat 09:00 Gap", "Sun 09:00 Gap"]);
  });

  it("are of the campaign that runs then, and of the one that ends first", () => {
    const campaigns = [
      { id: "a", name: "Winter", startsOn: "2026-12-01", endsOn: null },
      { id: "b", name: "Advent", startsOn: "2026-12-02", endsOn: "2026-12-24" },
      { id: "c", name: "Some day", startsOn: null, endsOn: null },
    ];
    expect(slotsOf({ ...given, campaigns }).map(({ campaign }) => campaign?.name ?? null)).toEqual([
      null,
      "Winter",
      "Advent",
    ]);
  });
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { wallClock } from "#tests/factories/wall-clock";
import { occurrences } from "./occurrences";

const MONDAY_9 = 9 * 60;
const SUNDAY_2_30 = 6 * 24 * 60 + 150;
const DAY_MS = 24 * 3_600_000;
const zones = ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "America/Santiago", "Asia/Kathmandu", "UTC"];

describe("a time of each week", () => {
  it("is nine in the morning on both sides of each change of clocks", () => {
    const year = [...occurrences([MONDAY_9], "Europe/Berlin", new Date("2027-01-04T08:00:00Z"))];
    expect(year.slice(0, 52).every(({ localTime }) => localTime.endsWith("T09:00"))).toBe(true);
    const around = (day: string) =>
      year.filter(({ localTime }) => Math.abs(Date.parse(localTime) - Date.parse(day)) < 9 * DAY_MS);
    expect(around("2027-03-28").map(({ at }) => at!.toISOString())).toEqual([
      "2027-03-22T08:00:00.000Z",
      "2027-03-29T07:00:00.000Z",
      "2027-04-05T07:00:00.000Z",
    ]);
    expect(around("2027-10-31").map(({ at }) => at!.toISOString())).toEqual([
      "2027-10-25T07:00:00.000Z",
      "2027-11-01T08:00:00.000Z",
      "2027-11-08T08:00:00.000Z",
    ]);
  });

  it("that the clocks skip is said to be so, and nothing goes out at it", () => {
    const [before, skipped, after] = occurrences([SUNDAY_2_30], "Europe/Berlin", new Date("2027-03-21T00:00:00Z"));
    expect(before!.at).toEqual(new Date("2027-03-21T01:30:00Z"));
    expect(skipped).toMatchObject({ localTime: "2027-03-28T02:30", at: undefined });
    expect(skipped!.note).toContain("does not exist in Europe/Berlin");
    expect(after!.at).toEqual(new Date("2027-04-04T00:30:00Z"));
  });

  it("that the clocks show twice is the first of the two, and says so", () => {
    const [twice] = occurrences([SUNDAY_2_30], "Europe/Berlin", new Date("2027-10-30T22:00:00Z"));
    expect(twice).toMatchObject({ localTime: "2027-10-31T02:30", at: new Date("2027-10-31T00:30:00Z") });
    expect(twice!.note).toContain("happens twice");
  });

  it("shows on the wall what was asked for, in any zone, in order and never before now", () => {
    const minutes = fc.uniqueArray(fc.integer({ min: 0, max: 10_079 }), { minLength: 1, maxLength: 5 });
    const after = fc.date({ min: new Date("2026-01-01"), max: new Date("2030-01-01"), noInvalidDate: true });
    fc.assert(
      fc.property(minutes, after, fc.constantFrom(...zones), (wanted, from, zone) => {
        const all = [...occurrences(wanted, zone, from)].filter(({ at }) => at);
        expect(all.length).toBeGreaterThanOrEqual(52 * wanted.length - 1);
        let last = from;
        for (const { localTime, at } of all) {
          expect(wallClock(at!, zone)).toBe(localTime);
          expect(at!.getTime()).toBeGreaterThan(last.getTime());
          const weekday = (new Date(`${localTime}Z`).getUTCDay() + 6) % 7;
          const minute = weekday * 24 * 60 + Number(localTime.slice(11, 13)) * 60 + Number(localTime.slice(14));
          expect(wanted).toContain(minute);
          last = at!;
        }
      }),
      { numRuns: 20 },
    );
  });

  it("is none where none was set", () => {
    expect([...occurrences([], "UTC", new Date())]).toEqual([]);
  });
});

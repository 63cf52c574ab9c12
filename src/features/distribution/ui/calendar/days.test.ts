import { describe, expect, it } from "vitest";
import { addDays, addMonths, instantNear, likelyTime, monthGrid, secondOf, startOf, wallOf } from "./days";

const VIENNA = "Europe/Vienna";
const at = (text: string) => Date.parse(text);

describe("days of a calendar", () => {
  it("make whole weeks of a month, from Monday to Sunday", () => {
    const grid = monthGrid("2026-11-27");
    expect([grid[0], grid.at(-1), grid.length]).toEqual(["2026-10-26", "2026-12-06", 42]);
    expect(monthGrid("2027-02-01")).toHaveLength(28);
  });

  it("are counted over the ends of months and years, and over days that clocks make short", () => {
    expect(addDays("2026-12-31", 1)).toBe("2027-01-01");
    expect(addDays("2027-03-27", 2)).toBe("2027-03-29");
    expect(addMonths("2026-12-31", 1)).toBe("2027-01-01");
    expect(addMonths("2027-03-31", -1)).toBe("2027-02-01");
  });

  it("begin when the zone says, also where midnight is left out", () => {
    expect(new Date(startOf("2026-11-27", VIENNA)).toISOString()).toBe("2026-11-26T23:00:00.000Z");
    // In Beirut clocks went from midnight to one on this day.
    expect(wallOf(startOf("2024-03-31", "Asia/Beirut"), "Asia/Beirut")).toBe("2024-03-31T01:00");
  });

  it("have clocks that are those of the zone, before and after a change", () => {
    expect(wallOf(at("2027-03-28T00:59Z"), VIENNA)).toBe("2027-03-28T01:59");
    expect(wallOf(at("2027-03-28T01:00Z"), VIENNA)).toBe("2027-03-28T03:00");
    expect(new Date(instantNear("2027-03-28T09:00", VIENNA)).toISOString()).toBe("2027-03-28T07:00:00.000Z");
  });

  it("know the second of a time that comes twice, and no second of others", () => {
    const first = at("2027-10-31T00:30Z");
    expect(wallOf(first, VIENNA)).toBe("2027-10-31T02:30");
    expect(secondOf("2027-10-31T02:30", first, VIENNA)).toBe(at("2027-10-31T01:30Z"));
    expect(secondOf("2027-10-30T02:30", at("2027-10-30T00:30Z"), VIENNA)).toBeUndefined();
    // By half an hour.
    expect(secondOf("2027-04-04T01:45", at("2027-04-03T14:45Z"), "Australia/Lord_Howe")).toBe(at("2027-04-03T15:15Z"));
  });

  it("offer nine in the morning, and today the next full hour that is still today", () => {
    expect(likelyTime("2026-11-28", "2026-11-27T10:20")).toBe("2026-11-28T09:00");
    expect(likelyTime("2026-11-27", "2026-11-27T10:20")).toBe("2026-11-27T11:00");
    expect(likelyTime("2026-11-27", "2026-11-27T23:20")).toBe("2026-11-27T23:59");
  });
});

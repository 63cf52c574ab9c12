import { describe, expect, it } from "vitest";
import { startOfDay } from "./day";

describe("the beginning of a day", () => {
  it.each([
    ["2026-03-28", "Europe/Vienna", "2026-03-27T23:00:00.000Z"],
    ["2026-03-29", "Europe/Vienna", "2026-03-28T23:00:00.000Z"],
    ["2026-03-30", "Europe/Vienna", "2026-03-29T22:00:00.000Z"],
    ["2026-10-25", "America/New_York", "2026-10-25T04:00:00.000Z"],
    ["2026-01-01", "UTC", "2026-01-01T00:00:00.000Z"],
    ["2026-01-01", "Asia/Kathmandu", "2025-12-31T18:15:00.000Z"],
  ])("%s in %s", (day, zone, at) => {
    expect(startOfDay(day, zone).toISOString()).toBe(at);
  });

  it("may be that of a later one", () => {
    expect(startOfDay("2026-12-31", "UTC", 1).toISOString()).toBe("2027-01-01T00:00:00.000Z");
  });
});

import { describe, expect, it } from "vitest";
import { atWall, wallOf } from "./wall-clock";

describe("a clock on the wall", () => {
  it.each([
    ["2026-11-27T16:00:00.000Z", "Europe/Vienna", "2026-11-27T17:00"],
    ["2026-07-01T23:30:00.000Z", "Europe/Vienna", "2026-07-02T01:30"],
    ["2026-11-27T00:00:00.000Z", "America/New_York", "2026-11-26T19:00"],
    ["2026-11-27T00:00:00.000Z", "Asia/Kathmandu", "2026-11-27T05:45"],
  ])("shows %s in %s as %s, and is read back", (at, zone, wall) => {
    expect(wallOf(new Date(at), zone)).toBe(wall);
    expect(atWall(wall, zone).toISOString()).toBe(at);
  });

  it("is read on the days on which clocks change", () => {
    expect(atWall("2026-03-29T01:30", "Europe/Vienna").toISOString()).toBe("2026-03-29T00:30:00.000Z");
    expect(atWall("2026-03-29T03:30", "Europe/Vienna").toISOString()).toBe("2026-03-29T01:30:00.000Z");
  });
});

import { describe, expect, it } from "vitest";
import { nextDigest, nextTry, type Times, whenLoud } from "./schedule";

const times = (over: Partial<Times> = {}): Times => ({
  timeZone: "Europe/Berlin",
  quietFrom: 22 * 60,
  quietUntil: 7 * 60,
  digestHour: 8,
  digestWeekday: 1,
  ...over,
});
const loud = (now: string, over: Partial<Times> = {}) => whenLoud(times(over), new Date(now)).toISOString();

describe("quiet hours", () => {
  it.each([
    ["a winter evening", "2026-01-15T21:30:00Z", "2026-01-16T06:00:00.000Z"],
    ["the minute in which they begin", "2026-01-15T21:00:00Z", "2026-01-16T06:00:00.000Z"],
    ["after midnight", "2026-01-16T01:00:00Z", "2026-01-16T06:00:00.000Z"],
    ["the night in which the clocks go forward", "2026-03-28T22:00:00Z", "2026-03-29T05:00:00.000Z"],
    ["the night in which they go back", "2026-10-24T21:00:00Z", "2026-10-25T06:00:00.000Z"],
    ["the hour that happens twice, the second time", "2026-10-25T01:30:00Z", "2026-10-25T06:00:00.000Z"],
  ])("hold a mail back in %s, until the clock says when they end", (_, now, until) => {
    expect(loud(now)).toBe(until);
  });

  it.each([
    ["by day", "2026-01-15T12:00:00Z", {}],
    ["in the minute in which they end", "2026-01-15T06:00:00Z", {}],
    ["where there are none", "2026-01-15T23:00:00Z", { quietFrom: null, quietUntil: null }],
    ["where they end as they begin", "2026-01-15T23:00:00Z", { quietFrom: 60, quietUntil: 60 }],
  ])("hold nothing back %s", (_, now, over) => {
    expect(loud(now, over)).toBe(new Date(now).toISOString());
  });

  it("end at the change where the clocks skip their end, and within one day where they don't go over midnight", () => {
    const skipped = loud("2026-03-29T00:30:00Z", { quietFrom: 60, quietUntil: 150 });
    expect(Date.parse(skipped)).toBeGreaterThanOrEqual(Date.parse("2026-03-29T01:00:00Z"));
    expect(Date.parse(skipped)).toBeLessThanOrEqual(Date.parse("2026-03-29T01:30:00Z"));
    expect(loud("2026-06-01T11:00:00Z", { quietFrom: 12 * 60, quietUntil: 14 * 60 })).toBe("2026-06-01T12:00:00.000Z");
  });
});

describe("a digest", () => {
  const next = (rhythm: "Daily" | "Weekly", now: string, over: Partial<Times> = {}) =>
    nextDigest(times(over), rhythm, new Date(now)).toISOString();

  it.each([
    ["today, before its hour", "Daily", "2026-01-15T06:00:00Z", "2026-01-15T07:00:00.000Z"],
    ["tomorrow, at its hour", "Daily", "2026-01-15T07:00:00Z", "2026-01-16T07:00:00.000Z"],
    [
      "at eight also on the day on which the clocks went forward",
      "Daily",
      "2026-03-28T09:00:00Z",
      "2026-03-29T06:00:00.000Z",
    ],
    ["at eight also on the day on which they went back", "Daily", "2026-10-24T09:00:00Z", "2026-10-25T07:00:00.000Z"],
    ["on Monday", "Weekly", "2026-01-15T12:00:00Z", "2026-01-19T07:00:00.000Z"],
    ["on the next Monday, after its hour", "Weekly", "2026-01-19T07:00:00Z", "2026-01-26T07:00:00.000Z"],
    ["on the Monday after the clocks went forward", "Weekly", "2026-03-23T08:00:00Z", "2026-03-30T06:00:00.000Z"],
  ] as const)("comes %s", (_, rhythm, now, due) => {
    expect(next(rhythm, now)).toBe(due);
  });
});

describe("what failed", () => {
  const now = new Date("2026-01-15T12:00:00Z");
  const minutesUntil = (attempts: number, retryAfterMs?: number) => {
    const at = nextTry(attempts, now, retryAfterMs);
    return at && (at.getTime() - now.getTime()) / 60_000;
  };
  it("is tried again later and later, as late as the other side asked, and then given up", () => {
    expect([1, 2, 3, 4, 5, 6, 7, 8].map((attempts) => minutesUntil(attempts))).toEqual([
      1,
      5,
      15,
      60,
      180,
      360,
      720,
      null,
    ]);
    expect([minutesUntil(1, 10 * 60_000), minutesUntil(1, 1e12)]).toEqual([10, 24 * 60]);
  });
});

import { describe, expect, test } from "vitest";
import { resolvePeriod } from "./period";

const NOW = new Date("2026-11-22T11:00:00Z");
const at = (input: { from?: string; to?: string }, timeZone = "UTC") => {
  const { from, to, previous, days } = resolvePeriod(input, timeZone, NOW);
  return {
    from: from.toISOString(),
    to: to.toISOString(),
    previous: [previous.from.toISOString(), previous.to.toISOString()],
    days,
    hours: (to.getTime() - from.getTime()) / 3_600_000,
  };
};

describe("a period", () => {
  test("is the last 30 days with today, by the workspace's calendar, where none is named", () => {
    const period = at({}, "Pacific/Auckland");
    expect([period.from, period.to]).toEqual(["2026-10-24T11:00:00.000Z", "2026-11-23T11:00:00.000Z"]);
    expect(period.days).toHaveLength(30);
    expect([period.days[0], period.days.at(-1)]).toEqual(["2026-10-25", "2026-11-23"]);
  });

  test("of dates has both of them in it, and an hour less or more where the clocks change", () => {
    expect(at({ from: "2026-03-28", to: "2026-03-30" }, "Europe/Berlin")).toMatchObject({
      from: "2026-03-27T23:00:00.000Z",
      to: "2026-03-30T22:00:00.000Z",
      previous: ["2026-03-24T23:00:00.000Z", "2026-03-27T23:00:00.000Z"],
      days: ["2026-03-28", "2026-03-29", "2026-03-30"],
      hours: 71,
    });
    expect(at({ from: "2026-10-25", to: "2026-10-25" }, "Europe/Berlin")).toMatchObject({
      hours: 25,
      previous: ["2026-10-23T22:00:00.000Z", "2026-10-24T22:00:00.000Z"],
    });
  });

  test("begins a day at its first moment, where midnight is skipped or struck twice", () => {
    expect(at({ from: "2018-11-04", to: "2018-11-04" }, "America/Sao_Paulo")).toMatchObject({
      from: "2018-11-04T03:00:00.000Z",
      hours: 23,
    });
    expect(at({ from: "2026-11-01", to: "2026-11-01" }, "America/Havana")).toMatchObject({
      from: "2026-11-01T04:00:00.000Z",
      hours: 25,
    });
  });

  test("of instants is taken to the millisecond, and so is the one before", () => {
    expect(at({ from: "2026-11-20T10:00:00+01:00", to: "2026-11-21T15:00:00Z" }, "Europe/Berlin")).toMatchObject({
      from: "2026-11-20T09:00:00.000Z",
      to: "2026-11-21T15:00:00.000Z",
      previous: ["2026-11-19T03:00:00.000Z", "2026-11-20T09:00:00.000Z"],
      days: ["2026-11-20", "2026-11-21"],
      hours: 30,
    });
  });

  test("has at most 400 days", () => {
    expect(at({ from: "2025-01-01", to: "2026-02-04" }, "Europe/Berlin").days).toHaveLength(400);
    expect(() => at({ from: "2025-01-01", to: "2026-02-05" }, "Europe/Berlin")).toThrow("400 days");
  });

  test.each([
    [{ from: "2026-11-22", to: "2026-11-21" }, "earlier than to"],
    [{ from: "2026-11-22T10:00:00Z", to: "2026-11-22T10:00:00Z" }, "earlier than to"],
    [{ from: "1999-12-31", to: "2000-01-02" }, "2000 and 2199"],
    [{ from: "2026-02-30" }, "A date such as"],
  ])("is not %o", (input, sentence) => {
    expect(() => at(input)).toThrow(sentence);
  });
});

import fc from "fast-check";
import { DateTime } from "luxon";
import { describe, expect, it } from "vitest";
import { wallClock } from "#tests/factories/wall-clock";
import { AppError } from "./errors";
import { isTimeZone, resolveScheduledTime } from "./local-time";

const resolve = (time: string, timeZone?: string) => resolveScheduledTime({ time, timeZone });
const at = (time: string, timeZone?: string) => resolve(time, timeZone).at.toISOString();
const refusal = (time: string, timeZone?: string): AppError => {
  try {
    resolve(time, timeZone);
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error(`${time} was accepted`);
};

describe("with an offset", () => {
  it.each([
    ["2026-03-29T14:30:00+02:00", undefined, "2026-03-29T12:30:00.000Z"],
    ["2026-03-29T14:30:00Z", undefined, "2026-03-29T14:30:00.000Z"],
    ["2026-03-29t14:30:00.25z", undefined, "2026-03-29T14:30:00.250Z"],
    ["2026-03-29T02:30:00+01:00", "Europe/Berlin", "2026-03-29T01:30:00.000Z"],
    ["2026-10-25T02:30:00+01:00", "Europe/Berlin", "2026-10-25T01:30:00.000Z"],
    ["2026-10-25T02:30:00+02:00", "Europe/Berlin", "2026-10-25T00:30:00.000Z"],
  ])("%s in %s is taken as it stands", (time, timeZone, expected) => {
    const resolved = resolve(time, timeZone);
    expect(resolved).toEqual({ at: new Date(expected), timeZone, resolution: "exact" });
  });
});

describe("a local time", () => {
  it.each([
    ["2026-01-15T09:00", "Europe/Berlin", "2026-01-15T08:00:00.000Z"],
    ["2026-07-15T09:00", "Europe/Berlin", "2026-07-15T07:00:00.000Z"],
    ["2026-03-29T01:59:59", "Europe/Berlin", "2026-03-29T00:59:59.000Z"],
    ["2026-03-29T03:00", "Europe/Berlin", "2026-03-29T01:00:00.000Z"],
    ["2026-10-25T03:00", "Europe/Berlin", "2026-10-25T02:00:00.000Z"],
    ["2026-03-08T03:00", "America/New_York", "2026-03-08T07:00:00.000Z"],
    ["2011-12-29T23:59", "Pacific/Apia", "2011-12-30T09:59:00.000Z"],
    ["2011-12-31T00:00", "Pacific/Apia", "2011-12-30T10:00:00.000Z"],
    ["2026-05-01T12:00", "Asia/Kathmandu", "2026-05-01T06:15:00.000Z"],
    ["2026-05-01T12:00", "UTC", "2026-05-01T12:00:00.000Z"],
  ])("%s in %s is %s", (time, timeZone, expected) => {
    expect(resolve(time, timeZone)).toEqual({ at: new Date(expected), timeZone, resolution: "exact" });
  });

  it.each([
    [
      "2026-03-29T02:30",
      "Europe/Berlin",
      "from 2026-03-29 02:00 straight to 2026-03-29 03:00",
      "2026-03-29T03:00:00+02:00",
    ],
    [
      "2026-03-29T02:00",
      "Europe/Berlin",
      "from 2026-03-29 02:00 straight to 2026-03-29 03:00",
      "2026-03-29T03:00:00+02:00",
    ],
    ["2026-03-29T02:59:59", "Europe/Berlin", "from 2026-03-29 02:00 straight", "2026-03-29T03:00:00+02:00"],
    [
      "2026-03-08T02:30",
      "America/New_York",
      "from 2026-03-08 02:00 straight to 2026-03-08 03:00",
      "2026-03-08T03:00:00-04:00",
    ],
    [
      "2026-10-04T02:15",
      "Australia/Lord_Howe",
      "from 2026-10-04 02:00 straight to 2026-10-04 02:30",
      "2026-10-04T02:30:00+11:00",
    ],
    [
      "2011-12-30T12:00",
      "Pacific/Apia",
      "from 2011-12-30 00:00 straight to 2011-12-31 00:00",
      "2011-12-31T00:00:00+14:00",
    ],
    [
      "2011-12-30T00:00",
      "Pacific/Apia",
      "from 2011-12-30 00:00 straight to 2011-12-31 00:00",
      "2011-12-31T00:00:00+14:00",
    ],
    [
      "2011-12-30T23:59",
      "Pacific/Apia",
      "from 2011-12-30 00:00 straight to 2011-12-31 00:00",
      "2011-12-31T00:00:00+14:00",
    ],
  ])("%s in %s does not exist, and the refusal says where it goes on", (time, timeZone, gap, next) => {
    const error = refusal(time, timeZone);
    expect([error.code, error.issues?.[0]?.path]).toEqual(["local_time_invalid", "scheduledTime"]);
    expect(error.message).toContain(gap);
    expect(error.extensions?.nextValidTime).toBe(next);
    expect(resolve(next.slice(0, 16), timeZone).at).toEqual(new Date(next));
  });

  it.each([
    ["2026-10-25T02:30", "Europe/Berlin", "2026-10-25T02:30:00+02:00", "2026-10-25T02:30:00+01:00"],
    ["2026-10-25T02:00", "Europe/Berlin", "2026-10-25T02:00:00+02:00", "2026-10-25T02:00:00+01:00"],
    ["2026-11-01T01:30", "America/New_York", "2026-11-01T01:30:00-04:00", "2026-11-01T01:30:00-05:00"],
    ["2026-04-05T01:45", "Australia/Lord_Howe", "2026-04-05T01:45:00+11:00", "2026-04-05T01:45:00+10:30"],
  ])("%s in %s happens twice: the first is taken, and the note gives both", (time, timeZone, first, second) => {
    const resolved = resolve(time, timeZone);
    expect([resolved.at, resolved.resolution]).toEqual([new Date(first), "first_of_two"]);
    expect(resolved.note).toContain(first);
    expect(resolved.note).toContain(second);
    expect(resolve(second, timeZone)).toEqual({ at: new Date(second), timeZone, resolution: "exact" });
  });

  it("shows on the wall what was asked for, at any time in any zone, as Intl tells it", () => {
    const zones = ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Pacific/Apia", "Africa/Casablanca"];
    const minutes = fc.date({ min: new Date("2005-01-01"), max: new Date("2037-01-01"), noInvalidDate: true });
    fc.assert(
      fc.property(minutes, fc.constantFrom(...zones, ...Intl.supportedValuesOf("timeZone")), (moment, zone) => {
        const time = wallClock(moment, zone);
        const resolved = resolve(time, zone);
        expect(wallClock(resolved.at, zone)).toBe(time);
        const sameMinute = Math.floor(resolved.at.getTime() / 60_000) === Math.floor(moment.getTime() / 60_000);
        expect(sameMinute || resolved.resolution === "first_of_two").toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it("is needed beside luxon, which moves a skipped time on and says nothing of a double one", () => {
    const moved = DateTime.fromISO("2026-03-29T02:30", { zone: "Europe/Berlin" });
    expect([moved.isValid, moved.toISO()]).toEqual([true, "2026-03-29T03:30:00.000+02:00"]);
    const double = DateTime.fromISO("2026-10-25T02:30", { zone: "Europe/Berlin" });
    expect(double.getPossibleOffsets()).toHaveLength(2);
  });
});

describe("refusals", () => {
  it.each([
    ...["", "tomorrow", "2026-03-29", "2026-02-30T10:00", "2026-13-01T10:00", "2026-03-29T24:00", "2026-03-29T10:60"],
    ...[
      "2026-03-29T10:00:60Z",
      "2026-03-29 10:00",
      "2026-03-29T10",
      "20260329T1000",
      "2026-W13-7T10:00",
      "2026-03-29T10:00+2",
    ],
    ...["2026-03-29T10:00+24:00", "2026-03-29T10:00Z[UTC]", "1774778400", "2026-03-29T10:00\n"],
  ])("%j is no time", (time) => {
    expect(refusal(time, "Europe/Berlin")).toMatchObject({
      code: "invalid_request",
      issues: [{ path: "scheduledTime" }],
    });
  });

  it.each(["", "Europe/Atlantis", "+02:00", "UTC+2", "local", "Europe/Berlin ", "../etc"])("%j is no zone", (zone) => {
    expect(refusal("2026-03-29T10:00", zone)).toMatchObject({
      code: "invalid_request",
      issues: [{ path: "timeZone" }],
    });
    expect(refusal("2026-03-29T10:00Z", zone).code).toBe("invalid_request");
    expect(isTimeZone(zone)).toBe(false);
  });

  it("asks for a zone where there is neither zone nor offset, and names the caller's fields", () => {
    expect(refusal("2026-03-29T10:00")).toMatchObject({ code: "invalid_request", issues: [{ path: "timeZone" }] });
    expect(() => resolveScheduledTime({ time: "x" }, { time: "when", timeZone: "zone" })).toThrow(
      expect.objectContaining({ issues: [expect.objectContaining({ path: "when" })] }),
    );
  });

  it("takes the zones that Intl lists", () => {
    expect(Intl.supportedValuesOf("timeZone").filter((zone) => !isTimeZone(zone))).toEqual([]);
    expect(at("2026-05-01T12:00", "Etc/GMT+5")).toBe("2026-05-01T17:00:00.000Z");
  });
});

import { describe, expect, it } from "vitest";
import { SCHEDULE_STATUSES } from "./contract";
import { isTooLate, nextQuestion, nextStatus, nextTry, SCHEDULE_EVENTS, SCHEDULE_STATES } from "./policy";

describe("the states of a schedule", () => {
  const table = {
    Scheduled: { reschedule: "Scheduled", cancel: "Canceled", hold: "OnHold", start: "Publishing" },
    Publishing: { succeed: "Published", fail: "Failed", putOff: "Scheduled", lose: "Unknown" },
    Published: { remove: "Published" },
    Failed: { reschedule: "Scheduled", cancel: "Canceled", retry: "Scheduled" },
    Canceled: { remove: "Canceled" },
    OnHold: { reschedule: "Scheduled", cancel: "Canceled" },
    Unknown: { succeed: "Published", fail: "Failed", miss: "Scheduled" },
  } as Record<string, Record<string, string>>;

  it.each(SCHEDULE_STATUSES.flatMap((status) => SCHEDULE_EVENTS.map((event) => ({ status, event }))))(
    "$event of what is $status",
    ({ status, event }) => {
      expect(nextStatus(status, event)).toBe(table[status]?.[event]);
    },
  );

  it("has each state be reached, and nothing sent while it is unknown whether it is there", () => {
    const reached = new Set<string>(Object.values(SCHEDULE_STATES).flatMap((row) => Object.values(row)));
    expect([...reached].sort()).toEqual([...SCHEDULE_STATUSES].sort());
    expect(nextStatus("Unknown", "start")).toBeUndefined();
    expect(nextStatus("Publishing", "start")).toBeUndefined();
  });
});

describe("trying again", () => {
  const since = new Date("2026-11-22T09:00:00Z");
  const past = (ms: number) => new Date(since.getTime() + ms);

  it("waits longer each time, up to half an hour", () => {
    const waits = [1, 2, 3, 10, 15].map((tries) => nextTry({ tries, since, now: since })!.getTime() - since.getTime());
    expect(waits).toEqual([2_000, 4_000, 8_000, 1_024_000, 1_800_000]);
  });

  it("asks what became of it at least once an hour, whatever the network wants", () => {
    const wait = (tries: number, retryAfterMs = 0) =>
      nextQuestion({ tries, now: since, retryAfterMs }).getTime() - since.getTime();
    expect([wait(1), wait(30), wait(1, 60_000)]).toEqual([2_000, 1_800_000, 60_000]);
    expect([wait(1, 24 * 3_600_000), wait(1, Number.MAX_SAFE_INTEGER)]).toEqual([3_600_000, 3_600_000]);
  });

  it("waits as long as the network wants, and no shorter", () => {
    expect(nextTry({ tries: 1, since, now: since, retryAfterMs: 3_600_000 })).toEqual(past(3_600_000));
    expect(nextTry({ tries: 3, since, now: since, retryAfterMs: 10 })).toEqual(past(8_000));
  });

  it("ends after 16 tries, or where the next would come a day after the first", () => {
    expect(nextTry({ tries: 16, since, now: since })).toBeNull();
    expect(nextTry({ tries: 2, since, now: past(86_396_000) })).toEqual(past(86_400_000));
    expect(nextTry({ tries: 2, since, now: past(86_396_001) })).toBeNull();
    expect(nextTry({ tries: 1, since, now: since, retryAfterMs: 86_400_001 })).toBeNull();
  });

  it("calls late what the workspace calls late", () => {
    expect(isTooLate(since, past(60_000), 1)).toBe(false);
    expect(isTooLate(since, past(60_001), 1)).toBe(true);
    expect(isTooLate(since, past(1), 0)).toBe(true);
    expect(isTooLate(since, past(1e12), null)).toBe(false);
  });
});

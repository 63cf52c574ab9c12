import { describe, expect, test } from "vitest";
import { isPoint, isStale, nextAfterFault, nextFetch, RHYTHM } from "./policy";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const since = new Date("2026-06-01T12:00:00Z");
const age = (ms: number) => new Date(since.getTime() + ms);

describe("the rhythm", () => {
  test("widens, and no interval is longer than what it is for", () => {
    RHYTHM.forEach(({ untilMs, everyMs }, index) => {
      const before = RHYTHM[index - 1] ?? { untilMs: 0, everyMs: 0 };
      expect([untilMs > before.untilMs, everyMs > before.everyMs, everyMs <= untilMs - before.untilMs]).toEqual([
        true,
        true,
        true,
      ]);
    });
  });

  test("asks 40 times in the first day, 86 times in the first two weeks, 208 times in all", () => {
    const asked: number[] = [];
    for (let at: Date | null = since; at; at = nextFetch({ since, plannedAt: at, now: at }))
      asked.push(at.getTime() - since.getTime());
    const until = (ms: number) => asked.filter((at) => at < ms).length;
    expect([until(DAY), until(14 * DAY), asked.length]).toEqual([40, 86, 208]);
    expect(asked.slice(0, 8).map((ms) => ms / MINUTE)).toEqual([0, 1, 2, 3, 4, 5, 10, 15]);
    expect(asked.at(-1)).toBeLessThan(407 * DAY);
  });

  test("does not drift when jobs are late, and leaves out what it slept through", () => {
    const plannedAt = age(20 * DAY);
    expect(nextFetch({ since, plannedAt, now: age(20 * DAY + HOUR) })).toEqual(age(21 * DAY));
    expect(nextFetch({ since, plannedAt, now: age(25 * DAY + HOUR) })).toEqual(age(26 * DAY + HOUR));
  });

  test("begins anew at once where a later question had been planned", () => {
    expect(nextFetch({ since, plannedAt: age(7 * DAY), now: age(1_000) })).toEqual(age(1_000 + MINUTE));
  });
});

test("after a failure it waits ever longer, up to a day, and as long as the network wants, within reason", () => {
  const wait = (kind: "passing" | "refused" | "revoked" | "lost", failures: number, retryAfterMs?: number) =>
    (nextAfterFault({ kind, message: "", retryAfterMs }, failures, since).getTime() - since.getTime()) / MINUTE;
  expect([1, 2, 3, 10, 11, 60].map((failures) => wait("passing", failures))).toEqual([2, 4, 8, 1024, 1440, 1440]);
  expect([wait("lost", 1), wait("refused", 1), wait("revoked", 1)]).toEqual([2, 1440, 1440]);
  expect([wait("passing", 1, 10 * MINUTE), wait("passing", 3, MINUTE), wait("passing", 1, 99 * DAY)]).toEqual([
    10,
    8,
    7 * 1440,
  ]);
});

test("a value is stale after twice its interval, and not within five minutes", () => {
  const state = (fetchedAt: number, now: number) => isStale(age(fetchedAt), since, age(now));
  expect([state(0, 5 * MINUTE - 1), state(0, 10 * MINUTE), state(0, 10 * MINUTE + 1)]).toEqual([false, false, true]);
  expect([state(2 * DAY, 2 * DAY + 6 * HOUR), state(2 * DAY, 2 * DAY + 6 * HOUR + 1)]).toEqual([false, true]);
  expect([state(400 * DAY, 414 * DAY), state(400 * DAY, 414 * DAY + 1)]).toEqual([false, true]);
});

test("a point is kept for the first value, for each change, and after 20 hours without", () => {
  const before = { value: 3, recordedAt: since.toISOString() };
  expect([isPoint(null, 0, since), isPoint(before, 3, age(HOUR)), isPoint(before, 2, age(HOUR))]).toEqual([
    true,
    false,
    true,
  ]);
  expect([isPoint(before, 3, age(20 * HOUR - 1)), isPoint(before, 3, age(20 * HOUR))]).toEqual([false, true]);
});

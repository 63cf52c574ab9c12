import { describe, expect, it } from "vitest";
import { isFailing, nextTry, RETRY_SECONDS } from "./policy";

const now = new Date("2026-11-27T09:00:00Z");
const wait = (...args: [tries: number, retryAfterMs?: number, random?: number]) => {
  const at = nextTry(args[0], args[1], args[2] ?? 0.5, now);
  return at && (at.getTime() - now.getTime()) / 1000;
};

describe("the next try", () => {
  it("comes later from try to try, over about a day, and then no more", () => {
    const waits = RETRY_SECONDS.map((_, i) => wait(i + 1)!);
    expect(waits).toEqual([...waits].sort((a, b) => a - b));
    const hours = waits.reduce((sum, one) => sum + one, 0) / 3_600;
    expect(hours).toBeGreaterThan(20);
    expect(hours).toBeLessThan(28);
    expect(wait(RETRY_SECONDS.length + 1)).toBeNull();
  });

  it("is spread, so that what failed together does not come again together", () => {
    expect([wait(2, undefined, 0), wait(2, undefined, 1)]).toEqual([270, 330]);
  });

  it("is as late as the receiver asks, and a day at most", () => {
    expect(wait(1, 120_000)).toBe(120);
    expect(wait(3, 1_000)).toBe(1_800);
    expect(wait(1, 10 * 86_400_000)).toBe(86_400);
  });
});

describe("an endpoint", () => {
  const ago = (days: number) => new Date(now.getTime() - days * 86_400_000);
  it.each([
    [9, 5, false],
    [10, 2.9, false],
    [10, 3, true],
    [99, 0.1, false],
    [100, 0.1, true],
  ])("with %i failures in %d days is failing: %s", (failures, days, failing) => {
    expect(isFailing(failures, ago(days), now)).toBe(failing);
  });
});

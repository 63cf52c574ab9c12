import { Problem } from "@contentos/sdk";
import { describe, expect, test } from "vitest";
import { waitBeforeTry, worthAnotherTry } from "./reading-again";

const problem = (status: number, code: "not_found" | "rate_limited" | "overloaded", retryAfterMs = 0) =>
  new Problem(status, code, "", [], {}, retryAfterMs);

describe("what could not be read", () => {
  test("is asked for twice more where a server was away, and not where it refused", () => {
    expect(worthAnotherTry(0, new TypeError("Failed to fetch"))).toBe(true);
    expect(worthAnotherTry(1, problem(503, "overloaded"))).toBe(true);
    expect(worthAnotherTry(2, problem(503, "overloaded"))).toBe(false);
    expect(worthAnotherTry(0, problem(404, "not_found"))).toBe(false);
    expect([0, 1].map((failures) => waitBeforeTry(failures, problem(503, "overloaded")))).toEqual([1_000, 2_000]);
  });

  test("is asked for when the server said, where it was asked too often", () => {
    const soon = problem(429, "rate_limited", 40_000);
    expect(worthAnotherTry(0, soon)).toBe(true);
    expect(waitBeforeTry(0, soon)).toBe(40_000);
    expect(worthAnotherTry(0, problem(429, "rate_limited", 61_000))).toBe(false);
  });
});

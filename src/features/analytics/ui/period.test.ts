import { describe, expect, it } from "vitest";
import { daysOf, periodOf, today } from "./period";

describe("a period", () => {
  it("has as many days as it says, and ends with the last", () => {
    expect(daysOf("7", "2026-03-03")).toEqual({ from: "2026-02-25", to: "2026-03-03" });
    expect(daysOf("30", "2024-03-01")).toEqual({ from: "2024-02-01", to: "2024-03-01" });
    expect(daysOf("90", "2026-11-27")).toEqual({ from: "2026-08-30", to: "2026-11-27" });
  });

  it("is a month as far as it has come, or all of the last", () => {
    expect(daysOf("month", "2026-11-27")).toEqual({ from: "2026-11-01", to: "2026-11-27" });
    expect(daysOf("lastMonth", "2024-03-31")).toEqual({ from: "2024-02-01", to: "2024-02-29" });
    expect(daysOf("lastMonth", "2026-01-01")).toEqual({ from: "2025-12-01", to: "2025-12-31" });
  });

  it("begins with the day that it is in the workspace's zone", () => {
    const now = new Date("2026-11-27T23:30:00Z");
    expect(today(now, "Europe/Vienna")).toBe("2026-11-28");
    expect(today(now, "America/Los_Angeles")).toBe("2026-11-27");
  });

  it("is a month's worth where the address says nothing that is known", () => {
    expect([periodOf(null), periodOf("90"), periodOf("1e9")]).toEqual(["30", "90", "30"]);
  });
});

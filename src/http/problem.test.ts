import { describe, expect, it } from "vitest";
import { refusalOf } from "./problem";

const raised = (code: string, cause?: Error) => Object.assign(new Error("raised", { cause }), code && { code });

describe("what the system underneath raises", () => {
  it.each(["53100", "ENOSPC", "EDQUOT"])("is refused as a full disk for %s, also where it was wrapped", (code) => {
    for (const error of [raised(code), raised("", raised(code))]) {
      const refusal = refusalOf(error)!;
      expect(refusal).toMatchObject({ code: "disk_full", retryAfterSeconds: 10 });
      expect(refusal.message).toMatch(/is full, and nothing was changed.*make room/);
    }
  });

  it.each(["53300", "57P01", "57P03", "08006", "ECONNREFUSED"])("is refused as passing for %s", (code) => {
    expect(refusalOf(raised(code))?.code).toBe("overloaded");
  });

  it("is a defect where nothing is known of it", () => {
    expect(refusalOf(raised("EACCES"))).toBeUndefined();
  });
});

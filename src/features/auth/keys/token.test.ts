import { describe, expect, it } from "vitest";
import { hashToken } from "@/platform/secrets";
import { keyIdentityOf, newApiKey } from "./token";

describe("an API key", () => {
  it("has a form that scanners know, and is taken by its hash", () => {
    for (let i = 0; i < 200; i++) {
      const key = newApiKey();
      expect(key).toMatch(/^cos_[0-9A-Za-z]{49}$/);
      expect(keyIdentityOf(key)).toEqual({ keyProof: hashToken(key), via: "key" });
    }
  });

  it("uses each letter and digit about as often", () => {
    const counts = new Map<string, number>();
    for (let i = 0; i < 2_000; i++)
      for (const digit of newApiKey().slice(4, 47)) counts.set(digit, (counts.get(digit) ?? 0) + 1);
    expect(counts.size).toBe(62);
    const expected = (2_000 * 43) / 62;
    for (const count of counts.values()) expect(Math.abs(count - expected)).toBeLessThan(expected * 0.2);
  });

  it("with a letter changed, cut off or swapped is none", () => {
    const key = newApiKey();
    const other = (digit: string) => (digit === "a" ? "b" : "a");
    const at = (index: number) => key.slice(0, index) + other(key[index]!) + key.slice(index + 1);
    for (const wrong of [at(4), at(30), at(52), key.slice(0, -1), `${key}x`, "cos_", `COS_${key.slice(4)}`])
      expect(() => keyIdentityOf(wrong)).toThrow(/no API key/);
  });
});

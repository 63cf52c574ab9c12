import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { accentsOf, brandingOf, DARK, LIGHT } from "./ui/branding";
import { dayIn, wordsFor } from "./ui/words";

/** WCAG 2.2's formula, written anew: over 8-bit channels, by powers of the whole. */
function contrast(one: string, other: string): number {
  const luminance = (color: string) => {
    const value = Number.parseInt(color.slice(1), 16);
    return [
      [value >> 16, 0.2126],
      [(value >> 8) & 255, 0.7152],
      [value & 255, 0.0722],
    ].reduce((sum, [part, weight]) => {
      const share = part! / 255;
      return sum + weight! * (share > 0.04045 ? ((share + 0.055) / 1.055) ** 2.4 : share / 12.92);
    }, 0);
  };
  const [a, b] = [luminance(one) + 0.05, luminance(other) + 0.05];
  return Math.max(a, b) / Math.min(a, b);
}

const anyColor = fc.integer({ min: 0, max: 0xffffff }).map((value) => `#${value.toString(16).padStart(6, "0")}`);

describe("the theme of a site", () => {
  it("can be read on light and dark, whatever the brand's colour", () => {
    expect(contrast("#ffffff", "#000000")).toBeCloseTo(21);
    fc.assert(
      fc.property(anyColor, (color) => {
        const { brand, light, dark } = accentsOf(color);
        expect(brand).toBe(color);
        expect(contrast(light, LIGHT.page)).toBeGreaterThanOrEqual(4.5);
        expect(contrast(dark, DARK.page)).toBeGreaterThanOrEqual(4.5);
      }),
    );
  });

  it("leaves a colour alone that can be read, and knows the short form", () => {
    expect(accentsOf("#0a7d5a").light).toBe("#0a7d5a");
    expect(accentsOf("#07a").brand).toBe("#0077aa");
  });

  it("shows what is right of a branding that is wrong in parts", () => {
    const saved = { primaryColor: "red", logoUrl: "http://plain.example/a.png", tagline: "Hello", more: 1 };
    expect(brandingOf(saved)).toEqual({ tagline: "Hello" });
    for (const nothing of [null, undefined, "x", []]) expect(brandingOf(nothing)).toEqual({});
  });
});

describe("a page's own words", () => {
  it("are in its language where we have it, else in English and marked as such", () => {
    expect(wordsFor("de-AT")).toMatchObject({ spoken: "de-AT", direction: "ltr" });
    expect(wordsFor("ar")).toMatchObject({ spoken: "en", direction: "rtl" });
    expect(wordsFor("ar").words.older).toBe("Older articles");
  });

  it("say the day of the site's own zone, also for a tag that names no language", () => {
    const lateInUtc = "2026-11-22T23:30:00Z";
    expect(dayIn("en", "Pacific/Auckland", lateInUtc)).toBe("November 23, 2026");
    expect(dayIn("de", "UTC", lateInUtc)).toBe("22. November 2026");
    expect(dayIn("en-12345678901", "UTC", lateInUtc)).toBe("November 22, 2026");
  });
});

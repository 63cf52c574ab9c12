import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { SITE_COLORS, SITE_FONTS, SITE_HEADERS, siteVariables, unreadable } from "@/platform/site-look";
import { brandingOf } from "./ui/branding";
import { styleFor } from "./ui/styles";
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
        const { light, dark } = siteVariables(color);
        for (const palette of [light, dark]) {
          expect(palette["--brand"]).toBe(color);
          for (const name of ["--text", "--link", "--accent", "--quiet"] as const)
            expect([name, contrast(palette[name], palette["--page"]) >= 4.5]).toEqual([name, true]);
          expect(contrast(palette["--text"], palette["--soft"])).toBeGreaterThanOrEqual(4.5);
          expect(contrast(palette["--on-brand"], palette["--brand"])).toBeGreaterThanOrEqual(4.5);
        }
      }),
    );
  });

  it("leaves a colour alone that can be read, and knows the short form", () => {
    expect(siteVariables("#0a7d5a").light["--link"]).toBe("#0a7d5a");
    expect(siteVariables("#07a").light["--brand"]).toBe("#0077aa");
  });

  it("takes each setting from a closed list, and refuses what can't be read", () => {
    const right = {
      font: "Serif",
      header: "Band",
      textWidth: 40,
      radius: 0,
      textSize: 20,
      light: { background: "#fffdf7", text: "#222222", link: "#0b5d3b", accent: "#7a3b1d" },
    };
    expect(brandingOf({ theme: right }).theme).toEqual(right);
    expect(unreadable("light", { background: "#ffffff", link: "#cccccc" })).toEqual([{ color: "link", ratio: 1.6 }]);
    for (const wrong of [
      { light: { background: "#fffff" } },
      { light: { text: "#eeeeee" } },
      { dark: { background: "#ffffff" } },
      { light: { link: "url(https://evil.example/x)" } },
      { light: { text: "#111111;}body{display:none" } },
      { light: { text: "#111111\n" } },
      { light: { margin: "#111111" } },
      { font: 'x";}</style><script>alert(1)</script>' },
      { font: "toString" },
      { radius: "4px;}" },
      { radius: 1.5 },
      { textWidth: 1_000 },
      { css: "body{}" },
      { __proto__: null, constructor: "x" },
    ])
      expect([wrong, brandingOf({ theme: wrong })]).toEqual([wrong, {}]);
  });

  it("is a style whose braces match, whatever is chosen", () => {
    const oneOf = (names: readonly string[]) => fc.constantFrom(...names);
    const palette = fc.record(Object.fromEntries(SITE_COLORS.map((name) => [name, anyColor])), { requiredKeys: [] });
    const theme = fc.record(
      {
        font: oneOf(Object.keys(SITE_FONTS)),
        headingFont: oneOf(Object.keys(SITE_FONTS)),
        header: oneOf(SITE_HEADERS),
        radius: fc.integer({ min: 0, max: 24 }),
        light: palette,
        dark: palette,
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(theme, anyColor, (chosen, primaryColor) => {
        const taken = brandingOf({ theme: chosen, primaryColor });
        const style = styleFor(taken);
        expect(style.match(/\{/g)?.length).toBe(style.match(/\}/g)?.length);
        expect(style).not.toMatch(/url\(|@import|<|expression|undefined|NaN/);
      }),
    );
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

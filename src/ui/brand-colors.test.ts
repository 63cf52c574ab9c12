import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { BRAND_SHADE, brandShades, contrast } from "./brand-colors";

const aColor = fc.integer({ min: 0, max: 0xffffff }).map((value) => `#${value.toString(16).padStart(6, "0")}`);
/** The grounds of the light and the dark scheme. */
const [LIGHT, DARK] = ["#ffffff", "#242424"];

describe("shades of a brand's colour", () => {
  it("read on each scheme's ground, and white reads on them, whatever the colour is", () => {
    fc.assert(
      fc.property(aColor, (color) => {
        const shades = brandShades(color);
        for (const shade of shades.slice(BRAND_SHADE)) expect(contrast(shade, LIGHT)).toBeGreaterThanOrEqual(4.5);
        for (const shade of shades.slice(0, 5)) expect(contrast(shade, DARK)).toBeGreaterThanOrEqual(4.5);
      }),
      { numRuns: 2_000 },
    );
  });

  it("go from light to dark, and keep the hue", () => {
    const shades = brandShades("#e4002b");
    const lights = shades.map((shade) => contrast(shade, "#000"));
    expect(lights).toEqual([...lights].sort((one, other) => other - one));
    // Red stays red.
    for (const shade of shades.slice(3)) {
      const [red, green, blue] = shade.match(/[0-9a-f]{2}/g)!.map((pair) => Number.parseInt(pair, 16));
      expect(red).toBeGreaterThan(Math.max(green!, blue!));
    }
  });

  it("take three digits for six, and nothing else", () => {
    expect(brandShades("#0a7")).toEqual(brandShades("#00aa77"));
    expect(() => brandShades("teal")).toThrow("no colour");
  });

  it("are held against the known contrasts of black, white and grey", () => {
    expect(contrast("#fff", "#000")).toBeCloseTo(21);
    expect(contrast("#767676", "#fff")).toBeCloseTo(4.54, 2);
  });
});

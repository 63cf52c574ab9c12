import type { MantineColorsTuple } from "@mantine/core";

/**
 * The shades of a colour in OKLCH (https://bottosson.github.io/posts/oklab): its own hue, less colourful where it
 * gets very light or dark. The lightness of each is fixed, so that contrast holds whatever the colour is:
 * white reads on shades from BRAND_SHADE on (at least 4.5 to 1), and shades up to 4 read on the dark scheme's ground.
 */
const LIGHTNESS = [0.971, 0.936, 0.885, 0.81, 0.725, 0.64, 0.535, 0.48, 0.43, 0.36];
export const BRAND_SHADE = 6;

/** @param hex such as #0a7d5a or #0a7 @throws Error for anything else */
export function brandShades(hex: string): MantineColorsTuple {
  const { chroma, hue } = oklch(rgbOf(hex));
  const shades = LIGHTNESS.map((lightness) => {
    const most = Math.min(chroma, 0.19 * Math.sin(Math.PI * Math.min(lightness, 0.985)) + 0.01);
    return hexOf(lightness, most, hue);
  });
  return shades as unknown as MantineColorsTuple;
}

/** WCAG 2's contrast of two colours, from 1 to 21. */
export function contrast(one: string, other: string): number {
  const [bright, dark] = [one, other].map((hex) => luminance(rgbOf(hex))).sort((a, b) => b - a) as [number, number];
  return (bright + 0.05) / (dark + 0.05);
}

type Rgb = [number, number, number];

function rgbOf(hex: string): Rgb {
  const digits = /^#([0-9a-f]{3}|[0-9a-f]{6})$/i.exec(hex)?.[1];
  if (!digits) throw new Error(`${hex} is no colour in hex`);
  const pairs = digits.length === 3 ? [...digits].map((digit) => digit + digit) : digits.match(/../g)!;
  return pairs.map((pair) => Number.parseInt(pair, 16) / 255) as Rgb;
}

const linear = (value: number) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
const gamma = (value: number) => (value <= 0.0031308 ? value * 12.92 : 1.055 * value ** (1 / 2.4) - 0.055);

function luminance(rgb: Rgb): number {
  const [red, green, blue] = rgb.map(linear) as Rgb;
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function oklch(rgb: Rgb) {
  const [red, green, blue] = rgb.map(linear) as Rgb;
  const long = Math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue);
  const medium = Math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue);
  const short = Math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue);
  const a = 1.9779984951 * long - 2.428592205 * medium + 0.4505937099 * short;
  const b = 0.0259040371 * long + 0.7827717662 * medium - 0.808675766 * short;
  return { chroma: Math.hypot(a, b), hue: Math.atan2(b, a) };
}

/** The colour, less colourful until a screen can show it. */
function hexOf(lightness: number, chroma: number, hue: number): string {
  for (let most = chroma; ; most -= 0.005) {
    const rgb = linearRgb(lightness, Math.max(most, 0), hue).map(gamma);
    if (most <= 0 || rgb.every((value) => value >= -0.0005 && value <= 1.0005)) {
      const bytes = rgb.map((value) => Math.round(Math.min(Math.max(value, 0), 1) * 255));
      return `#${bytes.map((byte) => byte.toString(16).padStart(2, "0")).join("")}`;
    }
  }
}

function linearRgb(lightness: number, chroma: number, hue: number): Rgb {
  const [a, b] = [chroma * Math.cos(hue), chroma * Math.sin(hue)];
  const long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const short = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
    -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
    -0.0041960863 * long - 0.7034186147 * medium + 1.707614701 * short,
  ];
}

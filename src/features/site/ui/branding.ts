import { Branding } from "@/features/workspaces/contract";

/** As it was saved. What an older or a wrong row says is left out: a page is shown in any case. */
export function brandingOf(saved: unknown): Branding {
  const known = Object.entries(Branding.shape).flatMap(([name, field]) => {
    const read = field.safeParse((saved as Record<string, unknown> | null)?.[name]);
    return read.success && read.data ? [[name, read.data]] : [];
  });
  return Object.fromEntries(known) as Branding;
}

/** WCAG 2.2, success criterion 1.4.3, for text of any size. */
const MIN_CONTRAST = 4.5;
const DEFAULT_COLOR = "#3451b2";
export const LIGHT = { page: "#ffffff", text: "#1a1c20" };
export const DARK = { page: "#15171b", text: "#e7e9ee" };

type Rgb = [number, number, number];

/** The brand's colour as it is, and moved towards black or white until it can be read on either background. */
export function accentsOf(color = DEFAULT_COLOR) {
  const brand = parse(color);
  return {
    brand: hex(brand),
    light: hex(readableOn(parse(LIGHT.page), brand, [0, 0, 0])),
    dark: hex(readableOn(parse(DARK.page), brand, [255, 255, 255])),
  };
}

function readableOn(background: Rgb, color: Rgb, towards: Rgb): Rgb {
  for (let share = 0; share <= 1; share += 0.02) {
    const mixed = color.map((part, index) => Math.round(part + (towards[index]! - part) * share)) as Rgb;
    if (contrast(mixed, background) >= MIN_CONTRAST) return mixed;
  }
  return towards;
}

/** From 1 to 21 (WCAG 2.2, "contrast ratio"). */
function contrast(one: Rgb, other: Rgb): number {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

const luminance = (rgb: Rgb) => {
  const [r, g, b] = rgb.map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as Rgb;
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};

function parse(color: string): Rgb {
  const digits = color.length === 4 ? color.replace(/[0-9a-f]/gi, "$&$&") : color;
  return [1, 3, 5].map((start) => Number.parseInt(digits.slice(start, start + 2), 16)) as Rgb;
}

const hex = (rgb: Rgb) => `#${rgb.map((part) => part.toString(16).padStart(2, "0")).join("")}`;

/** WCAG 2.2, success criterion 1.4.3, for text of any size. */
export const MIN_CONTRAST = 4.5;

export type Rgb = [number, number, number];

/** @param color in hex, of three digits or six */
export function parseColor(color: string): Rgb {
  const digits = color.length === 4 ? color.replace(/[0-9a-f]/gi, "$&$&") : color;
  return [1, 3, 5].map((start) => Number.parseInt(digits.slice(start, start + 2), 16)) as Rgb;
}

export const hexOf = (rgb: Rgb) => `#${rgb.map((part) => part.toString(16).padStart(2, "0")).join("")}`;

/** From 1 to 21 (WCAG 2.2, "contrast ratio"). */
export function contrastOf(one: Rgb, other: Rgb): number {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

export const mixed = (from: Rgb, to: Rgb, share: number) =>
  from.map((part, index) => Math.round(part + (to[index]! - part) * share)) as Rgb;

/** The colour itself, or as little towards black or white as it takes to be read on the background. */
export function readableOn(background: Rgb, color: Rgb): Rgb {
  const black: Rgb = [0, 0, 0];
  const white: Rgb = [255, 255, 255];
  const towards = contrastOf(black, background) >= contrastOf(white, background) ? black : white;
  for (let share = 0; share <= 1; share += 0.02) {
    const moved = mixed(color, towards, share);
    if (contrastOf(moved, background) >= MIN_CONTRAST) return moved;
  }
  return towards;
}

const luminance = (rgb: Rgb) => {
  const [r, g, b] = rgb.map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as Rgb;
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};

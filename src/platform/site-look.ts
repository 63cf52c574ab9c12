import { contrastOf, hexOf, MIN_CONTRAST, mixed, parseColor, type Rgb, readableOn } from "./colors";

/** Fonts that visitors have: nothing is fetched for them. */
export const SITE_FONTS = {
  System: 'system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif',
  Humanist: 'Seravek,"Gill Sans Nova",Ubuntu,Calibri,"DejaVu Sans",sans-serif',
  Geometric: 'Avenir,Montserrat,Corbel,"URW Gothic",sans-serif',
  Serif: 'Charter,"Bitstream Charter","Sitka Text",Cambria,Georgia,serif',
  Antique: '"Iowan Old Style","Palatino Linotype","URW Palladio L",P052,serif',
  Mono: "ui-monospace,SFMono-Regular,Menlo,Consolas,monospace",
} as const;
export const SITE_HEADERS = ["Plain", "Centered", "Band"] as const;

/** The bounds of what is a number: characters of a line in rem, corners and letters in px of a page at its normal size. */
export const SITE_BOUNDS = { textWidth: [34, 60], radius: [0, 24], textSize: [15, 22] } as const;

export const SITE_COLORS = ["background", "text", "link", "accent"] as const;

type Palette = { [Name in (typeof SITE_COLORS)[number]]?: string | undefined };
type Numbers = { [Name in keyof typeof SITE_BOUNDS]?: number | undefined };

/** What a workspace has chosen of it, as the contract lets it. */
export type SiteLook = Numbers & {
  font?: keyof typeof SITE_FONTS | undefined;
  headingFont?: keyof typeof SITE_FONTS | undefined;
  header?: (typeof SITE_HEADERS)[number] | undefined;
  light?: Palette | undefined;
  dark?: Palette | undefined;
};

/** What is not given of a palette. */
const LIGHT = { background: "#ffffff", text: "#1a1c20" };
const DARK = { background: "#15171b", text: "#e7e9ee" };
export const SCHEMES = { light: LIGHT, dark: DARK } as const;
export type Scheme = keyof typeof SCHEMES;

/** What can't be read, of what was chosen: each of these on its background. */
export function unreadable(scheme: Scheme, chosen: Palette | undefined): { color: string; ratio: number }[] {
  const { background, ...others } = { ...SCHEMES[scheme], ...chosen };
  const on = parseColor(background ?? SCHEMES[scheme].background);
  return Object.entries(others).flatMap(([color, value]) => {
    if (value === undefined) return [];
    const ratio = contrastOf(parseColor(value), on);
    return ratio < MIN_CONTRAST ? [{ color, ratio: Math.floor(ratio * 100) / 100 }] : [];
  });
}

const DEFAULT_COLOR = "#3451b2";

/** The variables of a site's style, in light and in dark. @param color the brand's, in hex */
export function siteVariables(color = DEFAULT_COLOR, theme: SiteLook = {}) {
  const brand = parseColor(color);
  return {
    all: {
      "--font": SITE_FONTS[theme.font ?? "System"],
      "--heading-font": SITE_FONTS[theme.headingFont ?? theme.font ?? "System"],
      "--width": `${theme.textWidth ?? 46}rem`,
      "--radius": `${theme.radius ?? 9}px`,
      "--size": `${(theme.textSize ?? 18) / 16}rem`,
    },
    light: paletteOf("light", brand, theme.light),
    dark: paletteOf("dark", brand, theme.dark),
  };
}

function paletteOf(scheme: Scheme, brand: Rgb, chosen: Palette = {}) {
  const page = parseColor(chosen.background ?? SCHEMES[scheme].background);
  const text = parseColor(chosen.text ?? SCHEMES[scheme].text);
  const link = hexOf(chosen.link ? parseColor(chosen.link) : readableOn(page, brand));
  const band = chosen.accent ? parseColor(chosen.accent) : brand;
  return {
    "--page": hexOf(page),
    "--text": hexOf(text),
    "--link": link,
    "--accent": chosen.accent ? hexOf(band) : link,
    "--brand": hexOf(band),
    "--on-brand": hexOf(readableOn(band, [255, 255, 255])),
    // As pale as can be read, and as strong as the text on it allows.
    "--quiet": hexOf(palest(0.34, (share) => mixed(text, page, share), page)),
    "--soft": hexOf(palest(0.05, (share) => mixed(page, text, share), text)),
    "--line": hexOf(mixed(page, text, 0.13)),
  };
}

function palest(most: number, at: (share: number) => Rgb, against: Rgb): Rgb {
  for (let share = most; share > 0; share -= 0.01) {
    const color = at(share);
    if (contrastOf(color, against) >= MIN_CONTRAST) return color;
  }
  return at(0);
}

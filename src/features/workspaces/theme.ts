import { MIN_CONTRAST } from "@/platform/colors";
import { z } from "@/platform/contract";
import { SITE_BOUNDS, SITE_FONTS, SITE_HEADERS, unreadable } from "@/platform/site-look";

const FONTS = Object.keys(SITE_FONTS) as [keyof typeof SITE_FONTS];
const Color = z.string().regex(/^#[0-9a-fA-F]{6}$/, "A colour in hex with six digits, such as #0a7d5a.");
const within = ([least, most]: readonly [number, number]) => z.int().min(least).max(most).optional();

const Palette = z.strictObject({
  background: Color.optional(),
  text: Color.optional(),
  link: Color.optional(),
  accent: Color.optional(),
});
/** The look of the public site: a closed list of settings, each with a closed set of values. No CSS is taken from anybody. */
export const SiteTheme = z
  .strictObject({
    font: z.enum(FONTS).optional(),
    headingFont: z.enum(FONTS).optional(),
    header: z.enum(SITE_HEADERS).optional(),
    textWidth: within(SITE_BOUNDS.textWidth),
    radius: within(SITE_BOUNDS.radius),
    textSize: within(SITE_BOUNDS.textSize),
    light: Palette.optional(),
    dark: Palette.optional(),
  })
  .superRefine((theme, context) => {
    for (const scheme of ["light", "dark"] as const)
      for (const { color, ratio } of unreadable(scheme, theme[scheme]))
        context.addIssue({
          code: "custom",
          path: [scheme, color],
          message: `On this background it has a contrast of ${ratio}, and ${MIN_CONTRAST} is the least that can be read.`,
        });
  })
  .openapi("SiteTheme", { example: { font: "Serif", header: "Centered", light: { background: "#fffdf7" } } });

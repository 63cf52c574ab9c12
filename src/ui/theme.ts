import { createTheme, mergeThemeOverrides } from "@mantine/core";
import { BRAND_SHADE, brandShades } from "./brand-colors";

const OWN_COLOR = "#0b7a5c";

const base = createTheme({
  colors: { brand: brandShades(OWN_COLOR) },
  primaryColor: "brand",
  primaryShade: { light: BRAND_SHADE, dark: BRAND_SHADE },
  defaultRadius: "md",
  fontFamily: "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', sans-serif",
  fontFamilyMonospace: "ui-monospace, SFMono-Regular, Menlo, Consolas, monospace",
  headings: { fontWeight: "650" },
  cursorType: "pointer",
  respectReducedMotion: true,
});

/** The application's look, in a workspace's colour where one is given. */
export const themeOf = (brandColor: string | undefined) =>
  brandColor ? mergeThemeOverrides(base, { colors: { brand: brandShades(brandColor) } }) : base;

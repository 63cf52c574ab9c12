import { type CSSVariablesResolver, createTheme, mergeThemeOverrides } from "@mantine/core";
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
  components: {
    // A dialog's head is no second banner of the page.
    Modal: {
      defaultProps: { attributes: { header: { role: "presentation" } } },
      styles: { title: { fontWeight: 650 } },
    },
  },
});

/** Mantine's own greys and greens are too pale on their grounds for WCAG's 4.5 to 1. */
export const readableColors: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    "--mantine-color-dimmed": "#5b636b",
    "--mantine-color-placeholder": "#6a727a",
    "--mantine-color-green-light-color": "#1c5c2b",
    "--mantine-color-teal-light-color": "#075943",
    "--mantine-color-orange-light-color": "#8a3606",
    "--mantine-color-red-light-color": "#a51111",
    "--mantine-color-blue-light-color": "#0f4f8a",
    "--mantine-color-gray-light-color": "#343a40",
    "--mantine-color-error": "#c01c1c",
  },
  // In the dark Mantine's are white, and "Overdue" would look as anything else does.
  dark: {
    "--mantine-color-green-light-color": "#8ce99a",
    "--mantine-color-teal-light-color": "#63e6be",
    "--mantine-color-orange-light-color": "#ffc078",
    "--mantine-color-red-light-color": "#ffa8a8",
    "--mantine-color-blue-light-color": "#a5d8ff",
    "--mantine-color-dimmed": "#a3a8ad",
    "--mantine-color-placeholder": "#9a9fa4",
    "--mantine-color-error": "#ff8787",
  },
});

/** The application's look, in a workspace's colour where one is given. */
export const themeOf = (brandColor: string | undefined) =>
  brandColor ? mergeThemeOverrides(base, { colors: { brand: brandShades(brandColor) } }) : base;

"use client";

import { Box, Group, SimpleGrid, Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { BRAND_SHADE, brandShades } from "@/ui/brand-colors";
import classes from "./brand-preview.module.css";

/** The application's grounds and words in each scheme. */
const SCHEMES = {
  light: { ground: "#ffffff", text: "#1a1c20", link: BRAND_SHADE },
  dark: { ground: "#242424", text: "#e7e9ee", link: 4 },
} as const;

/** What buttons and links look like in a colour, in both schemes. It is a picture: nothing in it can be pressed. */
export function BrandPreview({ color }: { color: string }) {
  const t = useTranslations("settings.branding");
  const shades = brandShades(color);
  return (
    <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm" role="img" aria-label={t("previewApp")}>
      {(["light", "dark"] as const).map((scheme) => {
        const { ground, text, link } = SCHEMES[scheme];
        return (
          <Box key={scheme} className={classes.ground} style={{ background: ground, color: text }} aria-hidden>
            <Text size="xs" mb="xs">
              {t(scheme)}
            </Text>
            <Group gap="sm">
              <span className={classes.button} style={{ background: shades[BRAND_SHADE], color: "#fff" }}>
                {t("previewButton")}
              </span>
              <span style={{ color: shades[link], textDecoration: "underline", fontSize: 14 }}>{t("previewLink")}</span>
            </Group>
          </Box>
        );
      })}
    </SimpleGrid>
  );
}

type SiteProps = { color: string | undefined; name: string; tagline: string; footer: string; logo?: ReactNode };

/** The head and the foot of the public site. */
export function SitePreview({ color = "#3451b2", name, tagline, footer, logo }: SiteProps) {
  const t = useTranslations("settings.branding");
  return (
    <div className={classes.site} style={{ borderTopColor: color }} role="img" aria-label={t("previewSite")}>
      <Stack gap="md" p="lg" aria-hidden>
        <Group gap="xs" wrap="nowrap">
          {logo}
          <Text fw={650} size="sm" truncate>
            {name}
          </Text>
        </Group>
        <div>
          <Text fz={26} fw={700} lh={1.2} style={{ overflowWrap: "anywhere" }}>
            {name}
          </Text>
          {tagline && (
            <Text className={classes.quiet} mt={4}>
              {tagline}
            </Text>
          )}
        </div>
        <Text size="xs" className={classes.foot}>
          {footer || name}
        </Text>
      </Stack>
    </div>
  );
}

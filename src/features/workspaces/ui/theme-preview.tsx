"use client";

import { SimpleGrid, Stack, Text } from "@mantine/core";
import type { CSSProperties } from "react";
import { useTranslations } from "use-intl";
import { type SiteLook, siteVariables } from "@/platform/site-look";
import classes from "./theme-preview.module.css";

type Props = { name: string; color: string | undefined; theme: SiteLook };

/** A page of the site in both schemes, by the very variables that the site's own style has. It is a picture. */
export function ThemePreview({ name, color, theme }: Props) {
  const t = useTranslations("site.theme");
  const { all, ...schemes } = siteVariables(color, theme);
  return (
    <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="md" role="img" aria-label={t("preview")}>
      {(["light", "dark"] as const).map((scheme) => (
        <Stack key={scheme} gap={6} aria-hidden>
          <Text size="sm" c="dimmed">
            {t(scheme)}
          </Text>
          <div
            className={classes.page}
            data-header={theme.header ?? "Plain"}
            style={{ ...all, ...schemes[scheme] } as CSSProperties}
          >
            <div className={classes.head}>{name}</div>
            <div className={classes.text}>
              <div className={classes.title}>{t("sample")}</div>
              <div className={classes.words}>
                {t("sampleText")} <span className={classes.link}>{t("sampleLink")}</span>.
              </div>
              <div className={classes.quiet}>1.4.2027</div>
              <div className={classes.box}>{"{ }"}</div>
            </div>
          </div>
        </Stack>
      ))}
    </SimpleGrid>
  );
}

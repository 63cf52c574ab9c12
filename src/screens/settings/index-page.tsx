"use client";

import { Box } from "@mantine/core";
import { useRouter } from "next/navigation";
import { useEffect } from "react";
import { useTranslations } from "use-intl";
import { Page } from "@/ui/page";
import { useWorkspace } from "../workspace-context";
import { SettingsNavigation } from "./layout";

/** Mantine's `md`: from here on the list stands beside every page. */
const WIDE = "(min-width: 62em)";

export function SettingsIndex() {
  const t = useTranslations("settings");
  const router = useRouter();
  const { slug } = useWorkspace();
  useEffect(() => {
    if (window.matchMedia(WIDE).matches) router.replace(`/w/${slug}/settings/general`);
  }, [router, slug]);
  return (
    <Page title={t("title")}>
      <Box hiddenFrom="md">
        <SettingsNavigation />
      </Box>
    </Page>
  );
}

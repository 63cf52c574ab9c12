"use client";

import { Alert } from "@mantine/core";
import { useNetwork } from "@mantine/hooks";
import { IconCloudOff } from "@tabler/icons-react";
import { useTranslations } from "use-intl";

/** Told where it matters: above what one is at. */
export function OfflineBar() {
  const t = useTranslations("common");
  const { online } = useNetwork();
  if (online) return null;
  return (
    <Alert color="orange" variant="light" mb="md" role="status" icon={<IconCloudOff size={18} aria-hidden />}>
      {t("offline")}
    </Alert>
  );
}

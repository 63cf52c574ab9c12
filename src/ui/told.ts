"use client";

import { notifications } from "@mantine/notifications";
import { useTranslations } from "use-intl";

/** Says for a moment that something was done. */
export function useTold() {
  const t = useTranslations("common");
  return (message?: string) =>
    notifications.show({
      message: message ?? t("saved"),
      color: "teal",
      closeButtonProps: { "aria-label": t("close") },
    });
}

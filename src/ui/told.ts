"use client";

import { useTranslations } from "use-intl";
import { notices } from "./notices";

/** Says for a moment that something was done. */
export function useTold() {
  const t = useTranslations("common");
  return (message?: string) =>
    notices.show({
      message: message ?? t("saved"),
      color: "teal",
      closeButtonProps: { "aria-label": t("close") },
    });
}

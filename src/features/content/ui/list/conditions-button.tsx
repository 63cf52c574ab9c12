"use client";

import { IconAdjustmentsHorizontal } from "@tabler/icons-react";
import { useTranslations } from "use-intl";
import { PlainButton, type PlainButtonProps } from "@/ui/plain-button";

export function ConditionsButton(props: PlainButtonProps) {
  const t = useTranslations("content.list");
  return (
    <PlainButton quiet icon={<IconAdjustmentsHorizontal size={16} aria-hidden />} {...props}>
      {t("filters")}
    </PlainButton>
  );
}

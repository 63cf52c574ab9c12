"use client";

import { IconUser } from "@tabler/icons-react";
import { useTranslations } from "use-intl";
import { PlainButton, type PlainButtonProps } from "@/ui/plain-button";

export function AccountButton(props: PlainButtonProps) {
  const t = useTranslations("shell");
  return (
    <PlainButton quiet shape="round" aria-label={t("account")} {...props}>
      <IconUser size={18} stroke={1.6} />
    </PlainButton>
  );
}

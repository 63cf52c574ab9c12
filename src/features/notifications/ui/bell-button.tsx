"use client";

import { IconBell } from "@tabler/icons-react";
import { useTranslations } from "use-intl";
import { PlainButton, type PlainButtonProps } from "@/ui/plain-button";

type Props = PlainButtonProps & { count: number };

export function BellButton({ count, ...props }: Props) {
  const t = useTranslations("bell");
  return (
    <PlainButton quiet shape="round" aria-label={t("open", { count })} {...props}>
      <IconBell size={18} stroke={1.6} />
    </PlainButton>
  );
}

"use client";

import { Button } from "@mantine/core";
import { IconShieldLock } from "@tabler/icons-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { useTranslations } from "use-intl";
import { EmptyState } from "@/ui/empty-state";
import type { ENTRY_REASONS } from "./entry-reasons";

type Props = { reason: (typeof ENTRY_REASONS)[number] /** Where a second factor is set up. */; account: string };

export function EntryClosed({ reason, account }: Props) {
  const t = useTranslations("shell.entry");
  const pathname = usePathname();
  const href = reason === "second_factor_required" ? account : `/sign-in?next=${encodeURIComponent(pathname)}`;
  return (
    <EmptyState
      icon={IconShieldLock}
      title={t(`${reason}.title`)}
      text={t(`${reason}.text`)}
      action={
        <Button component={Link} href={href}>
          {t(`${reason}.action`)}
        </Button>
      }
    />
  );
}

"use client";

import { IconLock } from "@tabler/icons-react";
import { useTranslations } from "use-intl";
import { ApiKeys } from "@/features/auth/ui/api-keys";
import { EmptyState } from "@/ui/empty-state";
import { Page } from "@/ui/page";
import { useMay } from "../workspace-context";

export function KeysSettings() {
  const t = useTranslations("keys");
  return (
    <Page title={t("title")} lead={t("lead")}>
      {useMay()("Admin") ? (
        <ApiKeys />
      ) : (
        <EmptyState icon={IconLock} title={t("adminsOnly")} text={t("adminsOnlyText")} />
      )}
    </Page>
  );
}

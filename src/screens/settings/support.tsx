"use client";

import { IconLock } from "@tabler/icons-react";
import { useTranslations } from "use-intl";
import { SupportAccesses } from "@/features/workspaces/ui/support-access";
import { EmptyState } from "@/ui/empty-state";
import { Page } from "@/ui/page";
import { useMay, useWorkspace } from "../workspace-context";

export function SupportSettings() {
  const t = useTranslations("workspaces.support");
  const { id } = useWorkspace();
  return (
    <Page title={t("title")} lead={t("lead")}>
      {useMay()("Admin") ? (
        <SupportAccesses workspaceId={id} />
      ) : (
        <EmptyState icon={IconLock} title={t("adminsOnly")} text={t("adminsOnlyText")} />
      )}
    </Page>
  );
}

"use client";

import { listMembers } from "@contentos/sdk";
import { IconLock } from "@tabler/icons-react";
import { useTranslations } from "use-intl";
import { AuditLog } from "@/features/audit/ui/audit-log";
import { EmptyState } from "@/ui/empty-state";
import { Page } from "@/ui/page";
import { useRead } from "@/ui/query";
import { useMay, useWorkspace } from "../workspace-context";

export function AuditSettings() {
  const t = useTranslations("audit");
  const { id, timeZone } = useWorkspace();
  const may = useMay();
  const members = useRead(listMembers, { id, limit: 100 }, { staleTime: 60_000 });
  return (
    <Page title={t("title")} lead={t("lead")}>
      {may("Admin") ? (
        <AuditLog people={members.data?.items ?? []} timeZone={timeZone} />
      ) : (
        <EmptyState icon={IconLock} title={t("adminsOnly")} text={t("adminsOnlyText")} />
      )}
    </Page>
  );
}

"use client";

import { listMembers } from "@contentos/sdk";
import { IconLock } from "@tabler/icons-react";
import { useTranslations } from "use-intl";
import { AuditLog } from "@/features/audit/ui/audit-log";
import { Destinations } from "@/features/forwarding/ui/destinations";
import { Retention } from "@/features/retention/ui/retention";
import { EmptyState } from "@/ui/empty-state";
import { Page } from "@/ui/page";
import { useRead } from "@/ui/query";
import { useMay, useWorkspace } from "../workspace-context";

/** Where a subject of the log is shown. */
const PLACES: Record<string, (base: string, id: string) => string> = {
  content_item: (base, id) => `${base}/content/${id}`,
  asset: (base, id) => `${base}/files?file=${id}`,
  transfer_import: (base, id) => `${base}/settings/transfer/${id}`,
  persona: (base) => `${base}/settings/personas`,
  member: (base) => `${base}/settings/members`,
  invitation: (base) => `${base}/settings/members`,
  api_key: (base) => `${base}/settings/keys`,
  webhook_endpoint: (base) => `${base}/settings/webhooks`,
};

export function AuditSettings() {
  const t = useTranslations("audit");
  const { id, slug, timeZone } = useWorkspace();
  const may = useMay();
  const members = useRead(listMembers, { id, limit: 100 }, { staleTime: 60_000 });
  return (
    <Page title={t("title")} lead={t("lead")}>
      {may("Admin") ? (
        <>
          <Destinations />
          <Retention />
          <AuditLog
            people={members.data?.items ?? []}
            timeZone={timeZone}
            addressOf={(subject, subjectId) => PLACES[subject]?.(`/w/${slug}`, subjectId)}
          />
        </>
      ) : (
        <EmptyState icon={IconLock} title={t("adminsOnly")} text={t("adminsOnlyText")} />
      )}
    </Page>
  );
}

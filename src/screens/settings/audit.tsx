"use client";

import { listMembers } from "@contentos/sdk";
import { Tabs } from "@mantine/core";
import { IconLock } from "@tabler/icons-react";
import { useSearchParams } from "next/navigation";
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

/** What an address may open: a notification leads to where something is to be done. */
const PARTS = ["log", "forwarding", "retention"] as const;

export function AuditSettings() {
  const t = useTranslations("audit");
  const forwarding = useTranslations("forwarding");
  const { id, slug, timeZone } = useWorkspace();
  const may = useMay();
  const asked = useSearchParams().get("part");
  const members = useRead(listMembers, { id, limit: 100 }, { staleTime: 60_000 });
  return (
    <Page title={t("title")} lead={t("lead")}>
      {may("Admin") ? (
        <Tabs defaultValue={PARTS.find((part) => part === asked) ?? "log"} keepMounted={false}>
          <Tabs.List mb="md">
            <Tabs.Tab value="log">{t("title")}</Tabs.Tab>
            <Tabs.Tab value="forwarding">{forwarding("title")}</Tabs.Tab>
            <Tabs.Tab value="retention">{t("rooms.retention")}</Tabs.Tab>
          </Tabs.List>
          <Tabs.Panel value="log">
            <AuditLog
              people={members.data?.items ?? []}
              timeZone={timeZone}
              addressOf={(subject, subjectId) => PLACES[subject]?.(`/w/${slug}`, subjectId)}
            />
          </Tabs.Panel>
          <Tabs.Panel value="forwarding">
            <Destinations />
          </Tabs.Panel>
          <Tabs.Panel value="retention">
            <Retention />
          </Tabs.Panel>
        </Tabs>
      ) : (
        <EmptyState icon={IconLock} title={t("adminsOnly")} text={t("adminsOnlyText")} />
      )}
    </Page>
  );
}

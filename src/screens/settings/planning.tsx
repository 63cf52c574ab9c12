"use client";

import { Tabs } from "@mantine/core";
import { useTranslations } from "use-intl";
import { Campaigns } from "@/features/planning/ui/campaigns";
import { Tags } from "@/features/planning/ui/tags";
import { Templates } from "@/features/planning/ui/templates";
import { Page } from "@/ui/page";
import { useMay } from "../workspace-context";
import { RoleNote } from "./role-note";

export function PlanningSettings() {
  const t = useTranslations("settings");
  const canWrite = useMay()("Editor");
  return (
    <Page title={t("planning.title")} lead={t("planning.lead")}>
      <RoleNote least="Editor" />
      <Tabs defaultValue="tags" keepMounted={false}>
        <Tabs.List mb="md">
          <Tabs.Tab value="tags">{t("tags.title")}</Tabs.Tab>
          <Tabs.Tab value="campaigns">{t("campaigns.title")}</Tabs.Tab>
          <Tabs.Tab value="templates">{t("templates.title")}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="tags">
          <Tags canWrite={canWrite} />
        </Tabs.Panel>
        <Tabs.Panel value="campaigns">
          <Campaigns canWrite={canWrite} />
        </Tabs.Panel>
        <Tabs.Panel value="templates">
          <Templates canWrite={canWrite} />
        </Tabs.Panel>
      </Tabs>
    </Page>
  );
}

"use client";

import { getAiSettings } from "@contentos/sdk";
import { Alert } from "@mantine/core";
import { useTranslations } from "use-intl";
import { AskPanel } from "@/features/assistant/ui/ask-panel";
import { PlanPanel } from "@/features/assistant/ui/plan-panel";
import { Page } from "@/ui/page";
import { useRead } from "@/ui/query";
import { Section } from "@/ui/section";
import { Retold } from "@/ui/text/retold";
import { useMay, useWorkspace } from "./workspace-context";

/** What the whole workspace can be asked. */
export function Assistant() {
  const t = useTranslations("assist");
  const { slug } = useWorkspace();
  const may = useMay();
  const settings = useRead(getAiSettings);
  const addressOf = (id: string) => `/w/${slug}/content/${id}`;
  return (
    <Page title={t("page.title")} lead={t("page.lead")}>
      {settings.data?.missing && (
        <Alert variant="light" color="gray" title={t("page.withoutModel")}>
          <Retold>{settings.data.missing ?? ""}</Retold>
        </Alert>
      )}
      <Section title={t("ask.title")} lead={t("ask.lead")}>
        <AskPanel addressOf={addressOf} />
      </Section>
      {may("Writer") && (
        <Section title={t("plan.heading")} lead={t("plan.lead")}>
          <PlanPanel addressOf={addressOf} />
        </Section>
      )}
    </Page>
  );
}

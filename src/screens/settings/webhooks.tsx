"use client";

import { IconLock } from "@tabler/icons-react";
import { useTranslations } from "use-intl";
import { Deliveries } from "@/features/webhooks/ui/deliveries";
import { Endpoints } from "@/features/webhooks/ui/endpoints";
import { EmptyState } from "@/ui/empty-state";
import { Page } from "@/ui/page";
import { Section } from "@/ui/section";
import { useMay } from "../workspace-context";

export function WebhooksSettings() {
  const t = useTranslations("webhooks");
  return (
    <Page title={t("title")} lead={t("lead")}>
      {useMay()("Admin") ? (
        <>
          <Endpoints />
          <Section title={t("log")} lead={t("logLead")}>
            <Deliveries />
          </Section>
        </>
      ) : (
        <EmptyState icon={IconLock} title={t("adminsOnly")} text={t("adminsOnlyText")} />
      )}
    </Page>
  );
}

"use client";

import { IconLock } from "@tabler/icons-react";
import { useTranslations } from "use-intl";
import { DeliveryLog } from "@/features/notifications/ui/delivery-log";
import { NotificationSettingsForm } from "@/features/notifications/ui/settings-form";
import { EmptyState } from "@/ui/empty-state";
import { Page } from "@/ui/page";
import { Section } from "@/ui/section";
import { useMay } from "../workspace-context";

export function NotificationSettings() {
  const t = useTranslations("settings");
  const words = useTranslations("notifications.settings");
  const audit = useTranslations("audit");
  const may = useMay();
  if (!may("Admin"))
    return (
      <Page title={t("pages.notifications")}>
        <EmptyState icon={IconLock} title={audit("adminsOnly")} text={audit("adminsOnlyText")} />
      </Page>
    );
  return (
    <Page title={t("pages.notifications")} lead={words("lead")}>
      <NotificationSettingsForm />
      <Section title={words("log")} lead={words("logLead")}>
        <DeliveryLog />
      </Section>
    </Page>
  );
}

"use client";

import { IconLock } from "@tabler/icons-react";
import { useTranslations } from "use-intl";
import { Directory } from "@/features/auth/ui/scim-settings";
import { SecurityForm } from "@/features/auth/ui/security-form";
import { SsoDomains, SsoProvider } from "@/features/auth/ui/sso-settings";
import { EmptyState } from "@/ui/empty-state";
import { Page } from "@/ui/page";
import { Section } from "@/ui/section";
import { useMay, useWorkspace } from "../workspace-context";

export function SignInSettings() {
  const t = useTranslations("settings.signIn");
  const { id } = useWorkspace();
  const may = useMay();
  if (!may("Admin")) {
    return (
      <Page title={t("title")} lead={t("lead")}>
        <EmptyState icon={IconLock} title={t("adminsOnly")} text={t("adminsOnlyText")} />
      </Page>
    );
  }
  return (
    <Page title={t("title")} lead={t("lead")}>
      <Section title={t("terms")} lead={t("termsLead")}>
        <SecurityForm workspaceId={id} />
      </Section>
      <Section title={t("sso")} lead={t("ssoLead")}>
        <SsoProvider workspaceId={id} />
      </Section>
      <Section title={t("domains")} lead={t("domainsLead")}>
        <SsoDomains workspaceId={id} />
      </Section>
      <Section title={t("scim")} lead={t("scimLead")}>
        <Directory workspaceId={id} />
      </Section>
    </Page>
  );
}

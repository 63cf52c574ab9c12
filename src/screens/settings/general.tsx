"use client";

import { useTranslations } from "use-intl";
import { GeneralForm } from "@/features/workspaces/ui/general-form";
import { Page } from "@/ui/page";
import { useMay, useWorkspace } from "../workspace-context";
import { RoleNote } from "./role-note";

export function GeneralSettings() {
  const t = useTranslations("settings");
  const may = useMay();
  return (
    <Page title={t("pages.general")} lead={t("general.lead")}>
      <RoleNote least="Admin" />
      <GeneralForm workspace={useWorkspace()} canWrite={may("Admin")} />
    </Page>
  );
}

"use client";

import { useTranslations } from "use-intl";
import { ApprovalForm } from "@/features/workspaces/ui/approval-form";
import { Page } from "@/ui/page";
import { useMay, useWorkspace } from "../workspace-context";
import { RoleNote } from "./role-note";

export function ApprovalSettings() {
  const t = useTranslations("settings.approval");
  const may = useMay();
  return (
    <Page title={t("title")} lead={t("lead")}>
      <RoleNote least="Admin" />
      <ApprovalForm workspace={useWorkspace()} canWrite={may("Admin")} />
    </Page>
  );
}

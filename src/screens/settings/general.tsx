"use client";

import { useTranslations } from "use-intl";
import { useMe } from "@/features/auth/ui/use-me";
import { EraseWorkspace } from "@/features/privacy/ui/workspace-erasure";
import { GeneralForm } from "@/features/workspaces/ui/general-form";
import { Page } from "@/ui/page";
import { Section } from "@/ui/section";
import { useMay, useWorkspace } from "../workspace-context";
import { RoleNote } from "./role-note";

export function GeneralSettings() {
  const t = useTranslations("settings");
  const erasing = useTranslations("privacy.workspace");
  const may = useMay();
  const workspace = useWorkspace();
  const me = useMe();
  return (
    <Page title={t("pages.general")} lead={t("general.lead")}>
      <RoleNote least="Admin" />
      <GeneralForm workspace={workspace} canWrite={may("Admin")} />
      {may("Admin") && me.data && (
        <Section title={erasing("title")} lead={erasing("lead")}>
          <EraseWorkspace
            workspace={workspace}
            isOwner={me.data.user.id === workspace.ownerId}
            hasPassword={me.data.hasPassword}
            exportAddress={`/w/${workspace.slug}/settings/transfer`}
          />
        </Section>
      )}
    </Page>
  );
}

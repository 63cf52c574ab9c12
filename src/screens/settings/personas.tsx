"use client";

import { useTranslations } from "use-intl";
import { Personas } from "@/features/personas/ui/personas";
import { Page } from "@/ui/page";
import { useMay } from "../workspace-context";
import { RoleNote } from "./role-note";

export function PersonasSettings() {
  const t = useTranslations("personas");
  return (
    <Page title={t("title")} lead={t("lead")}>
      <RoleNote least="Editor" />
      <Personas canWrite={useMay()("Editor")} />
    </Page>
  );
}

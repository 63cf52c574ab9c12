"use client";

import { Text } from "@mantine/core";
import { useRouter } from "next/navigation";
import { useTranslations } from "use-intl";
import { uploadFile } from "@/features/assets/ui/upload";
import { BlueprintFile } from "@/features/transfer/ui/blueprint-file";
import { Exports } from "@/features/transfer/ui/exports";
import { ImportList } from "@/features/transfer/ui/import-list";
import { StartImport } from "@/features/transfer/ui/start-import";
import { client } from "@/ui/api";
import { Page } from "@/ui/page";
import { Section } from "@/ui/section";
import { useMay, useWorkspace } from "../workspace-context";

export function TransferSettings() {
  const t = useTranslations("transfer");
  const router = useRouter();
  const { id, slug } = useWorkspace();
  const may = useMay();
  const reportOf = (importId: string) => `/w/${slug}/settings/transfer/${importId}`;
  return (
    <Page title={t("title")} lead={t("lead")}>
      <Section title={t("importTitle")} lead={t("importLead")}>
        {may("Editor") ? (
          <StartImport
            upload={(file, onProgress, signal) =>
              uploadFile(client.in(id), file, { purpose: "Import", onProgress, signal })
            }
            onStarted={(started) => router.push(reportOf(started.id))}
          />
        ) : (
          <Text size="sm">{t("editorsImport")}</Text>
        )}
      </Section>
      {may("Editor") && (
        <Section title={t("imports")}>
          <ImportList address={reportOf} />
        </Section>
      )}
      <Section title={t("exportTitle")} lead={t("exportLead")}>
        {may("Admin") ? <Exports slug={slug} /> : <Text size="sm">{t("adminsExport")}</Text>}
      </Section>
      {may("Admin") && (
        <Section title={t("blueprint.title")} lead={t("blueprint.lead")}>
          <BlueprintFile slug={slug} workspaceId={id} />
        </Section>
      )}
    </Page>
  );
}

"use client";

import { getImport } from "@contentos/sdk";
import { Anchor } from "@mantine/core";
import { IconChevronLeft } from "@tabler/icons-react";
import Link from "next/link";
import { useParams, useRouter } from "next/navigation";
import { useTranslations } from "use-intl";
import { ImportReport as Report } from "@/features/transfer/ui/import-report";
import { Page } from "@/ui/page";
import { useRead } from "@/ui/query";
import { useWorkspace } from "../workspace-context";

export function ImportReport() {
  const t = useTranslations("transfer");
  const router = useRouter();
  const { slug } = useWorkspace();
  const { importId } = useParams<{ importId: string }>();
  const list = `/w/${slug}/settings/transfer`;
  const name = useRead(getImport, { id: importId }, { select: ({ fileName }) => fileName });
  return (
    <Page
      title={name.data ?? t("import")}
      actions={
        <Anchor component={Link} href={list} size="sm">
          <IconChevronLeft size={14} aria-hidden style={{ verticalAlign: "-2px" }} /> {t("imports")}
        </Anchor>
      }
    >
      <Report
        id={importId}
        itemAddress={(id) => `/w/${slug}/content/${id}`}
        onStarted={(started) => router.push(`${list}/${started.id}`)}
      />
    </Page>
  );
}

"use client";

import { type ContentExport, downloadExport, type ExportFilter, listExports, startExport } from "@contentos/sdk";
import { Button, Group, Loader, Select, Stack, Switch, Text } from "@mantine/core";
import { IconDownload, IconPackageExport } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { client } from "@/ui/api";
import { fileSize } from "@/ui/file-size";
import { LoadingRows } from "@/ui/loading-rows";
import { ProblemAlert } from "@/ui/problem-alert";
import { usePages, useWrite } from "@/ui/query";
import { Row, Rows } from "@/ui/rows";
import { saveFile } from "@/ui/save-file";
import { StatusBadge } from "@/ui/status-badge";
import { Retold } from "@/ui/text/retold";
import { useWorkspaceId } from "@/ui/workspace-scope";
import { isUnderWay, LOOK_MS } from "./import-list";

const STATUSES = ["Draft", "InReview", "Approved", "Published"] as const;

/** Everything as an archive, of which the last ones can be downloaded for a while. */
export function Exports({ slug }: { slug: string }) {
  const t = useTranslations("transfer");
  const statuses = useTranslations("status");
  const [status, setStatus] = useState<ExportFilter["status"]>();
  const [archived, setArchived] = useState(true);
  const start = useWrite(startExport);
  const pages = usePages(
    listExports,
    { limit: 10 },
    { refetchInterval: ({ state }) => (state.data?.pages[0]?.items.some(isUnderWay) ? LOOK_MS : false) },
  );
  const exports = pages.data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <Stack>
      <Group align="flex-end">
        <Select
          label={t("which")}
          placeholder={t("everything")}
          clearable
          data={STATUSES.map((value) => ({ value, label: statuses(value) }))}
          value={status ?? null}
          onChange={(value) => setStatus((value as ExportFilter["status"]) ?? undefined)}
        />
        <Switch
          label={t("archived")}
          checked={archived}
          onChange={(event) => setArchived(event.currentTarget.checked)}
          mb={8}
        />
      </Group>
      <Button
        leftSection={<IconPackageExport size={16} />}
        w="fit-content"
        loading={start.isPending}
        onClick={() => start.mutate({ body: { filter: { archived, ...(status && { status }) } } })}
      >
        {t("export")}
      </Button>
      <ProblemAlert error={start.error} />
      <ProblemAlert error={pages.error} onRetry={() => pages.refetch()} />
      {pages.isPending && <LoadingRows rows={1} height={56} />}
      <Rows label={t("exports")}>
        {exports.map((one) => (
          <ExportRow key={one.id} of={one} slug={slug} />
        ))}
      </Rows>
    </Stack>
  );
}

function ExportRow({ of: one, slug }: { of: ContentExport; slug: string }) {
  const t = useTranslations("transfer");
  const statuses = useTranslations("status");
  const format = useFormatter();
  const workspaceId = useWorkspaceId();
  const { id, status, items, sizeBytes, createdAt, expiresAt, message, filter } = one;
  const download = useMutation({
    mutationFn: async () => {
      const bytes = await client.in(workspaceId ?? undefined).call(downloadExport, { id });
      saveFile(`${slug}-${createdAt.slice(0, 10)}.zip`, bytes.type, bytes);
    },
    meta: { quiet: true },
  });
  const facts = [
    filter.status && statuses(filter.status),
    items === null ? undefined : t("items", { count: items }),
    sizeBytes === null ? undefined : fileSize(sizeBytes, format),
    status === "Finished" && expiresAt && t("until", { day: format.dateTime(new Date(expiresAt), "day") }),
  ];
  return (
    <Row
      main={
        <>
          <Text fw={600}>{format.dateTime(new Date(createdAt), "moment")}</Text>
          <Text size="sm" c="dimmed">
            {facts.filter(Boolean).join(" · ")}
          </Text>
          {message && (
            <Text size="sm">
              <Retold>{message}</Retold>
            </Text>
          )}
          <ProblemAlert error={download.error} />
        </>
      }
      aside={
        <>
          {isUnderWay(one) && <Loader size="xs" aria-hidden />}
          <StatusBadge status={status} />
          {status === "Finished" && (
            <Button
              size="xs"
              variant="default"
              leftSection={<IconDownload size={14} />}
              loading={download.isPending}
              onClick={() => download.mutate()}
            >
              {t("download")}
            </Button>
          )}
        </>
      }
    />
  );
}

"use client";

import { ActionIcon, Anchor, Button, Group, Paper, Progress, Stack, Text } from "@mantine/core";
import { IconAlertTriangle, IconCheck, IconRefresh, IconX } from "@tabler/icons-react";
import { useTranslations } from "use-intl";
import { Retold } from "@/ui/text/retold";
import { isRefusal } from "./upload";
import type { Job, Uploads } from "./use-uploads";

type Props = { uploads: Uploads; onOpen: (assetId: string) => void };

/** How far the uploads are, and what can still be done about each. */
export function UploadList({ uploads, onOpen }: Props) {
  const t = useTranslations("assets.uploads");
  const { jobs, cancel, retry, clear } = uploads;
  if (jobs.length === 0) return null;
  const done = jobs.filter(({ state }) => state === "Done").length;
  return (
    <Paper withBorder radius="lg" p="md" component="section" aria-label={t("title")}>
      <Stack gap="sm">
        <Group justify="space-between">
          <Text fw={600} size="sm" role="status">
            {t("done", { done, all: jobs.length })}
          </Text>
          <Button size="compact-sm" variant="subtle" color="gray" onClick={clear}>
            {t("clear")}
          </Button>
        </Group>
        {jobs.map((job) => (
          <JobRow key={job.key} job={job} onCancel={() => cancel(job)} onRetry={() => retry(job)} onOpen={onOpen} />
        ))}
      </Stack>
    </Paper>
  );
}

type RowProps = { job: Job; onCancel: () => void; onRetry: () => void; onOpen: Props["onOpen"] };

function JobRow({ job, onCancel, onRetry, onOpen }: RowProps) {
  const t = useTranslations("assets.uploads");
  const { file, state, share, error, asset } = job;
  const { name } = file;
  return (
    <Group gap="sm" wrap="nowrap">
      <Stack gap={2} flex={1} miw={0}>
        {asset ? (
          <Anchor component="button" size="sm" ta="start" truncate onClick={() => onOpen(asset.id)}>
            {asset.fileName}
          </Anchor>
        ) : (
          <Text size="sm" truncate>
            {name}
          </Text>
        )}
        {state === "Sending" && (
          <Progress value={share * 100} animated={share === 1} aria-label={t("progress", { name })} />
        )}
        <Text size="xs" c={error && state === "Failed" ? "var(--mantine-color-error)" : "dimmed"}>
          {state === "Failed"
            ? error && <Retold>{error.message}</Retold>
            : t(state === "Sending" && share === 1 ? "Checking" : state)}
          {asset?.kind === "Image" && !asset.altText && ` ${t("describe")}`}
        </Text>
      </Stack>
      {state === "Done" && <IconCheck size={18} color="var(--mantine-color-teal-6)" aria-hidden />}
      {state === "Failed" && (
        <>
          <IconAlertTriangle size={18} color="var(--mantine-color-error)" aria-hidden />
          {!isRefusal(error) && (
            <ActionIcon variant="default" onClick={onRetry} aria-label={t("retry", { name })}>
              <IconRefresh size={16} />
            </ActionIcon>
          )}
        </>
      )}
      {state !== "Done" && (
        <ActionIcon variant="subtle" color="gray" onClick={onCancel} aria-label={t("cancel", { name })}>
          <IconX size={16} />
        </ActionIcon>
      )}
    </Group>
  );
}

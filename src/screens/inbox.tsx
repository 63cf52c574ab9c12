"use client";

import { Anchor, Group, Paper, Stack, Text } from "@mantine/core";
import Link from "next/link";
import { useFormatter, useTranslations } from "use-intl";
import { useInbox } from "@/features/approval/ui/hooks";
import { useMembers } from "@/features/workspaces/ui/hooks";
import { EmptyState } from "@/ui/empty-state";
import { LoadingRows } from "@/ui/loading-rows";
import { Page } from "@/ui/page";
import { ProblemAlert } from "@/ui/problem-alert";
import { StatusBadge } from "@/ui/status-badge";
import { IconInbox } from "./shell/icons";
import { useWorkspace } from "./workspace-context";

export function Inbox() {
  const t = useTranslations("review.inbox");
  const format = useFormatter();
  const workspace = useWorkspace();
  const inbox = useInbox();
  const { nameOf } = useMembers(workspace.id);
  return (
    <Page title={t("title")} lead={t("lead")}>
      <ProblemAlert error={inbox.error} onRetry={() => inbox.refetch()} />
      {inbox.isPending && <LoadingRows rows={3} height={72} />}
      {inbox.data?.items.length === 0 && <EmptyState icon={IconInbox} title={t("nothing")} text={t("nothingText")} />}
      <Stack gap="sm">
        {inbox.data?.items.map(({ id, contentItemId, title, submittedBy, submittedAt, status, ...entry }) => (
          <Paper key={id} withBorder p="md">
            <Group justify="space-between" wrap="nowrap">
              <Anchor component={Link} href={`/w/${workspace.slug}/content/${contentItemId}`} fw={600} c="inherit">
                {title}
              </Anchor>
              <StatusBadge status={status} />
            </Group>
            <Text size="sm" c="dimmed" mt={4}>
              {t("entry", {
                versionNumber: entry.versionNumber,
                step: entry.step,
                steps: entry.steps,
                name: nameOf(submittedBy),
                at: format.dateTime(new Date(submittedAt), "moment"),
              })}
            </Text>
          </Paper>
        ))}
      </Stack>
    </Page>
  );
}

"use client";

import type { Workspace } from "@contentos/sdk";
import { Alert, Anchor, Badge, Group, Paper, Stack, Text, Title } from "@mantine/core";
import { IconCalendar, IconInbox } from "@tabler/icons-react";
import Link from "next/link";
import { type ReactNode, useState } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { EmptyState } from "@/ui/empty-state";
import { LoadingRows } from "@/ui/loading-rows";
import { StatusBadge } from "@/ui/status-badge";
import { WorkspaceScope } from "@/ui/workspace-scope";
import { useAllPlanned, useAllWaiting } from "./across-workspaces";
import { useItemTitle } from "./item-title";

type Props = { workspaces: Workspace[] };

/** One inbox over all workspaces. */
export function AllWaiting({ workspaces }: Props) {
  const t = useTranslations("workspaces.home");
  const inbox = useTranslations("review.inbox");
  const format = useFormatter();
  const { items, pending, failed } = useAllWaiting(workspaces);
  return (
    <Stack gap="sm">
      <Failed failed={failed} />
      {pending && <LoadingRows rows={3} height={64} />}
      {!pending && items.length === 0 && (
        <EmptyState icon={IconInbox} title={t("nothingWaits")} text={inbox("nothingText")} />
      )}
      {items.map(({ workspace, id, contentItemId, title, submittedAt, step, steps, versionNumber }) => (
        <Entry key={id} workspace={workspace} href={`/w/${workspace.slug}/content/${contentItemId}`} title={title}>
          {t("waits", {
            versionNumber,
            step,
            steps,
            at: format.dateTime(new Date(submittedAt), {
              dateStyle: "medium",
              timeStyle: "short",
              timeZone: workspace.timeZone,
            }),
          })}
        </Entry>
      ))}
    </Stack>
  );
}

/** One calendar over all workspaces: day by day, each time in its workspace's own zone. */
export function AllPlanned({ workspaces }: Props) {
  const t = useTranslations("workspaces.home");
  const format = useFormatter();
  const [from] = useState(() => new Date().toISOString());
  const { items, pending, failed } = useAllPlanned(workspaces, from);
  const days = new Map<string, typeof items>();
  for (const item of items) {
    const day = format.dateTime(new Date(item.scheduledTime), { dateStyle: "full", timeZone: item.workspace.timeZone });
    days.set(day, [...(days.get(day) ?? []), item]);
  }
  return (
    <Stack gap="sm">
      <Failed failed={failed} />
      {pending && <LoadingRows rows={3} height={64} />}
      {!pending && items.length === 0 && <EmptyState icon={IconCalendar} title={t("nothingNext")} />}
      {[...days].map(([day, planned]) => (
        <Stack key={day} gap="xs" component="section">
          <Title order={2} size="h5" mt="sm">
            {day}
          </Title>
          {planned.map(({ workspace, id, contentItemId, scheduledTime, status }) => (
            <WorkspaceScope key={id} id={workspace.id}>
              <Planned
                workspace={workspace}
                itemId={contentItemId}
                status={status}
                at={format.dateTime(new Date(scheduledTime), { timeStyle: "short", timeZone: workspace.timeZone })}
              />
            </WorkspaceScope>
          ))}
        </Stack>
      ))}
    </Stack>
  );
}

type PlannedProps = { workspace: Workspace; itemId: string; status: string; at: string };

function Planned({ workspace, itemId, status, at }: PlannedProps) {
  const title = useItemTitle(itemId);
  return (
    <Entry
      workspace={workspace}
      href={`/w/${workspace.slug}/content/${itemId}`}
      title={title ?? "…"}
      beside={<StatusBadge status={status} />}
    >
      {at} · {workspace.timeZone}
    </Entry>
  );
}

type EntryProps = { workspace: Workspace; href: string; title: string; beside?: ReactNode; children: ReactNode };

function Entry({ workspace, href, title, beside, children }: EntryProps) {
  return (
    <Paper withBorder p="md">
      <Group justify="space-between" wrap="nowrap" align="flex-start">
        <div style={{ minWidth: 0 }}>
          <Anchor component={Link} href={href} fw={600} c="inherit" lineClamp={2}>
            {title}
          </Anchor>
          <Text size="sm" c="dimmed">
            {children}
          </Text>
        </div>
        <Group gap="xs" justify="flex-end" flex="none" maw="50%">
          {beside}
          <Badge variant="default" tt="none" maw="100%">
            {workspace.name}
          </Badge>
        </Group>
      </Group>
    </Paper>
  );
}

/** What one workspace can't tell must not keep what the others do. */
function Failed({ failed }: { failed: { workspace: Workspace; error: Error }[] }) {
  return failed.map(({ workspace, error }) => (
    <Alert key={workspace.id} color="red" variant="light" role="alert" title={workspace.name}>
      {error.message}
    </Alert>
  ));
}

"use client";

import { Anchor, Loader, Paper, Stack, Text, Title } from "@mantine/core";
import { useInbox } from "@/features/approval/ui/hooks";
import { useMembers } from "@/features/workspaces/ui/hooks";
import { formatTime } from "@/ui/format";
import { ProblemAlert } from "@/ui/problem-alert";
import { useWorkspace } from "./workspace-context";

export function Inbox() {
  const workspace = useWorkspace();
  const inbox = useInbox(workspace.id);
  const { nameOf } = useMembers(workspace.id);
  return (
    <Stack>
      <Title order={1} size="h2">
        Inbox
      </Title>
      <ProblemAlert error={inbox.error} />
      {inbox.isPending && <Loader aria-label="Loading" mx="auto" />}
      {inbox.data?.items.length === 0 && (
        <Paper withBorder p="xl" ta="center">
          <Text fw={600}>Nothing waits for you</Text>
          <Text c="dimmed" size="sm">
            What you may decide on comes here when it is submitted.
          </Text>
        </Paper>
      )}
      {inbox.data?.items.map((entry) => (
        <Paper key={entry.id} withBorder p="md">
          <Anchor href={`/w/${workspace.slug}/content/${entry.contentItemId}`} fw={600} c="inherit">
            {entry.title}
          </Anchor>
          <Text size="sm" c="dimmed">
            Version {entry.versionNumber}, step {entry.step} of {entry.steps}, submitted by {nameOf(entry.submittedBy)},{" "}
            {formatTime(entry.submittedAt, workspace.timeZone)}
          </Text>
        </Paper>
      ))}
    </Stack>
  );
}

"use client";

import { Code, Loader, Modal, Paper, ScrollArea, Stack, Table, Text, Title, UnstyledButton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "@/ui/api";
import { formatTime } from "@/ui/format";
import { ProblemAlert } from "@/ui/problem-alert";
import { type FullItem, useVersions, type Version } from "./hooks";

type Props = { workspace: { id: string; timeZone: string }; item: FullItem; nameOf: (userId: string | null) => string };

export function VersionList({ workspace, item, nameOf }: Props) {
  const [shown, setShown] = useState<number | null>(null);
  const versions = useVersions(workspace.id, item.id, item.currentVersion.versionNumber);
  return (
    <Paper withBorder p="md">
      <Title order={2} size="h4" mb="xs">
        Versions
      </Title>
      <ProblemAlert error={versions.error} />
      <Table verticalSpacing={6}>
        <Table.Tbody>
          {versions.data?.items.map((version) => (
            <Table.Tr key={version.id}>
              <Table.Td w={44}>{version.versionNumber}</Table.Td>
              <Table.Td>
                <UnstyledButton onClick={() => setShown(version.versionNumber)}>
                  <Text size="sm" td="underline">
                    {version.title}
                  </Text>
                </UnstyledButton>
                <Text size="xs" c="dimmed">
                  {nameOf(version.updatedBy)}, {formatTime(version.updatedAt, workspace.timeZone)}
                </Text>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      <Modal opened={shown !== null} onClose={() => setShown(null)} title={`Version ${shown}`} size="lg">
        {shown !== null && <VersionText workspaceId={workspace.id} itemId={item.id} versionNumber={shown} />}
      </Modal>
    </Paper>
  );
}

function VersionText({
  workspaceId,
  itemId,
  versionNumber,
}: {
  workspaceId: string;
  itemId: string;
  versionNumber: number;
}) {
  const version = useQuery({
    queryKey: ["version", workspaceId, itemId, versionNumber],
    queryFn: () => api<Version>("GET", `/content/${itemId}/versions/${versionNumber}`, { workspaceId }),
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (version.isPending) return <Loader aria-label="Loading" />;
  if (version.error) return <ProblemAlert error={version.error} />;
  return (
    <Stack>
      <Text fw={600}>{version.data.title}</Text>
      <ScrollArea.Autosize mah="60vh">
        <Code block style={{ whiteSpace: "pre-wrap" }}>
          {version.data.body}
        </Code>
      </ScrollArea.Autosize>
    </Stack>
  );
}

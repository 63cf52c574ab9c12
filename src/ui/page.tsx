"use client";

import { Box, Group, Stack, Text, Title } from "@mantine/core";
import { type ReactNode, useEffect } from "react";

type Props = {
  title: string;
  lead?: ReactNode;
  /** What can be done here, at the right of the title. */
  actions?: ReactNode;
  /** What belongs to the title itself, such as a status. */
  beside?: ReactNode;
  children: ReactNode;
};

/** A page of a workspace: its one heading, what can be done here, and what it shows. */
export function Page({ title, lead, actions, beside, children }: Props) {
  useEffect(() => {
    document.title = `${title} · ContentOS`;
  }, [title]);
  return (
    <Stack gap="lg">
      <Group justify="space-between" align="flex-start" gap="sm">
        <Box flex="1 1 140px" miw={0}>
          <Group gap="sm" align="center">
            <Title order={1} size="h2" style={{ overflowWrap: "anywhere" }}>
              {title}
            </Title>
            {beside}
          </Group>
          {lead && (
            <Text c="dimmed" size="sm" mt={4} maw={640}>
              {lead}
            </Text>
          )}
        </Box>
        {actions && <Group gap="xs">{actions}</Group>}
      </Group>
      {children}
    </Stack>
  );
}

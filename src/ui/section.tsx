import { Box, Group, Paper, Stack, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";

type Props = { title: string; lead?: ReactNode; actions?: ReactNode; children: ReactNode };

/** A part of a page that has a heading of its own. */
export function Section({ title, lead, actions, children }: Props) {
  return (
    <Paper withBorder radius="lg" p={{ base: "md", sm: "lg" }} component="section">
      <Stack gap="md">
        <Group justify="space-between" align="flex-start" gap="sm">
          <Box flex="1 1 220px" miw={0}>
            <Title order={2} size="h4">
              {title}
            </Title>
            {lead && (
              <Text c="dimmed" size="sm" mt={2} maw={600}>
                {lead}
              </Text>
            )}
          </Box>
          {actions}
        </Group>
        {children}
      </Stack>
    </Paper>
  );
}

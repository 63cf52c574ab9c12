import { Center, Paper, Stack, Text, ThemeIcon } from "@mantine/core";
import type { ComponentType, ReactNode } from "react";

type Props = {
  icon: ComponentType<{ size?: number; stroke?: number }>;
  title: string;
  text?: ReactNode;
  /** The first thing to do here; none where nothing can be done. */
  action?: ReactNode;
};

/** Says why there is nothing, and what would bring something. */
export function EmptyState({ icon: Icon, title, text, action }: Props) {
  return (
    <Paper withBorder radius="lg" p="xl" py={48}>
      <Center>
        <Stack align="center" gap="xs" maw={440}>
          <ThemeIcon variant="light" size={52} radius="xl" aria-hidden>
            <Icon size={26} stroke={1.5} />
          </ThemeIcon>
          <Text fw={650} size="lg" ta="center">
            {title}
          </Text>
          {text && (
            <Text c="dimmed" size="sm" ta="center">
              {text}
            </Text>
          )}
          {action && <div style={{ marginTop: 12 }}>{action}</div>}
        </Stack>
      </Center>
    </Paper>
  );
}

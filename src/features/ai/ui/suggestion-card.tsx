import { Button, Card, Group, Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";

type Props = {
  text: string;
  /** Whether the text is a title. */
  title?: boolean;
  reason?: string;
  /** What kind it is, in a word or two. */
  about: ReactNode;
  /** What takes it over; none where nothing can be. */
  use?: { label: string; full: string; disabled: boolean; onClick: () => void };
};

/** What a model suggests, with why, and the button that takes it over. */
export function SuggestionCard({ text, title = true, reason, about, use }: Props) {
  return (
    <Card withBorder padding="sm" radius="md">
      <Stack gap={6}>
        <Text fw={title ? 600 : 400} size={title ? "md" : "sm"}>
          {text}
        </Text>
        {reason && (
          <Text size="sm" c="dimmed">
            {reason}
          </Text>
        )}
        <Group justify="space-between" gap="xs">
          {about}
          {use && (
            <Button
              size="compact-sm"
              variant="default"
              aria-label={use.full}
              disabled={use.disabled}
              onClick={use.onClick}
            >
              {use.label}
            </Button>
          )}
        </Group>
      </Stack>
    </Card>
  );
}

"use client";

import { Button, Group, Loader, Stack, Text } from "@mantine/core";
import { IconPlayerStop } from "@tabler/icons-react";
import type { PropsWithChildren } from "react";
import { useTranslations } from "use-intl";
import { ProblemAlert } from "@/ui/problem-alert";

type Props = PropsWithChildren<{
  asked: { isPending: boolean; canceled: boolean; error: Error | null; cancel: () => void };
  /** What is being waited for, in a few words. */
  waiting: string;
  onRetry: () => void;
}>;

/** A call to a model while it answers: what there is so far, and the way to end it. Or what came in between. */
export function Asking({ asked: { isPending, canceled, error, cancel }, waiting, onRetry, children }: Props) {
  const t = useTranslations("ai.asking");
  if (canceled) {
    return (
      <Text size="sm" c="dimmed" role="status">
        {t("canceled")}
      </Text>
    );
  }
  if (!isPending) return <ProblemAlert error={error} onRetry={onRetry} />;
  return (
    <Stack gap="xs" role="group" aria-label={waiting} aria-busy>
      {children}
      <Group justify="space-between" gap="xs">
        <Group gap="xs" role="status">
          <Loader size="xs" aria-hidden />
          <Text size="sm">{waiting}</Text>
        </Group>
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconPlayerStop size={14} aria-hidden />}
          onClick={cancel}
        >
          {t("cancel")}
        </Button>
      </Group>
    </Stack>
  );
}

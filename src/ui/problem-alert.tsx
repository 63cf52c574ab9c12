"use client";

import { Alert, Button, Group, List, Stack, Text } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useTranslations } from "use-intl";
import { Problem } from "./api";

type Props = { error: Error | null | undefined; onRetry?: (() => void) | undefined };

/** Says what went wrong and what to do, in the API's own sentence; and the request's id, by which an operator finds it. */
export function ProblemAlert({ error, onRetry }: Props) {
  const t = useTranslations("common");
  if (!error) return null;
  const issues = error instanceof Problem ? error.issues : [];
  // One wrong field is what the sentence says already.
  const listed = issues.filter(({ message }) => !error.message.includes(message));
  const requestId = error instanceof Problem && error.status >= 500 ? error.requestId : undefined;
  return (
    <Alert color="red" variant="light" role="alert" icon={<IconAlertTriangle size={18} aria-hidden />}>
      <Stack gap="xs">
        <Text size="sm">{error.message}</Text>
        {listed.length > 0 && (
          <List size="sm">
            {listed.map(({ path, message }) => (
              <List.Item key={path + message}>
                {path}: {message}
              </List.Item>
            ))}
          </List>
        )}
        {requestId && (
          <Text size="xs" c="dimmed">
            {t("requestId", { id: requestId })}
          </Text>
        )}
        {onRetry && (
          <Group>
            <Button size="xs" variant="default" onClick={onRetry}>
              {t("retry")}
            </Button>
          </Group>
        )}
      </Stack>
    </Alert>
  );
}

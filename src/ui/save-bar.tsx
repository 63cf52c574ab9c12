"use client";

import { Button, Group, Stack, Text } from "@mantine/core";
import { useEffect } from "react";
import { useTranslations } from "use-intl";
import { ProblemAlert } from "./problem-alert";

type Props = { dirty: boolean; saving: boolean; error: Error | null; onReset: () => void };

/** Ends a form: saves, takes back, says what went wrong, and holds whoever leaves without having saved. */
export function SaveBar({ dirty, saving, error, onReset }: Props) {
  const t = useTranslations("common");
  useEffect(() => {
    if (!dirty) return;
    const hold = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", hold);
    return () => window.removeEventListener("beforeunload", hold);
  }, [dirty]);
  return (
    <Stack gap="sm">
      <ProblemAlert error={error} />
      <Group gap="sm">
        <Button type="submit" disabled={!dirty} loading={saving}>
          {t("save")}
        </Button>
        {dirty && !saving && (
          <>
            <Button variant="default" onClick={onReset}>
              {t("undo")}
            </Button>
            <Text size="sm" c="dimmed">
              {t("unsaved")}
            </Text>
          </>
        )}
      </Group>
    </Stack>
  );
}

"use client";

import { undoWorkspaceErasure } from "@contentos/sdk";
import { Alert, Button, Stack, Text } from "@mantine/core";
import { IconSnowflake } from "@tabler/icons-react";
import { useFormatter, useTranslations } from "use-intl";
import { ProblemAlert } from "@/ui/problem-alert";
import { useWrite } from "@/ui/query";
import { AllWords } from "@/ui/text/all-words";
import { useTold } from "@/ui/told";

type Props = { workspaceId: string; dueAt: string; mayUndo: boolean };

/** That a workspace waits to be erased, and the way back. */
export const FrozenNotice = (props: Props) => (
  <AllWords>
    <Notice {...props} />
  </AllWords>
);

function Notice({ workspaceId, dueAt, mayUndo }: Props) {
  const t = useTranslations("privacy.workspace");
  const format = useFormatter();
  const told = useTold();
  const undo = useWrite(undoWorkspaceErasure, { onSuccess: () => told() });
  return (
    <Alert color="red" mb="md" icon={<IconSnowflake size={18} aria-hidden />} title={t("frozen")}>
      <Stack gap="sm" align="flex-start">
        <Text size="sm">{t("frozenText", { when: format.dateTime(new Date(dueAt), "moment") })}</Text>
        {mayUndo && (
          <Button size="xs" variant="default" loading={undo.isPending} onClick={() => undo.mutate({ id: workspaceId })}>
            {t("undo")}
          </Button>
        )}
        <ProblemAlert error={undo.error} />
      </Stack>
    </Alert>
  );
}

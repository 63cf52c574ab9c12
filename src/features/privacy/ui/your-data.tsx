"use client";

import { askErasure, exportPerson, listErasures, undoErasure } from "@contentos/sdk";
import { Alert, Button, Group, Stack, Text } from "@mantine/core";
import { IconDownload, IconUserX } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { client } from "@/ui/api";
import { ConfirmModal } from "@/ui/confirm-modal";
import { LoadingRows } from "@/ui/loading-rows";
import { ProblemAlert } from "@/ui/problem-alert";
import { useRead, useWrite } from "@/ui/query";
import { saveFile } from "@/ui/save-file";
import { useTold } from "@/ui/told";

/** What is kept of oneself, to take along or to have erased. */
export function YourData() {
  const t = useTranslations("privacy");
  const format = useFormatter();
  const told = useTold();
  const [asking, setAsking] = useState(false);
  const erasures = useRead(listErasures);
  const taken = useMutation({
    mutationFn: async () => {
      const bytes = await client.call(exportPerson, {});
      saveFile("about-me.zip", bytes.type, bytes);
    },
    meta: { quiet: true },
  });
  const ask = useWrite(askErasure, {
    onSuccess: () => {
      setAsking(false);
      told();
    },
  });
  const undo = useWrite(undoErasure, { onSuccess: () => told() });
  const waiting = erasures.data?.items.find(({ status }) => status === "Waiting");
  return (
    <Stack gap="sm">
      {erasures.isPending && <LoadingRows rows={1} />}
      <ProblemAlert error={erasures.error} onRetry={() => erasures.refetch()} />
      <ProblemAlert error={taken.error ?? undo.error} />
      {waiting && (
        <Alert color="red" title={t("waiting")}>
          <Stack gap="sm" align="flex-start">
            <Text size="sm">{t("waitingText", { when: format.dateTime(new Date(waiting.dueAt), "moment") })}</Text>
            {waiting.heldBy.length > 0 && <Text size="sm">{t("heldBy", { names: waiting.heldBy.join(", ") })}</Text>}
            <Button variant="default" loading={undo.isPending} onClick={() => undo.mutate({})}>
              {t("undo")}
            </Button>
          </Stack>
        </Alert>
      )}
      <Group gap="sm">
        <Button
          variant="default"
          leftSection={<IconDownload size={16} aria-hidden />}
          loading={taken.isPending}
          onClick={() => taken.mutate()}
        >
          {t("take")}
        </Button>
        {erasures.data && !waiting && (
          <Button
            variant="default"
            leftSection={<IconUserX size={16} aria-hidden />}
            onClick={() => {
              ask.reset();
              setAsking(true);
            }}
          >
            {t("erase")}
          </Button>
        )}
      </Group>
      <ConfirmModal
        opened={asking}
        title={t("eraseTitle")}
        text={t("eraseText")}
        action={t("erase")}
        busy={ask.isPending}
        error={ask.error}
        onConfirm={() => ask.mutate({})}
        onClose={() => setAsking(false)}
      />
    </Stack>
  );
}

"use client";

import { type Channel, disconnectChannel, listSchedules } from "@contentos/sdk";
import { Alert, Button, Group, Modal, Stack, Text } from "@mantine/core";
import { useTranslations } from "use-intl";
import { ProblemAlert } from "@/ui/problem-alert";
import { useRead, useWrite } from "@/ui/query";

/** So many are counted; more than that are "more than that". */
const COUNTED = 100;

type Props = { channel: Channel; onClose: () => void };

/** Says what becomes of what is planned, before anything is cut. */
export function DisconnectDialog({ channel, onClose }: Props) {
  const t = useTranslations("channels");
  const planned = useRead(listSchedules, { channelId: channel.id, status: "Scheduled", limit: COUNTED });
  const disconnect = useWrite(disconnectChannel, { onSuccess: onClose });
  const count = planned.data?.items.length ?? 0;
  return (
    <Modal
      opened
      onClose={onClose}
      title={t("disconnectTitle", { channel: channel.name })}
      closeButtonProps={{ "aria-label": t("cancel") }}
    >
      <Stack>
        {count > 0 && (
          <Alert color="orange">
            {planned.data?.nextCursor ? t("manyPlanned", { count }) : t("planned", { count })}
          </Alert>
        )}
        <Text size="sm">{t("disconnectMeans")}</Text>
        <ProblemAlert error={planned.error ?? disconnect.error} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose} data-autofocus>
            {t("keep")}
          </Button>
          <Button
            color="red"
            loading={disconnect.isPending}
            disabled={planned.isPending}
            onClick={() => disconnect.mutate({ id: channel.id })}
          >
            {t("disconnectDo")}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

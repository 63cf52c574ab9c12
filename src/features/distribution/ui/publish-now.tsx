"use client";

import { createSchedule, getScheduleStatus, listChannels, submitContent } from "@contentos/sdk";
import { Anchor, Button, Group, Loader, Text } from "@mantine/core";
import { IconExternalLink, IconWorld } from "@tabler/icons-react";
import { useTranslations } from "use-intl";
import { ProblemAlert } from "@/ui/problem-alert";
import { useRead, useWrite } from "@/ui/query";
import { Retold } from "@/ui/text/retold";

/** How often is looked whether it is out, in ms. */
const LOOK_MS = 500;

/** For who is alone: what was written goes out on the site at once. */
export function PublishNow({ itemId }: { itemId: string | undefined }) {
  const t = useTranslations("workspaces.publish");
  const channels = useRead(listChannels, {});
  const submit = useWrite(submitContent);
  const schedule = useWrite(createSchedule);
  const id = schedule.data?.id;
  const status = useRead(
    getScheduleStatus,
    { id: id ?? "" },
    { enabled: !!id, refetchInterval: ({ state }) => (isOver(state.data?.status) ? false : LOOK_MS) },
  );
  const publish = async (contentItemId: string) => {
    const site = channels.data?.items.find(({ network }) => network === "site");
    await submit.mutateAsync({ id: contentItemId, body: {} });
    const scheduledTime = new Date().toISOString();
    await schedule.mutateAsync({ body: { contentItemId, channelId: site!.id, scheduledTime } });
  };
  const url = status.data?.publishedUrl;
  if (url)
    return (
      <Group role="status">
        <Text size="sm" fw={600}>
          {t("out")}
        </Text>
        <Anchor href={url} target="_blank" style={{ overflowWrap: "anywhere" }}>
          {url} <IconExternalLink size={14} aria-hidden />
        </Anchor>
      </Group>
    );
  if (id && !isOver(status.data?.status))
    return (
      <Group role="status">
        <Loader size="sm" />
        <Text size="sm">{t("underWay")}</Text>
      </Group>
    );
  return (
    <>
      <Group>
        <Button
          leftSection={<IconWorld size={18} />}
          disabled={!itemId || !channels.data}
          loading={submit.isPending || schedule.isPending}
          onClick={() => itemId && publish(itemId).catch(() => {})}
        >
          {t("publish")}
        </Button>
      </Group>
      {status.data?.message && (
        <Text size="sm">
          <Retold>{status.data.message}</Retold>
        </Text>
      )}
      <ProblemAlert error={submit.error ?? schedule.error ?? channels.error} />
    </>
  );
}

const isOver = (status: string | undefined) => status !== undefined && !["Scheduled", "Publishing"].includes(status);

"use client";

import type { Channel, ListedSchedule } from "@contentos/sdk";
import { Alert, Anchor, Button, Group, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { NetworkIcon } from "@/ui/network-icon";
import { StatusBadge } from "@/ui/status-badge";
import { Retold } from "@/ui/text/retold";
import { ScheduleActions } from "./schedule-actions";

type Props = {
  schedules: ListedSchedule[];
  channels: Channel[];
  mayPublish: boolean;
  timeZone: string;
};

/** So many stand there at first; those called off only where somebody asks. */
const SHOWN = 5;

/** Where an item goes out and went out, newest first. */
export function PlannedList({ schedules, channels, mayPublish }: Props) {
  const t = useTranslations("distribution.publish");
  const [all, setAll] = useState(false);
  const current = schedules.filter(({ status }) => status !== "Canceled").slice(0, SHOWN);
  const shown = all ? schedules : current;
  return (
    <>
      {shown.map((schedule) => (
        <Planned
          key={schedule.id}
          schedule={schedule}
          channel={channels.find(({ id }) => id === schedule.channelId)}
          mayPublish={mayPublish}
        />
      ))}
      {current.length < schedules.length && (
        <Group>
          <Button size="compact-sm" variant="subtle" onClick={() => setAll(!all)} aria-expanded={all}>
            {all ? t("fewer") : t("all", { count: schedules.length })}
          </Button>
        </Group>
      )}
    </>
  );
}

type PlannedProps = { schedule: ListedSchedule; channel: Channel | undefined; mayPublish: boolean };

function Planned({ schedule, channel, mayPublish }: PlannedProps) {
  const t = useTranslations("distribution");
  const format = useFormatter();
  const { status, removedAt, publishedUrl, versionNumber, holdReason, message } = schedule;
  const why = status === "Published" ? null : (holdReason ?? message);
  return (
    <Stack gap={6} pt="sm" style={{ borderTop: "1px solid var(--mantine-color-default-border)" }}>
      <Group justify="space-between" wrap="nowrap">
        <Group gap={6} wrap="nowrap" miw={0}>
          {channel && <NetworkIcon network={channel.network} />}
          <Text size="sm" fw={600} truncate>
            {channel?.name ?? t("publish.goneChannel")}
          </Text>
        </Group>
        <StatusBadge status={removedAt ? "Removed" : status} />
      </Group>
      <Text size="xs" c="dimmed">
        {t("version", { versionNumber })},{" "}
        {format.dateTime(new Date(schedule.publishedAt ?? schedule.scheduledTime), "moment")}
      </Text>
      {publishedUrl && !removedAt && (
        <Anchor size="sm" href={publishedUrl} target="_blank" style={{ overflowWrap: "anywhere" }}>
          {publishedUrl}
        </Anchor>
      )}
      {why && (
        <Alert color={status === "Failed" ? "red" : "orange"} p="xs">
          <Text size="sm">
            <Retold>{why}</Retold>
          </Text>
        </Alert>
      )}
      {mayPublish && <ScheduleActions schedule={schedule} />}
    </Stack>
  );
}

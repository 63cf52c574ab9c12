"use client";

import { type Channel, getScheduleStatus } from "@contentos/sdk";
import { Alert, Anchor, Button, CloseButton, Group, List, Stack, Text, TextInput } from "@mantine/core";
import { IconExternalLink } from "@tabler/icons-react";
import Link from "next/link";
import { type FormEvent, useState } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { NetworkIcon } from "@/ui/network-icon";
import { useRead } from "@/ui/query";
import { StatusBadge } from "@/ui/status-badge";
import { Retold } from "@/ui/text/retold";
import { ScheduleActions } from "../schedule-actions";
import type { Wall } from "./days";
import type { Entry, ScheduleEntry } from "./entries";

type Props = {
  entry: Entry;
  channel: Channel | undefined;
  itemHref: string;
  timeZone: string;
  mayPlan: boolean;
  onMove: (wall: Wall) => void;
  onClose: () => void;
};

/** All about one entry of the calendar, and what can be done with it. */
export function EntryDetails({ entry, channel, itemHref, timeZone, mayPlan, onMove, onClose }: Props) {
  const t = useTranslations("distribution");
  const format = useFormatter();
  const [moving, setMoving] = useState(false);
  return (
    <Stack gap="sm">
      <Group justify="space-between" wrap="nowrap" align="flex-start">
        <Anchor component={Link} href={itemHref} fw={650} c="inherit" style={{ overflowWrap: "anywhere" }}>
          {entry.title}
        </Anchor>
        <CloseButton onClick={onClose} aria-label={t("close")} />
      </Group>
      <Group gap="xs">
        <StatusBadge status={entry.status} />
        {channel && (
          <Group gap={4}>
            <NetworkIcon network={channel.network} />
            <Text size="sm">{channel.name}</Text>
          </Group>
        )}
        {entry.kind === "schedule" && (
          <Text size="sm" c="dimmed">
            {t("version", { versionNumber: entry.schedule.versionNumber })}
          </Text>
        )}
      </Group>
      <Text size="sm">
        {entry.kind === "due" && `${t("dueAt")} `}
        {format.dateTime(new Date(entry.at), { dateStyle: "full", timeStyle: "short" })}
        <Text span size="xs" c="dimmed" display="block">
          {timeZone}
        </Text>
      </Text>
      {entry.kind === "schedule" && <State entry={entry} channel={channel} />}
      {moving ? (
        <MoveForm entry={entry} onMove={onMove} onCancel={() => setMoving(false)} />
      ) : (
        entry.movable && (
          <Group gap="xs">
            <Button size="compact-sm" variant="light" onClick={() => setMoving(true)}>
              {t("move.open")}
            </Button>
            <Text size="xs" c="dimmed" visibleFrom="sm">
              {t("move.keys")}
            </Text>
          </Group>
        )
      )}
      {mayPlan && entry.kind === "schedule" && <ScheduleActions schedule={entry.schedule} onDone={onClose} />}
    </Stack>
  );
}

/** What happened so far, and where it can be seen. */
function State({ entry, channel }: { entry: ScheduleEntry; channel: Channel | undefined }) {
  const t = useTranslations("distribution");
  const format = useFormatter();
  const { id, holdReason, message, lateMs, publishedUrl, removedAt, status } = entry.schedule;
  const why = status === "Published" ? null : (holdReason ?? message);
  const state = useRead(getScheduleStatus, { id }, { enabled: status !== "Scheduled" || !!message });
  const attempts = state.data?.attempts ?? [];
  return (
    <>
      {why && (
        <Alert color={status === "Failed" ? "red" : "orange"} p="xs">
          <Text size="sm">
            <Retold>{why}</Retold>
          </Text>
        </Alert>
      )}
      {entry.troubles.includes("conflict") && (
        <Alert color="orange" p="xs">
          <Text size="sm">{t("conflictWhy")}</Text>
        </Alert>
      )}
      {entry.troubles.includes("late") && (
        <Alert color="orange" p="xs">
          <Text size="sm">{t("lateWhy")}</Text>
        </Alert>
      )}
      {entry.troubles.includes("accessEnds") && channel?.accessEndsAt && (
        <Alert color="orange" p="xs">
          <Text size="sm">
            {t("accessEndsWhy", {
              channel: channel.name,
              day: format.dateTime(new Date(channel.accessEndsAt), { day: "numeric", month: "long" }),
            })}
          </Text>
        </Alert>
      )}
      {publishedUrl && !removedAt && (
        <Anchor href={publishedUrl} target="_blank" size="sm">
          {t("seeIt")} <IconExternalLink size={13} aria-hidden />
        </Anchor>
      )}
      {status === "Published" && lateMs !== null && lateMs > 120_000 && (
        <Text size="sm" c="dimmed">
          {t("wentLate", { minutes: Math.round(lateMs / 60_000) })}
        </Text>
      )}
      {attempts.length > 0 && (
        <div>
          <Text size="sm" fw={600}>
            {t("attempts.title")}
          </Text>
          <List size="sm" spacing={2}>
            {attempts.slice(-5).map((attempt) => (
              <List.Item key={attempt.number}>
                {t(`attempts.kinds.${attempt.kind}`)}, {format.dateTime(new Date(attempt.startedAt), "dayAndTime")}:{" "}
                {t(`attempts.outcomes.${attempt.outcome ?? "Running"}`)}
                {attempt.error && (
                  <Text size="xs" c="dimmed">
                    <Retold>{attempt.error}</Retold>
                  </Text>
                )}
              </List.Item>
            ))}
          </List>
        </div>
      )}
    </>
  );
}

type MoveProps = { entry: Entry; onMove: (wall: Wall) => void; onCancel: () => void };

/** The browser's own field: it is at home at the keyboard, and a picker's pop-up has no place in one. */
function MoveForm({ entry, onMove, onCancel }: MoveProps) {
  const t = useTranslations("distribution");
  const [wall, setWall] = useState<string>(entry.wall);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (wall) onMove(wall.slice(0, 16));
  };
  return (
    <form onSubmit={submit}>
      <TextInput
        type="datetime-local"
        label={t("move.to")}
        value={wall}
        onChange={(event) => setWall(event.currentTarget.value)}
        autoFocus
        required
        description={entry.status === "OnHold" ? t("move.repins") : undefined}
      />
      <Group gap="xs" mt="xs">
        <Button type="submit" size="compact-sm">
          {t("move.do")}
        </Button>
        <Button size="compact-sm" variant="subtle" color="gray" onClick={onCancel}>
          {t("move.keep")}
        </Button>
      </Group>
    </form>
  );
}

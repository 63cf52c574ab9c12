"use client";

import { Anchor, Button, Group, Paper, Select, Stack, Text, TextInput, Title } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import type { z } from "zod";
import { api } from "@/ui/api";
import { formatTime } from "@/ui/format";
import { ProblemAlert } from "@/ui/problem-alert";
import { StatusBadge } from "@/ui/status-badge";
import type { Schedule } from "../contract";

type ScheduleView = z.output<typeof Schedule>;
type Channel = { id: string; network: string; name: string; status: string };
type Props = { workspace: { id: string; role: string; timeZone: string }; item: { id: string; status: string } };

const MOVING = new Set(["Scheduled", "Publishing", "Unknown"]);

export function PublishCard({ workspace, item }: Props) {
  const client = useQueryClient();
  const workspaceId = workspace.id;
  const channels = useQuery({
    queryKey: ["channels", workspaceId],
    queryFn: () => api<{ items: Channel[] }>("GET", "/distribution/channels?limit=100", { workspaceId }),
  });
  const schedules = useQuery({
    queryKey: ["schedules", workspaceId, item.id],
    queryFn: () =>
      api<{ items: ScheduleView[] }>("GET", `/distribution?contentItemId=${item.id}&limit=50`, { workspaceId }),
    // Something that moves is looked at more often than something that rests.
    refetchInterval: ({ state }) => (state.data?.items.some(({ status }) => MOVING.has(status)) ? 2_000 : false),
  });
  const published = schedules.data?.items.filter(({ status }) => status === "Published").length;
  useEffect(() => {
    // Going out changes the item's own status.
    if (published) void client.invalidateQueries({ queryKey: ["item", workspaceId, item.id] });
  }, [client, workspaceId, item.id, published]);
  const act = useMutation({
    mutationFn: ({ path, body }: { path: string; body: object }) =>
      api("POST", path, { workspaceId, body, idempotencyKey: crypto.randomUUID() }),
    onSettled: () =>
      Promise.all(
        [
          ["schedules", workspaceId, item.id],
          ["item", workspaceId, item.id],
        ].map((queryKey) => client.invalidateQueries({ queryKey })),
      ),
  });
  const mayPublish = workspace.role === "Editor" || workspace.role === "Admin";
  const ready = item.status === "Approved" || item.status === "Published";
  const nameOf = (id: string) => channels.data?.items.find((channel) => channel.id === id)?.name ?? "Channel";
  return (
    <Paper withBorder p="md">
      <Stack gap="sm">
        <Title order={2} size="h4">
          Publish
        </Title>
        {mayPublish && ready && channels.data ? (
          <PlanForm
            channels={channels.data.items}
            timeZone={workspace.timeZone}
            pending={act.isPending}
            onPlan={(plan) => act.mutate({ path: "/distribution/schedule", body: { contentItemId: item.id, ...plan } })}
          />
        ) : (
          <Text size="sm" c="dimmed">
            {ready ? "Editors and Admins publish." : "What is approved can be published."}
          </Text>
        )}
        <ProblemAlert error={act.error ?? schedules.error} />
        {schedules.data?.items.map((schedule) => (
          <Planned
            key={schedule.id}
            schedule={schedule}
            channel={nameOf(schedule.channelId)}
            timeZone={workspace.timeZone}
            mayPublish={mayPublish}
            onAct={(verb, body) => act.mutate({ path: `/distribution/${schedule.id}/${verb}`, body })}
          />
        ))}
      </Stack>
    </Paper>
  );
}

type Plan = { channelId: string; scheduledTime: string; timeZone?: string };

function PlanForm({
  channels,
  timeZone,
  pending,
  onPlan,
}: {
  channels: Channel[];
  timeZone: string;
  pending: boolean;
  onPlan: (plan: Plan) => void;
}) {
  const [channelId, setChannelId] = useState<string | null>(channels[0]?.id ?? null);
  const [time, setTime] = useState("");
  const plan = () => {
    if (channelId)
      onPlan(
        time ? { channelId, scheduledTime: time, timeZone } : { channelId, scheduledTime: new Date().toISOString() },
      );
  };
  return (
    <Stack gap="xs">
      <Select
        label="Channel"
        data={channels.map(({ id, name }) => ({ value: id, label: name }))}
        value={channelId}
        onChange={setChannelId}
        allowDeselect={false}
      />
      <TextInput
        type="datetime-local"
        label="Time"
        description={`In ${timeZone}; empty for now`}
        value={time}
        onChange={(event) => setTime(event.currentTarget.value)}
      />
      <Button onClick={plan} loading={pending} disabled={!channelId}>
        {time ? "Schedule" : "Publish now"}
      </Button>
    </Stack>
  );
}

type PlannedProps = {
  schedule: ScheduleView;
  channel: string;
  timeZone: string;
  mayPublish: boolean;
  onAct: (verb: string, body: object) => void;
};

function Planned({ schedule, channel, timeZone, mayPublish, onAct }: PlannedProps) {
  const { status } = schedule;
  return (
    <Stack gap={4} pt="xs" style={{ borderTop: "1px solid var(--mantine-color-default-border)" }}>
      <Group justify="space-between" wrap="nowrap">
        <Text size="sm" fw={600} truncate>
          {channel}
        </Text>
        <StatusBadge status={schedule.removedAt ? "Removed" : status} />
      </Group>
      <Text size="xs" c="dimmed">
        Version {schedule.versionNumber}, {formatTime(schedule.publishedAt ?? schedule.scheduledTime, timeZone)}
      </Text>
      {schedule.publishedUrl && !schedule.removedAt && (
        <Anchor size="sm" href={schedule.publishedUrl} target="_blank" style={{ overflowWrap: "anywhere" }}>
          {schedule.publishedUrl}
        </Anchor>
      )}
      {(schedule.holdReason ?? schedule.message) && status !== "Published" && (
        <Text size="sm">{schedule.holdReason ?? schedule.message}</Text>
      )}
      {mayPublish && (
        <Group gap="xs">
          {(status === "Scheduled" || status === "OnHold") && (
            <Button size="compact-xs" variant="default" onClick={() => onAct("cancel", {})}>
              Cancel
            </Button>
          )}
          {status === "Failed" && (
            <Button size="compact-xs" variant="default" onClick={() => onAct("retry", {})}>
              Try again
            </Button>
          )}
          {status === "Unknown" && (
            <>
              <Button size="compact-xs" variant="default" onClick={() => onAct("resolve", { outcome: "Published" })}>
                It is there
              </Button>
              <Button size="compact-xs" variant="default" onClick={() => onAct("resolve", { outcome: "Absent" })}>
                It is not
              </Button>
            </>
          )}
        </Group>
      )}
    </Stack>
  );
}

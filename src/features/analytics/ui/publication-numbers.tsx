"use client";

import { Group, Paper, Stack, Text, Title, Tooltip } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { z } from "zod";
import { api } from "@/ui/api";
import { formatTime } from "@/ui/format";
import { ProblemAlert } from "@/ui/problem-alert";
import type { ContentAnalytics } from "../contract";

type Metric = z.output<typeof ContentAnalytics>["metrics"][number];

export function PublicationNumbers({ workspaceId, itemId }: { workspaceId: string; itemId: string }) {
  const analytics = useQuery({
    queryKey: ["metrics", workspaceId, itemId],
    queryFn: () => api<z.output<typeof ContentAnalytics>>("GET", `/analytics/content/${itemId}`, { workspaceId }),
    refetchInterval: 60_000,
  });
  if (!analytics.error && !analytics.data?.metrics.length) return null;
  return (
    <Paper withBorder p="md">
      <Stack gap="xs">
        <Title order={2} size="h4">
          Numbers
        </Title>
        <ProblemAlert error={analytics.error} />
        {analytics.data?.metrics.map((metric) => (
          <Group key={metric.scheduleId + metric.metricType} justify="space-between">
            <Text size="sm">
              {metric.metricType}{" "}
              <Text span size="xs" c="dimmed">
                {metric.source}
              </Text>
            </Text>
            <Value metric={metric} />
          </Group>
        ))}
      </Stack>
    </Paper>
  );
}

/** A zero that was measured, a number that has grown old and one that nobody knows yet must not look alike. */
function Value({ metric: { state, value, fetchedAt } }: { metric: Metric }) {
  if (state === "Unknown" || value === null) {
    return (
      <Text size="sm" c="dimmed" fs="italic">
        not known yet
      </Text>
    );
  }
  const when = fetchedAt ? formatTime(fetchedAt) : "";
  return (
    <Tooltip label={state === "Stale" ? `Last told ${when}; newer numbers did not come` : `Told ${when}`}>
      <Text size="sm" fw={700} {...(state === "Stale" && { c: "orange" })} tabIndex={0}>
        {new Intl.NumberFormat().format(value)}
        {state === "Stale" ? " (old)" : ""}
      </Text>
    </Tooltip>
  );
}

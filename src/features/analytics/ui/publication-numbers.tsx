"use client";

import { type ContentAnalytics, getContentAnalytics } from "@contentos/sdk";
import { Group, Paper, Stack, Text, Title, Tooltip } from "@mantine/core";
import { useFormatter, useTranslations } from "use-intl";
import { ProblemAlert } from "@/ui/problem-alert";
import { useRead } from "@/ui/query";

type Metric = ContentAnalytics["metrics"][number];

/** What the networks counted of an item; nothing where it never went out. */
export function PublicationNumbers({ itemId }: { itemId: string }) {
  const t = useTranslations("analytics");
  const analytics = useRead(getContentAnalytics, { id: itemId }, { refetchInterval: 60_000 });
  if (!analytics.error && !analytics.data?.metrics.length) return null;
  return (
    <Paper withBorder p="md">
      <Stack gap="xs">
        <Title order={2} size="h4">
          {t("numbers")}
        </Title>
        <ProblemAlert error={analytics.error} onRetry={() => analytics.refetch()} />
        {analytics.data?.metrics.map((metric) => (
          <Group key={metric.scheduleId + metric.metricType} justify="space-between">
            <Text size="sm">
              {t(`metrics.${metric.metricType}`)}{" "}
              <Text span size="xs" c="dimmed">
                {metric.source}
              </Text>
            </Text>
            <MetricValue metric={metric} />
          </Group>
        ))}
      </Stack>
    </Paper>
  );
}

/** A zero that was measured, a number that has grown old and one that nobody knows yet must not look alike. */
export function MetricValue({ metric: { state, value, fetchedAt } }: { metric: Metric }) {
  const t = useTranslations("analytics");
  const format = useFormatter();
  if (state === "Unknown" || value === null) {
    return (
      <Text size="sm" c="dimmed" fs="italic">
        {t("unknown")}
      </Text>
    );
  }
  const at = fetchedAt ? format.dateTime(new Date(fetchedAt), "moment") : "";
  const stale = state === "Stale";
  return (
    <Tooltip label={stale ? t("toldLast", { at }) : t("told", { at })}>
      <Text size="sm" fw={700} {...(stale && { c: "var(--mantine-color-orange-light-color)" })} tabIndex={0}>
        {stale ? t("old", { value: format.number(value) }) : format.number(value)}
      </Text>
    </Tooltip>
  );
}

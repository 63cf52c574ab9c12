"use client";

import "@mantine/charts/styles.css";
import type { WorkspaceAnalytics } from "@contentos/sdk";
import { BarChart, LineChart } from "@mantine/charts";
import { Button, Group, Paper, Stack, Text, Title } from "@mantine/core";
import { IconPhotoDown } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { type ReactNode, useRef } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { saveFile } from "@/ui/save-file";
import { pictureOf } from "./picture";

const HEIGHT = 240;

/** What was seen, and what was made, by the day. A day of which nothing was told is a gap, and no zero. */
export function Charts({ series }: { series: WorkspaceAnalytics["series"] }) {
  const t = useTranslations("analytics");
  const format = useFormatter();
  const data = series.map(({ day, ...values }) => ({
    day: format.dateTime(new Date(`${day}T12:00:00Z`), { day: "numeric", month: "short", timeZone: "UTC" }),
    ...values,
  }));
  const reached = series.some(({ reach, engagement }) => reach !== null || engagement !== null);
  return (
    <Stack>
      <Chart title={t("charts.seen")} file="reach">
        {reached ? (
          <LineChart
            h={HEIGHT}
            data={data}
            dataKey="day"
            withLegend
            connectNulls={false}
            curveType="linear"
            series={[
              { name: "reach", label: t("kpis.reach"), color: "brand.6" },
              { name: "engagement", label: t("kpis.engagement"), color: "blue.6" },
            ]}
          />
        ) : (
          <Text size="sm" c="dimmed">
            {t("charts.nothingSeen")}
          </Text>
        )}
      </Chart>
      <Chart title={t("charts.made")} file="production">
        <BarChart
          h={HEIGHT}
          data={data}
          dataKey="day"
          withLegend
          series={[
            { name: "produced", label: t("kpis.produced"), color: "gray.6" },
            { name: "published", label: t("kpis.publishedPerChannel"), color: "brand.6" },
          ]}
        />
      </Chart>
    </Stack>
  );
}

function Chart({ title, file, children }: { title: string; file: string; children: ReactNode }) {
  const t = useTranslations("analytics");
  const box = useRef<HTMLDivElement>(null);
  const save = useMutation({
    meta: { quiet: true },
    mutationFn: async () => {
      const chart = box.current?.querySelector<SVGSVGElement>("svg.recharts-surface");
      if (chart) saveFile(`${file}.png`, "image/png", await pictureOf(chart));
    },
  });
  return (
    <Paper withBorder p="md" radius="lg" component="section">
      <Group justify="space-between" mb="md">
        <Title order={2} size="h5">
          {title}
        </Title>
        <Button
          size="compact-sm"
          variant="subtle"
          leftSection={<IconPhotoDown size={16} aria-hidden />}
          loading={save.isPending}
          onClick={() => save.mutate()}
          data-screen-only
        >
          {t("png")}
        </Button>
      </Group>
      <div ref={box} role="img" aria-label={title}>
        {children}
      </div>
    </Paper>
  );
}

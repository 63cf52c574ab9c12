"use client";

import type { WorkspaceKpis } from "@contentos/sdk";
import { Badge, Group, Paper, SimpleGrid, Stack, Text, Tooltip } from "@mantine/core";
import { IconArrowDownRight, IconArrowUpRight, IconEqual } from "@tabler/icons-react";
import { useFormatter, useTranslations } from "use-intl";

type Name = keyof WorkspaceKpis;
/** In the order of a piece's way; whether more of it is good news is said only where that is so for everybody. */
const SHOWN: { name: Name; better?: "more" | "less" }[] = [
  { name: "produced", better: "more" },
  { name: "publishedPerChannel", better: "more" },
  { name: "reach", better: "more" },
  { name: "engagement", better: "more" },
  { name: "timeToPublishHours", better: "less" },
  { name: "approvalTurnaroundHours", better: "less" },
  { name: "rejectionRate" },
  { name: "late", better: "less" },
  { name: "failed", better: "less" },
  { name: "unknown", better: "less" },
];

export function KpiGrid({ kpis }: { kpis: WorkspaceKpis }) {
  return (
    <SimpleGrid cols={{ base: 2, sm: 3, lg: 5 }} spacing="sm">
      {SHOWN.map(({ name, better }) => (
        <Kpi key={name} name={name} better={better} kpi={kpis[name]} />
      ))}
    </SimpleGrid>
  );
}

type Kpi = WorkspaceKpis[Name];

function Kpi({ name, kpi, better }: { name: Name; kpi: Kpi; better: "more" | "less" | undefined }) {
  const t = useTranslations("analytics");
  const show = useShow(kpi.unit);
  return (
    <Paper withBorder p="md" radius="lg">
      <Stack gap={4}>
        <Text size="sm" c="dimmed">
          {t(`kpis.${name}`)}
        </Text>
        {kpi.value === null ? (
          <Text size="lg" c="dimmed" fs="italic">
            {t("unknown")}
          </Text>
        ) : (
          <Text size="xl" fw={700} lh={1.2}>
            {show(kpi.value)}
          </Text>
        )}
        <Change kpi={kpi} better={better} show={show} />
        <Coverage kpi={kpi} />
      </Stack>
    </Paper>
  );
}

function useShow(unit: Kpi["unit"]) {
  const format = useFormatter();
  const t = useTranslations("analytics.units");
  return (value: number) => {
    if (unit === "ratio") return format.number(value, "percent");
    if (unit === "hours") return t("hours", { value: format.number(value, { maximumFractionDigits: 1 }) });
    if (unit === "minutes") return t("minutes", { value: format.number(value, { maximumFractionDigits: 0 }) });
    return format.number(value);
  };
}

type ChangeProps = { kpi: Kpi; better: "more" | "less" | undefined; show: (value: number) => string };

/** Against the period before, in words as well as by colour. */
function Change({ kpi: { value, previous }, better, show }: ChangeProps) {
  const t = useTranslations("analytics");
  if (value === null || previous === null)
    return (
      <Text size="xs" c="dimmed">
        {t("nothingBefore")}
      </Text>
    );
  const Icon = value > previous ? IconArrowUpRight : value < previous ? IconArrowDownRight : IconEqual;
  const good = value !== previous && better && value > previous === (better === "more");
  const bad = value !== previous && better && !good;
  const color = good
    ? "var(--mantine-color-teal-light-color)"
    : bad
      ? "var(--mantine-color-red-light-color)"
      : "dimmed";
  return (
    <Group gap={4} wrap="nowrap">
      <Icon size={14} aria-hidden color={color === "dimmed" ? "gray" : color} />
      <Text size="xs" c={color}>
        {t("before", { value: show(previous) })}
      </Text>
    </Group>
  );
}

/** Where not all that counts is known, the number is what is known: and says so. */
function Coverage({ kpi }: { kpi: Kpi }) {
  const t = useTranslations("analytics");
  if (!("coverage" in kpi) || kpi.state === "Measured") return null;
  const { measured, stale, unknown } = kpi.coverage;
  const all = measured + stale + unknown;
  if (all === 0) return null;
  return (
    <Tooltip label={t("coverageText", { measured, stale, unknown })} multiline maw={260}>
      <Badge color="orange" variant="light" tt="none" tabIndex={0} style={{ alignSelf: "flex-start" }}>
        {t("coverage", { known: measured, all })}
      </Badge>
    </Tooltip>
  );
}

"use client";

import { getWorkspaceAnalytics, type WorkspaceAnalytics } from "@contentos/sdk";
import { Button, Paper, SegmentedControl, Table, Text, Title } from "@mantine/core";
import { IconFileSpreadsheet, IconPrinter } from "@tabler/icons-react";
import { keepPreviousData } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { useRouter, useSearchParams } from "next/navigation";
import { useFormatter, useTranslations } from "use-intl";
import { reportCsv } from "@/features/analytics/ui/csv";
import { KpiGrid } from "@/features/analytics/ui/kpi-grid";
import { daysOf, PERIODS, periodOf, today } from "@/features/analytics/ui/period";
import { Top } from "@/features/analytics/ui/top";
import { LoadingRows } from "@/ui/loading-rows";
import { Page } from "@/ui/page";
import { ProblemAlert } from "@/ui/problem-alert";
import { useRead } from "@/ui/query";
import { saveFile } from "@/ui/save-file";
import classes from "./analytics.module.css";
import { useWorkspace } from "./workspace-context";

const Charts = dynamic(() => import("@/features/analytics/ui/charts").then((module) => module.Charts), {
  loading: () => <LoadingRows rows={2} height={280} />,
});

/** How a workspace does: against the period before, and as a report to print. */
export function Analytics() {
  const t = useTranslations("analytics");
  const workspace = useWorkspace();
  const router = useRouter();
  const period = periodOf(useSearchParams().get("period"));
  const days = daysOf(period, today(new Date(), workspace.timeZone));
  const report = useRead(
    getWorkspaceAnalytics,
    { id: workspace.id, ...days },
    { placeholderData: keepPreviousData, refetchInterval: 60_000 },
  );
  const format = useFormatter();
  const told = (day: string) => format.dateTime(new Date(`${day}T12:00:00Z`), { dateStyle: "medium", timeZone: "UTC" });
  return (
    <Page
      title={t("title")}
      lead={t("lead", { from: told(days.from), to: told(days.to) })}
      actions={<Exports report={report.data} name={`${workspace.slug}-${days.from}-${days.to}`} />}
    >
      <Text className={classes.printed} fw={700} size="xl" c="var(--mantine-primary-color-filled)">
        {workspace.name}
      </Text>
      <SegmentedControl
        aria-label={t("period")}
        className={classes.period}
        data={PERIODS.map((value) => ({ value: value as string, label: t(`periods.${value}`) }))}
        value={period}
        onChange={(value) => router.replace(`?period=${value}`, { scroll: false })}
        data-screen-only
      />
      <ProblemAlert error={report.error} onRetry={() => report.refetch()} />
      {report.isPending && <LoadingRows rows={3} height={110} />}
      {report.data && (
        <>
          <KpiGrid kpis={report.data.kpis} />
          <Charts series={report.data.series} />
          <Top workspaceId={workspace.id} days={days} hrefOf={(id) => `/w/${workspace.slug}/content/${id}`} />
          <Channels channels={report.data.kpis.publishedPerChannel.channels} />
        </>
      )}
    </Page>
  );
}

function Exports({ report, name }: { report: WorkspaceAnalytics | undefined; name: string }) {
  const t = useTranslations("analytics");
  return (
    <>
      <Button
        variant="default"
        disabled={!report}
        leftSection={<IconFileSpreadsheet size={16} aria-hidden />}
        onClick={() => report && saveFile(`${name}.csv`, "text/csv;charset=utf-8", reportCsv(report))}
      >
        {t("csv")}
      </Button>
      <Button variant="default" leftSection={<IconPrinter size={16} aria-hidden />} onClick={() => window.print()}>
        {t("print")}
      </Button>
    </>
  );
}

type Channel = WorkspaceAnalytics["kpis"]["publishedPerChannel"]["channels"][number];

function Channels({ channels }: { channels: Channel[] }) {
  const t = useTranslations("analytics");
  const format = useFormatter();
  if (channels.length === 0) return null;
  return (
    <Paper withBorder p="md" radius="lg" component="section">
      <Title order={2} size="h5" mb="xs">
        {t("channels")}
      </Title>
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t("channel")}</Table.Th>
            <Table.Th ta="right">{t("published")}</Table.Th>
            <Table.Th ta="right">{t("periodBefore")}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {channels.map(({ channelId, name, network, value, previous }) => (
            <Table.Tr key={channelId}>
              <Table.Td>
                {name}{" "}
                <Text span size="xs" c="dimmed">
                  {network}
                </Text>
              </Table.Td>
              <Table.Td ta="right">{format.number(value)}</Table.Td>
              <Table.Td ta="right">{format.number(previous)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Paper>
  );
}

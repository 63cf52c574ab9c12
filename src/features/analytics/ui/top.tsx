"use client";

import { getTopContent, type TopContent } from "@contentos/sdk";
import { Anchor, Paper, SimpleGrid, Table, Text, Title } from "@mantine/core";
import Link from "next/link";
import type { ReactNode } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { LoadingRows } from "@/ui/loading-rows";
import { ProblemAlert } from "@/ui/problem-alert";
import { useRead } from "@/ui/query";
import type { Days } from "./period";

type Props = { workspaceId: string; days: Days; hrefOf: (itemId: string) => string };

const TIMES = 5;

/** Which pieces did best, and at what hours going out did. */
export function Top({ workspaceId, days, hrefOf }: Props) {
  const t = useTranslations("analytics.top");
  const top = useRead(getTopContent, { id: workspaceId, ...days });
  if (top.isPending) return <LoadingRows rows={3} height={60} />;
  if (top.error) return <ProblemAlert error={top.error} onRetry={() => top.refetch()} />;
  return (
    <SimpleGrid cols={{ base: 1, md: 2 }}>
      <Shown title={t("items")} nothing={top.data.items.length === 0}>
        <Numbers first={t("item")}>
          {top.data.items.map(({ contentItemId, title, reach, engagement }) => (
            <Table.Tr key={contentItemId}>
              <Table.Td>
                <Anchor component={Link} href={hrefOf(contentItemId)} size="sm" lineClamp={2}>
                  {title}
                </Anchor>
              </Table.Td>
              <Told value={reach} />
              <Told value={engagement} />
            </Table.Tr>
          ))}
        </Numbers>
      </Shown>
      <Shown title={t("times")} nothing={top.data.times.length === 0}>
        <Numbers first={t("time")}>
          {best(top.data.times).map((time) => (
            <Time key={`${time.weekday} ${time.hour}`} time={time} />
          ))}
        </Numbers>
      </Shown>
    </SimpleGrid>
  );
}

type Hour = TopContent["times"][number];

const sum = ({ reach, engagement }: Hour) => (reach ?? 0) + (engagement ?? 0);
const best = (times: Hour[]) => times.toSorted((one, other) => sum(other) - sum(one)).slice(0, TIMES);

/** A Monday, by which days of the week are named. */
const MONDAY = Date.UTC(2024, 0, 1);

function Time({ time: { weekday, hour, publications, reach, engagement } }: { time: Hour }) {
  const t = useTranslations("analytics.top");
  const format = useFormatter();
  const at = new Date(MONDAY + ((weekday - 1) * 24 + hour) * 3_600_000);
  const day = format.dateTime(at, { weekday: "long", timeZone: "UTC" });
  const clock = format.dateTime(at, { hour: "numeric", minute: "2-digit", timeZone: "UTC" });
  return (
    <Table.Tr>
      <Table.Td>
        <Text size="sm">
          {day}, {clock}
        </Text>
        <Text size="xs" c="dimmed">
          {t("publications", { count: publications })}
        </Text>
      </Table.Td>
      <Told value={reach} />
      <Told value={engagement} />
    </Table.Tr>
  );
}

function Shown({ title, nothing, children }: { title: string; nothing: boolean; children: ReactNode }) {
  const t = useTranslations("analytics.top");
  return (
    <Paper withBorder p="md" radius="lg" component="section">
      <Title order={2} size="h5" mb="xs">
        {title}
      </Title>
      {nothing ? (
        <Text size="sm" c="dimmed">
          {t("nothing")}
        </Text>
      ) : (
        children
      )}
    </Paper>
  );
}

function Numbers({ first, children }: { first: string; children: ReactNode }) {
  const t = useTranslations("analytics.kpis");
  return (
    <Table>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{first}</Table.Th>
          <Table.Th ta="right" w={100}>
            {t("reach")}
          </Table.Th>
          <Table.Th ta="right" w={120}>
            {t("engagement")}
          </Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>{children}</Table.Tbody>
    </Table>
  );
}

/** What nobody told is no zero. */
function Told({ value }: { value: number | null }) {
  const t = useTranslations("analytics");
  const format = useFormatter();
  return (
    <Table.Td ta="right">
      {value === null ? (
        <Text size="xs" c="dimmed" fs="italic" component="span">
          {t("unknown")}
        </Text>
      ) : (
        format.number(value)
      )}
    </Table.Td>
  );
}

"use client";

import { getLineage, type Lineage as ItemLineage } from "@contentos/sdk";
import { Anchor, Group, Stack, Text, Timeline, Title } from "@mantine/core";
import { IconFileText, IconFlag, IconSend, IconTarget, IconUser } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { LoadingRows } from "@/ui/loading-rows";
import { ProblemAlert } from "@/ui/problem-alert";
import { useRead } from "@/ui/query";
import { StatusBadge } from "@/ui/status-badge";
import { MetricValue } from "./publication-numbers";

type Version = ItemLineage["versions"][number];
type Publication = Version["publications"][number];

/** One line from whom an item is for to what came of it. */
export function Lineage({ itemId, nameOf }: { itemId: string; nameOf: (userId: string | null) => string }) {
  const t = useTranslations("analytics.lineage");
  const read = useRead(getLineage, { contentItemId: itemId });
  const item = read.data?.items[0];
  return (
    <section aria-labelledby="lineage">
      <Title order={2} size="h4" id="lineage" mb="sm">
        {t("title")}
      </Title>
      <ProblemAlert error={read.error} onRetry={() => read.refetch()} />
      {read.isPending && !read.error && <LoadingRows rows={3} height={40} />}
      {item && <Line item={item} nameOf={nameOf} />}
    </section>
  );
}

function Line({ item, nameOf }: { item: ItemLineage; nameOf: (userId: string | null) => string }) {
  const t = useTranslations("analytics.lineage");
  const format = useFormatter();
  const { persona, campaign, brief, versions } = item;
  const named = ({ name, removed }: { name: string; removed: boolean }) => (removed ? t("removed", { name }) : name);
  // From the first to the last, as it came to be.
  const inOrder = versions.toReversed();
  return (
    <Timeline bulletSize={26} lineWidth={2} active={-1}>
      {persona && <Point icon={<IconUser size={14} />} title={t("persona")} text={named(persona)} />}
      {campaign && <Point icon={<IconFlag size={14} />} title={t("campaign")} text={named(campaign)} />}
      {brief && (
        <Point icon={<IconTarget size={14} />} title={t("brief", { version: brief.version })} text={brief.goal} />
      )}
      {inOrder.map((version) => (
        <Timeline.Item
          key={version.versionNumber}
          bullet={<IconFileText size={14} />}
          title={t("version", { number: version.versionNumber })}
        >
          <Text size="sm" c="dimmed">
            {t("written", {
              at: format.dateTime(new Date(version.updatedAt), "moment"),
              name: nameOf(version.updatedBy),
            })}
          </Text>
          <Stack gap="xs" mt="xs">
            {outOf(version).map(({ publication, adapted }) => (
              <Out key={publication.scheduleId} publication={publication} adapted={adapted} />
            ))}
          </Stack>
        </Timeline.Item>
      ))}
    </Timeline>
  );
}

const Point = ({ icon, title, text }: { icon: ReactNode; title: string; text: string }) => (
  <Timeline.Item bullet={icon} title={title}>
    {text && (
      <Text size="sm" c="dimmed" style={{ overflowWrap: "anywhere" }}>
        {text}
      </Text>
    )}
  </Timeline.Item>
);

const outOf = ({ adaptations, publications }: Version) => [
  ...publications.map((publication) => ({ publication, adapted: false })),
  ...adaptations.flatMap((adaptation) =>
    adaptation.publications.map((publication) => ({ publication, adapted: true })),
  ),
];

function Out({ publication, adapted }: { publication: Publication; adapted: boolean }) {
  const t = useTranslations("analytics");
  const format = useFormatter();
  const { channelName, status, publishedAt, scheduledTime, publishedUrl, removedAt, metrics } = publication;
  return (
    <div>
      <Group gap="xs" wrap="nowrap" align="center">
        <IconSend size={14} aria-hidden />
        <Text size="sm" fw={600} truncate>
          {publishedUrl && !removedAt ? (
            <Anchor href={publishedUrl} target="_blank" rel="noreferrer" inherit>
              {channelName}
            </Anchor>
          ) : (
            channelName
          )}
        </Text>
        <StatusBadge status={removedAt ? "Removed" : status} />
      </Group>
      <Text size="xs" c="dimmed">
        {format.dateTime(new Date(publishedAt ?? scheduledTime), "moment")}
        {adapted && ` · ${t("lineage.adapted")}`}
      </Text>
      {metrics.map((metric) => (
        <Group key={metric.metricType} justify="space-between" gap="xs">
          <Text size="sm">{t(`metrics.${metric.metricType}`)}</Text>
          <MetricValue metric={metric} />
        </Group>
      ))}
    </div>
  );
}

"use client";

import { listGenerations } from "@contentos/sdk";
import { Button, Group, Stack, Text } from "@mantine/core";
import { IconSparkles } from "@tabler/icons-react";
import { useFormatter, useTranslations } from "use-intl";
import { EmptyState } from "@/ui/empty-state";
import { LoadingRows } from "@/ui/loading-rows";
import { ProblemAlert } from "@/ui/problem-alert";
import { usePages } from "@/ui/query";

/** What models were asked, what came of it, and what it cost. */
export function GenerationList({ nameOf }: { nameOf: (userId: string | null) => string }) {
  const t = useTranslations("ai.generations");
  const format = useFormatter();
  const pages = usePages(listGenerations, { limit: 10 });
  const rows = pages.data?.pages.flatMap(({ items }) => items) ?? [];
  if (pages.isPending) return <LoadingRows rows={3} />;
  if (pages.error) return <ProblemAlert error={pages.error} onRetry={() => pages.refetch()} />;
  if (rows.length === 0) return <EmptyState icon={IconSparkles} title={t("none")} text={t("noneText")} />;
  return (
    <Stack gap="sm">
      {rows.map((row) => (
        <Group key={row.id} justify="space-between" gap="xs" align="flex-start">
          <Stack gap={0} flex="1 1 220px" miw={0}>
            <Text size="sm" fw={550}>
              {t(`operations.${row.operation as "headline"}`)} · {t(`status.${row.status}`)}
            </Text>
            <Text size="xs" c="dimmed">
              {format.dateTime(new Date(row.createdAt), { dateStyle: "medium", timeStyle: "short" })} ·{" "}
              {nameOf(row.createdBy)}
              {row.model && ` · ${row.model}`}
              {row.endpointHost && ` · ${row.endpointHost}`}
              {row.tries.length > 1 && ` · ${t("tries", { count: row.tries.length })}`}
            </Text>
          </Stack>
          <Text size="sm">
            {t("cost", { credits: row.credits, tokens: row.inputTokens + row.outputTokens })}
            {row.feedback && ` · ${t(`feedback.${row.feedback}`)}`}
          </Text>
        </Group>
      ))}
      {pages.hasNextPage && (
        <Group>
          <Button variant="default" size="xs" onClick={() => pages.fetchNextPage()} loading={pages.isFetchingNextPage}>
            {t("more")}
          </Button>
        </Group>
      )}
    </Stack>
  );
}

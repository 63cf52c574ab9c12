"use client";

import { getSubscription, listCredits } from "@contentos/sdk";
import { Alert, Button, Group, Progress, Stack, Text } from "@mantine/core";
import { useFormatter, useTranslations } from "use-intl";
import { LoadingRows } from "@/ui/loading-rows";
import { ProblemAlert } from "@/ui/problem-alert";
import { usePages, useRead } from "@/ui/query";

/** What a workspace has, and each row of its account. */
export function CreditLedger({ nameOf }: { nameOf: (userId: string | null) => string }) {
  const t = useTranslations("ai.ledger");
  const format = useFormatter();
  const subscription = useRead(getSubscription);
  const pages = usePages(listCredits, { limit: 10 });
  const error = subscription.error ?? pages.error;
  if (error)
    return <ProblemAlert error={error} onRetry={() => Promise.all([subscription.refetch(), pages.refetch()])} />;
  if (!subscription.data || !pages.data) return <LoadingRows rows={3} />;
  const { tier, aiCredits } = subscription.data;
  const all = aiCredits.remaining + aiCredits.used + aiCredits.reserved;
  return (
    <Stack gap="sm">
      <Text size="sm">
        {t("balance", {
          tier,
          remaining: aiCredits.remaining,
          used: aiCredits.used,
          day: format.dateTime(new Date(aiCredits.resetsAt), { dateStyle: "medium" }),
        })}
      </Text>
      <Progress value={all === 0 ? 0 : (aiCredits.remaining / all) * 100} aria-label={t("left")} />
      {aiCredits.low && <Alert color="orange">{t("low")}</Alert>}
      {pages.data.pages
        .flatMap(({ items }) => items)
        .map((row) => (
          <Group key={row.id} justify="space-between" gap="xs" align="flex-start">
            <Stack gap={0} flex="1 1 220px" miw={0}>
              <Text size="sm" fw={550}>
                {t(`kinds.${row.kind}`)}
              </Text>
              <Text size="xs" c="dimmed">
                {format.dateTime(new Date(row.at), { dateStyle: "medium", timeStyle: "short" })}
                {row.createdBy && ` · ${nameOf(row.createdBy)}`}
                {row.note && ` · ${row.note}`}
              </Text>
            </Stack>
            <Text size="sm">
              {row.entries.map(({ account, amount }) => t(`accounts.${account}`, { amount })).join(" · ")} ·{" "}
              {t("after", { remaining: row.remaining })}
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

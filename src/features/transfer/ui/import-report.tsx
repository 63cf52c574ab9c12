"use client";

import { type ContentImport, cancelImport, getImport, listImportEntries, startImport } from "@contentos/sdk";
import { Alert, Anchor, Button, Chip, Group, List, Paper, Progress, SimpleGrid, Stack, Text } from "@mantine/core";
import { IconInfoCircle } from "@tabler/icons-react";
import Link from "next/link";
import { useEffect, useState } from "react";
import { useTranslations } from "use-intl";
import { LoadingRows } from "@/ui/loading-rows";
import { ProblemAlert } from "@/ui/problem-alert";
import { usePages, useRead, useWrite } from "@/ui/query";
import { Row, Rows } from "@/ui/rows";
import { StatusBadge } from "@/ui/status-badge";
import { Retold } from "@/ui/text/retold";
import { isUnderWay, LOOK_MS } from "./import-list";
import { keptOptions } from "./kept-options";
import { OutcomeBadge } from "./outcome-badge";

type Props = {
  id: string;
  /** Where an item is. */
  itemAddress: (id: string) => string;
  onStarted: (started: ContentImport) => void;
};

const OUTCOMES = {
  Imported: "imported",
  Updated: "updated",
  Unchanged: "unchanged",
  Conflict: "conflicts",
  Skipped: "skipped",
  Failed: "failed",
} as const;
type Outcome = keyof typeof OUTCOMES;
const NAMES = Object.keys(OUTCOMES) as Outcome[];

/** How far an import is, and what became of each entry. */
export function ImportReport({ id, itemAddress, onStarted }: Props) {
  const found = useRead(
    getImport,
    { id },
    { refetchInterval: ({ state }) => (state.data && isUnderWay(state.data) ? LOOK_MS : false) },
  );
  if (found.error) return <ProblemAlert error={found.error} onRetry={() => found.refetch()} />;
  if (!found.data) return <LoadingRows rows={4} />;
  return (
    <Stack gap="lg">
      <State of={found.data} onStarted={onStarted} />
      <Entries of={found.data} itemAddress={itemAddress} />
    </Stack>
  );
}

function State({ of: one, onStarted }: { of: ContentImport; onStarted: Props["onStarted"] }) {
  const t = useTranslations("transfer");
  const cancel = useWrite(cancelImport);
  const start = useWrite(startImport, { onSuccess: onStarted });
  const { id, status, progress, message, dryRun, assetId } = one;
  const { done, total } = progress;
  return (
    <Stack>
      <Group gap="sm">
        <StatusBadge status={status} />
        <Text size="sm" c="dimmed" role="status">
          {total === null ? t("doneSoFar", { done }) : t("doneOf", { done, total })}
        </Text>
        {isUnderWay(one) && (
          <Button size="xs" variant="default" loading={cancel.isPending} onClick={() => cancel.mutate({ id })}>
            {t("stop")}
          </Button>
        )}
      </Group>
      {isUnderWay(one) && <Progress value={total ? (done / total) * 100 : 100} animated aria-label={t("progress")} />}
      {message && (
        <Alert color="red" variant="light" title={t("failedWhy")}>
          <Retold>{message}</Retold>
        </Alert>
      )}
      {dryRun && status === "Finished" && (
        <Alert color="blue" variant="light" icon={<IconInfoCircle size={18} aria-hidden />} title={t("wasTry")}>
          <Stack gap="sm" align="flex-start">
            <Text size="sm">{t("wasTryText")}</Text>
            {assetId && (
              <Button
                loading={start.isPending}
                onClick={() => start.mutate({ body: { assetId, options: { ...keptOptions(assetId), dryRun: false } } })}
              >
                {t("importNow")}
              </Button>
            )}
          </Stack>
        </Alert>
      )}
      <ProblemAlert error={cancel.error ?? start.error} />
      <SimpleGrid cols={{ base: 2, xs: 3, sm: 6 }} spacing="sm">
        {NAMES.map((outcome) => (
          <Paper key={outcome} withBorder p="sm" radius="md">
            <Text size="xl" fw={650} style={{ fontVariantNumeric: "tabular-nums" }}>
              {one.counts[OUTCOMES[outcome]]}
            </Text>
            <Text size="xs" c="dimmed">
              {t(`outcomes.${outcome}`)}
            </Text>
          </Paper>
        ))}
      </SimpleGrid>
    </Stack>
  );
}

function Entries({ of: one, itemAddress }: { of: ContentImport; itemAddress: Props["itemAddress"] }) {
  const t = useTranslations("transfer");
  const common = useTranslations("common");
  const [outcome, setOutcome] = useState<Outcome | "">("");
  const pages = usePages(
    listImportEntries,
    { id: one.id, limit: 50, ...(outcome && { outcome }) },
    { refetchInterval: isUnderWay(one) ? LOOK_MS * 2 : false },
  );
  const underWay = isUnderWay(one);
  const { refetch } = pages;
  // The last ones came between the last look and the end.
  useEffect(() => {
    if (!underWay) void refetch();
  }, [underWay, refetch]);
  const entries = pages.data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <Stack>
      <Chip.Group value={outcome} onChange={(value) => setOutcome(value as Outcome | "")}>
        <Group gap={6} role="group" aria-label={t("filter")}>
          <Chip value="" size="xs">
            {t("all")}
          </Chip>
          {NAMES.filter((name) => one.counts[OUTCOMES[name]] > 0).map((name) => (
            <Chip key={name} value={name} size="xs">
              {t(`outcomes.${name}`)}
            </Chip>
          ))}
        </Group>
      </Chip.Group>
      <ProblemAlert error={pages.error} onRetry={() => pages.refetch()} />
      {pages.isPending && <LoadingRows rows={3} />}
      {pages.data && entries.length === 0 && (
        <Text size="sm" c="dimmed">
          {t(isUnderWay(one) ? "noEntriesYet" : "noEntries")}
        </Text>
      )}
      <Rows label={t("entries")}>
        {entries.map(({ position, key, title, outcome: result, message, notes, contentItemId }) => (
          <Row
            key={position}
            main={
              <>
                {contentItemId && !one.dryRun ? (
                  <Anchor component={Link} href={itemAddress(contentItemId)} fw={600} c="inherit">
                    {title ?? key}
                  </Anchor>
                ) : (
                  <Text fw={600} style={{ overflowWrap: "anywhere" }}>
                    {title ?? key}
                  </Text>
                )}
                {title && (
                  <Text size="xs" c="dimmed" style={{ overflowWrap: "anywhere" }}>
                    {key}
                  </Text>
                )}
                {message && (
                  <Text size="sm">
                    <Retold>{message}</Retold>
                  </Text>
                )}
                {notes.length > 0 && (
                  <List size="sm" c="dimmed">
                    {notes.map((note) => (
                      <List.Item key={note}>
                        <Retold>{note}</Retold>
                      </List.Item>
                    ))}
                  </List>
                )}
              </>
            }
            aside={<OutcomeBadge outcome={result} label={t(`outcomes.${result}`)} />}
          />
        ))}
      </Rows>
      {pages.hasNextPage && (
        <Button variant="default" onClick={() => pages.fetchNextPage()} loading={pages.isFetchingNextPage}>
          {common("showMore")}
        </Button>
      )}
    </Stack>
  );
}

"use client";

import type { ContentItem } from "@contentos/sdk";
import { Anchor, Badge, Box, Button, Group, Paper, Stack, Text, Title } from "@mantine/core";
import Link from "next/link";
import { useTranslations } from "use-intl";
import { LoadingRows } from "@/ui/loading-rows";
import { ProblemAlert } from "@/ui/problem-alert";
import { statusColor } from "@/ui/status-badge";
import { DueDate } from "./due-date";
import { type Filter, type ItemStatus, STATUSES } from "./filter";
import { useItems } from "./hooks";
import classes from "./item-board.module.css";
import { Tags } from "./tags";

type Props = { filter: Filter; hrefOf: (id: string) => string; nameOf: (userId: string | null) => string };

/** A column for each state. An item moves by what is done with it, not by being pushed: what is approved was decided on. */
export function ItemBoard(props: Props) {
  return (
    <Box className={classes.board}>
      {STATUSES.map((status) => (
        <Column key={status} status={status} {...props} />
      ))}
    </Box>
  );
}

function Column({ status, filter, ...props }: Props & { status: ItemStatus }) {
  const t = useTranslations("content.list");
  const word = useTranslations("status");
  const list = useItems({ ...filter, status });
  const { items } = list;
  return (
    <section className={classes.column} aria-label={word(status)}>
      <Group gap="xs" mb="sm">
        <Box w={10} h={10} bg={statusColor(status)} style={{ borderRadius: 10 }} aria-hidden />
        <Title order={2} size="h5">
          {word(status)}
        </Title>
        <Badge color="gray" variant="light" size="sm">
          {items.length}
          {list.hasNextPage ? "+" : ""}
        </Badge>
      </Group>
      <ProblemAlert error={list.error} onRetry={() => list.refetch()} />
      {list.isPending && <LoadingRows rows={3} height={72} />}
      {list.data && items.length === 0 && (
        <Text size="sm" c="dimmed">
          {t("emptyColumn")}
        </Text>
      )}
      <Stack gap="xs">
        {items.map((item) => (
          <Card key={item.id} item={item} {...props} />
        ))}
        {list.hasNextPage && (
          <Button variant="subtle" size="xs" loading={list.isFetchingNextPage} onClick={() => list.fetchNextPage()}>
            {t("more")}
          </Button>
        )}
      </Stack>
    </section>
  );
}

function Card({ item, hrefOf, nameOf }: Omit<Props, "filter"> & { item: ContentItem }) {
  return (
    <Paper withBorder p="sm" shadow="xs">
      <Stack gap={6}>
        <Anchor component={Link} href={hrefOf(item.id)} fw={550} size="sm" c="inherit" lineClamp={2}>
          {item.title}
        </Anchor>
        <Tags tags={item.tags} />
        {(item.assigneeId || item.dueAt) && (
          <Group justify="space-between" gap="xs">
            <Text size="xs" c="dimmed" component="span">
              {item.assigneeId ? nameOf(item.assigneeId) : ""}
            </Text>
            <DueDate item={item} />
          </Group>
        )}
      </Stack>
    </Paper>
  );
}

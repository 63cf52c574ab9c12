"use client";

import type { ContentItem } from "@contentos/sdk";
import { Anchor, Checkbox, Group, Table, Text, VisuallyHidden } from "@mantine/core";
import { useWindowVirtualizer } from "@tanstack/react-virtual";
import Link from "next/link";
import { useEffect, useRef, useState } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { StatusBadge } from "@/ui/status-badge";
import { DueDate } from "./due-date";
import classes from "./item-rows.module.css";
import { Tags } from "./tags";

type Props = {
  items: ContentItem[];
  hrefOf: (id: string) => string;
  nameOf: (userId: string | null) => string;
  /** None where nobody may change anything. */
  selected: ReadonlySet<string> | undefined;
  onSelect: (ids: string[], on: boolean) => void;
  /** The end is near: what comes next is wanted. */
  onEnd: (() => void) | undefined;
};

const ROW_PX = 58;
/** So many rows before the last, what comes next is asked for. */
const AHEAD = 15;

/** However many there are, only those in sight are drawn. */
export function ItemRows({ items, selected, onEnd, ...props }: Props) {
  const t = useTranslations("content.list");
  const body = useRef<HTMLTableSectionElement>(null);
  const [top, setTop] = useState(0);
  useEffect(() => setTop(body.current?.offsetTop ?? 0), []);
  const rows = useWindowVirtualizer({
    count: items.length,
    estimateSize: () => ROW_PX,
    overscan: 8,
    scrollMargin: top,
    getItemKey: (index) => items[index]!.id,
  });
  const drawn = rows.getVirtualItems();
  const last = drawn.at(-1)?.index ?? 0;
  useEffect(() => {
    if (last >= items.length - AHEAD) onEnd?.();
  }, [last, items.length, onEnd]);
  const before = (drawn[0]?.start ?? top) - top;
  const after = rows.getTotalSize() - ((drawn.at(-1)?.end ?? top) - top);
  return (
    <Table verticalSpacing={0} highlightOnHover aria-rowcount={items.length + 1} className={classes.table}>
      <Table.Thead>
        <Table.Tr>
          {selected && (
            <Table.Th w={40}>
              <Checkbox
                aria-label={t("selectAll")}
                checked={items.length > 0 && items.every(({ id }) => selected.has(id))}
                indeterminate={selected.size > 0 && !items.every(({ id }) => selected.has(id))}
                onChange={(event) =>
                  props.onSelect(
                    items.map(({ id }) => id),
                    event.currentTarget.checked,
                  )
                }
              />
            </Table.Th>
          )}
          <Table.Th>{t("title")}</Table.Th>
          <Table.Th w={110}>{t("status")}</Table.Th>
          <Table.Th w={130} visibleFrom="md">
            {t("assignee")}
          </Table.Th>
          <Table.Th w={150} visibleFrom="sm">
            {t("due")}
          </Table.Th>
          <Table.Th w={120} visibleFrom="lg">
            {t("changed")}
          </Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody ref={body}>
        <Gap height={before} />
        {drawn.map(({ key, index }) => (
          <Row key={key} place={index} item={items[index]!} selected={selected?.has(items[index]!.id)} {...props} />
        ))}
        <Gap height={after} />
      </Table.Tbody>
    </Table>
  );
}

const Gap = ({ height }: { height: number }) =>
  height > 0 ? (
    <tr aria-hidden>
      <td style={{ height, padding: 0 }} />
    </tr>
  ) : null;

type RowProps = Omit<Props, "items" | "selected" | "onEnd"> & {
  place: number;
  item: ContentItem;
  selected: boolean | undefined;
};

function Row({ place, item, selected, hrefOf, nameOf, onSelect }: RowProps) {
  const t = useTranslations("content.list");
  const format = useFormatter();
  return (
    <Table.Tr h={ROW_PX} aria-rowindex={place + 2} {...(selected && { bg: "var(--mantine-primary-color-light)" })}>
      {selected !== undefined && (
        <Table.Td>
          <Checkbox
            aria-label={t("select", { title: item.title })}
            checked={selected}
            onChange={(event) => onSelect([item.id], event.currentTarget.checked)}
          />
        </Table.Td>
      )}
      <Table.Td className={classes.title}>
        <Anchor component={Link} href={hrefOf(item.id)} fw={550} c="inherit" className={classes.link}>
          {item.title}
        </Anchor>
        <Group gap="xs" className={classes.below}>
          <Tags tags={item.tags} />
        </Group>
      </Table.Td>
      <Table.Td>
        <StatusBadge status={item.status} />
      </Table.Td>
      <Table.Td visibleFrom="md">
        {item.assigneeId ? (
          <Text size="sm" truncate>
            {nameOf(item.assigneeId)}
          </Text>
        ) : (
          <VisuallyHidden>{t("nobody")}</VisuallyHidden>
        )}
      </Table.Td>
      <Table.Td visibleFrom="sm">
        <DueDate item={item} />
      </Table.Td>
      <Table.Td visibleFrom="lg">
        <Text size="sm" c="dimmed">
          {format.dateTime(new Date(item.updatedAt), "day")}
        </Text>
      </Table.Td>
    </Table.Tr>
  );
}

"use client";

import type { ContentItem } from "@contentos/sdk";
import { useRouter } from "next/navigation";
import { type MouseEvent, memo, useEffect, useRef } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { StatusMark } from "@/ui/status-badge";
import { DueDate } from "./due-date";
import classes from "./item-rows.module.css";
import { useRowsInSight } from "./rows-in-sight";
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

/** However many there are, only those in sight are drawn. A plain table: Mantine's brings all that scrolls and floats. */
export function ItemRows({ items, hrefOf, nameOf, selected, onEnd, ...props }: Props) {
  const t = useTranslations("content.list");
  const status = useTranslations("status");
  const format = useFormatter();
  const router = useRouter();
  // One listener for all rows: a component for each link is half of what a row would cost.
  const go = (event: MouseEvent) => {
    const href = (event.target as HTMLElement).closest("a")?.getAttribute("href");
    if (!href || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    router.push(href);
  };
  const body = useRef<HTMLTableSectionElement>(null);
  const { from, end } = useRowsInSight(body, items.length, ROW_PX);
  useEffect(() => {
    if (end >= items.length - AHEAD) onEnd?.();
  }, [end, items.length, onEnd]);
  return (
    <table aria-rowcount={items.length + 1} className={classes.table}>
      <thead>
        <tr>
          {selected && (
            <th style={{ width: 40 }}>
              <SelectAll items={items} selected={selected} onSelect={props.onSelect} />
            </th>
          )}
          <th>{t("title")}</th>
          <th style={{ width: 138 }}>{t("status")}</th>
          <th style={{ width: 130 }} className={classes.fromMd}>
            {t("assignee")}
          </th>
          <th style={{ width: 150 }} className={classes.fromSm}>
            {t("due")}
          </th>
          <th style={{ width: 120 }} className={classes.fromLg}>
            {t("changed")}
          </th>
        </tr>
      </thead>
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: It listens for the links within it, which Enter clicks. */}
      <tbody ref={body} onClick={go}>
        <Gap height={from * ROW_PX} />
        {items.slice(from, end).map((item, index) => (
          <Row
            key={item.id}
            place={from + index}
            item={item}
            href={hrefOf(item.id)}
            assignee={item.assigneeId && nameOf(item.assigneeId)}
            selected={selected?.has(item.id)}
            onSelect={props.onSelect}
            {...{ t, status, format }}
          />
        ))}
        <Gap height={(items.length - end) * ROW_PX} />
      </tbody>
    </table>
  );
}

function SelectAll({
  items,
  selected,
  onSelect,
}: Pick<Props, "items" | "onSelect"> & { selected: ReadonlySet<string> }) {
  const t = useTranslations("content.list");
  const all = selected.size > 0 && items.every(({ id }) => selected.has(id));
  const box = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (box.current) box.current.indeterminate = selected.size > 0 && !all;
  }, [selected.size, all]);
  return (
    <input
      ref={box}
      type="checkbox"
      className={classes.check}
      aria-label={t("selectAll")}
      checked={all}
      onChange={(event) =>
        onSelect(
          items.map(({ id }) => id),
          event.currentTarget.checked,
        )
      }
    />
  );
}

const Gap = ({ height }: { height: number }) =>
  height > 0 ? (
    <tr aria-hidden>
      <td style={{ height, padding: 0 }} />
    </tr>
  ) : null;

type RowProps = Pick<Props, "onSelect"> & {
  place: number;
  item: ContentItem;
  href: string;
  assignee: string | null;
  selected: boolean | undefined;
  t: ReturnType<typeof useTranslations<"content.list">>;
  status: ReturnType<typeof useTranslations<"status">>;
  format: ReturnType<typeof useFormatter>;
};

/**
 * Of plain elements, and with nothing of its own to look up: when somebody scrolls fast, a screenful of rows is made
 * within one frame.
 */
const Row = memo(function Row({ place, item, href, assignee, selected, onSelect, t, status, format }: RowProps) {
  return (
    <tr className={classes.row} aria-rowindex={place + 2} data-selected={selected || undefined}>
      {selected !== undefined && (
        <td>
          <input
            type="checkbox"
            className={classes.check}
            aria-label={t("select", { title: item.title })}
            checked={selected}
            onChange={(event) => onSelect([item.id], event.currentTarget.checked)}
          />
        </td>
      )}
      <td className={classes.title}>
        <a href={href} className={classes.link}>
          {item.title}
        </a>
        {item.tags.length > 0 && (
          <div className={classes.below}>
            <Tags tags={item.tags} />
          </div>
        )}
      </td>
      <td>
        <StatusMark status={item.status} word={status(item.status)} />
      </td>
      <td className={classes.fromMd}>{assignee ?? <span className={classes.unseen}>{t("nobody")}</span>}</td>
      <td className={classes.fromSm}>{item.dueAt && <DueDate item={item} />}</td>
      <td className={classes.fromLg}>{format.dateTime(new Date(item.updatedAt), "day")}</td>
    </tr>
  );
});

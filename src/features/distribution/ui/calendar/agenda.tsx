"use client";

import { useWindowVirtualizer } from "@tanstack/react-virtual";
import { useCallback, useLayoutEffect, useMemo, useRef, useState } from "react";
import { useFormatter, useTranslations } from "use-intl";
import classes from "./calendar.module.css";
import { useChip } from "./chip";
import type { Day } from "./days";
import { type Entry, groupBy } from "./entries";
import { Grid } from "./grid";
import { dateOf, PlanButton, UTC, type ViewProps } from "./month";

/** In pixels, as the style sheet has them: rows of known height need no measuring while somebody scrolls. */
const HEIGHTS = { day: 52, entry: 46, entryOnPhone: 66 };

type Props = ViewProps & { isPhone: boolean };
type Row = { key: string; day: Day; entry?: Entry };

/** Everything in the order of time, under its days. Only what is near the screen is drawn. */
export function Agenda({ entries, day: _, today, channelName, mayPlan, isPhone, ...actions }: Props) {
  const format = useFormatter();
  const t = useTranslations("distribution.calendar");
  const chip = useChip(channelName, true);
  const list = useRef<HTMLDivElement>(null);
  const [top, setTop] = useState(0);
  useLayoutEffect(() => setTop(list.current?.offsetTop ?? 0), []);
  const rows = useMemo(() => {
    const days = groupBy(entries, (entry) => entry.day);
    return [...days].flatMap(([day, of]): Row[] => [
      { key: day, day },
      ...of.map((entry) => ({ key: entry.id, day, entry })),
    ]);
  }, [entries]);
  const virtual = useWindowVirtualizer({
    count: rows.length,
    // The same functions while the rows are the same: with others, all places are reckoned anew.
    estimateSize: useCallback(
      (index: number) => (!rows[index]?.entry ? HEIGHTS.day : isPhone ? HEIGHTS.entryOnPhone : HEIGHTS.entry),
      [rows, isPhone],
    ),
    getItemKey: useCallback((index: number) => rows[index]?.key ?? index, [rows]),
    overscan: 6,
    // A row that comes a frame later is not missed; a frame that waits for rows is.
    useFlushSync: false,
    scrollMargin: top,
  });
  return (
    <Grid {...actions}>
      <div ref={list} className={classes.agenda} style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ index, key, start, size }) => {
          const { day, entry } = rows[index]!;
          return (
            <div
              key={key}
              data-row={index}
              data-column={0}
              data-slot={day}
              data-today={day === today || undefined}
              className={classes.agendaRow}
              style={{ height: size, transform: `translateY(${start - top}px)` }}
            >
              {entry ? (
                chip(entry)
              ) : (
                <div className={classes.agendaDay}>
                  <h2>{format.dateTime(dateOf(day), { ...UTC, weekday: "long", day: "numeric", month: "long" })}</h2>
                  {mayPlan && day >= today && (
                    <PlanButton
                      slot={day}
                      label={t("planOn", {
                        day: format.dateTime(dateOf(day), { ...UTC, weekday: "long", day: "numeric", month: "long" }),
                      })}
                    />
                  )}
                </div>
              )}
            </div>
          );
        })}
      </div>
    </Grid>
  );
}

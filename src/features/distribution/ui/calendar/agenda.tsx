"use client";

import { useWindowVirtualizer } from "@tanstack/react-virtual";
import { useLayoutEffect, useMemo, useRef, useState } from "react";
import { useFormatter, useTranslations } from "use-intl";
import classes from "./calendar.module.css";
import { Chip } from "./chip";
import type { Day } from "./days";
import { type Entry, groupBy } from "./entries";
import { Grid } from "./grid";
import { dateOf, PlanButton, UTC, type ViewProps } from "./month";

type Row = { key: string; day: Day; entry?: Entry };

/** Everything in the order of time, under its days. Only what is near the screen is drawn. */
export function Agenda({ entries, day: _day, today, channelName, mayPlan, ...actions }: ViewProps) {
  const format = useFormatter();
  const t = useTranslations("distribution.calendar");
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
    estimateSize: (index) => (rows[index]?.entry ? 44 : 52),
    getItemKey: (index) => rows[index]?.key ?? index,
    overscan: 12,
    scrollMargin: top,
  });
  return (
    <Grid {...actions}>
      <div ref={list} className={classes.agenda} style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ index, key, start }) => {
          const { day, entry } = rows[index]!;
          return (
            <div
              key={key}
              ref={virtual.measureElement}
              data-index={index}
              data-row={index}
              data-column={0}
              data-slot={day}
              data-today={day === today || undefined}
              className={classes.agendaRow}
              style={{ transform: `translateY(${start - top}px)` }}
            >
              {entry ? (
                <Chip entry={entry} channel={channelName(entry)} full />
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

"use client";

import type { ReactNode } from "react";
import { useFormatter, useTranslations } from "use-intl";
import classes from "./calendar.module.css";
import { useChip } from "./chip";
import { type Day, daysFrom, monthGrid, monthOf } from "./days";
import { type Entry, groupBy } from "./entries";
import { Grid, type GridActions } from "./grid";

export type ViewProps = GridActions & {
  entries: Entry[];
  day: Day;
  today: Day;
  channelName: (entry: Entry) => string | undefined;
  mayPlan: boolean;
};

/** So many of a day are shown; the rest is a step away, so that a month of a thousand stays quick. */
const SHOWN = 4;
/** What an entry takes of a day's height, in pixels. */
const CHIP = 27;

/**
 * A month from plain cells and not by @mantine/schedule: that draws spans of time, takes the browser's day for today
 * whatever the workspace's zone is, and draws all events anew at each step of a drag.
 */
export function Month({ entries, day, today, channelName, mayPlan, ...actions }: ViewProps) {
  const format = useFormatter();
  const chip = useChip(channelName);
  const days = monthGrid(day);
  const byDay = groupBy(entries, (entry) => entry.day);
  const weeks = Array.from({ length: days.length / 7 }, (_, index) => days.slice(index * 7, index * 7 + 7));
  return (
    <Grid {...actions}>
      <table className={classes.month}>
        <thead>
          <tr>
            {daysFrom(days[0]!, 7).map((weekday) => (
              <th key={weekday} scope="col">
                {format.dateTime(dateOf(weekday), { ...UTC, weekday: "short" })}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {weeks.map((week, row) => (
            <tr key={week[0]}>
              {week.map((date, column) => (
                <td
                  key={date}
                  data-slot={date}
                  data-row={row}
                  data-column={column}
                  data-today={date === today || undefined}
                  data-outside={monthOf(date) !== monthOf(day) || undefined}
                  data-free={(mayPlan && date >= today) || undefined}
                >
                  <DayCell
                    date={date}
                    entries={byDay.get(date) ?? []}
                    chip={chip}
                    mayPlan={mayPlan && date >= today}
                    isToday={date === today}
                  />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Grid>
  );
}

export const UTC = { timeZone: "UTC" } as const;
/** For a formatter, in UTC: a day of the calendar has no zone. */
export const dateOf = (day: Day) => new Date(`${day}T12:00Z`);

type CellProps = {
  date: Day;
  entries: Entry[];
  chip: (entry: Entry) => ReactNode;
  mayPlan: boolean;
  isToday: boolean;
};

function DayCell({ date, entries, chip, mayPlan, isToday }: CellProps) {
  const t = useTranslations("distribution.calendar");
  const format = useFormatter();
  const named = format.dateTime(dateOf(date), { ...UTC, weekday: "long", day: "numeric", month: "long" });
  // One more in the place of a line that would say there is one more.
  const shown = entries.length > SHOWN + 1 ? entries.slice(0, SHOWN) : entries;
  return (
    <div className={classes.cell} style={{ containIntrinsicBlockSize: `auto ${34 + shown.length * CHIP}px` }}>
      <div className={classes.cellHead}>
        <button
          type="button"
          className={classes.dayNumber}
          data-stop
          data-day={date}
          tabIndex={-1}
          aria-label={t("openDay", { day: named, count: entries.length })}
          aria-current={isToday ? "date" : undefined}
        >
          {format.dateTime(dateOf(date), { ...UTC, day: "numeric" })}
        </button>
        {mayPlan && <PlanButton slot={date} label={t("planOn", { day: named })} />}
      </div>
      {shown.map(chip)}
      {shown.length < entries.length && (
        <button type="button" className={classes.more} data-stop data-day={date} tabIndex={-1}>
          {t("more", { count: entries.length - shown.length })}
        </button>
      )}
    </div>
  );
}

type PlanProps = { slot: string } & ({ label: string } | { labelledBy: string });

/** Seen when pointed at or focused: an empty place can be clicked as well. */
export const PlanButton = ({ slot, ...named }: PlanProps) => (
  <button
    type="button"
    className={classes.plan}
    data-stop
    data-plan={slot}
    tabIndex={-1}
    {...("label" in named ? { "aria-label": named.label } : { "aria-labelledby": named.labelledBy })}
  />
);

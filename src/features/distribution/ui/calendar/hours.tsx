"use client";

import { type ReactNode, useEffect, useRef } from "react";
import { useFormatter, useTranslations } from "use-intl";
import classes from "./calendar.module.css";
import { useChip } from "./chip";
import { type Day, daysFrom, hourOf, mondayOf } from "./days";
import { type Entry, groupBy } from "./entries";
import { Grid } from "./grid";
import { dateOf, PlanButton, UTC, type ViewProps } from "./month";

const HOURS = Array.from({ length: 24 }, (_, hour) => String(hour).padStart(2, "0"));
/** Where the page opens on an empty day. */
const MORNING = 7;
const SHOWN = 3;
/** What an entry takes of an hour's height, in pixels. */
const CHIP = 44;
/** The id of what the button in an empty hour is called; its day and its hour follow. */
const PLAN_WORD = "plan-word";

type Props = ViewProps & { kind: "week" | "day"; nowHour: string };

/**
 * A week or a day, hour by hour. What is published is a moment and no span: an hour's entries stand in its slot one
 * beneath the other, and the row grows; @mantine/schedule would draw thirty of them side by side, too thin to read.
 */
export function Hours({ kind, entries, day, today, nowHour, channelName, mayPlan, ...actions }: Props) {
  const format = useFormatter();
  const t = useTranslations("distribution.calendar");
  const chip = useChip(channelName, kind === "day");
  const more = (count: number) => t("more", { count });
  const scroller = useRef<HTMLDivElement>(null);
  const days = kind === "day" ? [day] : daysFrom(mondayOf(day), 7);
  const bySlot = groupBy(entries, (entry) => entry.wall.slice(0, 13));
  const first = Math.min(
    MORNING,
    ...entries.filter((entry) => days.includes(entry.day)).map(({ wall }) => hourOf(wall)),
  );
  useOpenAt(scroller, first, `${kind} ${days[0]}`);
  return (
    <Grid {...actions}>
      <div className={classes.hours} ref={scroller}>
        <table className={classes.hourTable} data-kind={kind}>
          <thead>
            <tr>
              <td>
                <span id={PLAN_WORD} className={classes.unseen}>
                  {t("plan")}
                </span>
              </td>
              {days.map((date) => (
                <th key={date} id={`day-${date}`} scope="col" data-today={date === today || undefined}>
                  {kind === "day" ? (
                    format.dateTime(dateOf(date), { ...UTC, weekday: "long", day: "numeric", month: "long" })
                  ) : (
                    <button
                      type="button"
                      className={classes.dayName}
                      data-stop
                      data-day={date}
                      tabIndex={-1}
                      aria-current={date === today ? "date" : undefined}
                    >
                      {format.dateTime(dateOf(date), { ...UTC, weekday: "short", day: "numeric" })}
                    </button>
                  )}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {HOURS.map((hour) => (
              <tr key={hour} data-hour={hour}>
                <th scope="row" id={`hour-${hour}`}>
                  {format.dateTime(new Date(`2000-01-01T${hour}:00Z`), { ...UTC, hour: "numeric" })}
                </th>
                {days.map((date, column) => (
                  <Slot
                    key={date}
                    date={date}
                    hour={hour}
                    column={column}
                    entries={bySlot.get(`${date}T${hour}`)}
                    chip={chip}
                    more={more}
                    free={mayPlan && `${date}T${hour}` >= nowHour}
                    isNow={`${date}T${hour}` === nowHour}
                    full={kind === "day"}
                  />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Grid>
  );
}

type SlotProps = {
  date: Day;
  hour: string;
  column: number;
  entries: Entry[] | undefined;
  chip: (entry: Entry) => ReactNode;
  more: (count: number) => string;
  free: boolean;
  isNow: boolean;
  full: boolean;
};

/** It has no words of its own but those of its day and its hour: there are 168 of them in a week. */
function Slot({ date, hour, column, entries = [], chip, more, free, isNow, full }: SlotProps) {
  const slot = `${date}T${hour}`;
  const shown = full || entries.length <= SHOWN + 1 ? entries : entries.slice(0, SHOWN);
  return (
    <td
      data-slot={slot}
      data-row={Number(hour)}
      data-column={column}
      data-today={isNow || undefined}
      data-free={free || undefined}
    >
      <div className={classes.slot} style={{ containIntrinsicBlockSize: `auto ${24 + shown.length * CHIP}px` }}>
        {shown.map(chip)}
        {shown.length < entries.length && (
          <button type="button" className={classes.more} data-stop data-day={date} tabIndex={-1}>
            {more(entries.length - shown.length)}
          </button>
        )}
        {free && <PlanButton slot={slot} labelledBy={`${PLAN_WORD} day-${date} hour-${hour}`} />}
      </div>
    </td>
  );
}

/** Scrolls to an hour when another day or week is shown, and never otherwise. */
function useOpenAt(scroller: { current: HTMLDivElement | null }, hour: number, shown: string) {
  const latest = useRef(hour);
  latest.current = hour;
  // biome-ignore lint/correctness/useExhaustiveDependencies: What comes into a day later does not move the page.
  useEffect(() => {
    const box = scroller.current;
    const row = box?.querySelector<HTMLElement>(`[data-hour="${String(latest.current).padStart(2, "0")}"]`);
    const head = box?.querySelector("thead");
    if (box && row) box.scrollTop = row.offsetTop - (head?.offsetHeight ?? 0);
  }, [shown]);
}

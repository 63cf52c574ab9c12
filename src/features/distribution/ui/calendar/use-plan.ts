"use client";

import { type Channel, type ContentItem, listChannels, listContent, listSchedules } from "@contentos/sdk";
import { keepPreviousData } from "@tanstack/react-query";
import { useEffect, useMemo, useState } from "react";
import { useRead } from "@/ui/query";
import { useAll } from "@/ui/query-all";
import { addDays, addMonths, type Day, mondayOf, monthGrid, startOf } from "./days";
import { type Entry, entriesOf } from "./entries";

export const VIEWS = ["month", "week", "day", "agenda"] as const;
export type View = (typeof VIEWS)[number];

const AGENDA_DAYS = 30;
const NOW_TICKS_MS = 30_000;
/** How far back the calendar looks for what went wrong, in days. */
const LOOKS_BACK = 30;

/** The days that a view shows: the first, and the one after the last. */
export function rangeOf(view: View, day: Day): [first: Day, end: Day] {
  if (view === "month") {
    const days = monthGrid(day);
    return [days[0]!, addDays(days.at(-1)!, 1)];
  }
  if (view === "week") return [mondayOf(day), addDays(mondayOf(day), 7)];
  return [day, addDays(day, view === "day" ? 1 : AGENDA_DAYS)];
}

/** The day that the next view, or the one before, stands on. */
export function stepped(view: View, day: Day, steps: 1 | -1): Day {
  if (view === "month") return addMonths(day, steps);
  return addDays(day, steps * (view === "week" ? 7 : view === "day" ? 1 : AGENDA_DAYS));
}

export function useNow(): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const ticking = setInterval(() => setNow(Date.now()), NOW_TICKS_MS);
    return () => clearInterval(ticking);
  }, []);
  return now;
}

const endsOf = (channels: Channel[]): ReadonlyMap<string, number> =>
  new Map(channels.flatMap(({ id, accessEndsAt }) => (accessEndsAt ? [[id, Date.parse(accessEndsAt)]] : [])));

type Asked = {
  view: View;
  day: Day;
  today: Day;
  timeZone: string;
  now: number;
  moved: ReadonlyMap<string, number>;
  mayPlan: boolean;
  mayEdit: (item: ContentItem) => boolean;
};

/** What is planned in the days of a view, and what needs a look wherever it is. */
export function usePlan({ view, day, today, ...given }: Asked) {
  const { timeZone } = given;
  const at = (date: Day) => new Date(startOf(date, timeZone)).toISOString();
  // A month is read at once for its weeks and days as well, so that going from one to the other waits for nothing.
  const [first, end] = rangeOf(view === "agenda" ? view : "month", day).map(at) as [string, string];
  const options = { placeholderData: keepPreviousData, refetchInterval: 60_000 };
  const schedules = useAll(listSchedules, { from: first, to: end }, options);
  const due = useAll(listContent, { dueFrom: first, dueTo: end, sort: "dueAt" }, options);
  const channels = useRead(listChannels, { limit: 100 }, { staleTime: 60_000, select: ({ items }) => items });
  const accessEnds = useMemo(() => endsOf(channels.data ?? []), [channels.data]);
  const firstEnd = accessEnds.size > 0 ? new Date(Math.min(...accessEnds.values())).toISOString() : undefined;
  const later = { status: "Scheduled", from: firstEnd, limit: 50 } as const;
  const { data: afterEnd } = useRead(listSchedules, later, { enabled: firstEnd !== undefined });
  const since = at(addDays(today, -LOOKS_BACK));
  const { data: failed } = useRead(listSchedules, { status: "Failed", from: since, limit: 50 });
  const { data: held } = useRead(listSchedules, { status: "OnHold", from: since, limit: 50 });
  const { data: unknown } = useRead(listSchedules, { status: "Unknown", from: since, limit: 50 });

  const { moved, mayPlan, mayEdit, now } = given;
  const entries = useMemo(
    () =>
      entriesOf({
        schedules: schedules.data ?? [],
        due: due.data ?? [],
        moved,
        accessEnds,
        timeZone,
        now,
        mayPlan,
        mayEdit,
      }),
    [schedules.data, due.data, moved, accessEnds, timeZone, now, mayPlan, mayEdit],
  );
  const troubled = useMemo(() => {
    const elsewhere = [failed, held, unknown, afterEnd].flatMap((page) => page?.items ?? []);
    const others = entriesOf({ schedules: elsewhere, due: [], moved, accessEnds, timeZone, now, mayPlan, mayEdit });
    const byId = new Map<string, Entry>();
    for (const entry of [...entries, ...others]) if (entry.troubles.length > 0) byId.set(entry.id, entry);
    return [...byId.values()].sort((one, other) => one.at - other.at);
  }, [entries, failed, held, unknown, afterEnd, moved, accessEnds, timeZone, now, mayPlan, mayEdit]);
  return {
    entries,
    troubled,
    channels: channels.data ?? [],
    isPending: schedules.isPending || due.isPending || channels.isPending,
    isStale: schedules.isPlaceholderData || due.isPlaceholderData,
    error: schedules.error ?? due.error ?? channels.error,
    retry: () => Promise.all([schedules.refetch(), due.refetch(), channels.refetch()]),
  };
}

"use client";

import type { ContentItem } from "@contentos/sdk";
import { Box, Button, Stack, Text } from "@mantine/core";
import { IconCalendar } from "@tabler/icons-react";
import { memo, useCallback, useDeferredValue, useMemo, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import { EmptyState } from "@/ui/empty-state";
import { LoadingRows } from "@/ui/loading-rows";
import { ProblemAlert } from "@/ui/problem-alert";
import { useShortcut } from "@/ui/shortcuts";
import { Agenda } from "./agenda";
import { addDays, addHours, type Day, dayOf, likelyTime, type Wall, wallOf } from "./days";
import { type Entry, type Filter, fits } from "./entries";
import { EntryDetails } from "./entry-details";
import { ANCHORS, EntryPopover } from "./entry-popover";
import type { GridActions } from "./grid";
import { Hours } from "./hours";
import { Month, type ViewProps } from "./month";
import { NeedsALook } from "./needs-a-look";
import { PlanDialog } from "./plan-dialog";
import { Toolbar } from "./toolbar";
import { useMoves } from "./use-moves";
import { rangeOf, stepped, useNow, usePlan, type View } from "./use-plan";

type Props = {
  timeZone: string;
  mayPlan: boolean;
  mayEdit: (item: ContentItem) => boolean;
  isPhone: boolean;
  view: View;
  /** None for today. */
  day: Day | undefined;
  onShow: (view: View, day: Day) => void;
  itemHref: (id: string) => string;
  /** For when something is being planned; empty for no time yet. */
  planning: Wall | "" | undefined;
  onPlanning: (wall: Wall | "" | undefined) => void;
};

type Opened = { id: string; at: HTMLElement };

/** All that is planned, in the zone of the workspace: to look at, to move, and to plan more. */
export function Calendar({ timeZone, mayPlan, mayEdit, isPhone, view, onShow, planning, onPlanning, ...props }: Props) {
  const t = useTranslations("distribution.calendar");
  const now = useNow();
  const nowWall = wallOf(now, timeZone);
  const today = dayOf(nowWall);
  const day = props.day ?? today;
  const [filter, setFilter] = useState<Filter>({ channelId: null, status: null });
  const [opened, setOpened] = useState<Opened>();
  const { moved, move, undo } = useMoves(timeZone);
  const plan = usePlan({ view, day, today, timeZone, now, moved, mayPlan, mayEdit });
  const [first, end] = rangeOf(view, day);
  const shown = useMemo(
    () => plan.entries.filter((entry) => entry.day >= first && entry.day < end && fits(entry, filter)),
    [plan.entries, filter, first, end],
  );
  const known = [...plan.entries, ...plan.troubled];
  const entry = opened && known.find(({ id }) => id === opened.id);
  const channelOf = (of: Entry) =>
    of.kind === "schedule" ? plan.channels.find(({ id }) => id === of.channelId) : undefined;
  const channelName = useChannelName(plan.channels);
  const actions = useActions({ view, known, move, onShow, setOpened, onPlanning, nowWall });
  useShortcut("u", t("undo"), undo);
  useShortcut("t", t("today"), () => onShow(view, today));
  useShortcut("[", t("before"), () => onShow(view, stepped(view, day, -1)));
  useShortcut("]", t("after"), () => onShow(view, stepped(view, day, 1)));

  const close = () => setOpened(undefined);
  const asked = useMemo(() => ({ view, day, entries: shown }), [view, day, shown]);
  // A thousand entries are drawn in pieces, and what somebody does meanwhile comes first.
  const drawing = useDeferredValue(asked, { view, day, entries: NONE });
  return (
    <Stack gap="md">
      <Toolbar {...{ view, day, today, onShow, filter, channels: plan.channels }} onFilter={setFilter} />
      <ProblemAlert error={plan.error} onRetry={plan.retry} />
      <Box id={ANCHORS} pos="relative">
        {plan.isPending ? (
          !plan.error && <LoadingRows rows={8} height={64} />
        ) : (
          <Stack gap="md" opacity={plan.isStale ? 0.6 : 1}>
            <NeedsALook
              entries={plan.troubled}
              channelName={channelName}
              onOpen={({ id }, at) => setOpened({ id, at })}
            />
            {shown.length === 0 && (
              <Nothing
                isFiltered={!!filter.channelId || !!filter.status}
                isList={view === "agenda"}
                onPlan={mayPlan ? () => onPlanning("") : undefined}
              />
            )}
            <Drawn {...drawing} {...{ today, channelName, mayPlan, isPhone, actions }} nowHour={nowWall.slice(0, 13)} />
          </Stack>
        )}
        {opened && entry && (
          <EntryPopover at={opened.at} isPhone={isPhone} label={entry.title} onClose={close}>
            <EntryDetails
              key={entry.id}
              entry={entry}
              channel={channelOf(entry)}
              itemHref={props.itemHref(entry.itemId)}
              timeZone={timeZone}
              mayPlan={mayPlan}
              onMove={(wall) => {
                close();
                move(entry, wall, { repin: entry.status === "OnHold" });
              }}
              onClose={close}
            />
          </EntryPopover>
        )}
      </Box>
      {planning !== undefined && (
        <PlanDialog at={planning} channels={plan.channels} timeZone={timeZone} onClose={() => onPlanning(undefined)} />
      )}
    </Stack>
  );
}

const NONE: Entry[] = [];

type DrawnProps = Omit<ViewProps, keyof GridActions> & {
  view: View;
  nowHour: string;
  isPhone: boolean;
  actions: GridActions;
};

const Drawn = memo(function Drawn({ view, nowHour, isPhone, actions, ...views }: DrawnProps) {
  if (view === "month") return <Month {...views} {...actions} />;
  if (view === "agenda") return <Agenda {...views} {...actions} isPhone={isPhone} />;
  return <Hours {...views} {...actions} kind={view} nowHour={nowHour} />;
});

type NothingProps = { isFiltered: boolean; isList: boolean; onPlan: (() => void) | undefined };

/** A line above an empty grid, which can be clicked on; in the place of a list, all of the way out. */
function Nothing({ isFiltered, isList, onPlan }: NothingProps) {
  const t = useTranslations("distribution.calendar");
  const text = isFiltered ? t("nothingFits") : onPlan ? t(isList ? "nothingList" : "nothingPlan") : t("nothing");
  if (!isList)
    return (
      <Text size="sm" c="dimmed">
        {text}
      </Text>
    );
  return (
    <EmptyState
      icon={IconCalendar}
      title={t("nothingTitle")}
      text={text}
      action={onPlan && !isFiltered && <Button onClick={onPlan}>{t("plan")}</Button>}
    />
  );
}

function useChannelName(channels: { id: string; name: string }[]) {
  const names = useMemo(() => new Map(channels.map(({ id, name }) => [id, name])), [channels]);
  return useCallback((of: Entry) => (of.kind === "schedule" ? names.get(of.channelId) : undefined), [names]);
}

type Given = {
  view: View;
  known: Entry[];
  move: ReturnType<typeof useMoves>["move"];
  onShow: Props["onShow"];
  setOpened: (opened: Opened) => void;
  onPlanning: (wall: Wall) => void;
  nowWall: Wall;
};

/** What clicks, drops and keys in a view mean; the same functions at each drawing. */
function useActions(given: Given): GridActions {
  const latest = useRef(given);
  latest.current = given;
  return useMemo(() => {
    const found = (id: string) => latest.current.known.find((entry) => entry.id === id);
    return {
      onOpen: (id, at) => latest.current.setOpened({ id, at }),
      onDay: (day) => latest.current.onShow("day", day),
      onPlan: (slot) => {
        const { nowWall, onPlanning } = latest.current;
        onPlanning(timeIn(slot, nowWall));
      },
      onDrop: (id, slot) => {
        const entry = found(id);
        // What is dropped on an hour keeps its minutes, what is dropped on a day its time.
        if (entry?.movable) latest.current.move(entry, slot + entry.wall.slice(slot.length));
      },
      onShift: (id, right, down) => {
        const entry = found(id);
        if (!entry?.movable) return;
        const { view, move } = latest.current;
        const byDays = `${addDays(entry.day, right + (view === "month" ? down * 7 : 0))}${entry.wall.slice(10)}`;
        move(entry, view === "month" || down === 0 ? byDays : addHours(entry.wall, down), { later: true });
      },
    };
  }, []);
}

/** A day gets a likely time; an hour its beginning, or what is left of it. */
function timeIn(slot: string, now: Wall): Wall {
  if (slot.length === 10) return likelyTime(slot, now);
  return slot === now.slice(0, 13) ? likelyTime(dayOf(now), now) : `${slot}:00`;
}

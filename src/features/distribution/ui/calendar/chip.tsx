"use client";

import {
  IconAlertTriangle,
  IconBan,
  IconCheck,
  IconClock,
  IconFlag,
  IconHelp,
  IconPlayerPause,
  IconSend,
  IconTrash,
} from "@tabler/icons-react";
import { type ComponentType, type CSSProperties, memo, useCallback, useMemo } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { statusColor } from "@/ui/status-badge";
import type { Messages } from "@/ui/text/languages";
import classes from "./calendar.module.css";
import { clockOf } from "./days";
import type { Entry, Trouble } from "./entries";

const ICONS: Record<string, ComponentType<{ size?: number; stroke?: number; className?: string }>> = {
  Scheduled: IconClock,
  Publishing: IconSend,
  Published: IconCheck,
  Failed: IconAlertTriangle,
  OnHold: IconPlayerPause,
  Unknown: IconHelp,
  Canceled: IconBan,
  Removed: IconTrash,
};

const WARNED = new Set<Trouble>(["late", "conflict", "accessEnds"]);
/** In trouble that its state doesn't tell. */
const isWarned = ({ troubles }: Entry) => troubles.some((trouble) => WARNED.has(trouble));

/** The colour of an entry: of its trouble, where it has one that its state doesn't tell. */
export function colorOf(entry: Entry): string {
  if (entry.troubles.includes("overdue")) return "red";
  if (isWarned(entry)) return "orange";
  return entry.kind === "due" ? "gray" : statusColor(entry.status);
}

/** One sign for each state, so that nobody needs its colour. */
function iconOf(entry: Entry): string {
  if (entry.kind === "due") return "due";
  return isWarned(entry) ? "Failed" : entry.status;
}

function Icon({ name, size = 14 }: { name: string; size?: number }) {
  const Sign = name === "due" ? IconFlag : (ICONS[name] ?? IconClock);
  return <Sign size={size} stroke={2} className={classes.icon!} aria-hidden />;
}

export const EntryIcon = ({ entry, size }: { entry: Entry; size?: number }) => (
  <Icon name={iconOf(entry)} {...(size && { size })} />
);

/** What an entry's state is called: its trouble first, since that is what somebody has to do something about. */
export function useEntryWords() {
  const t = useTranslations("distribution");
  const status = useTranslations("status");
  return useMemo(() => {
    const known = (name: string) => (status.has(name as keyof Messages["status"]) ? status(name as "Draft") : name);
    return remembering(
      (entry: Entry) => `${entry.kind} ${entry.status} ${entry.troubles}`,
      (entry) => {
        const own = entry.kind === "due" ? t("due", { status: known(entry.status) }) : known(entry.status);
        const more = entry.troubles.filter((trouble) => trouble !== entry.status);
        return more.length > 0 ? more.map((trouble) => t(`troubles.${trouble}`)).join(", ") : own;
      },
    );
  }, [t, status]);
}

/** The chip of an entry. Words are made once for all that say the same: a month may have a thousand entries. */
export function useChip(channelName: (entry: Entry) => string | undefined, full = false) {
  const words = useEntryWords();
  const format = useFormatter();
  const clock = useMemo(
    () =>
      remembering(
        (entry: Entry) => clockOf(entry.wall),
        // As the clocks of the workspace show it, whatever its zone.
        (entry) =>
          format.dateTime(new Date(`2000-01-01T${clockOf(entry.wall)}:00Z`), { timeZone: "UTC", timeStyle: "short" }),
      ),
    [format],
  );
  return useCallback(
    (entry: Entry) => (
      <Chip
        key={entry.id}
        id={entry.id}
        kind={entry.kind}
        icon={iconOf(entry)}
        color={colorOf(entry)}
        time={clock(entry)}
        title={entry.title}
        words={words(entry)}
        showsWords={full || entry.troubles.length > 0}
        channel={channelName(entry)}
        isMovable={entry.movable}
        isMoving={entry.moving}
      />
    ),
    [words, clock, channelName, full],
  );
}

function remembering<T>(keyOf: (given: T) => string, make: (given: T) => string): (given: T) => string {
  const known = new Map<string, string>();
  return (given) => {
    const key = keyOf(given);
    const found = known.get(key) ?? make(given);
    known.set(key, found);
    return found;
  };
}

const groundOf = (color: string) =>
  ({
    "--chip-ground": `var(--mantine-color-${color}-light)`,
    "--chip-color": `var(--mantine-color-${color}-light-color)`,
  }) as CSSProperties;

type Props = {
  id: string;
  kind: Entry["kind"];
  icon: string;
  color: string;
  time: string;
  title: string;
  words: string;
  showsWords: boolean;
  channel: string | undefined;
  isMovable: boolean;
  isMoving: boolean;
};

/** An entry in a day or an hour: a plain button that the grid around it listens for, drawn anew only where it changed. */
const Chip = memo(function Chip({ id, kind, icon, color, time, title, words, showsWords, channel, ...is }: Props) {
  return (
    <button
      type="button"
      className={classes.chip}
      style={groundOf(color)}
      data-stop
      data-entry={id}
      data-kind={kind}
      data-told={showsWords || undefined}
      data-moving={is.isMoving || undefined}
      draggable={is.isMovable}
      tabIndex={-1}
      aria-haspopup="dialog"
      title={[title, words, channel].filter(Boolean).join(" · ")}
    >
      <Icon name={icon} />
      <span className={classes.time}>{time}</span>
      <span className={classes.title}>{title}</span>
      <span className={showsWords ? classes.words : classes.unseen}>{words}</span>
      {channel && <span className={classes.unseen}>{channel}</span>}
    </button>
  );
});

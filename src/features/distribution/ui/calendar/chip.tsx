"use client";

import { VisuallyHidden } from "@mantine/core";
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
import { type ComponentType, type CSSProperties, memo } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { statusColor } from "@/ui/status-badge";
import type { Messages } from "@/ui/text/languages";
import classes from "./calendar.module.css";
import type { Entry } from "./entries";

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

/** The colour of an entry: of its trouble, where it has one that its state doesn't tell. */
export function colorOf(entry: Entry): string {
  if (entry.troubles.includes("overdue")) return "red";
  if (entry.troubles.includes("late") || entry.troubles.includes("conflict")) return "orange";
  return entry.kind === "due" ? "gray" : statusColor(entry.status);
}

/** One sign for each state, so that nobody needs its colour. */
export function EntryIcon({ entry, size = 14 }: { entry: Entry; size?: number }) {
  const trouble = entry.troubles.includes("late") || entry.troubles.includes("conflict");
  const Icon = entry.kind === "due" ? IconFlag : trouble ? IconAlertTriangle : (ICONS[entry.status] ?? IconClock);
  return <Icon size={size} stroke={2} className={classes.icon!} aria-hidden />;
}

/** What an entry's state is called: its trouble first, since that is what somebody has to do something about. */
export function useEntryWords() {
  const t = useTranslations("distribution");
  const status = useTranslations("status");
  const known = (name: string) => (status.has(name as keyof Messages["status"]) ? status(name as "Draft") : name);
  return (entry: Entry): string => {
    const own = entry.kind === "due" ? t("due", { status: known(entry.status) }) : known(entry.status);
    const more = entry.troubles
      .filter((trouble) => trouble !== entry.status)
      .map((trouble) => t(`troubles.${trouble}`));
    return more.length > 0 ? more.join(", ") : own;
  };
}

const groundOf = (color: string) =>
  ({
    "--chip-ground": `var(--mantine-color-${color}-light)`,
    "--chip-color": `var(--mantine-color-${color}-light-color)`,
  }) as CSSProperties;

type Props = { entry: Entry; channel: string | undefined; full?: boolean };

/** An entry in a day or an hour. It is a plain button that the grid around it listens for. */
export const Chip = memo(function Chip({ entry, channel, full }: Props) {
  const format = useFormatter();
  const words = useEntryWords()(entry);
  const shown = full || entry.troubles.length > 0;
  return (
    <button
      type="button"
      className={classes.chip}
      style={groundOf(colorOf(entry))}
      data-stop
      data-entry={entry.id}
      data-kind={entry.kind}
      data-moving={entry.moving || undefined}
      draggable={entry.movable}
      tabIndex={-1}
      aria-haspopup="dialog"
      title={[entry.title, words, channel].filter(Boolean).join(" · ")}
    >
      <EntryIcon entry={entry} />
      <span className={classes.time}>{format.dateTime(new Date(entry.at), "clock")}</span>
      <span className={classes.title}>{entry.title}</span>
      {shown ? <span className={classes.words}>{words}</span> : <VisuallyHidden>, {words}</VisuallyHidden>}
      {channel && <VisuallyHidden>, {channel}</VisuallyHidden>}
    </button>
  );
});

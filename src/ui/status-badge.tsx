"use client";

import type { MantineColor } from "@mantine/core";
import type { CSSProperties } from "react";
import { useTranslations } from "use-intl";
import classes from "./status-badge.module.css";
import type { Messages } from "./text/languages";

export type Status = keyof Messages["status"];

const COLORS: Partial<Record<Status, MantineColor>> = {
  InReview: "blue",
  Pending: "blue",
  Approved: "teal",
  Published: "green",
  Rejected: "red",
  ChangesRequested: "red",
  Scheduled: "blue",
  Publishing: "blue",
  Failed: "red",
  OnHold: "orange",
  Unknown: "orange",
  Stale: "orange",
  Open: "blue",
  Active: "teal",
  Connected: "teal",
  Revoked: "red",
  Running: "blue",
  Finished: "teal",
  Live: "teal",
  Stopped: "orange",
  Paused: "orange",
  Delivered: "teal",
};

/** The colour of a state, the same wherever it is shown. */
export const statusColor = (status: string): MantineColor => COLORS[status as Status] ?? "gray";

const groundOf = (color: MantineColor) =>
  ({
    "--ground": `var(--mantine-color-${color}-light)`,
    "--words": `var(--mantine-color-${color}-light-color)`,
  }) as CSSProperties;

/** As Mantine's badge looks, in one element: a list has one in each row, and looks the words up once for all. */
export const StatusMark = ({ status, word }: { status: string; word: string }) => (
  <span className={classes.badge} style={groundOf(statusColor(status))}>
    {word}
  </span>
);

export function StatusBadge({ status }: { status: string }) {
  const t = useTranslations("status");
  return <StatusMark status={status} word={t.has(status as Status) ? t(status as Status) : status} />;
}

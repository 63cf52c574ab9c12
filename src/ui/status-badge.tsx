"use client";

import { Badge, type MantineColor } from "@mantine/core";
import { useTranslations } from "use-intl";
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
};

/** The colour of a state, the same wherever it is shown. */
export const statusColor = (status: string): MantineColor => COLORS[status as Status] ?? "gray";

export function StatusBadge({ status }: { status: string }) {
  const t = useTranslations("status");
  return (
    <Badge color={statusColor(status)} variant="light" tt="none" fw={600} style={{ flexShrink: 0 }}>
      {t.has(status as Status) ? t(status as Status) : status}
    </Badge>
  );
}

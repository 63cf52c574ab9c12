"use client";

import { IconClock } from "@tabler/icons-react";
import { useFormatter, useTranslations } from "use-intl";
import classes from "./due-date.module.css";

type Props = { item: { dueAt: string | null; status: string } };

/** When it is to be out; told by words and not by colour alone where that has passed. */
export function DueDate({ item: { dueAt, status } }: Props) {
  const t = useTranslations("content.list");
  const format = useFormatter();
  if (!dueAt) return null;
  const late = status !== "Published" && Date.parse(dueAt) < Date.now();
  const day = format.dateTime(new Date(dueAt), "day");
  return (
    <span className={classes.due} data-late={late || undefined}>
      {late && <IconClock size={14} aria-hidden style={{ verticalAlign: -2, marginInlineEnd: 4 }} />}
      {late ? t("late", { day }) : day}
    </span>
  );
}

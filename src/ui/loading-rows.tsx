"use client";

import { useTranslations } from "use-intl";
import classes from "./loading-rows.module.css";

/** The shape of what is about to come, so that nothing jumps when it does. */
export function LoadingRows({ rows = 6, height = 44 }: { rows?: number; height?: number }) {
  const t = useTranslations("common");
  return (
    <div className={classes.rows} role="status" aria-busy>
      <span className={classes.unseen}>{t("loading")}</span>
      {Array.from({ length: rows }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: They are all the same.
        <div key={row} className={classes.row} style={{ height, opacity: 1 - row / (rows + 2) }} />
      ))}
    </div>
  );
}

"use client";

import type { ReactNode } from "react";
import classes from "./count-mark.module.css";

type Props = {
  count: number /** In place of the count. */;
  label?: ReactNode;
  isUrgent?: boolean;
  children: ReactNode;
};

/** At the corner of a button, how many there are of what it opens. What says so to all is the button's own name. */
export const CountMark = ({ count, label = count, isUrgent, children }: Props) => (
  <div className={classes.marked}>
    {children}
    {count > 0 && (
      <span className={classes.mark} data-urgent={isUrgent || undefined}>
        {label}
      </span>
    )}
  </div>
);

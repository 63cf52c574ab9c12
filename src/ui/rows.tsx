import type { ReactNode } from "react";
import classes from "./rows.module.css";

/** A list whose entries say something at the left, and can be done something with at the right. */
export const Rows = ({ label, children }: { label: string; children: ReactNode }) => (
  <ul className={classes.list} aria-label={label}>
    {children}
  </ul>
);

type RowProps = { icon?: ReactNode; main: ReactNode; aside?: ReactNode };

export const Row = ({ icon, main, aside }: RowProps) => (
  <li className={classes.row}>
    {icon}
    <div className={classes.main}>{main}</div>
    {aside && <div className={classes.aside}>{aside}</div>}
  </li>
);

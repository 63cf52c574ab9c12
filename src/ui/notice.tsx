import type { ReactNode } from "react";
import classes from "./notice.module.css";

type Props = { tone: "problem" | "warning"; icon: ReactNode; children: ReactNode };

/** As Mantine's alert looks, without what closes one. It is there from the start: there may be no network to fetch it by. */
export const Notice = ({ tone, icon, children }: Props) => (
  <div className={classes.notice} data-tone={tone} role={tone === "problem" ? "alert" : "status"}>
    {icon}
    <div className={classes.body}>{children}</div>
  </div>
);

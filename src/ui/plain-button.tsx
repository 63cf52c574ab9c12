import type { ComponentProps, ReactNode } from "react";
import classes from "./plain-button.module.css";

export type PlainButtonProps = ComponentProps<"button">;
type Props = PlainButtonProps & {
  /** Not what one comes to a page for. */
  quiet?: boolean;
  shape?: "small" | "icon" | "round";
  icon?: ReactNode;
};

/** As Mantine's button looks, which brings what it may show while something is being done: for what is seen at first. */
export const PlainButton = ({ quiet, shape, icon, className, children, ...props }: Props) => (
  <button
    type="button"
    {...props}
    className={className ? `${classes.button} ${className}` : classes.button}
    data-quiet={quiet || undefined}
    data-shape={shape}
  >
    {icon}
    {children && <span className={classes.words}>{children}</span>}
  </button>
);

"use client";

import { type ReactNode, useId } from "react";
import classes from "./segments.module.css";

type Props<V extends string> = {
  label: string;
  /** What is said of each; what is shown of it, where that is a picture. */
  options: readonly { value: V; label: string; picture?: ReactNode }[];
  value: V;
  onChange: (value: V) => void;
};

/** One of a few, side by side. As Mantine's looks, whose moving ground weighs more than the radios that both are. */
export function Segments<V extends string>({ label, options, value, onChange }: Props<V>) {
  const name = useId();
  return (
    <div role="radiogroup" aria-label={label} className={classes.segments}>
      {options.map((option) => (
        <label key={option.value} className={classes.segment}>
          <input
            type="radio"
            name={name}
            aria-label={option.picture ? option.label : undefined}
            checked={option.value === value}
            onChange={() => onChange(option.value)}
          />
          {option.picture ?? option.label}
        </label>
      ))}
    </div>
  );
}

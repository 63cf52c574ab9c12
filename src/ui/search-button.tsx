"use client";

import { IconSearch } from "@tabler/icons-react";
import { PlainButton } from "./plain-button";
import classes from "./search-button.module.css";

type Props = { label: string; onClick: () => void };

/** Looks like the field that it opens; on a phone, an icon. */
export const SearchButton = ({ label, onClick }: Props) => (
  <>
    <PlainButton quiet className={classes.field} onClick={onClick}>
      <IconSearch size={16} aria-hidden />
      {label}
      <kbd aria-hidden>Ctrl K</kbd>
    </PlainButton>
    <PlainButton quiet shape="icon" className={classes.small} aria-label={label} onClick={onClick}>
      <IconSearch size={18} aria-hidden />
    </PlainButton>
  </>
);

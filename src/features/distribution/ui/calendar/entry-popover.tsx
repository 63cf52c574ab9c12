"use client";

import { Modal, Popover } from "@mantine/core";
import { type ReactNode, useLayoutEffect, useState } from "react";
import classes from "./calendar.module.css";

type Props = {
  /** What it belongs to, on the page. */
  at: HTMLElement;
  isPhone: boolean;
  label: string;
  onClose: () => void;
  children: ReactNode;
};

/** One for the whole calendar, put beside whatever was chosen; a phone has no room beside it. */
export function EntryPopover({ at, isPhone, label, onClose, children }: Props) {
  const [box, setBox] = useState<{ top: number; left: number; width: number; height: number }>();
  useLayoutEffect(() => {
    const parent = document.getElementById(ANCHORS)!.getBoundingClientRect();
    const { top, left, width, height } = at.getBoundingClientRect();
    setBox({ top: top - parent.top, left: left - parent.left, width, height });
  }, [at]);
  if (isPhone)
    return (
      <Modal
        opened
        onClose={onClose}
        centered
        withCloseButton={false}
        attributes={{ content: { "aria-label": label } }}
      >
        {children}
      </Modal>
    );
  return (
    box && (
      <Popover
        opened
        onChange={(opened) => !opened && onClose()}
        position="right-start"
        width={340}
        shadow="lg"
        withArrow
        // What it belongs to is the entry's own button, and not the empty element over it.
        withRoles={false}
        trapFocus
        returnFocus
        transitionProps={{ duration: 0 }}
        middlewares={{ flip: { fallbackPlacements: ["left-start", "bottom", "top"] }, shift: true }}
      >
        <Popover.Target>
          <div className={classes.anchor} style={box} />
        </Popover.Target>
        <Popover.Dropdown role="dialog" aria-label={label}>
          {children}
        </Popover.Dropdown>
      </Popover>
    )
  );
}

/** The element that chosen entries are placed within. */
export const ANCHORS = "calendar-entries";

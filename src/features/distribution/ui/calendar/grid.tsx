"use client";

import { type DragEvent, type KeyboardEvent, type MouseEvent, type ReactNode, useLayoutEffect, useRef } from "react";
import classes from "./calendar.module.css";
import { arrowTo, noteFocus, remember, stopAt } from "./grid-keys";

export type GridActions = {
  onOpen: (id: string, at: HTMLElement) => void;
  onDay: (day: string) => void;
  /** A day such as 2026-11-23, or an hour of it such as 2026-11-23T14. */
  onPlan: (slot: string) => void;
  onDrop: (id: string, slot: string) => void;
  /** By keys: so many steps to the right, and so many down. */
  onShift: (id: string, right: number, down: number) => void;
};

const ARROWS: Record<string, [right: number, down: number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/**
 * What days and hours have in common: one stop for the Tab key and arrows from there, and dragging from slot to slot.
 * All of it listens here, and what is below are plain elements: a thousand entries cost a thousand elements and no more.
 */
export function Grid({ onOpen, onDay, onPlan, onDrop, onShift, children }: GridActions & { children: ReactNode }) {
  const root = useRef<HTMLDivElement>(null);
  const dragged = useRef<string | undefined>(undefined);
  useLayoutEffect(() => remember(root.current!));

  const onClick = ({ target }: MouseEvent) => {
    const clicked = target as HTMLElement;
    const stop = stopAt(clicked);
    if (stop?.dataset.entry) onOpen(stop.dataset.entry, stop);
    else if (stop?.dataset.day) onDay(stop.dataset.day);
    else if (stop?.dataset.plan) onPlan(stop.dataset.plan);
    else if (!clicked.closest("button, a")) {
      const free = clicked.closest<HTMLElement>("[data-free]");
      if (free?.dataset.slot) onPlan(free.dataset.slot);
    }
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const steps = ARROWS[event.key];
    const stop = stopAt(event.target as HTMLElement);
    if (!steps || !stop || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    if (!event.shiftKey) arrowTo(root.current!, stop, ...steps);
    else if (stop.draggable && stop.dataset.entry) onShift(stop.dataset.entry, ...steps);
  };

  const over = (slot: Element | null | undefined) => {
    const before = root.current!.querySelector("[data-over]");
    if (before === slot) return;
    before?.removeAttribute("data-over");
    slot?.setAttribute("data-over", "");
  };
  const slotAt = ({ target }: DragEvent) => (target as HTMLElement).closest<HTMLElement>("[data-slot]");
  const onDragStart = (event: DragEvent) => {
    const stop = stopAt(event.target as HTMLElement);
    if (!stop?.dataset.entry) return;
    dragged.current = stop.dataset.entry;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", stop.dataset.entry);
  };
  const onDragOver = (event: DragEvent) => {
    if (!dragged.current) return;
    const slot = slotAt(event);
    over(slot);
    if (slot) event.preventDefault();
  };
  const onDropped = (event: DragEvent) => {
    const slot = slotAt(event)?.dataset.slot;
    if (dragged.current && slot) {
      event.preventDefault();
      onDrop(dragged.current, slot);
    }
    ended();
  };
  const ended = () => {
    dragged.current = undefined;
    over(undefined);
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: It listens for the buttons within it.
    <div
      ref={root}
      className={classes.grid}
      onClick={onClick}
      onFocus={({ target }) => noteFocus(root.current!, target)}
      onKeyDown={onKeyDown}
      onDragStart={onDragStart}
      onDragOver={onDragOver}
      onDrop={onDropped}
      onDragEnd={ended}
    >
      {children}
    </div>
  );
}

import { type RefObject, useDeferredValue, useLayoutEffect, useState } from "react";

/** So many rows are drawn beyond the screen, and so many are passed before others are drawn. */
const BEYOND = 12;
const STEP = 4;

/**
 * Which of many rows, all of one height, are in sight or near it, from the first to before the end. Reckoned here: a
 * library that measures rows of any height is a seventh of what the list may weigh.
 * @param px the height of a row
 */
export function useRowsInSight(body: RefObject<HTMLElement | null>, count: number, px: number) {
  const [{ first, screenful }, setSight] = useState({ first: 0, screenful: 0 });
  // Looked up when one scrolls, and not when rows were drawn: there it would have the browser lay out the page in between.
  useLayoutEffect(() => {
    const look = () => {
      const top = body.current?.getBoundingClientRect().top ?? 0;
      const first = Math.floor(Math.max(0, -top) / px / STEP) * STEP;
      const screenful = Math.ceil(window.innerHeight / px);
      setSight((before) => (before.first === first && before.screenful === screenful ? before : { first, screenful }));
    };
    look();
    return follow(look);
  }, [body, px]);
  // What is in sight is there first; what is beyond it is drawn when nothing else is to do. Until then what was there stays
  // where it touches what is in sight: who scrolls by little has all of it already.
  const beyond = useDeferredValue(BEYOND, 0);
  const drawn = useDeferredValue(first);
  const sight = [first, first + screenful + STEP] as const;
  const near = [drawn - beyond, drawn + screenful + STEP + beyond] as const;
  const apart = near[1] < sight[0] || near[0] > sight[1];
  const from = Math.max(0, apart ? sight[0] : Math.min(sight[0], near[0]));
  return { from: Math.min(from, count), end: Math.min(count, apart ? sight[1] : Math.max(sight[1], near[1])) };
}

function follow(change: () => void) {
  const options = { passive: true };
  window.addEventListener("scroll", change, options);
  window.addEventListener("resize", change, options);
  return () => {
    window.removeEventListener("scroll", change);
    window.removeEventListener("resize", change);
  };
}

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
  // What is in sight is there first; what is beyond it is drawn when nothing else is to do.
  const beyond = useDeferredValue(BEYOND, 0);
  const from = Math.min(Math.max(0, first - beyond), count);
  return { from, end: Math.min(count, first + screenful + STEP + beyond) };
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

/** A stop is anything in the grid that keys can get to; only one of them is on the way of the Tab key. */
export const stopAt = (element: HTMLElement) => element.closest<HTMLElement>("[data-stop]");

const stopsIn = (element: Element) => [...element.querySelectorAll<HTMLElement>("[data-stop]")];

type Place = { element: HTMLElement; entry: string | undefined };
const places = new WeakMap<HTMLElement, Place>();

/** Keeps one stop on the way of the Tab key; and the focus on an entry that was drawn anew somewhere else. */
export function remember(root: HTMLElement) {
  const known = places.get(root);
  const again = known?.entry ? root.querySelector<HTMLElement>(`[data-entry="${known.entry}"]`) : null;
  if (again && !known?.element.isConnected && document.activeElement === document.body)
    again.focus({ preventScroll: true });
  const stops = stopsIn(root);
  const today = stops.find((stop) => stop.closest("[data-today]"));
  const current = again ?? stops.find(({ tabIndex }) => tabIndex === 0) ?? today ?? stops[0];
  if (current) makeCurrent(root, current);
}

export function noteFocus(root: HTMLElement, target: HTMLElement) {
  const stop = stopAt(target);
  if (!stop) return;
  places.set(root, { element: stop, entry: stop.dataset.entry });
  makeCurrent(root, stop);
}

function makeCurrent(root: HTMLElement, stop: HTMLElement) {
  for (const other of root.querySelectorAll<HTMLElement>('[data-stop][tabindex="0"]')) other.tabIndex = -1;
  stop.tabIndex = 0;
}

/** Up and down go through a slot and on to the one beneath, left and right to the one beside. */
export function arrowTo(root: HTMLElement, stop: HTMLElement, right: number, down: number) {
  const slot = stop.closest<HTMLElement>("[data-row]");
  if (!slot) return;
  const stops = stopsIn(slot);
  const index = stops.indexOf(stop);
  const within = down !== 0 ? stops[index + down] : undefined;
  if (within) return within.focus();
  for (let step = 1; step < 48; step += 1) {
    const beside = slotAt(root, Number(slot.dataset.row) + down * step, Number(slot.dataset.column) + right * step);
    if (!beside) return;
    const found = stopsIn(beside);
    const next = down < 0 ? found.at(-1) : found[down > 0 ? 0 : Math.min(index, found.length - 1)];
    if (next) return next.focus();
  }
}

const slotAt = (root: HTMLElement, row: number, column: number) =>
  root.querySelector(`[data-row="${row}"][data-column="${column}"]`);

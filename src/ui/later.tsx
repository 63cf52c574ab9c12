"use client";

import {
  type ComponentType,
  cloneElement,
  type HTMLAttributes,
  type ReactElement,
  type ReactNode,
  useEffect,
  useRef,
  useState,
} from "react";

type Props<P> = {
  /** Of what opens. */
  popup: "menu" | "dialog";
  /** As it looks until then; what is loaded draws the same. */
  button: ReactElement<HTMLAttributes<HTMLElement>>;
  load: () => Promise<ComponentType<P>>;
  children: (Loaded: ComponentType<P>) => ReactNode;
};

/** A button whose menu or panel is fetched once somebody comes near it, and opens when it has come: see `useArrival`. */
export function Later<P>({ popup, button, load, children }: Props<P>) {
  const [loaded, setLoaded] = useState<{ Loaded: ComponentType<P> }>();
  if (loaded) return children(loaded.Loaded);
  // Where it can't be fetched, the next press tries again.
  const fetchAhead = () => void load().catch(() => {});
  return cloneElement(button, {
    "aria-haspopup": popup,
    "aria-expanded": false,
    onPointerEnter: fetchAhead,
    onFocus: fetchAhead,
    onClick: () =>
      load().then(
        (Loaded) => setLoaded({ Loaded }),
        () => {},
      ),
  });
}

/** For what comes by `Later`: it opens at once, and the focus is where it was, on the button to which it returns. */
export function useArrival() {
  const button = useRef<HTMLButtonElement>(null);
  const [opened, setOpened] = useState(false);
  useEffect(() => {
    button.current?.focus({ preventScroll: true });
    setOpened(true);
  }, []);
  return { button, opened, setOpened };
}

"use client";

import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from "react";

const Brand = createContext<{ color: string | undefined; setColor: (color: string | undefined) => void }>({
  color: undefined,
  setColor: () => {},
});

/** Holds the colour of the workspace that is looked at; the theme is made of it. */
export function BrandProvider({ children }: { children: ReactNode }) {
  const [color, setColor] = useState<string>();
  const value = useMemo(() => ({ color, setColor }), [color]);
  return <Brand.Provider value={value}>{children}</Brand.Provider>;
}

export const useBrandColor = () => useContext(Brand).color;

/** Wears a brand's colour for as long as this is shown. @param color in hex */
export function useBrand(color: string | undefined) {
  const { setColor } = useContext(Brand);
  useEffect(() => {
    setColor(color);
    return () => setColor(undefined);
  }, [color, setColor]);
}

"use client";

import { createContext, useContext } from "react";

type Options = { altText: string; signal: AbortSignal; onProgress: (share: number) => void };

/** Brings an image into the library, wherever somebody puts one in. @returns the asset's id */
export type BringIn = (file: File, options: Options) => Promise<string>;

const Bringing = createContext<BringIn | undefined>(undefined);
export const BringInProvider = Bringing.Provider;

export function useBringIn(): BringIn {
  const bringIn = useContext(Bringing);
  if (!bringIn) throw new Error("Nothing here says where files go");
  return bringIn;
}

"use client";

import { createContext, type PropsWithChildren, useContext } from "react";

const Scope = createContext<string | null>(null);

/** The workspace that reads and writes below are meant for. */
export function WorkspaceScope({ id, children }: PropsWithChildren<{ id: string }>) {
  return <Scope.Provider value={id}>{children}</Scope.Provider>;
}

/** Null outside any workspace. */
export const useWorkspaceId = () => useContext(Scope);

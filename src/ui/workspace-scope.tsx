"use client";

import { createContext, type PropsWithChildren, useContext } from "react";

const Scope = createContext<string | null>(null);

/** The workspace that reads and writes below are meant for. */
export function WorkspaceScope({ id, children }: PropsWithChildren<{ id: string }>) {
  return <Scope.Provider value={id}>{children}</Scope.Provider>;
}

const Guest = createContext<string | null>(null);

/** What is read and written below is a client's, by what opened a review link. */
export function GuestScope({ credential, children }: PropsWithChildren<{ credential: string }>) {
  return <Guest.Provider value={credential}>{children}</Guest.Provider>;
}

export const useGuestCredential = () => useContext(Guest);

/** Null outside any workspace. */
export const useWorkspaceId = () => useContext(Scope);

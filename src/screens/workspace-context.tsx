"use client";

import { useQuery } from "@tanstack/react-query";
import { createContext, type ReactNode, useContext } from "react";
import type { z } from "zod";
import type { Workspace } from "@/features/workspaces/contract";
import { api } from "@/ui/api";

export type WorkspaceView = z.output<typeof Workspace>;

export const useWorkspaces = () =>
  useQuery({
    queryKey: ["workspaces"],
    queryFn: async () => (await api<{ items: WorkspaceView[] }>("GET", "/workspaces?limit=100")).items,
  });

const Current = createContext<WorkspaceView | null>(null);

export function CurrentWorkspace({ workspace, children }: { workspace: WorkspaceView; children: ReactNode }) {
  return <Current.Provider value={workspace}>{children}</Current.Provider>;
}

export function useWorkspace(): WorkspaceView {
  const workspace = useContext(Current);
  if (!workspace) throw new Error("Outside a workspace's shell");
  return workspace;
}

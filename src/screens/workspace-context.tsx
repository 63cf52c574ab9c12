"use client";

import { listWorkspaces, type Workspace } from "@contentos/sdk";
import { createContext, type ReactNode, useContext, useMemo } from "react";
import { client } from "@/ui/api";
import { useBrand } from "@/ui/brand";
import { type BringIn, BringInProvider } from "@/ui/bring-in";
import { useRead } from "@/ui/query";
import { ZoneProvider } from "@/ui/text/text-provider";
import { WorkspaceScope } from "@/ui/workspace-scope";

/** All workspaces that one is in. */
export const useWorkspaces = () =>
  useRead(listWorkspaces, { limit: 100 }, { select: ({ items }) => items, staleTime: 60_000 });

const Current = createContext<Workspace | null>(null);

/** Everything below is meant in this workspace: what is read and written, times, and colours. */
export function CurrentWorkspace({ workspace, children }: { workspace: Workspace; children: ReactNode }) {
  useBrand(workspace.branding.primaryColor);
  const bringIn = useMemo(() => bringInto(workspace.id), [workspace.id]);
  return (
    <Current.Provider value={workspace}>
      <WorkspaceScope id={workspace.id}>
        <BringInProvider value={bringIn}>
          <ZoneProvider timeZone={workspace.timeZone}>{children}</ZoneProvider>
        </BringInProvider>
      </WorkspaceScope>
    </Current.Provider>
  );
}

const bringInto =
  (workspaceId: string): BringIn =>
  async (file, options) => {
    const { uploadFile } = await import("@/features/assets/ui/upload");
    return (await uploadFile(client.in(workspaceId), file, options)).id;
  };

export function useWorkspace(): Workspace {
  const workspace = useContext(Current);
  if (!workspace) throw new Error("Outside a workspace's shell");
  return workspace;
}

const RANK = { Viewer: 0, Writer: 1, Editor: 2, Admin: 3 };
type Role = keyof typeof RANK;

/** Whether one's role here is this one or a higher. What the server says is what counts; this is for what is shown. */
export const useMay = () => {
  const { role } = useWorkspace();
  return (least: Role) => RANK[role] >= RANK[least];
};

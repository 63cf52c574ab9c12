"use client";

import { getWorkspaceErasure } from "@contentos/sdk";
import dynamic from "next/dynamic";
import { useRead } from "@/ui/query";

const FrozenNotice = dynamic(() => import("./frozen-notice").then((module) => module.FrozenNotice));

/** On every page while a workspace waits to be erased. */
export function FrozenBanner({ workspaceId, mayUndo }: { workspaceId: string; mayUndo: boolean }) {
  const erasure = useRead(getWorkspaceErasure, { id: workspaceId }, { staleTime: 60_000 }).data?.erasure;
  return erasure ? <FrozenNotice workspaceId={workspaceId} dueAt={erasure.dueAt} mayUndo={mayUndo} /> : null;
}

"use client";

import { listNotifications, type Notification, type Workspace } from "@contentos/sdk";
import { useQueries } from "@tanstack/react-query";
import { useEffect } from "react";
import { client } from "@/ui/api";
import { readKey } from "@/ui/query";

/** How many of another workspace's are shown. */
const ELSEWHERE = 3;
/** Of so many workspaces; whoever is in more looks at the overview. */
const MOST = 30;

export type Elsewhere = { workspace: Workspace; items: Notification[]; more: boolean };

type Props = { workspaces: Workspace[]; onTold: (elsewhere: Elsewhere[]) => void };

/** What is unread in one's other workspaces, for whoever has some: each asked within itself; one that can't answer is left out. */
export function WatchElsewhere({ workspaces, onTold }: Props) {
  const elsewhere = useQueries({
    queries: workspaces.slice(0, MOST).map((workspace) => ({
      queryKey: readKey(workspace.id, listNotifications, { unread: true, limit: ELSEWHERE }),
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        client.in(workspace.id).call(listNotifications, { unread: true, limit: ELSEWHERE }, { retries: 0, signal }),
      refetchInterval: 60_000,
    })),
    combine: (results) =>
      results.flatMap(({ data }, place): Elsewhere[] =>
        data && data.items.length > 0
          ? [{ workspace: workspaces[place]!, items: data.items, more: data.nextCursor !== null }]
          : [],
      ),
  });
  useEffect(() => onTold(elsewhere), [elsewhere, onTold]);
  return null;
}

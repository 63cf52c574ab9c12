import { countUnread, listNotifications } from "@contentos/sdk";
import { useCallback, useRef } from "react";
import { followLive } from "@/ui/live";
import { useRead, useRefresh } from "@/ui/query";
import { useWhileVisible } from "@/ui/use-while-visible";

/** Told in bunches, and loaded once for all of them, in ms. */
const GATHER_MS = 300;

/** What is unread here, kept up by the workspace's events. */
export function useUnread(workspaceId: string) {
  const refresh = useRefresh();
  const latest = useRef(refresh);
  latest.current = refresh;
  const follow = useCallback(
    (signal: AbortSignal) => {
      let gathering: ReturnType<typeof setTimeout> | undefined;
      const reload = () => {
        clearTimeout(gathering);
        gathering = setTimeout(() => !signal.aborted && void latest.current(countUnread, listNotifications), GATHER_MS);
      };
      const onEvent = ({ type }: { type: string }) => type === "notifications.told" && reload();
      void followLive({ workspaceId, subjectId: workspaceId, onEvent, onReload: () => {}, signal });
    },
    [workspaceId],
  );
  useWhileVisible(follow);
  return useRead(countUnread, {}, { select: ({ unread }) => unread });
}

import { useCallback, useEffect, useRef, useState } from "react";
import type { z } from "zod";
import { api } from "@/ui/api";
import { followLive } from "@/ui/live";
import type { Presence } from "../contract";

export type Present = z.output<typeof Presence>;

/** Well within the 30 s after which one counts as gone. */
const HEARTBEAT_MS = 10_000;
/** Events come in bunches: what is shown is loaded once for all of them. */
const GATHER_MS = 200;

type Item = { workspaceId: string; itemId: string };

/** Loads an item anew when something happens to it, and answers who else has it open. A hidden tab does neither. */
export function useLiveItem({ workspaceId, itemId, refresh }: Item & { refresh: () => unknown }): Present[] {
  const [present, setPresent] = useState<Present[]>([]);
  const [clientId] = useState(() => crypto.randomUUID());
  const latest = useRef(refresh);
  latest.current = refresh;

  const follow = useCallback(
    (signal: AbortSignal) => {
      let gathering: ReturnType<typeof setTimeout> | undefined;
      const reload = () => {
        clearTimeout(gathering);
        gathering = setTimeout(() => !signal.aborted && latest.current(), GATHER_MS);
      };
      const onPresence = (_: string, told: Present[]) => setPresent(told);
      const on = { onEvent: reload, onReload: reload, onPresence };
      void followLive<Present>({ workspaceId, subjectId: itemId, ...on, signal });
    },
    [workspaceId, itemId],
  );
  useWhileVisible(follow);
  useHeartbeat({ workspaceId, itemId, clientId, onTold: setPresent });
  return present.filter((one) => one.clientId !== clientId);
}

/** Says that one is here, and whether one writes, again and again; and that one has left. */
function useHeartbeat({
  workspaceId,
  itemId,
  clientId,
  onTold,
}: Item & { clientId: string; onTold: (present: Present[]) => void }) {
  const beat = useCallback(
    (signal: AbortSignal) => {
      const path = `/content/${itemId}/presence`;
      const say = () => {
        const body = { clientId, state: isWriting() ? "Editing" : "Viewing" };
        api<{ items: Present[] }>("PUT", path, { workspaceId, body }).then(
          ({ items }) => !signal.aborted && onTold(items),
          // It is said again in a moment.
          () => {},
        );
      };
      say();
      const beating = setInterval(say, HEARTBEAT_MS);
      for (const event of FOCUS) document.addEventListener(event, say, { signal });
      signal.addEventListener("abort", () => {
        clearInterval(beating);
        api("DELETE", `${path}?clientId=${clientId}`, { workspaceId, keepalive: true }).catch(() => {});
      });
    },
    [workspaceId, itemId, clientId, onTold],
  );
  useWhileVisible(beat);
}

const FOCUS = ["focusin", "focusout"] as const;

function isWriting(): boolean {
  const focused = document.activeElement;
  if (focused instanceof HTMLElement && focused.isContentEditable) return true;
  return (focused instanceof HTMLInputElement || focused instanceof HTMLTextAreaElement) && !focused.readOnly;
}

/** Begins when the tab is looked at, and ends when it no longer is: a browser has few connections for all its tabs. */
function useWhileVisible(begin: (signal: AbortSignal) => void) {
  useEffect(() => {
    let current: AbortController | undefined;
    const look = () => {
      current?.abort();
      current = document.visibilityState === "visible" ? new AbortController() : undefined;
      if (current) begin(current.signal);
    };
    look();
    document.addEventListener("visibilitychange", look);
    return () => {
      document.removeEventListener("visibilitychange", look);
      current?.abort();
    };
  }, [begin]);
}

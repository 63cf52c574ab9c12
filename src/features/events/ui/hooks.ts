import { useCallback, useMemo, useRef, useState } from "react";
import type { z } from "zod";
import { api } from "@/ui/api";
import { followLive } from "@/ui/live";
import { useWhileVisible } from "@/ui/use-while-visible";
import type { Presence } from "../contract";

export type Present = z.output<typeof Presence>;

/** Well within the 30 s after which one counts as gone. */
const HEARTBEAT_MS = 10_000;
/** Events come in bunches: what is shown is loaded once for all of them. */
const GATHER_MS = 200;
/** What was read so shortly before is not read again when a page opens, as the query client is set up. */
const FRESH_MS = 5_000;

type Item = { workspaceId: string; itemId: string };

/** Loads an item anew when something happens to it, and answers who else has it open. A hidden tab does neither. */
export function useLiveItem({ workspaceId, itemId, refresh }: Item & { refresh: () => unknown }): Present[] {
  const [present, setPresent] = useState<Present[]>([]);
  const [clientId] = useState(() => crypto.randomUUID());
  const opened = useMemo(() => ({ workspaceId, itemId, at: Date.now(), followed: false }), [workspaceId, itemId]);
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
      // Whoever comes back to a tab that was hidden has everything loaded anew.
      const loadedFor = opened.followed ? undefined : () => Date.now() - opened.at + FRESH_MS;
      opened.followed = true;
      const { workspaceId, itemId: subjectId } = opened;
      void followLive<Present>({ workspaceId, subjectId, ...on, ...(loadedFor && { loadedFor }), signal });
    },
    [opened],
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

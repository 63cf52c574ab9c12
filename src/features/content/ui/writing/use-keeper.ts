import { removeDraft, saveDraft } from "@contentos/sdk";
import { useEffect, useRef, useState } from "react";
import { client } from "@/ui/api";
import { beforeLeaving } from "@/ui/leaving";
import { useWorkspaceId } from "@/ui/workspace-scope";
import { createKeeper, type Keeper, type KeptState } from "./keeper";
import { forgetSent, localCopies, type Words } from "./local-copy";

type Options = {
  itemId: string;
  userId: string;
  enabled: boolean;
  draftVersion: number | undefined;
  /** Whether it begins with words that are no version. */
  restored: boolean;
  read: () => Words;
  isSaved: (words: Words) => boolean;
};

/** Once for all it is tried: whoever writes goes on meanwhile. */
const ONCE = { retries: 0 };

export function useKeeper({ itemId, userId, enabled, draftVersion, restored, read, isSaved }: Options) {
  const workspaceId = useWorkspaceId();
  const [state, setState] = useState<KeptState>({ at: restored ? "writing" : "version" });
  const keeper = useRef<Keeper>(undefined);
  const latest = useRef({ read, isSaved, draftVersion, restored });
  latest.current = { read, isSaved, draftVersion, restored };
  useEffect(() => {
    if (!enabled) return;
    forgetSent(window.localStorage, new Date());
    const scoped = client.in(workspaceId ?? undefined);
    const made = createKeeper({
      read: () => latest.current.read(),
      isSaved: (words) => latest.current.isSaved(words),
      copies: localCopies(userId, itemId, window.localStorage),
      save: (draft) => scoped.call(saveDraft, { id: itemId, body: draft }, ONCE),
      remove: () => scoped.call(removeDraft, { id: itemId }, ONCE),
      onState: setState,
      draftVersion: latest.current.draftVersion,
      restored: latest.current.restored,
    });
    keeper.current = made;
    if (latest.current.restored) made.touch();
    const leaving = () => made.flush();
    const online = () => void made.push();
    const stopAsking = beforeLeaving(() => {
      made.flush();
      return made.push();
    });
    window.addEventListener("pagehide", leaving);
    document.addEventListener("visibilitychange", leaving);
    window.addEventListener("online", online);
    return () => {
      window.removeEventListener("pagehide", leaving);
      document.removeEventListener("visibilitychange", leaving);
      window.removeEventListener("online", online);
      stopAsking();
      made.stop();
      keeper.current = undefined;
    };
  }, [enabled, itemId, userId, workspaceId]);
  return { state, keeper };
}

import { type Draft, getDraft } from "@contentos/sdk";
import { useEffect, useState } from "react";
import { client } from "@/ui/api";
import { useWorkspaceId } from "@/ui/workspace-scope";

/** One's draft as it was when the page was opened: after that, this window is what changes it. */
export function useDraft(id: string, enabled: boolean): { pending: boolean; draft: Draft | undefined } {
  const workspaceId = useWorkspaceId();
  const [found, setFound] = useState<{ pending: boolean; draft: Draft | undefined }>({
    pending: enabled,
    draft: undefined,
  });
  useEffect(() => {
    if (!enabled) return setFound({ pending: false, draft: undefined });
    const left = new AbortController();
    const { signal } = left;
    client
      .in(workspaceId ?? undefined)
      .call(getDraft, { id }, { signal, retries: 1 })
      .then(
        (draft) => setFound({ pending: false, draft }),
        // There is none, or it can't be had now; if there is one, saving another will tell.
        () => !signal.aborted && setFound({ pending: false, draft: undefined }),
      );
    return () => left.abort();
  }, [id, enabled, workspaceId]);
  return found;
}

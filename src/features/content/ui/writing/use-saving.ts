import { mergeVersion, Problem, type SavedVersion, saveVersion, type VersionMerge } from "@contentos/sdk";
import { useState } from "react";
import { useWrite } from "@/ui/query";
import type { Words } from "./local-copy";

/** `from` is what stood in the editor when it was sent. */
type Saved = { version: SavedVersion; from: Words };
type Options = { id: string; onSaved: (saved: Saved) => void };

/**
 * Makes a version. Where somebody saved meanwhile and changed other passages, both are saved at once; where they
 * changed the same, `merge` tells what is to be decided.
 */
export function useSaving({ id, onSaved }: Options) {
  const [merge, setMerge] = useState<VersionMerge>();
  const saving = useWrite(saveVersion);
  const merging = useWrite(mergeVersion, { meta: { quiet: true } });
  const save = async (words: Words, from = words): Promise<void> => {
    try {
      const version = await saving.mutateAsync({ id, body: { ...words, onConflict: "merge" } });
      setMerge(undefined);
      onSaved({ version, from });
    } catch (error) {
      if (!(error instanceof Problem && error.code === "version_conflict")) return;
      const merged = await merging.mutateAsync({ id, body: words }).catch(() => undefined);
      if (!merged) return;
      if (merged.clean) return save({ title: merged.title, body: merged.body, baseVersion: merged.basedOn }, from);
      saving.reset();
      setMerge(merged);
    }
  };
  return {
    save,
    pending: saving.isPending || merging.isPending,
    error: saving.error ?? merging.error,
    merge,
    later: () => setMerge(undefined),
  };
}

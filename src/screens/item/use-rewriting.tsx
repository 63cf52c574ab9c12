import { type RefObject, useCallback, useState } from "react";
import { RewriteDialog } from "@/features/ai/rewrite/ui/rewrite-dialog";
import { DiffText } from "@/features/content/ui/versions/diff-text";
import type { WriterHandle } from "@/features/content/ui/writer";

type Passage = ReturnType<WriterHandle["chosen"]>;

/** What is selected in the editor, or all of it, and a model that says it in other words. */
export function useRewriting(itemId: string, writer: RefObject<WriterHandle | null>) {
  const [passage, setPassage] = useState<Passage>();
  const open = useCallback(() => setPassage(writer.current?.chosen()), [writer]);
  const dialog = passage && (
    <RewriteDialog
      itemId={itemId}
      passage={passage.quote}
      Diff={DiffText}
      onTake={(text) => writer.current?.put(passage, text) ?? false}
      onClose={() => setPassage(undefined)}
    />
  );
  return { open, dialog };
}

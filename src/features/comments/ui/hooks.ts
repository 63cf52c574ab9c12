import { type CommentThread, type CommentThreadPage, listReplies, listThreads } from "@contentos/sdk";
import { usePages } from "@/ui/query";

/** An item's threads, settled ones among them, the newest first. */
export const useThreads = (id: string) =>
  usePages(
    listThreads,
    { id, limit: 50 },
    { select: ({ pages }: Pages<CommentThreadPage>) => pages.flatMap(({ items }) => items) },
  );
type Pages<P> = { pages: P[] };

/** All that was said in a thread. */
export const useReplies = (id: string, threadId: string, enabled: boolean) =>
  usePages(
    listReplies,
    { id, threadId, limit: 100 },
    { enabled, select: ({ pages }) => pages.flatMap(({ items }) => items) },
  );

/** Where in the text's current version open threads have their passages. */
export const markedIn = (threads: readonly CommentThread[], versionNumber: number) =>
  threads.flatMap(({ id, anchor, resolvedAt }) =>
    !resolvedAt && anchor?.field === "body" && anchor.current?.versionNumber === versionNumber
      ? [{ id, start: anchor.current.start, end: anchor.current.end }]
      : [],
  );

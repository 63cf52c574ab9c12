import { type ApprovalInboxPage, listApprovals, listInbox } from "@contentos/sdk";
import { useRead } from "@/ui/query";

export const useApprovals = (id: string) => useRead(listApprovals, { id, limit: 20 });

/** What waits for somebody else is looked for again by itself. */
const AGAIN = { refetchInterval: 30_000 };

export const useInbox = () => useRead(listInbox, { limit: 50 }, AGAIN);

/** How much waits for one's own decision; 50 for that many and more. */
export const useInboxCount = (): number =>
  useRead(listInbox, { limit: 50 }, { ...AGAIN, select: ({ items }: ApprovalInboxPage) => items.length }).data ?? 0;

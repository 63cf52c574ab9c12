import { getContent } from "@contentos/sdk";
import { useRead } from "@/ui/query";

/** What an item is called, of which only the id is known. */
export const useItemTitle = (id: string) =>
  useRead(getContent, { id }, { select: ({ title }) => title, staleTime: 60_000 }).data;

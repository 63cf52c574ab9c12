import { getContent } from "@contentos/sdk";
import { useRead } from "@/ui/query";

/** An item with the text of its current version. */
export const useFullItem = (id: string) => useRead(getContent, { id });

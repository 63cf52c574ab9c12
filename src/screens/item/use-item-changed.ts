import { useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";

/** Something happened to the item: whatever is shown of it is loaded anew. */
export function useItemChanged() {
  const queries = useQueryClient();
  return useCallback(() => queries.invalidateQueries(), [queries]);
}

import { listContent } from "@contentos/sdk";
import { keepPreviousData } from "@tanstack/react-query";
import { useMemo } from "react";
import { usePages } from "@/ui/query";
import { type Filter, inputOf } from "./filter";

/** The pages of a list, and all items that have come so far. What was shown stays until the new has come. */
export function useItems(filter: Filter) {
  const pages = usePages(listContent, inputOf(filter), { placeholderData: keepPreviousData });
  const { data } = pages;
  const items = useMemo(() => data?.pages.flatMap((page) => page.items) ?? [], [data]);
  return { ...pages, items };
}

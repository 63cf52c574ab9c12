import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import type { z } from "zod";
import { api } from "@/ui/api";
import type { ContentItem } from "../contract";

export type Item = z.output<typeof ContentItem>;
type Page<T> = { items: T[]; nextCursor: string | null };

export function useItems(workspaceId: string, filter: { status: string | null; q: string }) {
  return useInfiniteQuery({
    queryKey: ["content", workspaceId, filter],
    queryFn: ({ pageParam }) => {
      const query = new URLSearchParams({ limit: "50", sort: "-updatedAt" });
      if (filter.status) query.set("status", filter.status);
      if (filter.q.trim()) query.set("q", filter.q.trim());
      if (pageParam) query.set("cursor", pageParam);
      return api<Page<Item>>("GET", `/content?${query}`, { workspaceId });
    },
    initialPageParam: "",
    getNextPageParam: ({ nextCursor }) => nextCursor,
    placeholderData: keepPreviousData,
  });
}

import { useQuery } from "@tanstack/react-query";
import type { z } from "zod";
import { api } from "@/ui/api";
import type { Member } from "../contract";

type Members = { items: z.output<typeof Member>[]; nextCursor: string | null };

export function useMembers(workspaceId: string) {
  const query = useQuery({
    queryKey: ["members", workspaceId],
    queryFn: () => api<Members>("GET", `/workspaces/${workspaceId}/members?limit=100`),
    staleTime: 60_000,
  });
  const names = new Map(query.data?.items.map(({ userId, name }) => [userId, name]));
  return { ...query, nameOf: (userId: string | null) => (userId && names.get(userId)) || "Somebody" };
}

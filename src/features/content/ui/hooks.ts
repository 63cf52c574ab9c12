import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { z } from "zod";
import { api } from "@/ui/api";
import type { ContentItemWithBody, ContentVersion } from "../contract";

export type FullItem = z.output<typeof ContentItemWithBody>;
export type Version = z.output<typeof ContentVersion>;
type Page<T> = { items: T[]; nextCursor: string | null };

export const useItem = (workspaceId: string, id: string) =>
  useQuery({
    queryKey: ["item", workspaceId, id],
    queryFn: () => api<FullItem>("GET", `/content/${id}`, { workspaceId }),
  });

export const useVersions = (workspaceId: string, id: string, newest: number) =>
  useQuery({
    queryKey: ["versions", workspaceId, id, newest],
    queryFn: () =>
      api<Page<Omit<Version, "body" | "metadata">>>("GET", `/content/${id}/versions?limit=50`, { workspaceId }),
  });

/** Whatever changed an item changes what is shown of it: its list, its reviews, its publications. */
export function useRefreshItem(workspaceId: string, id: string) {
  const client = useQueryClient();
  return () =>
    Promise.all(
      ["item", "approvals", "schedules", "metrics"]
        .map((key) => client.invalidateQueries({ queryKey: [key, workspaceId, id] }))
        .concat(
          client.invalidateQueries({ queryKey: ["content", workspaceId] }),
          client.invalidateQueries({ queryKey: ["inbox", workspaceId] }),
        ),
    );
}

export function useSaveVersion(workspaceId: string, id: string) {
  const refresh = useRefreshItem(workspaceId, id);
  return useMutation({
    mutationFn: (body: { title: string; body: string; baseVersion: number }) =>
      api<Version>("POST", `/content/${id}/versions`, { workspaceId, body, idempotencyKey: crypto.randomUUID() }),
    onSuccess: refresh,
  });
}

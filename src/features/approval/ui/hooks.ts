import { useQuery } from "@tanstack/react-query";
import type { z } from "zod";
import { api } from "@/ui/api";
import type { Approval, ApprovalInboxPage, ApprovalPage } from "../contract";

export type ApprovalView = z.output<typeof Approval>;

export const useApprovals = (workspaceId: string, itemId: string) =>
  useQuery({
    queryKey: ["approvals", workspaceId, itemId],
    queryFn: () => api<z.output<typeof ApprovalPage>>("GET", `/content/${itemId}/approvals?limit=20`, { workspaceId }),
  });

export const useInbox = (workspaceId: string) =>
  useQuery({
    queryKey: ["inbox", workspaceId],
    queryFn: () => api<z.output<typeof ApprovalInboxPage>>("GET", "/approval/inbox?limit=50", { workspaceId }),
    refetchInterval: 30_000,
  });

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { z } from "zod";
import { api, Problem } from "@/ui/api";
import type { ReviewCommentPage, ReviewItem, ReviewSession } from "../contract";

export type Session = z.output<typeof ReviewSession>;
export type ItemView = z.output<typeof ReviewItem>;

/** What opened this link in this browser: kept until the link has ended, so that a passcode is typed once. */
export const keptCredential = (token: string) => localStorage.getItem(`review:${token}`);
export function keepCredential(token: string, credential: string | undefined) {
  if (credential) localStorage.setItem(`review:${token}`, credential);
  else localStorage.removeItem(`review:${token}`);
}

/** Whether the link or what opened it is over, so that it has to be opened again. */
export const isOver = (error: Error | null) => error instanceof Problem && [401, 404].includes(error.status);

export const useSession = (credential: string) =>
  useQuery({
    queryKey: ["review", credential],
    queryFn: () => api<Session>("GET", "/review/session", { reviewCredential: credential }),
  });

export const useReviewItem = (credential: string, id: string) =>
  useQuery({
    queryKey: ["review", credential, id],
    queryFn: () => api<ItemView>("GET", `/review/items/${id}`, { reviewCredential: credential }),
  });

export const useReviewComments = (credential: string, id: string) =>
  useQuery({
    queryKey: ["review", credential, id, "comments"],
    queryFn: () =>
      api<z.output<typeof ReviewCommentPage>>("GET", `/review/items/${id}/comments?limit=100`, {
        reviewCredential: credential,
      }),
  });

/** One of the things that a client does with an item. */
export function useAct(credential: string, id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ act, body }: { act: "approve" | "request-changes" | "hold" | "comments"; body: object }) =>
      api("POST", `/review/items/${id}/${act}`, {
        body,
        reviewCredential: credential,
        idempotencyKey: crypto.randomUUID(),
      }),
    onSettled: () => client.invalidateQueries({ queryKey: ["review", credential] }),
  });
}

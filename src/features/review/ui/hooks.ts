import { getReviewItem, getReviewSession, listReviewComments, Problem } from "@contentos/sdk";
import { useRead } from "@/ui/query";

/** What opened this link in this browser: kept until the link has ended, so that a passcode is typed once. */
export const keptCredential = (token: string) => localStorage.getItem(`review:${token}`);
export function keepCredential(token: string, credential: string | undefined) {
  if (credential) localStorage.setItem(`review:${token}`, credential);
  else localStorage.removeItem(`review:${token}`);
}

/** Whether the link or what opened it is over, so that it has to be opened again. */
export const isOver = (error: Error | null) => error instanceof Problem && [401, 404].includes(error.status);

/** What others say and decide meanwhile is looked for by itself, in ms. */
const AGAIN = { refetchInterval: 30_000 };

export const useSession = () => useRead(getReviewSession, {}, AGAIN);
export const useReviewItem = (id: string) => useRead(getReviewItem, { id }, AGAIN);
export const useReviewComments = (id: string) => useRead(listReviewComments, { id, limit: 100 }, AGAIN);

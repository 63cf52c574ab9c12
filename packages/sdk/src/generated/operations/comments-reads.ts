// Written by `npm run generate` from the contracts: change those instead.
import { operation } from "../../operation.ts";
import type {
  CommentMentionPage,
  CommentPage,
  CommentThread,
  CommentThreadPage,
  CommentVisibility,
} from "../schemas.ts";

export type ListThreadsInput = {
  id: string;
  /** Both, where it isn't said. */
  resolved?: boolean | undefined;
  /** Internal: members alone. Client: also clients with a review link. */
  visibility?: CommentVisibility | undefined;
  /** `"-createdAt"` where it is left out. */
  sort?: "-createdAt" | "createdAt" | undefined;
  /** How many a page has at most. `25` where it is left out. */
  limit?: number | undefined;
  /** `nextCursor` of the page before. */
  cursor?: string | undefined;
};

/** List an item's threads, with where their passages stand now. Refusals: workspace_required, invalid_cursor, unauthenticated, forbidden, not_found. */
export const listThreads = /* @__PURE__ */ operation<ListThreadsInput, CommentThreadPage>("listThreads", "GET", "/content/{id}/comments", { scoped: true });

export type GetThreadInput = {
  id: string;
  threadId: string;
};

/** Read a thread. Refusals: workspace_required, unauthenticated, forbidden, not_found. */
export const getThread = /* @__PURE__ */ operation<GetThreadInput, CommentThread>("getThread", "GET", "/content/{id}/comments/{threadId}", { scoped: true });

export type ListRepliesInput = {
  id: string;
  threadId: string;
  /** How many a page has at most. `25` where it is left out. */
  limit?: number | undefined;
  /** `nextCursor` of the page before. */
  cursor?: string | undefined;
};

/** List all that was said in a thread, oldest first. Refusals: workspace_required, invalid_cursor, unauthenticated, forbidden, not_found. */
export const listReplies = /* @__PURE__ */ operation<ListRepliesInput, CommentPage>("listReplies", "GET", "/content/{id}/comments/{threadId}/replies", { scoped: true });

export type ListMentionsInput = {
  /** How many a page has at most. `25` where it is left out. */
  limit?: number | undefined;
  /** `nextCursor` of the page before. */
  cursor?: string | undefined;
};

/** List the comments that name whoever asks, newest first. Refusals: workspace_required, invalid_cursor, unauthenticated, forbidden, not_found. */
export const listMentions = /* @__PURE__ */ operation<ListMentionsInput, CommentMentionPage>("listMentions", "GET", "/comments/mentions", { scoped: true });

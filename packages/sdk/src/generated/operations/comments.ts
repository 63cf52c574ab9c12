// Written by `npm run generate` from the contracts: change those instead.
import { operation } from "../../operation.ts";
import type {
  Comment,
  CommentReply,
  CommentThread,
  EditComment,
  OpenCommentThread,
} from "../schemas.ts";

export type OpenThreadInput = {
  id: string;
  body: OpenCommentThread;
};

/** Open a thread on an item, or on a passage of one of its versions. Refusals: workspace_required, invalid_json, unauthenticated, forbidden, cross_site_request, not_found, archived, idempotency_key_reused, too_large, unsupported_media_type. */
export const openThread = /* @__PURE__ */ operation<OpenThreadInput, CommentThread>("openThread", "POST", "/content/{id}/comments", { scoped: true, keyed: true });

export type ReplyToThreadInput = {
  id: string;
  threadId: string;
  body: CommentReply;
};

/** Reply in a thread. Refusals: workspace_required, invalid_json, unauthenticated, forbidden, cross_site_request, not_found, archived, thread_resolved, idempotency_key_reused, too_large, unsupported_media_type. */
export const replyToThread = /* @__PURE__ */ operation<ReplyToThreadInput, Comment>("replyToThread", "POST", "/content/{id}/comments/{threadId}/replies", { scoped: true, keyed: true });

export type ResolveThreadInput = {
  id: string;
  threadId: string;
};

/** Settle a thread. Refusals: workspace_required, unauthenticated, forbidden, cross_site_request, not_found, archived, thread_resolved, idempotency_key_reused. */
export const resolveThread = /* @__PURE__ */ operation<ResolveThreadInput, CommentThread>("resolveThread", "POST", "/content/{id}/comments/{threadId}/resolve", { scoped: true, keyed: true });

export type ReopenThreadInput = {
  id: string;
  threadId: string;
};

/** Take a settled thread up again. Refusals: workspace_required, unauthenticated, forbidden, cross_site_request, not_found, archived, conflict, idempotency_key_reused. */
export const reopenThread = /* @__PURE__ */ operation<ReopenThreadInput, CommentThread>("reopenThread", "POST", "/content/{id}/comments/{threadId}/reopen", { scoped: true, keyed: true });

export type EditCommentInput = {
  id: string;
  body: EditComment;
};

/** Change the words of a comment of one's own. Refusals: workspace_required, invalid_json, unauthenticated, forbidden, cross_site_request, not_found, archived, too_large, unsupported_media_type. */
export const editComment = /* @__PURE__ */ operation<EditCommentInput, Comment>("editComment", "PUT", "/comments/{id}", { scoped: true });

export type RemoveCommentInput = {
  id: string;
};

/** Remove a comment; that there was one stays visible. Refusals: workspace_required, unauthenticated, forbidden, cross_site_request, not_found. */
export const removeComment = /* @__PURE__ */ operation<RemoveCommentInput, undefined>("removeComment", "DELETE", "/comments/{id}", { scoped: true });

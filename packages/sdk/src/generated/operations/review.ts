// Written by `npm run generate` from the contracts: change those instead.
import { operation } from "../../operation.ts";
import type {
  AddReviewItems,
  ApproveReviewItem,
  ApproveReviewItems,
  CreateReviewLink,
  HoldReviewItem,
  IssuedReviewLink,
  OpenReview,
  OpenedReview,
  RequestReviewChanges,
  ReviewBatchResult,
  ReviewComment,
  ReviewLink,
  ReviewReceipt,
  SayInReview,
  UpdateReviewLink,
} from "../schemas.ts";

export type CreateReviewLinkInput = {
  body: CreateReviewLink;
};

/** Make a link by which a client reviews without an account. Refusals: workspace_required, invalid_json, unauthenticated, forbidden, cross_site_request, not_found, archived, idempotency_key_reused, too_large, unsupported_media_type. */
export const createReviewLink = /* @__PURE__ */ operation<CreateReviewLinkInput, IssuedReviewLink>("createReviewLink", "POST", "/review/links", { scoped: true, keyed: true });

export type UpdateReviewLinkInput = {
  id: string;
  body: UpdateReviewLink;
};

/** Change a link's expiry, passcode, rights or words. Refusals: workspace_required, invalid_json, unauthenticated, forbidden, cross_site_request, not_found, link_revoked, too_large, unsupported_media_type. */
export const updateReviewLink = /* @__PURE__ */ operation<UpdateReviewLinkInput, ReviewLink>("updateReviewLink", "PUT", "/review/links/{id}", { scoped: true });

export type RevokeReviewLinkInput = {
  id: string;
};

/** Take a link back: it ends for everybody who has it. Refusals: workspace_required, unauthenticated, forbidden, cross_site_request, not_found, link_revoked. */
export const revokeReviewLink = /* @__PURE__ */ operation<RevokeReviewLinkInput, undefined>("revokeReviewLink", "DELETE", "/review/links/{id}", { scoped: true });

export type AddReviewItemsInput = {
  id: string;
  body: AddReviewItems;
};

/** Show more items by a link. Refusals: workspace_required, invalid_json, unauthenticated, forbidden, cross_site_request, not_found, link_revoked, archived, idempotency_key_reused, too_large, unsupported_media_type. */
export const addReviewItems = /* @__PURE__ */ operation<AddReviewItemsInput, ReviewLink>("addReviewItems", "POST", "/review/links/{id}/items", { scoped: true, keyed: true });

export type RemoveReviewItemInput = {
  id: string;
  contentItemId: string;
};

/** Show an item no longer by a link. Refusals: workspace_required, unauthenticated, forbidden, cross_site_request, not_found, link_revoked. */
export const removeReviewItem = /* @__PURE__ */ operation<RemoveReviewItemInput, undefined>("removeReviewItem", "DELETE", "/review/links/{id}/items/{contentItemId}", { scoped: true });

export type OpenReviewInput = {
  body: OpenReview;
};

/** Open a review link as a client, with a name. Refusals: invalid_json, passcode_required, passcode_wrong, not_found, too_large, unsupported_media_type. */
export const openReview = /* @__PURE__ */ operation<OpenReviewInput, OpenedReview>("openReview", "POST", "/review/open", { open: true });

export type SayInReviewInput = {
  id: string;
  body: SayInReview;
};

/** Comment on what is before you, or answer. Refusals: invalid_json, unauthenticated, forbidden, not_found, not_under_review, thread_resolved, idempotency_key_reused, too_large, unsupported_media_type. */
export const sayInReview = /* @__PURE__ */ operation<SayInReviewInput, ReviewComment>("sayInReview", "POST", "/review/items/{id}/comments", { keyed: true });

export type ApproveItemInput = {
  id: string;
  body: ApproveReviewItem;
};

/** Approve what is before you. Refusals: invalid_json, unauthenticated, forbidden, own_work, not_found, not_pending, version_conflict, idempotency_key_reused, too_large, unsupported_media_type. */
export const approveItem = /* @__PURE__ */ operation<ApproveItemInput, ReviewReceipt>("approveItem", "POST", "/review/items/{id}/approve", { keyed: true });

export type RequestChangesInput = {
  id: string;
  body: RequestReviewChanges;
};

/** Ask for changes, with a reason: the item is a draft again. Refusals: invalid_json, unauthenticated, forbidden, own_work, not_found, not_pending, version_conflict, idempotency_key_reused, too_large, unsupported_media_type. */
export const requestChanges = /* @__PURE__ */ operation<RequestChangesInput, ReviewReceipt>("requestChanges", "POST", "/review/items/{id}/request-changes", { keyed: true });

export type HoldItemInput = {
  id: string;
  body: HoldReviewItem;
};

/** Stop what was approved and has not gone out. Refusals: invalid_json, unauthenticated, forbidden, not_found, not_approved, nothing_to_hold, idempotency_key_reused, too_large, unsupported_media_type. */
export const holdItem = /* @__PURE__ */ operation<HoldItemInput, ReviewReceipt>("holdItem", "POST", "/review/items/{id}/hold", { keyed: true });

export type ApproveItemsInput = {
  body: ApproveReviewItems;
};

/** Approve several items; each is decided by itself. Refusals: invalid_json, unauthenticated, forbidden, not_found, too_large, unsupported_media_type. */
export const approveItems = /* @__PURE__ */ operation<ApproveItemsInput, ReviewBatchResult>("approveItems", "POST", "/review/approve");

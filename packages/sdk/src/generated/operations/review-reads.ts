// Written by `npm run generate` from the contracts: change those instead.
import { type Nothing, operation } from "../../operation.ts";
import type {
  ReviewCommentPage,
  ReviewItem,
  ReviewLinkPage,
  ReviewLinkWithGuests,
  ReviewReceipt,
  ReviewReceiptKeys,
  ReviewReceiptPage,
  ReviewSession,
} from "../schemas.ts";

export type ListReviewLinksInput = {
  contentItemId?: string | undefined;
  /** Ended: expired or revoked. */
  status?: "Live" | "Ended" | undefined;
  /** How many a page has at most. `25` where it is left out. */
  limit?: number | undefined;
  /** `nextCursor` of the page before. */
  cursor?: string | undefined;
};

/** List review links, newest first. Refusals: workspace_required, invalid_cursor, unauthenticated, forbidden, not_found. */
export const listReviewLinks = /* @__PURE__ */ operation<ListReviewLinksInput, ReviewLinkPage>("listReviewLinks", "GET", "/review/links", { scoped: true });

export type GetReviewLinkInput = {
  id: string;
};

/** Read a review link and who opened it. Refusals: workspace_required, unauthenticated, forbidden, not_found. */
export const getReviewLink = /* @__PURE__ */ operation<GetReviewLinkInput, ReviewLinkWithGuests>("getReviewLink", "GET", "/review/links/{id}", { scoped: true });

/** Read what the link shows. Refusals: unauthenticated, forbidden, not_found. */
export const getReviewSession = /* @__PURE__ */ operation<Nothing, ReviewSession>("getReviewSession", "GET", "/review/session");

export type GetReviewItemInput = {
  id: string;
};

/** Read an item, and all of it that is to be decided. Refusals: unauthenticated, forbidden, not_found. */
export const getReviewItem = /* @__PURE__ */ operation<GetReviewItemInput, ReviewItem>("getReviewItem", "GET", "/review/items/{id}");

export type ListReviewCommentsInput = {
  id: string;
  /** How many a page has at most. `25` where it is left out. */
  limit?: number | undefined;
  /** `nextCursor` of the page before. */
  cursor?: string | undefined;
};

/** List what was said to clients and by them, oldest first. Refusals: invalid_cursor, unauthenticated, forbidden, not_found. */
export const listReviewComments = /* @__PURE__ */ operation<ListReviewCommentsInput, ReviewCommentPage>("listReviewComments", "GET", "/review/items/{id}/comments");

export type GetReceiptInput = {
  id: string;
};

/** Read the signed receipt of a client's decision, as the client or as a member. Refusals: workspace_required, unauthenticated, forbidden, not_found. */
export const getReceipt = /* @__PURE__ */ operation<GetReceiptInput, ReviewReceipt>("getReceipt", "GET", "/review/receipts/{id}", { scoped: true });

export type ListReceiptsInput = {
  id: string;
  /** How many a page has at most. `25` where it is left out. */
  limit?: number | undefined;
  /** `nextCursor` of the page before. */
  cursor?: string | undefined;
};

/** List the receipts of what clients decided on an item, newest first. Refusals: workspace_required, invalid_cursor, unauthenticated, forbidden, not_found. */
export const listReceipts = /* @__PURE__ */ operation<ListReceiptsInput, ReviewReceiptPage>("listReceipts", "GET", "/content/{id}/receipts", { scoped: true });

/** The public keys that verify receipts, retired ones among them. Those in use are at `/.well-known/jwks.json` too; a receipt is proved also after its key was rotated. */
export const getReceiptKeys = /* @__PURE__ */ operation<Nothing, ReviewReceiptKeys>("getReceiptKeys", "GET", "/review/jwks.json", { open: true });

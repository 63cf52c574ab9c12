// Written by `npm run generate` from the contracts: change those instead.
import { operation } from "../../operation.ts";
import type {
  ApprovalInboxPage,
  ApprovalPage,
  ApprovalWithAdaptations,
} from "../schemas.ts";

export type ListInboxInput = {
  /** How many a page has at most. `25` where it is left out. */
  limit?: number | undefined;
  /** `nextCursor` of the page before. */
  cursor?: string | undefined;
};

/** List the steps that you may decide now, the longest waiting first. Refusals: workspace_required, invalid_cursor, unauthenticated, forbidden, not_found. */
export const listInbox = /* @__PURE__ */ operation<ListInboxInput, ApprovalInboxPage>("listInbox", "GET", "/approval/inbox", { scoped: true });

export type GetApprovalInput = {
  id: string;
};

/** Read one approval with all that may go out beside the version. Refusals: workspace_required, unauthenticated, forbidden, not_found. */
export const getApproval = /* @__PURE__ */ operation<GetApprovalInput, ApprovalWithAdaptations>("getApproval", "GET", "/approval/{id}", { scoped: true });

export type ListApprovalsInput = {
  id: string;
  /** How many a page has at most. `25` where it is left out. */
  limit?: number | undefined;
  /** `nextCursor` of the page before. */
  cursor?: string | undefined;
};

/** List an item's approvals, newest first. Refusals: workspace_required, invalid_cursor, unauthenticated, forbidden, not_found. */
export const listApprovals = /* @__PURE__ */ operation<ListApprovalsInput, ApprovalPage>("listApprovals", "GET", "/content/{id}/approvals", { scoped: true });

// Written by `npm run generate` from the contracts: change those instead.
import { operation } from "../../operation.ts";
import type {
  Approval,
  ApproveStep,
  ApprovedStep,
  RejectStep,
  SubmitContent,
  SubmittedContent,
} from "../schemas.ts";

export type SubmitContentInput = {
  id: string;
  body?: SubmitContent | undefined;
};

/** Send the current version and the adaptations it names to review. Refusals: workspace_required, invalid_json, unauthenticated, forbidden, cross_site_request, not_found, not_draft, archived, adaptation_pinned, channel_disconnected, channel_limits, policy_unsatisfiable, conflict, idempotency_key_reused, too_large, unsupported_media_type. */
export const submitContent = /* @__PURE__ */ operation<SubmitContentInput, SubmittedContent>("submitContent", "POST", "/content/{id}/submit", { scoped: true, keyed: true });

export type ApproveStepInput = {
  id: string;
  body?: ApproveStep | undefined;
};

/** Approve a step: the next one opens, or the item is Approved. Refusals: workspace_required, invalid_json, unauthenticated, forbidden, own_work, cross_site_request, not_found, not_pending, idempotency_key_reused, too_large, unsupported_media_type. */
export const approveStep = /* @__PURE__ */ operation<ApproveStepInput, ApprovedStep>("approveStep", "POST", "/approval/{id}/approve", { scoped: true, keyed: true });

export type RejectStepInput = {
  id: string;
  body: RejectStep;
};

/** Reject a step, with a reason: the item is a Draft again. Refusals: workspace_required, invalid_json, unauthenticated, forbidden, own_work, cross_site_request, not_found, not_pending, idempotency_key_reused, too_large, unsupported_media_type. */
export const rejectStep = /* @__PURE__ */ operation<RejectStepInput, Approval>("rejectStep", "POST", "/approval/{id}/reject", { scoped: true, keyed: true });

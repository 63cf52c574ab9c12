import { createRoute } from "@hono/zod-openapi";
import { StoredPart } from "@/features/content/contract";
import {
  body,
  Cursor,
  creates,
  Id,
  idParams,
  inWorkspace,
  json,
  Limit,
  line,
  memberProblems,
  orNull,
  page,
  SIGNED_IN,
  Timestamp,
  z,
} from "@/platform/contract";

export const APPROVAL_STATUSES = ["Pending", "Approved", "Rejected", "Superseded"] as const;
const ApprovalStatus = z.enum(APPROVAL_STATUSES).openapi("ApprovalStatus");
const StepRole = z.enum(["Viewer", "Writer", "Editor", "Admin", "Client"]).openapi("ApprovalStepRole");

/** The text of one channel, or of a network that it is copied to, as it was submitted. */
const SubmittedAdaptation = z
  .object({
    id: Id.nullable().openapi({ description: "Null where nobody wrote one: title, excerpt and link by rule." }),
    channelId: Id.nullable().openapi({ description: "Null where it is for a network without a channel here." }),
    network: z
      .string()
      .optional()
      .openapi({ description: "The network that it is copied to; only where it has no channel." }),
    parts: z.array(StoredPart),
    contentHash: z.string(),
  })
  .openapi("SubmittedAdaptation");

const example = {
  id: "8a1b2c3d-0000-4000-8000-000000000001",
  submissionId: "8a1b2c3d-0000-4000-8000-000000000002",
  contentItemId: "2f6f1c5e-8f39-4b52-8f0e-0d4f6d3f5a10",
  versionNumber: 2,
  contentHash: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
  step: 1,
  steps: 2,
  role: "Editor",
  status: "Pending",
  writtenBy: "5f0c2f0a-61f5-4f0e-8a0d-2c7a7c1f0b02",
  submittedBy: "5f0c2f0a-61f5-4f0e-8a0d-2c7a7c1f0b02",
  submittedAt: "2026-11-22T09:00:00.000Z",
  approvedBy: null,
  decidedBy: null,
  decidedByGuest: null,
  decidedAt: null,
  comment: null,
} as const;

const approval = z.object({
  id: Id,
  submissionId: Id,
  contentItemId: Id,
  versionNumber: z.int(),
  contentHash: z.string().openapi({ description: "SHA-256 over all that may go out: version and adaptations." }),
  step: z.int().openapi({ description: "From 1; 0 where the policy asks nobody." }),
  steps: z.int().openapi({ description: "How many the policy had when this was submitted." }),
  role: orNull(StepRole).openapi({ description: "The least role that may decide it." }),
  status: ApprovalStatus,
  writtenBy: Id,
  submittedBy: Id,
  submittedAt: Timestamp,
  approvedBy: Id.nullable(),
  decidedBy: Id.nullable(),
  decidedByGuest: z
    .object({ id: Id, name: z.string() })
    .nullable()
    .openapi({ description: "The client who decided, with the name that they gave." }),
  decidedAt: Timestamp.nullable(),
  comment: z.string().nullable().openapi({ description: "Of whoever decided; the reason of a rejection." }),
});

export const Approval = approval.openapi("Approval", { example });
export const ApprovalWithAdaptations = approval
  .extend({ adaptations: z.array(SubmittedAdaptation) })
  .openapi("ApprovalWithAdaptations", { example: { ...example, adaptations: [] } });
export const SubmittedContent = ApprovalWithAdaptations.extend({
  clientLinks: z.int().nullable().openapi({
    description:
      "How many live review links let a client decide on this; null where the policy asks no client. With 0, the client's step waits until there is one.",
  }),
}).openapi("SubmittedContent", { example: { ...example, adaptations: [], clientLinks: null } });
export const ApprovedStep = approval
  .extend({ next: orNull(Approval).openapi({ description: "The step that this opened." }) })
  .openapi("ApprovedStep", {
    example: {
      ...example,
      status: "Approved",
      approvedBy: "5f0c2f0a-61f5-4f0e-8a0d-2c7a7c1f0b03",
      decidedBy: "5f0c2f0a-61f5-4f0e-8a0d-2c7a7c1f0b03",
      decidedAt: "2026-11-22T10:00:00.000Z",
      next: null,
    },
  });
const InboxEntry = approval
  .extend({ title: z.string() })
  .openapi("ApprovalInboxEntry", { example: { ...example, title: "Spring launch" } });

export const ApprovalPage = page(Approval).openapi("ApprovalPage");
export const ApprovalInboxPage = page(InboxEntry).openapi("ApprovalInboxPage");

export const SubmitContent = z
  .strictObject({ adaptationIds: z.array(Id).max(50).default([]) })
  .openapi("SubmitContent", { example: { adaptationIds: ["6e2d3c4b-0000-4000-8000-000000000001"] } });
export const ApproveStep = z
  .strictObject({ comment: line(2_000).optional() })
  .openapi("ApproveStep", { example: { comment: "Well put." } });
export const RejectStep = z
  .strictObject({ reason: line(2_000) })
  .openapi("RejectStep", { example: { reason: "The price in the second paragraph is last year's." } });
export const ListApprovals = z.strictObject({ limit: Limit, cursor: Cursor });

const base = { tags: ["approval"], security: SIGNED_IN };
/** A body that may be left out. */
const optional = <S extends z.ZodType>(schema: S) => ({ ...body(schema), required: false });

export const submitContent = createRoute({
  ...base,
  operationId: "submitContent",
  method: "post",
  path: "/content/{id}/submit",
  summary: "Send the current version and the adaptations it names to review",
  request: { headers: creates, params: idParams, body: optional(SubmitContent) },
  responses: {
    201: json("The first step's approval, and what will go out where", SubmittedContent),
    ...memberProblems(
      "not_draft",
      "archived",
      "adaptation_pinned",
      "channel_disconnected",
      "channel_limits",
      "policy_unsatisfiable",
      "conflict",
      "idempotency_key_reused",
    ),
  },
});

export const approveStep = createRoute({
  ...base,
  operationId: "approveStep",
  method: "post",
  path: "/approval/{id}/approve",
  summary: "Approve a step: the next one opens, or the item is Approved",
  request: { headers: creates, params: idParams, body: optional(ApproveStep) },
  responses: {
    200: json("The approval, and the step that it opened", ApprovedStep),
    ...memberProblems("own_work", "not_pending", "idempotency_key_reused"),
  },
});

export const rejectStep = createRoute({
  ...base,
  operationId: "rejectStep",
  method: "post",
  path: "/approval/{id}/reject",
  summary: "Reject a step, with a reason: the item is a Draft again",
  request: { headers: creates, params: idParams, body: body(RejectStep) },
  responses: {
    200: json("The approval", Approval),
    ...memberProblems("own_work", "not_pending", "idempotency_key_reused"),
  },
});

export const listInbox = createRoute({
  ...base,
  operationId: "listInbox",
  method: "get",
  path: "/approval/inbox",
  summary: "List the steps that you may decide now, the longest waiting first",
  request: { headers: inWorkspace, query: ListApprovals },
  responses: { 200: json("A page of open steps", ApprovalInboxPage), ...memberProblems("invalid_cursor") },
});

export const getApproval = createRoute({
  ...base,
  operationId: "getApproval",
  method: "get",
  path: "/approval/{id}",
  summary: "Read one approval with all that may go out beside the version",
  request: { headers: inWorkspace, params: idParams },
  responses: { 200: json("The approval", ApprovalWithAdaptations), ...memberProblems() },
});

export const listApprovals = createRoute({
  ...base,
  operationId: "listApprovals",
  method: "get",
  path: "/content/{id}/approvals",
  summary: "List an item's approvals, newest first",
  request: { headers: inWorkspace, params: idParams, query: ListApprovals },
  responses: { 200: json("A page of approvals", ApprovalPage), ...memberProblems("invalid_cursor") },
});

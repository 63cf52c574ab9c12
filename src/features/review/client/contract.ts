import { createRoute } from "@hono/zod-openapi";
import { ContentMetadata } from "@/features/content/contract";
import { Branding } from "@/features/workspaces/contract";
import {
  BY_REVIEW_LINK,
  body,
  Cursor,
  createsAsGuest,
  guestProblems,
  Id,
  idParams,
  json,
  Limit,
  line,
  orNull,
  PUBLIC,
  page,
  problems,
  Timestamp,
  z,
} from "@/platform/contract";
import { Decision, Receipt } from "../receipts/contract";

const ids = {
  link: "9d1e2f3a-0000-4000-8000-000000000001",
  guest: "9d1e2f3a-0000-4000-8000-000000000002",
  receipt: "9d1e2f3a-0000-4000-8000-000000000003",
  item: "2f6f1c5e-8f39-4b52-8f0e-0d4f6d3f5a10",
  channel: "3b1d2c4e-0000-4000-8000-000000000004",
  thread: "01935f2c-1f00-7000-8000-000000000010",
  comment: "01935f2c-1f00-7000-8000-000000000011",
};
const HASH = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
const at = "2026-11-22T10:00:00.000Z";

const ContentHash = z
  .string()
  .regex(/^[0-9a-f]{64}$/, "64 hexadecimal digits, as `contentHash` of what was read.")
  .openapi({ description: "Of what you read: if it was changed since, nothing is decided.", example: HASH });

/** An item as its client sees it: where it stands, and what of it is before them. */
const summary = z.object({
  id: Id,
  title: z.string(),
  status: z.enum(["Draft", "InReview", "Approved", "Published"]),
  versionNumber: z.int().nullable().openapi({ description: "The version before you; null where there is none." }),
  contentHash: z.string().nullable(),
  decision: z
    .enum(["Pending", "Approved", "Rejected"])
    .nullable()
    .openapi({ description: "Pending: it waits for you. Null: it is not before you, or no longer." }),
});
const summaryExample = {
  id: ids.item,
  title: "Spring launch",
  status: "InReview",
  versionNumber: 2,
  contentHash: HASH,
  decision: "Pending",
} as const;

const Session = z.object({
  workspace: z.object({
    name: z.string(),
    branding: Branding,
    timeZone: z.string(),
  }),
  link: z.object({
    id: Id,
    name: z.string(),
    message: z.string().nullable(),
    canComment: z.boolean(),
    canDecide: z.boolean(),
    expiresAt: Timestamp.nullable(),
  }),
  guest: z.object({ id: Id, name: z.string(), email: z.string().nullable() }),
  items: z.array(summary),
});
const sessionExample = {
  workspace: { name: "Acme", branding: { primaryColor: "#0a7d5a" }, timeZone: "Europe/Berlin" },
  link: {
    id: ids.link,
    name: "Acme, spring campaign",
    message: "Please look at the prices.",
    canComment: true,
    canDecide: true,
    expiresAt: null,
  },
  guest: { id: ids.guest, name: "Kim of Acme", email: "kim@acme.example" },
  items: [summaryExample],
};
export const ReviewSession = Session.openapi("ReviewSession", { example: sessionExample });
export const OpenedReview = Session.extend({
  credential: z.string().openapi({
    description: "Send it as `Authorization: Review <credential>`. It is told once and ends with the link.",
  }),
}).openapi("OpenedReview", {
  example: {
    ...sessionExample,
    credential: "6YfVx0m1Jc3n2Qd5r8TzKq7WbEaHsLuPgNyXiOoRvCk.p0QwErTyUiOpAsDfGhJkLzXcVbNm1234567890-_abc",
  },
});

export const ReviewItem = summary
  .extend({
    body: z.string().nullable().openapi({ description: "Markdown of the version before you." }),
    html: z.string().nullable().openapi({ description: "The same, rendered and sanitised." }),
    metadata: orNull(ContentMetadata).openapi({
      description: "What goes out around the text, such as its excerpt.",
    }),
    adaptations: z
      .array(
        z.object({
          channelId: Id.nullable().openapi({ description: "Null where it is for a network without a channel here." }),
          network: z.string(),
          channelName: z.string(),
          parts: z.array(z.object({ text: z.string() })),
        }),
      )
      .openapi({ description: "What else would go out with it, and where: part of what is decided." }),
    submittedAt: Timestamp.nullable(),
    decidedAt: Timestamp.nullable(),
    decidedBy: z.string().nullable().openapi({ description: "The name of the client who decided." }),
    comment: z.string().nullable().openapi({ description: "Their words with it." }),
    receipts: z
      .array(z.object({ id: Id, decision: Decision, at: Timestamp }))
      .openapi({ description: "Of your own decisions, newest first; 50 at most." }),
  })
  .openapi("ReviewItem", {
    example: {
      ...summaryExample,
      body: "# Spring\n\nIt is here.",
      html: "<p>It is here.</p>",
      metadata: { excerpt: "What is new this spring." },
      adaptations: [
        { channelId: ids.channel, network: "bluesky", channelName: "acme.example", parts: [{ text: "It is here." }] },
      ],
      submittedAt: at,
      decidedAt: null,
      decidedBy: null,
      comment: null,
      receipts: [],
    },
  });

const anchor = { field: "body", start: 10, end: 20, quote: "It is here" } as const;
export const ReviewComment = z
  .object({
    id: Id,
    threadId: Id,
    versionNumber: z.int(),
    body: z.string().openapi({ description: "Markdown." }),
    author: z.object({
      kind: z.enum(["Member", "Client"]),
      name: z.string(),
      you: z.boolean(),
    }),
    anchor: z
      .object({
        versionNumber: z.int(),
        field: z.enum(["title", "body"]),
        start: z.int(),
        end: z.int(),
        quote: z.string(),
      })
      .nullable()
      .openapi({ description: "The passage that its thread is about, in the version that it was opened on." }),
    resolved: z.boolean(),
    createdAt: Timestamp,
    editedAt: Timestamp.nullable(),
  })
  .openapi("ReviewComment", {
    example: {
      id: ids.comment,
      threadId: ids.thread,
      versionNumber: 2,
      body: "Is this still true?",
      author: { kind: "Client", name: "Kim of Acme", you: true },
      anchor: { versionNumber: 2, ...anchor },
      resolved: false,
      createdAt: at,
      editedAt: null,
    },
  });
export const ReviewCommentPage = page(ReviewComment).openapi("ReviewCommentPage");

export const BatchResult = z
  .object({
    results: z.array(
      z.object({
        contentItemId: Id,
        receipt: orNull(Receipt),
        refusal: z.object({ code: z.string(), detail: z.string() }).nullable().openapi({ description: "Why it was." }),
      }),
    ),
  })
  .openapi("ReviewBatchResult", {
    example: {
      results: [
        {
          contentItemId: ids.item,
          receipt: null,
          refusal: { code: "not_pending", detail: "This step is no longer open: look again." },
        },
      ],
    },
  });

export const OpenReview = z
  .strictObject({
    token: z.string().min(1).max(200).openapi({ description: "What stands behind the # of the link." }),
    name: line(120).openapi({ description: "How you are called in what you say and decide." }),
    email: z.email().max(254).toLowerCase().optional(),
    passcode: z.string().min(1).max(100).optional(),
  })
  .openapi("OpenReview", {
    example: { token: "6YfVx0m1Jc3n2Qd5r8TzKq7WbEaHsLuPgNyXiOoRvCk", name: "Kim of Acme", passcode: "otter-73-lamp" },
  });

const Words = line(10_000).openapi({ description: "Markdown." });
export const SayInReview = z
  .strictObject({
    body: Words,
    threadId: Id.optional().openapi({ description: "To answer in a thread; without it, a new one is opened." }),
    anchor: z
      .strictObject({
        field: z.enum(["title", "body"]),
        start: z.int().min(0).max(1_000_000).openapi({ description: "In UTF-16 code units, as JavaScript counts." }),
        end: z.int().min(1).max(1_000_000),
        quote: z.string().min(1).max(5_000).openapi({ description: "What stands there, letter by letter." }),
      })
      .optional()
      .openapi({ description: "The passage of the version before you that a new thread is about." }),
  })
  .refine(({ threadId, anchor }) => !threadId || !anchor, {
    path: ["anchor"],
    message: "An answer is about what its thread is about: leave the anchor out.",
  })
  .openapi("SayInReview", { example: { body: "Is this still true?", anchor } });

export const ApproveItem = z
  .strictObject({ contentHash: ContentHash, comment: line(2_000).optional() })
  .openapi("ApproveReviewItem", { example: { contentHash: HASH, comment: "Well put." } });
export const RequestChanges = z
  .strictObject({ contentHash: ContentHash, reason: line(2_000) })
  .openapi("RequestReviewChanges", {
    example: { contentHash: HASH, reason: "The price in the second paragraph is last year's." },
  });
export const HoldItem = z
  .strictObject({ reason: line(2_000) })
  .openapi("HoldReviewItem", { example: { reason: "The product is late: please wait for our word." } });
export const ApproveItems = z
  .strictObject({
    items: z
      .array(z.strictObject({ contentItemId: Id, contentHash: ContentHash }))
      .min(1)
      .max(50),
    comment: line(2_000).optional(),
  })
  .openapi("ApproveReviewItems", { example: { items: [{ contentItemId: ids.item, contentHash: HASH }] } });

export const ListReviewComments = z.strictObject({ limit: Limit, cursor: Cursor });

const base = { tags: ["review"], security: BY_REVIEW_LINK };

export const openReview = createRoute({
  tags: ["review"],
  security: PUBLIC,
  operationId: "openReview",
  method: "post",
  path: "/review/open",
  summary: "Open a review link as a client, with a name",
  request: { body: body(OpenReview) },
  responses: {
    201: json("What the link shows, and the credential to go on with", OpenedReview),
    ...problems("not_found", "passcode_required", "passcode_wrong"),
  },
});

export const getReviewSession = createRoute({
  ...base,
  operationId: "getReviewSession",
  method: "get",
  path: "/review/session",
  summary: "Read what the link shows",
  responses: { 200: json("The link, its items and who you are", ReviewSession), ...guestProblems() },
});

export const getReviewItem = createRoute({
  ...base,
  operationId: "getReviewItem",
  method: "get",
  path: "/review/items/{id}",
  summary: "Read an item, and all of it that is to be decided",
  request: { params: idParams },
  responses: { 200: json("The item", ReviewItem), ...guestProblems() },
});

export const listReviewComments = createRoute({
  ...base,
  operationId: "listReviewComments",
  method: "get",
  path: "/review/items/{id}/comments",
  summary: "List what was said to clients and by them, oldest first",
  request: { params: idParams, query: ListReviewComments },
  responses: { 200: json("A page of comments", ReviewCommentPage), ...guestProblems("invalid_cursor") },
});

export const sayInReview = createRoute({
  ...base,
  operationId: "sayInReview",
  method: "post",
  path: "/review/items/{id}/comments",
  summary: "Comment on what is before you, or answer",
  request: { headers: createsAsGuest, params: idParams, body: body(SayInReview) },
  responses: {
    201: json("The comment", ReviewComment),
    ...guestProblems("not_under_review", "thread_resolved", "idempotency_key_reused"),
  },
});

export const approveItem = createRoute({
  ...base,
  operationId: "approveItem",
  method: "post",
  path: "/review/items/{id}/approve",
  summary: "Approve what is before you",
  request: { headers: createsAsGuest, params: idParams, body: body(ApproveItem) },
  responses: {
    200: json("The receipt", Receipt),
    ...guestProblems("own_work", "not_pending", "version_conflict", "idempotency_key_reused"),
  },
});

export const requestChanges = createRoute({
  ...base,
  operationId: "requestChanges",
  method: "post",
  path: "/review/items/{id}/request-changes",
  summary: "Ask for changes, with a reason: the item is a draft again",
  request: { headers: createsAsGuest, params: idParams, body: body(RequestChanges) },
  responses: {
    200: json("The receipt", Receipt),
    ...guestProblems("own_work", "not_pending", "version_conflict", "idempotency_key_reused"),
  },
});

export const holdItem = createRoute({
  ...base,
  operationId: "holdItem",
  method: "post",
  path: "/review/items/{id}/hold",
  summary: "Stop what was approved and has not gone out",
  request: { headers: createsAsGuest, params: idParams, body: body(HoldItem) },
  responses: {
    200: json("The receipt", Receipt),
    ...guestProblems("not_approved", "nothing_to_hold", "idempotency_key_reused"),
  },
});

export const approveItems = createRoute({
  ...base,
  operationId: "approveItems",
  method: "post",
  path: "/review/approve",
  summary: "Approve several items; each is decided by itself",
  request: { body: body(ApproveItems) },
  responses: { 200: json("What became of each, in their order", BatchResult), ...guestProblems() },
});

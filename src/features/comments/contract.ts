import { createRoute } from "@hono/zod-openapi";
import {
  body,
  Counting,
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

export const VISIBILITIES = ["Internal", "Client"] as const;
const Visibility = z
  .enum(VISIBILITIES)
  .openapi("CommentVisibility", { description: "Internal: members alone. Client: also clients with a review link." });

const ids = {
  workspace: "7c0a4f2e-3f63-4d0c-9e0b-6ad2b3a4f001",
  item: "2f6f1c5e-8f39-4b52-8f0e-0d4f6d3f5a10",
  thread: "01935f2c-1f00-7000-8000-000000000010",
  comment: "01935f2c-1f00-7000-8000-000000000011",
  author: "5f0c2f0a-61f5-4f0e-8a0d-2c7a7c1f0b02",
  mentioned: "5f0c2f0a-61f5-4f0e-8a0d-2c7a7c1f0b03",
};
const said = "2026-11-22T09:00:00.000Z";

const commentExample = {
  id: ids.comment,
  contentItemId: ids.item,
  threadId: ids.thread,
  versionNumber: 2,
  body: "Is this still **true**?",
  authorId: ids.author,
  guestId: null,
  guestName: null,
  mentions: [ids.mentioned],
  createdAt: said,
  editedAt: null,
  removedAt: null,
  removedBy: null,
};

export const Comment = z
  .object({
    id: Id,
    contentItemId: Id,
    threadId: Id,
    versionNumber: z.int().openapi({ description: "The version that was current when it was said." }),
    body: z.string().nullable().openapi({ description: "Markdown; null once the comment was removed." }),
    authorId: Id.nullable().openapi({ description: "The member who said it; null where a guest did." }),
    guestId: Id.nullable(),
    guestName: z.string().nullable().openapi({ description: "What a client with a review link calls themselves." }),
    mentions: z.array(Id).openapi({ description: "The members who were named in it, and told." }),
    createdAt: Timestamp,
    editedAt: Timestamp.nullable(),
    removedAt: Timestamp.nullable(),
    removedBy: Id.nullable(),
  })
  .openapi("Comment", { example: commentExample });
export const CommentPage = page(Comment).openapi("CommentPage");

const Field = z.enum(["title", "body"]);
const offset = (description: string) => z.int().min(0).max(1_000_000).openapi({ description });
const START = "Where the passage starts in that version's field, in UTF-16 code units, as JavaScript counts.";
const END = "Where it ends: the first code unit that is no part of it.";

const anchorExample = { versionNumber: 2, field: "body", start: 10, end: 20, quote: "It is here" } as const;

export const Anchor = z
  .object({
    versionNumber: z.int(),
    field: Field,
    start: z.int(),
    end: z.int(),
    quote: z.string(),
    state: z.enum(["Exact", "Moved", "Changed", "Orphaned"]).openapi({
      description:
        "Exact: the same words at the same place. Moved: the same words elsewhere. Changed: `current` covers what is left of them. Orphaned: they are gone.",
    }),
    current: z
      .object({ versionNumber: z.int(), start: z.int(), end: z.int() })
      .nullable()
      .openapi({ description: "The passage in the current version." }),
  })
  .openapi("CommentAnchor", {
    example: { ...anchorExample, state: "Moved", current: { versionNumber: 4, start: 42, end: 52 } },
  });

export const Thread = z
  .object({
    id: Id,
    contentItemId: Id,
    versionNumber: z.int().openapi({ description: "The version that it was opened on." }),
    visibility: Visibility,
    anchor: orNull(Anchor),
    authorId: Id.nullable(),
    guestId: Id.nullable(),
    createdAt: Timestamp,
    resolvedAt: Timestamp.nullable(),
    resolvedBy: Id.nullable(),
    comments: CommentPage.openapi({
      description: "The first comments; `nextCursor` goes on in the thread's replies.",
    }),
  })
  .openapi("CommentThread", {
    example: {
      id: ids.thread,
      contentItemId: ids.item,
      versionNumber: 2,
      visibility: "Internal",
      anchor: { ...anchorExample, state: "Moved", current: { versionNumber: 4, start: 42, end: 52 } },
      authorId: ids.author,
      guestId: null,
      createdAt: said,
      resolvedAt: null,
      resolvedBy: null,
      comments: { items: [commentExample], nextCursor: null },
    },
  });
export const ThreadPage = page(Thread).openapi("CommentThreadPage");

export const Mention = z
  .object({
    id: Id.openapi({ description: "The comment's." }),
    contentItemId: Id,
    contentTitle: z.string(),
    threadId: Id,
    visibility: Visibility,
    body: z.string(),
    authorId: Id.nullable(),
    mentionedAt: Timestamp,
    resolvedAt: Timestamp.nullable(),
  })
  .openapi("CommentMention", {
    example: {
      id: ids.comment,
      contentItemId: ids.item,
      contentTitle: "Spring launch",
      threadId: ids.thread,
      visibility: "Internal",
      body: "Is this still **true**?",
      authorId: ids.author,
      mentionedAt: said,
      resolvedAt: null,
    },
  });
export const MentionPage = page(Mention).openapi("CommentMentionPage");

const Words = line(10_000).openapi({ description: "Markdown." });
const Mentions = z
  .array(Id)
  .max(20)
  .default([])
  .openapi({ description: "Members to be told. Who was told is not told again, and stays named." });

export const OpenThread = z
  .strictObject({
    body: Words,
    visibility: Visibility.default("Internal"),
    anchor: z
      .strictObject({
        versionNumber: Counting,
        field: Field,
        start: offset(START),
        end: offset(END),
        quote: z.string().min(1).max(5_000).openapi({ description: "What stands there, letter by letter." }),
      })
      .refine(({ start, end }) => start < end, { path: ["end"], message: "A passage ends after its start." })
      .optional()
      .openapi({ description: "The passage that is spoken of; without it, the thread is on the item." }),
    mentions: Mentions,
  })
  .openapi("OpenCommentThread", {
    example: { body: "Is this still **true**?", anchor: anchorExample, mentions: [ids.mentioned] },
  });

export const Reply = z
  .strictObject({ body: Words, mentions: Mentions })
  .openapi("CommentReply", { example: { body: "Since yesterday, yes.", mentions: [ids.mentioned] } });

export const EditComment = z
  .strictObject({ body: Words, mentions: Mentions })
  .openapi("EditComment", { example: { body: "Since Monday, yes.", mentions: [ids.mentioned] } });

const SORTS = ["-createdAt", "createdAt"] as const;
export const ListThreads = z.strictObject({
  resolved: z.enum(["true", "false"]).optional().openapi({ description: "Both, where it isn't said." }),
  visibility: Visibility.optional(),
  sort: z.enum(SORTS).default("-createdAt"),
  limit: Limit,
  cursor: Cursor,
});
export const ListPage = z.strictObject({ limit: Limit, cursor: Cursor });

const base = { tags: ["comments"], security: SIGNED_IN };
const threadParams = z.strictObject({ id: Id, threadId: Id });

export const openThread = createRoute({
  ...base,
  operationId: "openThread",
  method: "post",
  path: "/content/{id}/comments",
  summary: "Open a thread on an item, or on a passage of one of its versions",
  request: { headers: creates, params: idParams, body: body(OpenThread) },
  responses: {
    201: json("The thread with its first comment", Thread),
    ...memberProblems("archived", "idempotency_key_reused", "invalid_json", "too_large"),
  },
});

export const listThreads = createRoute({
  ...base,
  operationId: "listThreads",
  method: "get",
  path: "/content/{id}/comments",
  summary: "List an item's threads, with where their passages stand now",
  request: { headers: inWorkspace, params: idParams, query: ListThreads },
  responses: {
    200: json("A page of threads; it may be shorter than asked for", ThreadPage),
    ...memberProblems("invalid_cursor"),
  },
});

export const getThread = createRoute({
  ...base,
  operationId: "getThread",
  method: "get",
  path: "/content/{id}/comments/{threadId}",
  summary: "Read a thread",
  request: { headers: inWorkspace, params: threadParams },
  responses: { 200: json("The thread", Thread), ...memberProblems() },
});

export const replyToThread = createRoute({
  ...base,
  operationId: "replyToThread",
  method: "post",
  path: "/content/{id}/comments/{threadId}/replies",
  summary: "Reply in a thread",
  request: { headers: creates, params: threadParams, body: body(Reply) },
  responses: {
    201: json("The comment", Comment),
    ...memberProblems("archived", "thread_resolved", "idempotency_key_reused", "invalid_json", "too_large"),
  },
});

export const listReplies = createRoute({
  ...base,
  operationId: "listReplies",
  method: "get",
  path: "/content/{id}/comments/{threadId}/replies",
  summary: "List all that was said in a thread, oldest first",
  request: { headers: inWorkspace, params: threadParams, query: ListPage },
  responses: { 200: json("A page of comments", CommentPage), ...memberProblems("invalid_cursor") },
});

// With a key, a call whose answer was lost is made again and is still done once: nobody waits for a thread that never settles.
export const resolveThread = createRoute({
  ...base,
  operationId: "resolveThread",
  method: "post",
  path: "/content/{id}/comments/{threadId}/resolve",
  summary: "Settle a thread",
  request: { headers: creates, params: threadParams },
  responses: {
    200: json("The thread", Thread),
    ...memberProblems("archived", "thread_resolved", "idempotency_key_reused"),
  },
});

export const reopenThread = createRoute({
  ...base,
  operationId: "reopenThread",
  method: "post",
  path: "/content/{id}/comments/{threadId}/reopen",
  summary: "Take a settled thread up again",
  request: { headers: creates, params: threadParams },
  responses: { 200: json("The thread", Thread), ...memberProblems("archived", "conflict", "idempotency_key_reused") },
});

export const editComment = createRoute({
  ...base,
  operationId: "editComment",
  method: "put",
  path: "/comments/{id}",
  summary: "Change the words of a comment of one's own",
  request: { headers: inWorkspace, params: idParams, body: body(EditComment) },
  responses: { 200: json("The comment", Comment), ...memberProblems("archived", "invalid_json", "too_large") },
});

export const removeComment = createRoute({
  ...base,
  operationId: "removeComment",
  method: "delete",
  path: "/comments/{id}",
  summary: "Remove a comment; that there was one stays visible",
  request: { headers: inWorkspace, params: idParams },
  responses: { 204: { description: "Removed" }, ...memberProblems() },
});

export const listMentions = createRoute({
  ...base,
  operationId: "listMentions",
  method: "get",
  path: "/comments/mentions",
  summary: "List the comments that name whoever asks, newest first",
  request: { headers: inWorkspace, query: ListPage },
  responses: { 200: json("A page of mentions", MentionPage), ...memberProblems("invalid_cursor") },
});

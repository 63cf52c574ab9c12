import { and, eq, isNull } from "drizzle-orm";
import type { GuestTx } from "@/db/client";
import { keyset } from "@/db/keyset";
import { comments, commentsThreads } from "@/db/schema/comments";

type Tx = GuestTx;

const { id, visibility, resolvedAt } = commentsThreads;
const { anchorField, anchorStart, anchorEnd, anchorQuote } = commentsThreads;
const thread = {
  id,
  versionNumber: commentsThreads.versionNumber,
  visibility,
  resolvedAt,
  anchorField,
  anchorStart,
  anchorEnd,
  anchorQuote,
};
const c = comments;
const comment = {
  id: c.id,
  threadId: c.threadId,
  versionNumber: c.versionNumber,
  body: c.body,
  authorId: c.authorId,
  guestId: c.guestId,
  createdAt: c.createdAt,
  editedAt: c.editedAt,
};
const withThread = { comment, thread };

/** Row-level security shows a client the threads that are meant for them. */
export async function findThread(tx: Tx, contentItemId: string, threadId: string) {
  const rows = await tx
    .select(thread)
    .from(commentsThreads)
    .where(and(eq(commentsThreads.id, threadId), eq(commentsThreads.contentItemId, contentItemId)));
  return rows[0];
}

export const insertThread = (tx: Tx, row: Omit<typeof commentsThreads.$inferInsert, "authorId">) =>
  tx.insert(commentsThreads).values(row);

export const insertComment = (tx: Tx, row: Omit<typeof comments.$inferInsert, "authorId">) =>
  tx.insert(comments).values(row);

const ofThread = and(eq(comments.workspaceId, commentsThreads.workspaceId), eq(comments.threadId, commentsThreads.id));

export async function findComment(tx: Tx, commentId: string) {
  const rows = await tx
    .select(withThread)
    .from(comments)
    .innerJoin(commentsThreads, ofThread)
    .where(eq(comments.id, commentId));
  return rows[0];
}

type List = { contentItemId: string; after: { value: string; id: string } | undefined; count: number };

export function listComments(tx: Tx, { contentItemId, after, count }: List) {
  const { beyond, order } = keyset({ column: comments.createdAt, id: comments.id, descending: false, after });
  return tx
    .select(withThread)
    .from(comments)
    .innerJoin(commentsThreads, ofThread)
    .where(and(eq(comments.contentItemId, contentItemId), isNull(comments.removedAt), beyond))
    .orderBy(...order)
    .limit(count);
}

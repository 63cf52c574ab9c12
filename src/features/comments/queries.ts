import { and, asc, eq, exists, getTableColumns, inArray, isNotNull, isNull, sql } from "drizzle-orm";
import type { WorkspaceTx } from "@/db/client";
import { keyset } from "@/db/keyset";
import { comments, commentsMentions, commentsThreads } from "@/db/schema/comments";

type Tx = WorkspaceTx;
export type ThreadRow = typeof commentsThreads.$inferSelect;
type After = { value: string; id: string } | undefined;

const live = isNull(comments.removedAt);

const mentioned = sql<string[]>`(
  select coalesce(json_agg(m.user_id order by m.created_at, m.user_id), '[]') from ${commentsMentions} m
  where m.workspace_id = ${comments}.workspace_id and m.comment_id = ${comments}.id)`;
const guestName = sql<string | null>`app.review_guest_name(${comments}.guest_id)`;
const withMentions = {
  ...getTableColumns(comments),
  mentions: mentioned.as("mentions"),
  guestName: guestName.as("guest_name"),
};
export type CommentRow = typeof comments.$inferSelect & { mentions: string[]; guestName: string | null };

export async function insertThread(tx: Tx, row: typeof commentsThreads.$inferInsert): Promise<ThreadRow> {
  const rows = await tx.insert(commentsThreads).values(row).returning();
  return rows[0]!;
}

export const insertComment = (tx: Tx, row: typeof comments.$inferInsert) => tx.insert(comments).values(row);

/** Who of them had not been named in the comment before. */
export async function insertMentions(tx: Tx, commentId: string, userIds: string[]): Promise<string[]> {
  if (userIds.length === 0) return [];
  const rows = await tx
    .insert(commentsMentions)
    .values(userIds.map((userId) => ({ commentId, userId })))
    .onConflictDoNothing()
    .returning({ userId: commentsMentions.userId });
  return rows.map(({ userId }) => userId);
}

export async function findThread(tx: Tx, contentItemId: string, id: string): Promise<ThreadRow | undefined> {
  const rows = await tx
    .select()
    .from(commentsThreads)
    .where(and(eq(commentsThreads.id, id), eq(commentsThreads.contentItemId, contentItemId)));
  return rows[0];
}

/** A comment that was removed is none. */
export async function findComment(tx: Tx, id: string): Promise<CommentRow | undefined> {
  const rows = await tx
    .select(withMentions)
    .from(comments)
    .where(and(eq(comments.id, id), live));
  return rows[0];
}

export async function settleThread(tx: Tx, id: string, resolvedBy: string | null): Promise<ThreadRow | undefined> {
  const rows = await tx
    .update(commentsThreads)
    .set({ resolvedBy, resolvedAt: resolvedBy === null ? null : sql`now()` })
    .where(eq(commentsThreads.id, id))
    .returning();
  return rows[0];
}

export const editComment = (tx: Tx, id: string, body: string) =>
  tx.update(comments).set({ body, editedAt: sql`now()` }).where(eq(comments.id, id));

export const removeComment = (tx: Tx, id: string, removedBy: string) =>
  tx.update(comments).set({ removedBy, removedAt: sql`now()` }).where(eq(comments.id, id));

type List = {
  workspaceId: string;
  contentItemId: string;
  resolved?: boolean | undefined;
  visibility?: ThreadRow["visibility"] | undefined;
  descending: boolean;
  after: After;
  count: number;
};

/** Threads in which something is left. The workspace is named, so that the index serves whoever asks. */
export function listThreads(tx: Tx, { workspaceId, contentItemId, resolved, visibility, ...position }: List) {
  const { count, descending, after } = position;
  const { beyond, order } = keyset({
    column: commentsThreads.createdAt,
    id: commentsThreads.id,
    descending,
    after,
  });
  const said = tx
    .select({ one: sql`1` })
    .from(comments)
    .where(and(eq(comments.workspaceId, commentsThreads.workspaceId), eq(comments.threadId, commentsThreads.id), live));
  return tx
    .select()
    .from(commentsThreads)
    .where(
      and(
        eq(commentsThreads.workspaceId, workspaceId),
        eq(commentsThreads.contentItemId, contentItemId),
        resolved === undefined
          ? undefined
          : resolved
            ? isNotNull(commentsThreads.resolvedAt)
            : isNull(commentsThreads.resolvedAt),
        visibility && eq(commentsThreads.visibility, visibility),
        exists(said),
        beyond,
      ),
    )
    .orderBy(...order)
    .limit(count);
}

/** The first comments of each thread, in the order in which they were made. */
export async function firstComments(tx: Tx, threads: ThreadRow[], count: number): Promise<CommentRow[]> {
  if (threads.length === 0) return [];
  const first = tx
    .select(withMentions)
    .from(comments)
    .where(and(eq(comments.workspaceId, commentsThreads.workspaceId), eq(comments.threadId, commentsThreads.id)))
    .orderBy(asc(comments.createdAt), asc(comments.id))
    .limit(count)
    .as("first");
  const ids = threads.map(({ id }) => id);
  const rows = await tx
    .select()
    .from(commentsThreads)
    .crossJoinLateral(first)
    .where(and(eq(commentsThreads.workspaceId, threads[0]!.workspaceId), inArray(commentsThreads.id, ids)))
    .orderBy(first.createdAt, first.id);
  return rows.map((row) => row.first);
}

export function listComments(
  tx: Tx,
  { workspaceId, threadId, after, count }: { workspaceId: string; threadId: string; after: After; count: number },
) {
  const { beyond, order } = keyset({ column: comments.createdAt, id: comments.id, descending: false, after });
  return tx
    .select(withMentions)
    .from(comments)
    .where(and(eq(comments.workspaceId, workspaceId), eq(comments.threadId, threadId), beyond))
    .orderBy(...order)
    .limit(count);
}

export function listMentions(
  tx: Tx,
  { workspaceId, userId, after, count }: { workspaceId: string; userId: string; after: After; count: number },
) {
  const { beyond, order } = keyset({
    column: commentsMentions.createdAt,
    id: commentsMentions.commentId,
    descending: true,
    after,
  });
  return tx
    .select({
      id: comments.id,
      contentItemId: comments.contentItemId,
      threadId: comments.threadId,
      visibility: commentsThreads.visibility,
      body: comments.body,
      authorId: comments.authorId,
      mentionedAt: commentsMentions.createdAt,
      resolvedAt: commentsThreads.resolvedAt,
    })
    .from(commentsMentions)
    .innerJoin(
      comments,
      and(eq(comments.workspaceId, commentsMentions.workspaceId), eq(comments.id, commentsMentions.commentId), live),
    )
    .innerJoin(
      commentsThreads,
      and(eq(commentsThreads.workspaceId, comments.workspaceId), eq(commentsThreads.id, comments.threadId)),
    )
    .where(and(eq(commentsMentions.workspaceId, workspaceId), eq(commentsMentions.userId, userId), beyond))
    .orderBy(...order)
    .limit(count);
}

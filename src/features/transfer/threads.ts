import type { z } from "zod";
import type { WorkspaceTx } from "@/db/client";
import { listReplies, listThreads, openThread, replyToThread, resolveThread } from "@/features/comments";
import type { Comment, Thread } from "@/features/comments/contract";
import type { Actor } from "@/platform/actor";
import { authorBy } from "./exported-item";
import type { LineOf } from "./manifest";
import * as queries from "./queries";
import type { ReaderComment } from "./readers/entry";

type Tx = WorkspaceTx;
type MovedThread = LineOf<"thread">;
type MovedComment = MovedThread["comments"][number];
const PAGE = 100;
/** As many characters as a comment may have. */
const MAX_CHARS = 10_000;

/** Everything that was said on an item and is still there, oldest first. */
export async function threadLines(tx: Tx, id: string): Promise<MovedThread[]> {
  const lines: MovedThread[] = [];
  let cursor: string | undefined;
  do {
    const page = await listThreads(tx, { id, sort: "createdAt", limit: PAGE, cursor });
    for (const thread of page.items) lines.push(await threadLine(tx, thread));
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return lines;
}

async function threadLine(
  tx: Tx,
  { id: threadId, contentItemId, anchor, ...thread }: z.input<typeof Thread>,
): Promise<MovedThread> {
  const comments: MovedComment[] = [];
  let cursor: string | undefined;
  do {
    const page = await listReplies(tx, { id: contentItemId, threadId, limit: PAGE, cursor });
    for (const comment of page.items) if (comment.body !== null) comments.push(await commentLine(tx, comment));
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return {
    visibility: thread.visibility,
    anchor: anchor && {
      versionNumber: anchor.versionNumber,
      field: anchor.field,
      start: anchor.start,
      end: anchor.end,
      quote: anchor.quote,
    },
    resolved: thread.resolvedAt !== null,
    comments,
  };
}

/** Of a comment that moved here, as it was where it was said: without what tells readers here who said it. */
async function commentLine(tx: Tx, comment: z.input<typeof Comment>): Promise<MovedComment> {
  const origin = (await queries.originsOf(tx, [comment.id])).get(`Comment ${comment.id}`);
  const prefix = origin?.prefix ?? "";
  const body = comment.body!;
  return {
    author: comment.authorId
      ? await authorBy(tx, origin, comment.authorId)
      : { name: comment.guestName ?? "Guest", email: null },
    at: (origin?.at ?? new Date(comment.createdAt)).toISOString(),
    body: body.startsWith(prefix) ? body.slice(prefix.length) : body,
  };
}

/**
 * Threads are opened in the name of whoever imports; each comment begins with who said it and when. Answers the threads'
 * ids in their order, and what could not be taken over.
 */
export async function addThreads(tx: Tx, actor: Actor, id: string, threads: MovedThread[]) {
  const threadIds: (string | null)[] = [];
  let left = 0;
  for (const { visibility, anchor, resolved, comments } of threads) {
    let threadId: string | null = null;
    for (const comment of comments) {
      const body = prefixOf(comment) + comment.body;
      if (body.length > MAX_CHARS || comment.body.trim() === "") left++;
      else if (threadId !== null)
        await originate(tx, (await replyToThread(tx, actor, { id, threadId, body, mentions: [] })).id, comment);
      else {
        const opened = await openThread(tx, actor, { id, body, visibility, anchor: anchor ?? undefined, mentions: [] });
        threadId = opened.id;
        await originate(tx, opened.comments.items[0]!.id, comment);
      }
    }
    if (resolved && threadId !== null) await resolveThread(tx, actor, { id, threadId });
    threadIds.push(threadId);
  }
  const notes =
    left > 0 ? [`Comments that are empty, or longer than ${MAX_CHARS} characters, were left out (${left}).`] : [];
  return { threadIds, notes };
}

const prefixOf = ({ author, at }: MovedComment) => {
  const name = (author?.name ?? "Somebody").replace(/[\\`*_[\]<>|~#\n]/g, "");
  return `*${name}${at ? `, ${at.slice(0, 10)}` : ""}:*\n\n`;
};

const originate = (tx: Tx, commentId: string, comment: MovedComment) =>
  queries.insertOrigin(tx, {
    subjectType: "Comment",
    subjectId: commentId,
    authorName: comment.author?.name ?? null,
    authorEmail: comment.author?.email ?? null,
    at: comment.at ? new Date(comment.at) : null,
    prefix: prefixOf(comment),
  });

/** Which thread a reader's comment came into, by the source's id of it. */
export type KnownComments = Record<string, string>;

/** Readers' comments that are new, each below the one that it answers. Answers where all of them are now. */
export async function addReaderComments(
  tx: Tx,
  actor: Actor,
  id: string,
  comments: ReaderComment[],
  known: KnownComments,
) {
  const places: KnownComments = { ...known };
  const notes = new Set<string>();
  let added = 0;
  for (const comment of comments.filter((one) => !(one.id in known))) {
    const told = { author: comment.author, at: comment.at, body: comment.body };
    const threadId = comment.parent === null ? undefined : places[comment.parent];
    if (threadId !== undefined) {
      const body = prefixOf(told) + told.body;
      if (body.length > MAX_CHARS || told.body.trim() === "") continue;
      await originate(tx, (await replyToThread(tx, actor, { id, threadId, body, mentions: [] })).id, told);
      places[comment.id] = threadId;
    } else {
      const thread = { visibility: "Internal" as const, anchor: null, resolved: false, comments: [told] };
      const { threadIds, notes: left } = await addThreads(tx, actor, id, [thread]);
      for (const note of left) notes.add(note);
      if (threadIds[0]) places[comment.id] = threadIds[0];
    }
    added++;
  }
  return { places, added, notes: [...notes] };
}

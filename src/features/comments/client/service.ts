import type { GuestTx } from "@/db/client";
import { emit } from "@/db/outbox";
import { record } from "@/features/audit";
import type { GuestActor } from "@/platform/actor";
import { AppError } from "@/platform/errors";
import { newId } from "@/platform/ids";
import * as queries from "./queries";

type Tx = GuestTx;
export type ClientComment = NonNullable<Awaited<ReturnType<typeof queries.findComment>>>;

type Passage = { field: "title" | "body"; start: number; end: number; quote: string };
type Speech = {
  contentItemId: string;
  /** The version before the client; of another one the database lets them say nothing. */
  versionNumber: number;
  body: string;
  /** The thread to answer in; without one, a new one is opened. */
  threadId: string | undefined;
  anchor: Passage | undefined;
};

/** What a client says is read by them and by members. The item is held by the caller, so that its events have one order. */
export async function sayAsClient(tx: Tx, guest: GuestActor, { threadId, anchor, body, ...place }: Speech) {
  const { contentItemId } = place;
  if (threadId) await requireOpen(tx, contentItemId, threadId);
  const thread = threadId ?? newId();
  const said = { ...place, guestId: guest.guestId };
  if (!threadId) await queries.insertThread(tx, { ...said, id: thread, visibility: "Client", ...columnsOf(anchor) });
  const id = newId();
  await queries.insertComment(tx, { ...said, id, threadId: thread, body });
  const detail = { threadId: thread, commentId: id };
  const type = threadId ? "comments.replied" : "comments.thread_opened";
  await record(tx, guest, { action: type, subjectType: "content_item", subjectId: contentItemId, detail });
  if (threadId) await emit(tx, { type: "comments.replied", subjectId: contentItemId, payload: detail });
  else
    await emit(tx, {
      type: "comments.thread_opened",
      subjectId: contentItemId,
      payload: { ...detail, visibility: "Client" },
    });
  return (await queries.findComment(tx, id))!;
}

async function requireOpen(tx: Tx, contentItemId: string, threadId: string) {
  const thread = await queries.findThread(tx, contentItemId, threadId);
  if (!thread) throw new AppError("not_found", "There is no such thread on this item.");
  if (thread.resolvedAt) throw new AppError("thread_resolved", "This thread is settled: open a new one.");
}

const columnsOf = (anchor: Passage | undefined) =>
  anchor && {
    anchorField: anchor.field,
    anchorStart: anchor.start,
    anchorEnd: anchor.end,
    anchorQuote: anchor.quote,
  };

/** What was said to clients and by them, oldest first. */
export const commentsForClient = queries.listComments;

import type { z } from "zod";
import type { GuestTx } from "@/db/client";
import { holdForClient } from "@/features/approval";
import { type ClientComment, commentsForClient, sayAsClient } from "@/features/comments";
import { statesOf } from "@/features/content";
import { decodeCursor, toPage } from "@/http/cursor";
import type { GuestActor } from "@/platform/actor";
import { AppError } from "@/platform/errors";
import type { ListReviewComments, SayInReview } from "./contract";
import * as queries from "./queries";
import { findReview, noSuchItem, requireLink } from "./service";

type Tx = GuestTx;

/** On the version that is before the client, and on no other. */
export async function sayInReview(
  tx: Tx,
  guest: GuestActor,
  { id, body, threadId, anchor }: z.output<typeof SayInReview> & { id: string },
) {
  await requireLink(tx, "canComment");
  await holdForClient(tx, id);
  const review = await findReview(tx, id);
  if (!review)
    throw new AppError("not_under_review", "Nothing of this is before you right now: wait until it is sent to you.");
  const { versionNumber } = review.version;
  if (anchor && review.version[anchor.field].slice(anchor.start, anchor.end) !== anchor.quote) {
    const message = `This is not what stands there in version ${versionNumber}.`;
    throw new AppError("invalid_request", "Mark the passage again, in the version before you.", {
      issues: [{ path: "anchor.quote", message }],
    });
  }
  const said = await sayAsClient(tx, guest, { contentItemId: id, versionNumber, body, threadId, anchor });
  return present(said, await queries.namesOf(tx), guest);
}

export async function listReviewComments(
  tx: Tx,
  guest: GuestActor,
  { id, limit, cursor }: z.output<typeof ListReviewComments> & { id: string },
) {
  if (!(await statesOf(tx, [id])).has(id)) throw noSuchItem();
  const after = decodeCursor(cursor, "createdAt");
  const rows = await commentsForClient(tx, { contentItemId: id, after, count: limit + 1 });
  const names = await queries.namesOf(tx);
  const said = rows.map((row) => present(row, names, guest));
  return toPage(said, limit, "createdAt", (row) => row.createdAt.toISOString());
}

function present({ comment, thread }: ClientComment, names: Map<string, string>, guest: GuestActor) {
  const { id, threadId, versionNumber, body, authorId, guestId, createdAt, editedAt } = comment;
  const { anchorField, anchorStart, anchorEnd, anchorQuote } = thread;
  return {
    id,
    threadId,
    versionNumber,
    body,
    author: {
      kind: guestId ? ("Client" as const) : ("Member" as const),
      name: names.get((guestId ?? authorId)!)!,
      you: guestId === guest.guestId,
    },
    anchor: anchorField && {
      versionNumber: thread.versionNumber,
      field: anchorField,
      start: anchorStart!,
      end: anchorEnd!,
      quote: anchorQuote!,
    },
    resolved: thread.resolvedAt !== null,
    createdAt,
    editedAt,
  };
}

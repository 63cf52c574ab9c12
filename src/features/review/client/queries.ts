import { asc, isNull, sql } from "drizzle-orm";
import type { GuestTx } from "@/db/client";
import { reviewGuests, reviewLinkItems, reviewLinks } from "@/db/schema/review";

/** Row-level security shows a client their own link, their own name and the items of the link: no condition is needed. */
type Tx = GuestTx;

/** Holds the client's link while they write; false where it was taken back meanwhile. */
export async function holdLink(tx: Tx): Promise<boolean> {
  const { rows } = await tx.execute<{ held: boolean }>(sql`select app.hold_review_link() as held`);
  return rows[0]!.held;
}

export async function ownLink(tx: Tx) {
  const { id, name, message, canComment, canDecide, expiresAt } = reviewLinks;
  const rows = await tx.select({ id, name, message, canComment, canDecide, expiresAt }).from(reviewLinks);
  return rows[0]!;
}

export async function ownName(tx: Tx) {
  const { id, name, email } = reviewGuests;
  const rows = await tx.select({ id, name, email }).from(reviewGuests);
  return rows[0]!;
}

/** In the order in which they were put behind the link. */
export async function linkedItems(tx: Tx): Promise<string[]> {
  const { contentItemId, addedAt, removedAt } = reviewLinkItems;
  const rows = await tx
    .select({ contentItemId })
    .from(reviewLinkItems)
    .where(isNull(removedAt))
    .orderBy(asc(addedAt), asc(contentItemId));
  return rows.map((row) => row.contentItemId);
}

/** Of whoever wrote or decided what the client reads. */
export async function namesOf(tx: Tx): Promise<Map<string, string>> {
  const { rows } = await tx.execute<{ id: string; name: string }>(sql`select id, name from app.review_names()`);
  return new Map(rows.map(({ id, name }) => [id, name]));
}

/** Where what the client reads would go out. */
export async function channelsOf(tx: Tx): Promise<Map<string, { network: string; name: string }>> {
  const { rows } = await tx.execute<{ id: string; network: string; name: string }>(
    sql`select id, network, name from app.review_channels()`,
  );
  return new Map(rows.map(({ id, network, name }) => [id, { network, name }]));
}

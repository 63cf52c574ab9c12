import { and, desc, eq, isNull, type SQL, sql } from "drizzle-orm";
import type { WorkspaceTx } from "@/db/client";
import { keyset } from "@/db/keyset";
import { reviewGuests, reviewLinkItems, reviewLinks } from "@/db/schema/review";

type Tx = WorkspaceTx;
type Link = typeof reviewLinks.$inferSelect;

const l = reviewLinks;
const inScope = sql`${l.workspaceId} = (select app.workspace_id())`;

/** All but the hashes, which the database shows to nobody. */
const columns = {
  id: l.id,
  name: l.name,
  message: l.message,
  canComment: l.canComment,
  canDecide: l.canDecide,
  hasPasscode: sql<boolean>`${l.passcodeSalt} is not null`,
  expiresAt: l.expiresAt,
  revokedAt: l.revokedAt,
  expired: sql<boolean>`coalesce(${l.expiresAt} <= now(), false)`,
  createdBy: l.createdBy,
  createdAt: l.createdAt,
  updatedAt: l.updatedAt,
  contentItemIds: sql<string[]>`(
    select coalesce(json_agg(i.content_item_id order by i.added_at, i.content_item_id), '[]') from review_link_items i
    where i.workspace_id = ${l.workspaceId} and i.link_id = ${l.id} and i.removed_at is null)`,
};
export type LinkRow = Omit<Link, "workspaceId" | "tokenHash" | "passcodeSalt" | "passcodeCheck"> & {
  hasPasscode: boolean;
  expired: boolean;
  contentItemIds: string[];
};

export async function findLink(tx: Tx, id: string): Promise<LinkRow | undefined> {
  const rows = await tx
    .select(columns)
    .from(l)
    .where(and(inScope, eq(l.id, id)));
  return rows[0];
}

/** Who opened it, the latest first. */
export const guestsOf = (tx: Tx, linkId: string, count: number) =>
  tx
    .select({
      id: reviewGuests.id,
      name: reviewGuests.name,
      email: reviewGuests.email,
      openedAt: reviewGuests.openedAt,
    })
    .from(reviewGuests)
    .where(and(sql`${reviewGuests.workspaceId} = (select app.workspace_id())`, eq(reviewGuests.linkId, linkId)))
    .orderBy(desc(reviewGuests.openedAt), desc(reviewGuests.id))
    .limit(count);

type Filter = {
  contentItemId?: string | undefined;
  status?: "Live" | "Ended" | undefined;
  after: { value: string; id: string } | undefined;
  count: number;
};

export function listLinks(tx: Tx, { contentItemId, status, after, count }: Filter): Promise<LinkRow[]> {
  const { beyond, order } = keyset({ column: l.createdAt, id: l.id, descending: true, after });
  const live = sql`(${l.revokedAt} is null and (${l.expiresAt} is null or ${l.expiresAt} > now()))`;
  const wanted: Record<string, SQL> = { Live: live, Ended: sql`not ${live}` };
  return tx
    .select(columns)
    .from(l)
    .where(
      and(
        inScope,
        contentItemId
          ? sql`exists (select from review_link_items i where i.workspace_id = ${l.workspaceId} and i.link_id = ${l.id}
              and i.content_item_id = ${contentItemId} and i.removed_at is null)`
          : undefined,
        status && wanted[status],
        beyond,
      ),
    )
    .orderBy(...order)
    .limit(count);
}

export type NewLink = Pick<
  Link,
  "id" | "name" | "message" | "tokenHash" | "passcodeSalt" | "passcodeCheck" | "canComment" | "canDecide" | "createdBy"
> & { expiresAt: Date | null };
export const insertLink = (tx: Tx, row: NewLink) => tx.insert(l).values(row);

export type LinkChange = Partial<Omit<NewLink, "id" | "tokenHash" | "createdBy"> & { revokedAt: Date }>;

/** False where there is no such link, or it was taken back. Holds it, so that no client acts by it half-way. */
export async function changeLink(tx: Tx, id: string, change: LinkChange): Promise<boolean> {
  const rows = await tx
    .update(l)
    .set({ ...change, updatedAt: sql`now()` })
    .where(and(inScope, eq(l.id, id), isNull(l.revokedAt)))
    .returning({ id: l.id });
  return rows.length > 0;
}

/** Items that are there already stay; those that were taken out are back. */
export const addItems = (tx: Tx, linkId: string, contentItemIds: string[], addedBy: string) =>
  tx
    .insert(reviewLinkItems)
    .values(contentItemIds.map((contentItemId) => ({ linkId, contentItemId, addedBy })))
    .onConflictDoUpdate({
      target: [reviewLinkItems.workspaceId, reviewLinkItems.linkId, reviewLinkItems.contentItemId],
      set: { removedAt: null, addedAt: sql`now()` },
      setWhere: sql`${reviewLinkItems.removedAt} is not null`,
    });

export async function removeItem(tx: Tx, linkId: string, contentItemId: string): Promise<boolean> {
  const i = reviewLinkItems;
  const rows = await tx
    .update(i)
    .set({ removedAt: sql`now()` })
    .where(
      and(
        sql`${i.workspaceId} = (select app.workspace_id())`,
        eq(i.linkId, linkId),
        eq(i.contentItemId, contentItemId),
        isNull(i.removedAt),
      ),
    )
    .returning({ contentItemId: i.contentItemId });
  return rows.length > 0;
}

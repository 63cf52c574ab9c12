import { and, desc, eq } from "drizzle-orm";
import type { GuestTx, ScopedTx, WorkspaceTx } from "@/db/client";
import { keyset } from "@/db/keyset";
import { reviewReceipts } from "@/db/schema/review";

export type ReceiptRow = typeof reviewReceipts.$inferSelect;
export type NewReceipt = Omit<ReceiptRow, "workspaceId" | "guestId" | "linkId">;

export async function insertReceipt(tx: GuestTx, row: NewReceipt): Promise<ReceiptRow> {
  const rows = await tx.insert(reviewReceipts).values(row).returning();
  return rows[0]!;
}

/** A client sees their own. */
export async function findReceipt(tx: ScopedTx, id: string): Promise<ReceiptRow | undefined> {
  const rows = await tx.select().from(reviewReceipts).where(eq(reviewReceipts.id, id));
  return rows[0];
}

type List = { contentItemId: string; after: { value: string; id: string } | undefined; count: number };

export function listReceipts(tx: WorkspaceTx, { contentItemId, after, count }: List): Promise<ReceiptRow[]> {
  const { at, id } = reviewReceipts;
  const { beyond, order } = keyset({ column: at, id, descending: true, after });
  return tx
    .select()
    .from(reviewReceipts)
    .where(and(eq(reviewReceipts.contentItemId, contentItemId), beyond))
    .orderBy(...order)
    .limit(count);
}

/** A client's own of one item, newest first. */
export function ownReceipts(tx: GuestTx, contentItemId: string, count: number) {
  const { id, decision, at } = reviewReceipts;
  return tx
    .select({ id, decision, at })
    .from(reviewReceipts)
    .where(eq(reviewReceipts.contentItemId, contentItemId))
    .orderBy(desc(at), desc(id))
    .limit(count);
}

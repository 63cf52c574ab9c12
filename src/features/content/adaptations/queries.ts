import { and, eq, isNull, sql } from "drizzle-orm";
import type { WorkspaceTx } from "@/db/client";
import { contentAdaptations } from "@/db/schema/content";

type Tx = WorkspaceTx;

export type AdaptationRow = typeof contentAdaptations.$inferSelect;
export async function insertAdaptation(tx: Tx, row: typeof contentAdaptations.$inferInsert): Promise<AdaptationRow> {
  const rows = await tx.insert(contentAdaptations).values(row).returning();
  return rows[0]!;
}

export async function findAdaptation(tx: Tx, contentItemId: string, id: string): Promise<AdaptationRow | undefined> {
  const rows = await tx
    .select()
    .from(contentAdaptations)
    .where(
      and(
        eq(contentAdaptations.id, id),
        eq(contentAdaptations.contentItemId, contentItemId),
        isNull(contentAdaptations.removedAt),
      ),
    );
  return rows[0];
}

export async function updateAdaptation(tx: Tx, id: string, change: Pick<AdaptationRow, "parts" | "contentHash">) {
  const rows = await tx
    .update(contentAdaptations)
    .set({ ...change, updatedAt: sql`now()` })
    .where(eq(contentAdaptations.id, id))
    .returning();
  return rows[0];
}

export const listAdaptations = (tx: Tx, contentItemId: string) =>
  tx
    .select()
    .from(contentAdaptations)
    .where(and(eq(contentAdaptations.contentItemId, contentItemId), isNull(contentAdaptations.removedAt)))
    .orderBy(contentAdaptations.createdAt, contentAdaptations.id)
    .limit(100);

import { and, eq, inArray, isNull, sql } from "drizzle-orm";
import type { WorkspaceTx } from "@/db/client";
import { contentVersionLabels } from "@/db/schema/content";

type Tx = WorkspaceTx;
const l = contentVersionLabels;

/** All of an item, on whichever version. */
export const labelsOf = (tx: Tx, contentItemId: string) =>
  tx
    .select({ id: l.id, name: l.name, versionNumber: l.versionNumber })
    .from(l)
    .where(and(eq(l.contentItemId, contentItemId), isNull(l.removedAt)))
    .orderBy(sql`lower(${l.name})`);

export const insertLabels = (
  tx: Tx,
  rows: Pick<typeof l.$inferInsert, "contentItemId" | "versionNumber" | "name" | "createdBy">[],
) => tx.insert(l).values(rows);

export const removeLabels = (tx: Tx, ids: string[]) =>
  tx.update(l).set({ removedAt: sql`now()` }).where(inArray(l.id, ids));

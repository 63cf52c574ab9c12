import { and, count, eq, getTableColumns, isNull, sql } from "drizzle-orm";
import type { WorkspaceTx } from "@/db/client";
import { itemTags, planningTags } from "@/db/schema/planning";
import { keep, type Position, pageOf } from "../queries";

type Tx = WorkspaceTx;
export type TagRow = typeof planningTags.$inferSelect;
export type CountedTag = TagRow & { itemCount: number };

export const tags = keep(planningTags);

const items = (tx: Tx) =>
  tx
    .select({ n: count() })
    .from(itemTags)
    .where(
      and(
        eq(itemTags.workspaceId, planningTags.workspaceId),
        eq(itemTags.tagId, planningTags.id),
        isNull(itemTags.removedAt),
      ),
    );

const counted = (tx: Tx) =>
  tx.select({ ...getTableColumns(planningTags), itemCount: sql<number>`(${items(tx)})::int` }).from(planningTags);

export const findTags = (tx: Tx, id: string): Promise<CountedTag[]> =>
  counted(tx).where(tags.live(eq(planningTags.id, id)));

export function listTags(tx: Tx, position: Position): Promise<CountedTag[]> {
  const { beyond, order } = pageOf(planningTags, position);
  return counted(tx)
    .where(tags.live(beyond))
    .orderBy(...order)
    .limit(position.count);
}

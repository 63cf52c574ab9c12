import { eq, getTableColumns, sql } from "drizzle-orm";
import type { WorkspaceTx } from "@/db/client";
import { planningTemplates } from "@/db/schema/planning";
import { keep, type Position, pageOf } from "../queries";

type Tx = WorkspaceTx;
export type TemplateRow = typeof planningTemplates.$inferSelect;

export const templates = keep(planningTemplates);

export const findTemplates = (tx: Tx, id: string): Promise<TemplateRow[]> =>
  tx
    .select()
    .from(planningTemplates)
    .where(templates.live(eq(planningTemplates.id, id)));

export function listTemplates(tx: Tx, position: Position) {
  const { body, metadata, brief, ...summary } = getTableColumns(planningTemplates);
  const { beyond, order } = pageOf(planningTemplates, position);
  return tx
    .select(summary)
    .from(planningTemplates)
    .where(templates.live(beyond))
    .orderBy(...order)
    .limit(position.count);
}

/** In every template that names one tag, the other: once, also where it named both. */
export const replaceTag = (tx: Tx, id: string, by: string) =>
  tx
    .update(planningTemplates)
    .set({ tagIds: sql`array_append(array_remove(array_remove(tag_ids, ${id}::uuid), ${by}::uuid), ${by}::uuid)` })
    .where(templates.live(sql`${planningTemplates.tagIds} @> array[${id}::uuid]`));

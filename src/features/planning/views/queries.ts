import type { WorkspaceTx } from "@/db/client";
import { planningViews } from "@/db/schema/planning";
import { keep, type Position, pageOf } from "../queries";

export type ViewRow = typeof planningViews.$inferSelect;

export const views = keep(planningViews);

/** Row-level security leaves one's own and those that are shared. */
export function listViews(tx: WorkspaceTx, position: Position): Promise<ViewRow[]> {
  const { beyond, order } = pageOf(planningViews, position);
  return tx
    .select()
    .from(planningViews)
    .where(views.live(beyond))
    .orderBy(...order)
    .limit(position.count);
}

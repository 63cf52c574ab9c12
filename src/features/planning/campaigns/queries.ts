import { and, count, eq, getTableColumns, isNotNull, isNull, sql } from "drizzle-orm";
import type { WorkspaceTx } from "@/db/client";
import { itemCampaigns, planningCampaigns } from "@/db/schema/planning";
import { keep, type Position, pageOf } from "../queries";

type Tx = WorkspaceTx;
export type CampaignRow = typeof planningCampaigns.$inferSelect;
export type CountedCampaign = CampaignRow & { itemCount: number };

export const campaigns = keep(planningCampaigns);

const items = (tx: Tx) =>
  tx
    .select({ n: count() })
    .from(itemCampaigns)
    .where(
      and(
        eq(itemCampaigns.workspaceId, planningCampaigns.workspaceId),
        eq(itemCampaigns.campaignId, planningCampaigns.id),
      ),
    );

const counted = (tx: Tx) =>
  tx
    .select({ ...getTableColumns(planningCampaigns), itemCount: sql<number>`(${items(tx)})::int` })
    .from(planningCampaigns);

export const findCampaigns = (tx: Tx, id: string): Promise<CountedCampaign[]> =>
  counted(tx).where(campaigns.live(eq(planningCampaigns.id, id)));

export function listCampaigns(tx: Tx, { archived, ...position }: Position & { archived: boolean }) {
  const { beyond, order } = pageOf(planningCampaigns, position);
  const { archivedAt } = planningCampaigns;
  return counted(tx)
    .where(campaigns.live(and(archived ? isNotNull(archivedAt) : isNull(archivedAt), beyond)))
    .orderBy(...order)
    .limit(position.count);
}

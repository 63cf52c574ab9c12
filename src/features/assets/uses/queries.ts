import { and, eq, inArray, isNull, type SQL, sql } from "drizzle-orm";
import type { WorkspaceTx } from "@/db/client";
import { assets, assetsBlobs, assetsPageUses, assetsUses } from "@/db/schema/assets";
import { statement } from "@/db/statement";

type Tx = WorkspaceTx;

const facts = {
  id: assets.id,
  kind: assets.kind,
  sha256: assets.sha256,
  altText: assets.altText,
  fileName: assets.fileName,
  contentType: assets.contentType,
  width: assetsBlobs.width,
  height: assetsBlobs.height,
  animated: assetsBlobs.animated,
  variants: assetsBlobs.variants,
};

/** Those of these that are in the library, and may be shown. */
export const findUsable = (tx: Tx, ids: string[]) =>
  tx
    .select(facts)
    .from(assets)
    .innerJoin(assetsBlobs, and(eq(assetsBlobs.workspaceId, assets.workspaceId), eq(assetsBlobs.sha256, assets.sha256)))
    .where(and(inArray(assets.id, ids), eq(assets.purpose, "Asset"), isNull(assets.removedAt)));

/** As `findUsable`, also of what was removed since: what was approved shows it still. */
export const findNamed = (tx: Tx, ids: string[]) =>
  tx
    .select(facts)
    .from(assets)
    .innerJoin(assetsBlobs, and(eq(assetsBlobs.workspaceId, assets.workspaceId), eq(assetsBlobs.sha256, assets.sha256)))
    .where(inArray(assets.id, ids));

type Use = { contentItemId: string; versionNumber: number; adaptationId?: string | null };

export async function insertUses(
  tx: Tx,
  assetIds: string[],
  { contentItemId, versionNumber, adaptationId = null }: Use,
) {
  const rows = assetIds.map((assetId) => ({ assetId, contentItemId, versionNumber, adaptationId }));
  await tx.insert(assetsUses).values(rows).onConflictDoNothing();
}

/** What an item's older versions and their adaptations used is in force no longer. Travels with what is sent next. */
export const endOlderUses = (tx: Tx, use: { contentItemId: string; versionNumber: number }) => endOlder.later(tx, use);
const endOlder = statement("assets_uses_ended", (db) =>
  db
    .update(assetsUses)
    .set({ endedAt: sql`now()` })
    .where(
      and(
        eq(assetsUses.contentItemId, sql.placeholder("contentItemId")),
        isNull(assetsUses.endedAt),
        sql`${assetsUses.versionNumber} < ${sql.placeholder("versionNumber")}`,
      ),
    ),
);

/** What an adaptation uses beyond these, it uses no longer; of these, all that had ended. */
export async function keepAdaptationUses(tx: Tx, adaptationId: string, assetIds: string[]) {
  const used: SQL = assetIds.length > 0 ? inArray(assetsUses.assetId, assetIds) : sql`false`;
  await tx
    .update(assetsUses)
    .set({ endedAt: sql`case when ${used} then null else coalesce(${assetsUses.endedAt}, now()) end` })
    .where(eq(assetsUses.adaptationId, adaptationId));
}

export async function keepPageUses(tx: Tx, pageId: string, assetIds: string[]) {
  const used: SQL = assetIds.length > 0 ? inArray(assetsPageUses.assetId, assetIds) : sql`false`;
  await tx
    .update(assetsPageUses)
    .set({ endedAt: sql`case when ${used} then null else coalesce(${assetsPageUses.endedAt}, now()) end` })
    .where(eq(assetsPageUses.pageId, pageId));
  if (assetIds.length === 0) return;
  const rows = assetIds.map((assetId) => ({ pageId, assetId }));
  await tx.insert(assetsPageUses).values(rows).onConflictDoNothing();
}

export type UseRow = {
  kind: "Item" | "Page";
  id: string;
  versionNumbers: number[];
  adaptationIds: string[];
  inForce: boolean;
};

type List = { after: string | undefined; count: number; inForce?: boolean };

/** By item and by page, in the order of their ids. */
export async function listUses(tx: Tx, assetId: string, { after, count, inForce = false }: List): Promise<UseRow[]> {
  const { rows } = await tx.execute<UseRow>(sql`
    select * from (
      select 'Item' as kind, u.content_item_id as id,
        array_agg(distinct u.version_number order by u.version_number) as "versionNumbers",
        coalesce(array_agg(distinct u.adaptation_id) filter (where u.adaptation_id is not null), '{}')::text[] as "adaptationIds",
        bool_or(u.ended_at is null) as "inForce"
      from ${assetsUses} u where u.asset_id = ${assetId} group by u.content_item_id
      union all
      select 'Page', p.page_id, '{}', '{}', p.ended_at is null from ${assetsPageUses} p where p.asset_id = ${assetId}
    ) uses
    where (${after ?? null}::uuid is null or id > ${after ?? null}::uuid) and (not ${inForce} or "inForce")
    order by id limit ${count}`);
  return rows;
}

/** For who may change them: none of these is removed before the transaction ends. */
export async function holdAssets(tx: Tx, ids: string[]) {
  await tx.select({ id: assets.id }).from(assets).where(inArray(assets.id, ids)).for("share");
}

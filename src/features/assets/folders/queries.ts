import { and, eq, isNull, sql } from "drizzle-orm";
import type { WorkspaceTx } from "@/db/client";
import { keyset } from "@/db/keyset";
import { assets, assetsFolders } from "@/db/schema/assets";

type Tx = WorkspaceTx;
export type FolderRow = typeof assetsFolders.$inferSelect;

export async function findFolder(tx: Tx, id: string): Promise<FolderRow | undefined> {
  const rows = await tx
    .select()
    .from(assetsFolders)
    .where(and(eq(assetsFolders.id, id), isNull(assetsFolders.removedAt)));
  return rows[0];
}

const live = isNull(assetsFolders.removedAt);

export async function lockFolder(tx: Tx, id: string): Promise<FolderRow | undefined> {
  const rows = await tx
    .select()
    .from(assetsFolders)
    .where(and(eq(assetsFolders.id, id), live))
    .for("update");
  return rows[0];
}

/** The tree is changed by one at a time: two moves, each fine by itself, could make a ring. */
export async function lockTree(tx: Tx) {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended('assets_folders ' || app.workspace_id(), 0))`);
}

/** Its ancestors from the nearest on, itself included; with more than there may be, the tree isn't looked through further. */
export async function pathOf(tx: Tx, id: string, most: number): Promise<string[]> {
  const { rows } = await tx.execute<{ id: string }>(sql`
    with recursive path as (
      select f.id, f.parent_id, 1 as depth from assets_folders f where f.id = ${id}
      union all
      select f.id, f.parent_id, path.depth + 1 from assets_folders f join path on f.id = path.parent_id where path.depth <= ${most}
    ) select id from path order by depth`);
  return rows.map((row) => row.id);
}

/** How many levels of live folders there are from it on, itself included. */
export async function heightOf(tx: Tx, id: string): Promise<number> {
  const { rows } = await tx.execute<{ height: number }>(sql`
    with recursive tree as (
      select f.id, 1 as depth from assets_folders f where f.id = ${id}
      union all
      select f.id, tree.depth + 1 from assets_folders f join tree on f.parent_id = tree.id where f.removed_at is null
    ) select max(depth)::int as height from tree`);
  return rows[0]!.height;
}

export async function insertFolder(
  tx: Tx,
  row: Pick<FolderRow, "name" | "parentId" | "createdBy">,
): Promise<FolderRow> {
  const rows = await tx.insert(assetsFolders).values(row).returning();
  return rows[0]!;
}

export async function updateFolder(
  tx: Tx,
  id: string,
  change: Partial<Pick<FolderRow, "name" | "parentId">>,
): Promise<FolderRow> {
  const rows = await tx
    .update(assetsFolders)
    .set({ ...change, updatedAt: sql`now()` })
    .where(eq(assetsFolders.id, id))
    .returning();
  return rows[0]!;
}

export async function markRemoved(tx: Tx, id: string) {
  await tx.update(assetsFolders).set({ removedAt: sql`now()` }).where(eq(assetsFolders.id, id));
}

export async function isEmpty(tx: Tx, id: string): Promise<boolean> {
  const { rows } = await tx.execute<{ empty: boolean }>(sql`
    select not exists (select from ${assets} where ${assets.folderId} = ${id} and ${assets.removedAt} is null)
      and not exists (select from ${assetsFolders} where ${assetsFolders.parentId} = ${id} and ${live}) as empty`);
  return rows[0]!.empty;
}

type List = { parent: string | "root" | undefined; after: { value: string; id: string } | undefined; count: number };

export function listFolders(tx: Tx, { parent, after, count }: List): Promise<FolderRow[]> {
  const { beyond, order } = keyset({ column: assetsFolders.name, id: assetsFolders.id, descending: false, after });
  const inParent =
    parent === undefined
      ? undefined
      : parent === "root"
        ? isNull(assetsFolders.parentId)
        : eq(assetsFolders.parentId, parent);
  return tx
    .select()
    .from(assetsFolders)
    .where(and(eq(assetsFolders.workspaceId, sql`(select app.workspace_id())`), live, inParent, beyond))
    .orderBy(...order)
    .limit(count);
}

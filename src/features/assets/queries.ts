import { and, eq, isNull, or, type SQL, sql } from "drizzle-orm";
import type { SiteTx, WorkspaceTx } from "@/db/client";
import { keyset } from "@/db/keyset";
import { assets, assetsBlobs, assetsKeys } from "@/db/schema/assets";

export type { StoredVariant } from "@/db/schema/assets";

type Tx = WorkspaceTx;
export type AssetRow = typeof assets.$inferSelect;
export type BlobRow = typeof assetsBlobs.$inferSelect;
export type NewBlob = Omit<BlobRow, "workspaceId" | "createdAt" | "goingAt">;
export type KeyRow = Pick<typeof assetsKeys.$inferSelect, "id" | "wrappedKey">;

const live = isNull(assets.removedAt);

export async function insertKey(tx: Tx, wrappedKey: Buffer): Promise<KeyRow> {
  const rows = await tx.insert(assetsKeys).values({ wrappedKey }).returning();
  return rows[0]!;
}

/** What is sealed from now on is sealed under the newest one. */
export async function newestKey(tx: Tx): Promise<KeyRow | undefined> {
  const rows = await tx.select().from(assetsKeys).orderBy(sql`${assetsKeys.createdAt} desc`, assetsKeys.id).limit(1);
  return rows[0];
}

export async function findBlob(tx: Tx, sha256: string): Promise<BlobRow | undefined> {
  const rows = await tx.select().from(assetsBlobs).where(eq(assetsBlobs.sha256, sha256));
  return rows[0];
}

/** The first one stays: the same bytes, kept once. */
export async function insertBlob(tx: Tx, row: NewBlob) {
  await tx.insert(assetsBlobs).values(row).onConflictDoNothing();
}

/** Until the transaction ends: shared by whoever brings bytes in, alone by who marks some to go. */
export const holdFiles = (tx: Tx, { alone }: { alone: boolean }) => tx.execute(sql`select app.hold_files(${alone})`);

/** Whether any of these bytes are just being removed. */
export async function areGoing(tx: Tx, hashes: string[]): Promise<boolean> {
  const given = sql`array[${sql.join(
    hashes.map((hash) => sql`${hash}`),
    sql`, `,
  )}]::text[]`;
  const { rows } = await tx.execute<{ going: boolean }>(sql`
    select exists (select from ${assetsBlobs} b where b.workspace_id = (select app.workspace_id()) and b.going_at is not null
      and (b.sha256 = any (${given}) or exists (
        select from jsonb_array_elements(b.variants) v where v ->> 'sha256' = any (${given})))) as going`);
  return rows[0]!.going;
}

export type GoingBlob = { sha256: string; keyId: string; objects: string[] };

/** Bytes that no file has, marked to go; with those that were marked before. */
export async function markGoing(tx: Tx, limit: number): Promise<GoingBlob[]> {
  const { rows } = await tx.execute<GoingBlob>(
    sql`select sha256, key_id as "keyId", objects from app.begin_blobs(${limit}::int)`,
  );
  return rows;
}

export async function endGoing(tx: Tx, hashes: string[]): Promise<number> {
  const { rows } = await tx.execute<{ n: string }>(sql`select app.end_blobs(${sql.param(hashes)}::text[]) as n`);
  return Number(rows[0]!.n);
}

export async function insertAsset(
  tx: Tx,
  row: Omit<AssetRow, "workspaceId" | "revision" | "createdAt" | "updatedAt" | "removedAt">,
) {
  await tx.insert(assets).values(row);
}

const withBlob = { asset: assets, blob: assetsBlobs };
const ofAsset = and(eq(assetsBlobs.workspaceId, assets.workspaceId), eq(assetsBlobs.sha256, assets.sha256));
export type Found = { asset: AssetRow; blob: BlobRow };

export async function findAsset(tx: Tx, id: string): Promise<Found | undefined> {
  const rows = await tx
    .select(withBlob)
    .from(assets)
    .innerJoin(assetsBlobs, ofAsset)
    .where(and(eq(assets.id, id), live));
  return rows[0];
}

/** The oldest that shows these bytes. */
export async function findAssetOfContent(tx: Tx, sha256: string): Promise<AssetRow | undefined> {
  const rows = await tx
    .select()
    .from(assets)
    .where(and(eq(assets.sha256, sha256), eq(assets.purpose, "Asset"), live))
    .orderBy(assets.createdAt, assets.id)
    .limit(1);
  return rows[0];
}

type List = {
  folder: string | "root" | undefined;
  q: string | undefined;
  type: AssetRow["kind"] | undefined;
  purpose: AssetRow["purpose"];
  sort: { column: "createdAt" | "fileName"; descending: boolean };
  after: { value: string; id: string } | undefined;
  count: number;
};

export function listAssets(tx: Tx, { folder, q, type, purpose, sort, after, count }: List): Promise<Found[]> {
  const { beyond, order } = keyset({ column: assets[sort.column], id: assets.id, descending: sort.descending, after });
  const like = q === undefined ? undefined : `%${q.replace(/[\\%_]/g, "\\$&")}%`;
  const inFolder: SQL | undefined =
    folder === undefined ? undefined : folder === "root" ? isNull(assets.folderId) : eq(assets.folderId, folder);
  return tx
    .select(withBlob)
    .from(assets)
    .innerJoin(assetsBlobs, ofAsset)
    .where(
      and(
        // Named although row-level security holds it too: the planner matches it with the index.
        eq(assets.workspaceId, sql`(select app.workspace_id())`),
        live,
        eq(assets.purpose, purpose),
        inFolder,
        type && eq(assets.kind, type),
        like === undefined
          ? undefined
          : or(sql`${assets.fileName} ilike ${like}`, sql`${assets.altText} ilike ${like}`),
        beyond,
      ),
    )
    .orderBy(...order)
    .limit(count);
}

export async function lockAsset(tx: Tx, id: string): Promise<AssetRow | undefined> {
  const rows = await tx
    .select()
    .from(assets)
    .where(and(eq(assets.id, id), live))
    .for("update");
  return rows[0];
}

type Change = Partial<Pick<AssetRow, "fileName" | "altText" | "folderId">>;

export async function updateAsset(tx: Tx, id: string, change: Change) {
  await tx
    .update(assets)
    .set({ ...change, revision: sql`${assets.revision} + 1`, updatedAt: sql`now()` })
    .where(eq(assets.id, id));
}

export async function markRemoved(tx: Tx, id: string) {
  await tx.update(assets).set({ removedAt: sql`now()`, updatedAt: sql`now()` }).where(eq(assets.id, id));
}

export type Sealed = Found & { wrappedKey: Buffer };

/** With what opens its bytes. For a visitor, what a live page or the branding shows. */
export async function findSealed(tx: Tx | SiteTx, id: string): Promise<Sealed | undefined> {
  const rows = await tx
    .select({ ...withBlob, wrappedKey: assetsKeys.wrappedKey })
    .from(assets)
    .innerJoin(assetsBlobs, ofAsset)
    .innerJoin(
      assetsKeys,
      and(eq(assetsKeys.workspaceId, assetsBlobs.workspaceId), eq(assetsKeys.id, assetsBlobs.keyId)),
    )
    .where(and(eq(assets.id, id), live));
  return rows[0];
}

import { eq } from "drizzle-orm";
import type { WorkspaceTx } from "@/db/client";
import { assetsUploads } from "@/db/schema/assets";

type Tx = WorkspaceTx;
export type UploadRow = typeof assetsUploads.$inferSelect;

export async function insertUpload(tx: Tx, row: typeof assetsUploads.$inferInsert): Promise<UploadRow> {
  const rows = await tx.insert(assetsUploads).values(row).returning();
  return rows[0]!;
}

export async function findUpload(tx: Tx, id: string): Promise<UploadRow | undefined> {
  const rows = await tx.select().from(assetsUploads).where(eq(assetsUploads.id, id));
  return rows[0];
}

/** Row-level security hides from a lock what its holder may not change: for a member, an upload that is closed. */
export async function lockUpload(tx: Tx, id: string): Promise<UploadRow | undefined> {
  const rows = await tx.select().from(assetsUploads).where(eq(assetsUploads.id, id)).for("update");
  return rows[0];
}

type Outcome = Partial<Pick<UploadRow, "status" | "reason" | "assetId">>;

export async function updateUpload(tx: Tx, id: string, change: Outcome): Promise<UploadRow> {
  const rows = await tx.update(assetsUploads).set(change).where(eq(assetsUploads.id, id)).returning();
  return rows[0]!;
}

import { and, asc, count, eq, isNull, sql } from "drizzle-orm";
import type { WorkspaceTx } from "@/db/client";
import { forwardingDestinations } from "@/db/schema/forwarding";

type Tx = WorkspaceTx;
const table = forwardingDestinations;
export type DestinationRow = typeof table.$inferSelect;

const live = (id?: string) => and(id === undefined ? undefined : eq(table.id, id), isNull(table.removedAt));

export const listDestinations = (tx: Tx): Promise<DestinationRow[]> =>
  tx.select().from(table).where(live()).orderBy(asc(table.createdAt), asc(table.id));

export async function countDestinations(tx: Tx): Promise<number> {
  const rows = await tx.select({ n: count() }).from(table).where(live());
  return rows[0]!.n;
}

/** Those to whom something is sent. */
export const enabledDestinations = (tx: Tx) =>
  tx
    .select({ id: table.id, kind: table.kind })
    .from(table)
    .where(and(live(), eq(table.status, "Enabled")));

export async function findDestination(tx: Tx, id: string): Promise<DestinationRow | undefined> {
  return (await tx.select().from(table).where(live(id)))[0];
}

export async function lockDestination(tx: Tx, id: string): Promise<DestinationRow | undefined> {
  return (await tx.select().from(table).where(live(id)).for("update"))[0];
}

type NewDestination = Pick<
  DestinationRow,
  | "id"
  | "name"
  | "kind"
  | "url"
  | "region"
  | "bucket"
  | "prefix"
  | "sealedSecret"
  | "hint"
  | "sentSequence"
  | "createdBy"
>;
export async function insertDestination(tx: Tx, row: NewDestination): Promise<DestinationRow> {
  return (await tx.insert(table).values(row).returning())[0]!;
}

export type DestinationChange = Partial<
  Omit<DestinationRow, "workspaceId" | "id" | "kind" | "createdBy" | "createdAt" | "updatedAt">
>;
/** What an Admin changed. */
export const changeDestination = (tx: Tx, id: string, change: DestinationChange) =>
  tx
    .update(table)
    .set({ ...change, updatedAt: sql`now()` })
    .where(live(id))
    .returning();

/** How it goes, which is no change of the destination. */
export const noteProgress = (tx: Tx, id: string, progress: DestinationChange) =>
  tx.update(table).set(progress).where(live(id));

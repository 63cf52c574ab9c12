import { sql } from "drizzle-orm";
import type { Database, WorkspaceTx } from "@/db/client";
import { retentionHolds, retentionRules } from "@/db/schema/retention";
import type { What } from "./kinds";

type Tx = WorkspaceTx;
export type RuleRow = typeof retentionRules.$inferSelect;

export const listRules = (tx: Tx): Promise<RuleRow[]> => tx.select().from(retentionRules);

export async function findHold(tx: Tx) {
  return (await tx.select().from(retentionHolds))[0];
}

export async function setRule(tx: Tx, what: What, days: number | null, updatedBy: string): Promise<RuleRow> {
  const rows = await tx
    .insert(retentionRules)
    .values({ what, days, updatedBy })
    .onConflictDoUpdate({
      target: [retentionRules.workspaceId, retentionRules.what],
      set: { days, updatedBy, updatedAt: sql`now()` },
    })
    .returning();
  return rows[0]!;
}

type NewHold = { since: Date | null; reason: string | null; updatedBy: string };
export const setHold = (tx: Tx, hold: NewHold) =>
  tx
    .insert(retentionHolds)
    .values(hold)
    .onConflictDoUpdate({ target: retentionHolds.workspaceId, set: { ...hold, updatedAt: sql`now()` } });

export async function countOld(tx: Tx, what: What, days: number): Promise<number> {
  const { rows } = await tx.execute<{ n: string }>(sql`select app.count_old(${what}, ${days}::int) as n`);
  return Number(rows[0]!.n);
}

/** Before when the workspace's rule lets a job remove; null where nothing goes. */
export async function cutoffOf(tx: Tx, what: What): Promise<Date | null> {
  const { rows } = await tx.execute<{ at: string | null }>(
    sql`select to_char(app.retention_cutoff(${what}) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at`,
  );
  const { at } = rows[0]!;
  return at === null ? null : new Date(at);
}

export async function removeOld(tx: Tx, what: What, limit: number): Promise<number> {
  const { rows } = await tx.execute<{ n: string }>(sql`select app.remove_old(${what}, ${limit}::int) as n`);
  return Number(rows[0]!.n);
}

/** In all workspaces that have a rule. */
export async function wakeAll({ pool }: Database): Promise<void> {
  await pool.query("select app.wake_retention()");
}

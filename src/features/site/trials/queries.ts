import { and, eq, inArray, isNull, sql } from "drizzle-orm";
import type { SiteTx, WorkspaceTx } from "@/db/client";
import { keyset } from "@/db/keyset";
import { sitePages, siteTrials, siteTrialVariants } from "@/db/schema/site";

type Tx = WorkspaceTx;
const t = siteTrials;
export type TrialRow = typeof siteTrials.$inferSelect;
export type VariantRow = typeof siteTrialVariants.$inferSelect;

const inScope = eq(t.workspaceId, sql`(select app.workspace_id())`);

/** The live page of an item, with what is out there. */
export async function findPageOfItem(tx: Tx, contentItemId: string) {
  const rows = await tx
    .select({ id: sitePages.id, title: sitePages.title, versionNumber: sitePages.versionNumber })
    .from(sitePages)
    .where(and(eq(sitePages.contentItemId, contentItemId), isNull(sitePages.removedAt)));
  return rows[0];
}

/** Undefined where the page has a trial already; who asks at the same time waits. */
export async function insertTrial(
  tx: Tx,
  row: Pick<
    TrialRow,
    "id" | "pageId" | "contentItemId" | "versionNumber" | "needsApproval" | "confidence" | "days" | "createdBy"
  >,
  headlines: string[],
): Promise<TrialRow | undefined> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended('site trial ' || ${row.pageId}::text, 0))`);
  const open = and(inScope, eq(t.pageId, row.pageId), inArray(t.status, ["Waiting", "Running"]));
  if ((await tx.select({ id: t.id }).from(siteTrials).where(open).limit(1)).length > 0) return undefined;
  const rows = await tx.insert(siteTrials).values(row).returning();
  const weight = 1 / headlines.length;
  await tx
    .insert(siteTrialVariants)
    .values(headlines.map((headline, number) => ({ trialId: row.id, number, headline, weight })));
  return rows[0]!;
}

export async function findTrial(tx: Tx, id: string): Promise<TrialRow | undefined> {
  const rows = await tx
    .select()
    .from(siteTrials)
    .where(and(inScope, eq(t.id, id)));
  return rows[0];
}

export async function lockTrial(tx: Tx, id: string): Promise<TrialRow | undefined> {
  const rows = await tx
    .select()
    .from(siteTrials)
    .where(and(inScope, eq(t.id, id)))
    .for("update");
  return rows[0];
}

export const variantsOf = (tx: Tx, trialIds: string[]): Promise<VariantRow[]> =>
  trialIds.length === 0
    ? Promise.resolve([])
    : tx
        .select()
        .from(siteTrialVariants)
        .where(inArray(siteTrialVariants.trialId, trialIds))
        .orderBy(siteTrialVariants.number);

type List = {
  contentItemId: string | undefined;
  after: { value: string; id: string } | undefined;
  count: number;
};

export function listTrials(tx: Tx, { contentItemId, after, count }: List): Promise<TrialRow[]> {
  const { beyond, order } = keyset({ column: t.createdAt, id: t.id, descending: true, after });
  return tx
    .select()
    .from(siteTrials)
    .where(and(inScope, contentItemId ? eq(t.contentItemId, contentItemId) : undefined, beyond))
    .orderBy(...order)
    .limit(count);
}

export async function startTrial(tx: Tx, { id, days }: TrialRow, approvedBy: string | undefined): Promise<TrialRow> {
  const rows = await tx
    .update(siteTrials)
    .set({
      status: "Running",
      startedAt: sql`now()`,
      endsAt: sql`now() + make_interval(days => ${days}::int)`,
      ...(approvedBy && { approvedBy }),
    })
    .where(and(inScope, eq(t.id, id)))
    .returning();
  return rows[0]!;
}

export async function endTrial(
  tx: Tx,
  id: string,
  { status, reason, winner = null }: Pick<TrialRow, "status" | "reason"> & { winner?: number | null },
): Promise<TrialRow> {
  const rows = await tx
    .update(siteTrials)
    .set({ status, reason, winner, endedAt: sql`now()` })
    .where(and(inScope, eq(t.id, id)))
    .returning();
  return rows[0]!;
}

export const weigh = (tx: Tx, trialId: string, number: number, weight: number) =>
  tx
    .update(siteTrialVariants)
    .set({ weight })
    .where(and(eq(siteTrialVariants.trialId, trialId), eq(siteTrialVariants.number, number)));

/** Counts one; false where no such trial runs. Calls at the same time meet at the variant's row, and none is lost. */
export async function countTrial(tx: SiteTx, trialId: string, number: number, what: "view" | "click") {
  const { rows } = await tx.execute<{ counted: boolean }>(
    sql`select app.count_trial(${trialId}::uuid, ${number}::int, ${what}) as counted`,
  );
  return rows[0]!.counted;
}

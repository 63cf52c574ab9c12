import { and, asc, desc, eq, gt, isNotNull, lt, sql } from "drizzle-orm";
import type { Database, WorkspaceTx } from "@/db/client";
import { auditChanges, auditCheckpoints, auditEvents, auditSeals } from "@/db/schema/audit";

type EventRow = typeof auditEvents.$inferSelect;
type ChangeRow = typeof auditChanges.$inferSelect;
type Sealed = { kind: "Event"; row: EventRow } | { kind: "Change"; row: ChangeRow };
export type SealRow = typeof auditSeals.$inferSelect;

const here = sql`(select app.workspace_id())`;
/** How much older than the last seal a row may be: no transaction of ours lasts as long. The sweep counts the same. */
const LATE = sql`interval '1 hour'`;

/** One sealer at a time; answers what time it is for the database. */
export async function holdChain(tx: WorkspaceTx): Promise<Date> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended('audit chain ' || app.workspace_id(), 0))`);
  const { rows } = await tx.execute<{ now: string }>(
    sql`select to_char(clock_timestamp() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as now`,
  );
  return new Date(rows[0]!.now);
}

export async function lastSeal(tx: WorkspaceTx): Promise<SealRow | undefined> {
  const [row] = await tx
    .select()
    .from(auditSeals)
    .where(eq(auditSeals.workspaceId, here))
    .orderBy(desc(auditSeals.sequence))
    .limit(1);
  return row;
}

export async function sealAt(tx: WorkspaceTx, sequence: number): Promise<SealRow | undefined> {
  const [row] = await tx
    .select()
    .from(auditSeals)
    .where(and(eq(auditSeals.workspaceId, here), eq(auditSeals.sequence, sequence)));
  return row;
}

export async function lastCheckpoint(tx: WorkspaceTx) {
  const [row] = await tx
    .select()
    .from(auditCheckpoints)
    .where(eq(auditCheckpoints.workspaceId, here))
    .orderBy(desc(auditCheckpoints.sequence))
    .limit(1);
  return row;
}

/** Whether rows went with a proof before a place: then none after it goes without. */
export async function provenBefore(tx: WorkspaceTx, sequence: number): Promise<boolean> {
  const [row] = await tx
    .select({ sequence: auditCheckpoints.sequence })
    .from(auditCheckpoints)
    .where(
      and(
        eq(auditCheckpoints.workspaceId, here),
        lt(auditCheckpoints.sequence, sequence),
        isNotNull(auditCheckpoints.proof),
      ),
    )
    .limit(1);
  return row !== undefined;
}

/** Each row is looked up by itself: as a join it was planned for the few seals that were committed, and read all of them for each row. */
const unsealed = (table: typeof auditEvents | typeof auditChanges) =>
  sql`(select ${auditSeals.sequence} from ${auditSeals} where ${auditSeals.workspaceId} = ${here} and ${auditSeals.rowId} = ${table.id}) is null`;
const since = (after: Date | undefined) =>
  after ? sql`${after.toISOString()}::timestamptz - ${LATE}` : sql`'-infinity'::timestamptz`;

type Place = { after: Date | undefined; from: Date | undefined };

/**
 * What no seal has yet, the oldest first: committed rows that are not much older than the last seal.
 * @param from when the last of those was written that were sealed just before; in whole milliseconds, so its like are looked at again
 */
export async function waitingRows(tx: WorkspaceTx, { after, from }: Place, limit: number): Promise<Sealed[]> {
  const begin = from ? sql`greatest(${since(after)}, ${from.toISOString()}::timestamptz)` : since(after);
  const events = await tx
    .select()
    .from(auditEvents)
    .where(and(eq(auditEvents.workspaceId, here), sql`${auditEvents.at} >= ${begin}`, unsealed(auditEvents)))
    .orderBy(asc(auditEvents.at), asc(auditEvents.id))
    .limit(limit);
  const changes = await tx
    .select()
    .from(auditChanges)
    .where(and(eq(auditChanges.workspaceId, here), sql`${auditChanges.at} >= ${begin}`, unsealed(auditChanges)))
    .orderBy(asc(auditChanges.at), asc(auditChanges.id))
    .limit(limit);
  const both: Sealed[] = [
    ...events.map((row) => ({ kind: "Event" as const, row })),
    ...changes.map((row) => ({ kind: "Change" as const, row })),
  ];
  return both.sort((a, b) => a.row.at.getTime() - b.row.at.getTime() || (a.row.id < b.row.id ? -1 : 1)).slice(0, limit);
}

export const insertSeals = (tx: WorkspaceTx, seals: Omit<SealRow, "workspaceId">[]) =>
  tx.insert(auditSeals).values(seals);

/** Seals after a place, in order, each with the row that it seals where that is there. */
export function sealedAfter(tx: WorkspaceTx, sequence: number, limit: number) {
  return tx
    .select({ seal: auditSeals, event: auditEvents, change: auditChanges })
    .from(auditSeals)
    .leftJoin(
      auditEvents,
      and(
        eq(auditSeals.kind, "Event"),
        eq(auditEvents.workspaceId, auditSeals.workspaceId),
        eq(auditEvents.id, auditSeals.rowId),
      ),
    )
    .leftJoin(
      auditChanges,
      and(
        eq(auditSeals.kind, "Change"),
        eq(auditChanges.workspaceId, auditSeals.workspaceId),
        eq(auditChanges.id, auditSeals.rowId),
      ),
    )
    .where(and(eq(auditSeals.workspaceId, here), gt(auditSeals.sequence, sequence)))
    .orderBy(asc(auditSeals.sequence))
    .limit(limit);
}

/** Rows that nobody will seal, since they are much older than the last seal: somebody put them there later. */
export async function strayRows(tx: WorkspaceTx, after: Date, limit: number): Promise<{ id: string; at: Date }[]> {
  const of = (table: typeof auditEvents | typeof auditChanges) =>
    tx
      .select({ id: table.id, at: table.at })
      .from(table)
      .where(and(eq(table.workspaceId, here), sql`${table.at} < ${since(after)}`, unsealed(table)))
      .limit(limit);
  return [...(await of(auditEvents)), ...(await of(auditChanges))];
}

export async function countWaiting(tx: WorkspaceTx, after: Date | undefined): Promise<number> {
  const of = async (table: typeof auditEvents | typeof auditChanges) => {
    const [row] = await tx
      .select({ count: sql<string>`count(*)` })
      .from(table)
      .where(and(eq(table.workspaceId, here), sql`${table.at} >= ${since(after)}`, unsealed(table)));
    return Number(row!.count);
  };
  return (await of(auditEvents)) + (await of(auditChanges));
}

/** Whether the log itself says that these rows went by a job. */
export async function toldOfRetiring(tx: WorkspaceTx, sequence: number, hash: string): Promise<boolean> {
  const rows = await tx
    .select({ id: auditEvents.id })
    .from(auditEvents)
    .where(
      and(
        eq(auditEvents.workspaceId, here),
        eq(auditEvents.action, "audit.retired"),
        sql`${auditEvents.detail} @> ${JSON.stringify({ sequence, hash })}::jsonb`,
      ),
    )
    .limit(1);
  return rows.length > 0;
}

/** The last of the oldest seals, so many at most, that are older than that. */
export async function lastOfOld(tx: WorkspaceTx, before: Date, limit: number): Promise<SealRow | undefined> {
  const oldest = await tx
    .select()
    .from(auditSeals)
    .where(eq(auditSeals.workspaceId, here))
    .orderBy(asc(auditSeals.sequence))
    .limit(limit);
  return oldest.findLast(({ sealedAt }) => sealedAt < before);
}

/** False where nothing goes, since the workspace is held. */
export async function retire(tx: WorkspaceTx, before: Date, through: number, proof: string): Promise<boolean> {
  const { rows } = await tx.execute<{ sequence: string | null }>(
    sql`select app.retire_audit(${before.toISOString()}::timestamptz, ${through}::bigint, ${proof}) as sequence`,
  );
  return rows[0]!.sequence !== null;
}

/** Wakes the sealers of all workspaces in which rows wait, or are older than that. */
export async function wakeAll({ pool }: Database, retireBefore: Date | null): Promise<void> {
  await pool.query("select app.wake_sealers($1)", [retireBefore?.toISOString() ?? null]);
}

import { and, desc, eq, sql } from "drizzle-orm";
import type pg from "pg";
import type { Database, PersonTx, WorkspaceTx } from "@/db/client";
import { ownWorkspaces, privacyConsents, privacyErasures } from "@/db/schema/privacy";
import { tryShreddingLock } from "@/db/shredding-lock";

const own = sql`(select app.person_id())`;
const shown = {
  id: privacyErasures.id,
  status: privacyErasures.status,
  askedAt: privacyErasures.askedAt,
  dueAt: privacyErasures.dueAt,
  endedAt: privacyErasures.endedAt,
  /** Names of workspaces whose legal hold delays it. */
  heldBy: sql<
    string[]
  >`case when ${privacyErasures.status} = 'Waiting' then array(select app.holds_of_person()) else '{}' end`,
};

/** Whether one signed in at a workspace's own host, by a session that knows that workspace alone. */
export async function isBound(tx: PersonTx): Promise<boolean> {
  const { rows } = await tx.execute<{ bound: boolean }>(sql`select app.bound_workspace_id() is not null as bound`);
  return rows[0]!.bound;
}

export const listOwnWorkspaces = (tx: PersonTx) =>
  tx.select().from(ownWorkspaces).orderBy(ownWorkspaces.name, ownWorkspaces.id);

export async function insertErasure(tx: PersonTx, dueAt: Date) {
  const [row] = await tx.insert(privacyErasures).values({ dueAt }).returning(shown);
  return row!;
}

export const listErasures = (tx: PersonTx) =>
  tx
    .select(shown)
    .from(privacyErasures)
    .where(eq(privacyErasures.userId, own))
    .orderBy(desc(privacyErasures.askedAt))
    .limit(20);

export async function undoErasure(tx: PersonTx, endedAt: Date) {
  const [row] = await tx
    .update(privacyErasures)
    .set({ status: "Undone", endedAt })
    .where(and(eq(privacyErasures.userId, own), eq(privacyErasures.status, "Waiting")))
    .returning(shown);
  return row;
}

export const listConsents = (tx: PersonTx) =>
  tx
    .select({
      document: privacyConsents.document,
      version: privacyConsents.version,
      givenAt: privacyConsents.givenAt,
    })
    .from(privacyConsents)
    .where(eq(privacyConsents.userId, own))
    .orderBy(desc(privacyConsents.givenAt));

type NewConsent = Pick<typeof privacyConsents.$inferInsert, "document" | "version">;
export const insertConsents = (tx: PersonTx, consents: NewConsent[]) =>
  tx.insert(privacyConsents).values(consents).onConflictDoNothing();

export async function findDue({ pool }: Database): Promise<string[]> {
  const { rows } = await pool.query<{ id: string }>("select app.due_erasures() as id");
  return rows.map(({ id }) => id);
}

export type Paying = { erasureId: string; subscriptionId: string };

/** Those who are due and whose subscription has to be ended first. */
export async function findPaying({ pool }: Database): Promise<Paying[]> {
  const { rows } = await pool.query<Paying>(
    'select erasure_id as "erasureId", subscription_id as "subscriptionId" from app.paid_until_erasure()',
  );
  return rows;
}

export const endPaying = ({ pool }: Database, { erasureId, subscriptionId }: Paying) =>
  pool.query("select app.ended_for_erasure($1, $2)", [erasureId, subscriptionId]);

export type Held = { erasureId: string; email: string; workspaces: string[] };

/** Those who are due, whom a legal hold keeps, and who have yet to be told so. */
export async function findHeld({ pool }: Database): Promise<Held[]> {
  const { rows } = await pool.query<Held>(
    'select erasure_id as "erasureId", email, workspaces from app.held_erasures()',
  );
  return rows;
}

export const toldOfHold = ({ pool }: Database, erasureId: string) =>
  pool.query("select app.told_of_hold($1)", [erasureId]);

/** Of a person without their address: `backupKeys` says how many keys of theirs were destroyed, where that is known. */
export type Wiped = { userId: string; counts: Record<string, number>; backupKeys?: number };
export type Erased = Wiped & { email: string };

/**
 * Null where it is not due, somebody else just did it, or a backup is being made.
 * @param shred ahead of the commit: what is cut off between the two is done once more
 */
export async function erase(
  { pool }: Database,
  erasureId: string,
  shred: (erased: Erased) => Promise<number>,
): Promise<Erased | null> {
  const client = await pool.connect();
  try {
    await client.query("begin");
    const erased = (await tryShreddingLock(client)) ? await eraseLocked(client, erasureId) : null;
    const backupKeys = erased && (await shred(erased));
    await client.query("commit");
    return erased && { ...erased, backupKeys: backupKeys! };
  } catch (error) {
    await client.query("rollback").catch(() => {});
    throw error;
  } finally {
    client.release();
  }
}

async function eraseLocked(client: pg.PoolClient, erasureId: string): Promise<Erased | null> {
  const { rows } = await client.query<{ user_id: string | null; email: string; counts: Record<string, number> }>(
    "select * from app.erase_person($1)",
    [erasureId],
  );
  const [row] = rows;
  return row?.user_id ? { userId: row.user_id, email: row.email, counts: row.counts } : null;
}

export type Untold = Wiped & { erasureId: string };

/** Those who were erased and whose receipt was not kept. */
export async function findUntold({ pool }: Database): Promise<Untold[]> {
  const { rows } = await pool.query<Untold>(
    'select erasure_id as "erasureId", user_id as "userId", counts from app.untold_erasures()',
  );
  return rows;
}

export const keepReceipt = ({ pool }: Database, erasureId: string, receipt: string) =>
  pool.query("select app.keep_erasure_receipt($1, $2)", [erasureId, receipt]);

export type Gone = { people: string[]; workspaces: string[] };

/** Those of the erased whom the database has again. By the worker's log-in alone. */
export async function findBack(worker: Pick<pg.Pool, "query">, { people, workspaces }: Gone): Promise<Gone> {
  const { rows } = await worker.query<Gone>("select * from app.erased_and_back($1, $2)", [people, workspaces]);
  return rows[0]!;
}

/** Whether there was somebody to erase. By the worker's log-in alone. */
export async function wipe(worker: Pick<pg.Pool, "query">, userId: string): Promise<boolean> {
  const { rows } = await worker.query<{ counts: Record<string, number> | null }>(
    "select app.wipe_person($1) as counts",
    [userId],
  );
  return (rows[0]?.counts?.users ?? 0) > 0;
}

export async function isFrozen(tx: WorkspaceTx): Promise<boolean> {
  const { rows } = await tx.execute<{ frozen: boolean }>(
    sql`select current_setting('transaction_read_only') = 'on' as frozen`,
  );
  return rows[0]!.frozen;
}

export type ReadableTable = { name: string; columns: { name: string; uuid: boolean }[] };

/** What this log-in may read of which table, as the catalogue tells it: a new table is among them without a word. */
export async function readableTables(tx: WorkspaceTx): Promise<ReadableTable[]> {
  const { rows } = await tx.execute<ReadableTable>(sql`
    select c.relname as name, json_agg(json_build_object('name', a.attname, 'uuid', a.atttypid = 'uuid'::regtype) order by a.attnum) as columns
    from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
      and has_column_privilege(c.oid, a.attnum, 'select')
    group by c.relname order by c.relname`);
  return rows;
}

/** Rows of a table that name a person by their id, as far as the scope shows them; at most `limit`. */
export async function rowsNaming(
  tx: WorkspaceTx,
  { name, ids, columns }: { name: string; ids: string[]; columns: string[] },
  userId: string,
  limit: number,
): Promise<Record<string, unknown>[]> {
  const listed = (names: string[]) =>
    sql.join(
      names.map((column) => sql.identifier(column)),
      sql`, `,
    );
  const { rows } = await tx.execute<Record<string, unknown>>(
    sql`select ${listed(columns)} from ${sql.identifier(name)} where ${userId}::uuid in (${listed(ids)}) limit ${limit}`,
  );
  return rows;
}

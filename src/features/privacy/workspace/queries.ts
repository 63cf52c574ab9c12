import { and, desc, eq, sql } from "drizzle-orm";
import type pg from "pg";
import type { Database, PersonTx, WorkspaceTx } from "@/db/client";
import { type ErasureDone, privacyWorkspaceErasures as erasures } from "@/db/schema/privacy";
import { tryShreddingLock } from "@/db/shredding-lock";
import type { JobClaim } from "@/platform/actor";

const { id, status, askedBy, askedAt, dueAt } = erasures;
const shown = { id, status, askedBy, askedAt, dueAt };

export async function insertErasure(tx: WorkspaceTx, row: { id: string; dueAt: Date }) {
  const [made] = await tx.insert(erasures).values(row).returning(shown);
  return made!;
}

/** Whether there is a legal hold, which comes before an erasure. */
export async function isHeld(tx: WorkspaceTx): Promise<boolean> {
  const { rows } = await tx.execute<{ held: boolean }>(sql`select app.workspace_held() as held`);
  return rows[0]!.held;
}

export async function findWaiting(tx: WorkspaceTx) {
  const [row] = await tx
    .select(shown)
    .from(erasures)
    .where(and(eq(erasures.workspaceId, sql`(select app.workspace_id())`), eq(status, "Waiting")));
  return row ?? null;
}

export const listOwn = (tx: PersonTx) =>
  tx
    .select({ workspaceId: erasures.workspaceId, status, dueAt, endedAt: erasures.endedAt, receipt: erasures.receipt })
    .from(erasures)
    .where(eq(askedBy, sql`(select app.person_id())`))
    .orderBy(desc(askedAt))
    .limit(20);

/** The Admins' addresses, who are told. */
export async function adminAddresses(tx: WorkspaceTx): Promise<string[]> {
  const { rows } = await tx.execute<{ email: string }>(sql`
    select u.email from users u join workspace_members m on m.user_id = u.id
    where m.workspace_id = (select app.workspace_id()) and m.role = 'Admin' and m.removed_at is null order by u.email`);
  return rows.map(({ email }) => email);
}

/** Null where it is not due or was taken back, or the job is in other hands. */
export async function begin({ pool }: Database, { jobId, workerId }: JobClaim, erasureId: string) {
  const { rows } = await pool.query<{ status: "Begun" | "Running" | "Done" | "Held" | null }>(
    "select app.begin_workspace_erasure($1, $2, $3) as status",
    [jobId, workerId, erasureId],
  );
  return rows[0]!.status;
}

export type Step = {
  status: "Running" | "Done" | null;
  workspaceId: string;
  done: ErasureDone;
  addresses: string[];
};

/** One layer of rows may be all versions that a workspace ever had: longer than any request may take. */
const STEP_TIMEOUT = "1h";

/** @param beside what was done beside the database since the last step, which is added up */
export async function step(
  { pool }: Database,
  { jobId, workerId }: JobClaim,
  erasureId: string,
  beside: Record<string, number>,
): Promise<Step> {
  const client = await pool.connect();
  try {
    await client.query("begin");
    await client.query(`set local statement_timeout = '${STEP_TIMEOUT}'`);
    const { rows } = await client.query<{
      status: Step["status"];
      workspace_id: string;
      done: ErasureDone;
      addresses: string[];
    }>("select * from app.erase_workspace_step($1, $2, $3, $4)", [jobId, workerId, erasureId, JSON.stringify(beside)]);
    await client.query("commit");
    const { workspace_id: workspaceId, ...rest } = rows[0]!;
    return { workspaceId, ...rest };
  } catch (error) {
    await client.query("rollback").catch(() => {});
    throw error;
  } finally {
    client.release();
  }
}

/** @throws where a backup is being made, which takes minutes: the job is tried again */
export async function whileNoBackup<T>({ pool }: Database, work: () => Promise<T>): Promise<T> {
  const client = await pool.connect();
  try {
    await client.query("begin");
    if (!(await tryShreddingLock(client))) throw new Error("A backup is being made: its key is destroyed after that");
    return await work();
  } finally {
    await client.query("rollback").catch(() => {});
    client.release();
  }
}

export const keepReceipt = ({ pool }: Database, { jobId, workerId }: JobClaim, erasureId: string, receipt: string) =>
  pool.query("select app.keep_workspace_erasure_receipt($1, $2, $3, $4)", [jobId, workerId, erasureId, receipt]);

/** Whether there was anything to erase. By the worker's log-in alone. */
export async function wipe(worker: Pick<pg.Pool, "query">, workspaceId: string): Promise<boolean> {
  for (let found = false; ; found = true) {
    const { rows } = await worker.query<{ counts: object | null }>("select app.wipe_workspace($1) as counts", [
      workspaceId,
    ]);
    if (!rows[0]?.counts) return found;
  }
}

import { and, desc, eq, isNull, sql } from "drizzle-orm";
import type pg from "pg";
import type { WorkspaceTx } from "@/db/client";
import { colleagues, workspaceSupport, workspaceSupportRules } from "@/db/schema/workspaces";

type Tx = WorkspaceTx;
const here = sql`(select app.workspace_id())`;
const { id, userId, reason, begunAt, endsAt, mayWrite, endedAt } = workspaceSupport;
const isLive = sql<boolean>`${endedAt} is null and ${endsAt} > now()`;

export const listAccesses = (tx: Tx) =>
  tx
    .select({ id, userId, name: colleagues.name, reason, begunAt, endsAt, mayWrite, endedAt, live: isLive })
    .from(workspaceSupport)
    .innerJoin(colleagues, eq(colleagues.id, userId))
    .where(eq(workspaceSupport.workspaceId, here))
    .orderBy(desc(begunAt))
    .limit(50);

export async function isForbidden(tx: Tx): Promise<boolean> {
  const rows = await tx
    .select({ forbidden: workspaceSupportRules.forbidden })
    .from(workspaceSupportRules)
    .where(eq(workspaceSupportRules.workspaceId, here));
  return rows[0]?.forbidden ?? false;
}

export const setForbidden = (tx: Tx, forbidden: boolean) =>
  tx
    .insert(workspaceSupportRules)
    .values({ forbidden })
    .onConflictDoUpdate({ target: workspaceSupportRules.workspaceId, set: { forbidden, updatedAt: sql`now()` } });

const ended = { endedAt: sql`now()`, endedBy: sql`app.user_id()` };

/** Whose they were. */
export const endAll = (tx: Tx) =>
  tx
    .update(workspaceSupport)
    .set(ended)
    .where(and(eq(workspaceSupport.workspaceId, here), isNull(endedAt)))
    .returning({ id, userId });

/** Undefined where it is over, or there is none. */
export async function changeAccess(tx: Tx, accessId: string, change: { mayWrite?: boolean | undefined; end: boolean }) {
  const [row] = await tx
    .update(workspaceSupport)
    .set({ ...(change.mayWrite !== undefined && { mayWrite: change.mayWrite }), ...(change.end && ended) })
    .where(and(eq(workspaceSupport.workspaceId, here), eq(id, accessId), isLive))
    .returning({ userId });
  return row;
}

export async function findAccess(tx: Tx, accessId: string) {
  const rows = await listAccesses(tx);
  return rows.find((row) => row.id === accessId);
}

export async function adminAddresses(tx: Tx): Promise<string[]> {
  const { rows } = await tx.execute<{ email: string }>(sql`
    select u.email from users u join workspace_members m on m.user_id = u.id
    where m.workspace_id = ${here} and m.role = 'Admin' and m.removed_at is null order by u.email`);
  return rows.map(({ email }) => email);
}

type Begun = { workspace_id: string; id: string | null; refused: string | null };
type Worker = Pick<pg.Pool, "query">;

/** By the worker's log-in alone, in one transaction with the job that tells of it. */
export async function begin(worker: Worker, asked: { slug: string; email: string; reason: string; minutes: number }) {
  const { rows } = await worker.query<Begun>(
    `with begun as materialized (select * from app.begin_support($1, $2, $3, $4))
     select begun.*, (select id from graphile_worker.add_job('workspaces.tell_support',
       json_build_object('workspaceId', begun.workspace_id, 'supportId', begun.id)) where begun.refused is null) as job
     from begun`,
    [asked.slug, asked.email, asked.reason, asked.minutes],
  );
  return rows[0]!;
}

export async function end(worker: Worker, slug: string): Promise<number> {
  const { rows } = await worker.query<{ ended: string }>("select app.end_support($1) as ended", [slug]);
  return Number(rows[0]!.ended);
}

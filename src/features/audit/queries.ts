import { and, asc, eq, type SQL, sql } from "drizzle-orm";
import type { Database, ScopedTx, WorkspaceTx } from "@/db/client";
import { keyset } from "@/db/keyset";
import { auditChanges, auditEvents, auditSeals } from "@/db/schema/audit";
import { statement } from "@/db/statement";

type NewEvent = Omit<typeof auditEvents.$inferSelect, "workspaceId" | "at" | "apiKeyId">;

const newEvent = statement("audit_event_new", (db) =>
  db.insert(auditEvents).values({
    id: sql.placeholder("id"),
    actorKind: sql.placeholder("actorKind"),
    actorId: sql.placeholder("actorId"),
    action: sql.placeholder("action"),
    subjectType: sql.placeholder("subjectType"),
    subjectId: sql.placeholder("subjectId"),
    detail: sql.placeholder("detail"),
    requestId: sql.placeholder("requestId"),
  }),
);
export const insertEvent = (tx: ScopedTx, row: NewEvent) => newEvent.later(tx, row);

/** Named although row-level security holds it too: the planner matches it with the index. */
const here = sql`(select app.workspace_id())`;

type Times = { actorId?: string | undefined; from?: string | undefined; to?: string | undefined };
type EventFilter = Times & { action?: string | undefined; subjectId?: string | undefined; text?: string | undefined };
type ChangeFilter = Times & { tableName?: string | undefined; rowId?: string | undefined; text?: string | undefined };
type Page = { after: { value: string; id: string } | undefined; count: number };

const timesOf = (table: typeof auditEvents | typeof auditChanges, { actorId, from, to }: Times) => [
  eq(table.workspaceId, here),
  actorId === undefined ? undefined : eq(table.actorId, actorId),
  from === undefined ? undefined : sql`${table.at} >= ${from}::timestamptz`,
  to === undefined ? undefined : sql`${table.at} < ${to}::timestamptz`,
];
const eventsOf = ({ action, subjectId, text, ...times }: EventFilter) =>
  and(
    ...timesOf(auditEvents, times),
    action === undefined ? undefined : ofAction(action),
    subjectId === undefined ? undefined : eq(auditEvents.subjectId, subjectId),
    text === undefined ? undefined : has(sql`${auditEvents.detail}`, text),
  );
const changesOf = ({ tableName, rowId, text, ...times }: ChangeFilter) =>
  and(
    ...timesOf(auditChanges, times),
    tableName === undefined ? undefined : eq(auditChanges.tableName, tableName),
    rowId === undefined ? undefined : eq(auditChanges.rowId, rowId),
    text === undefined ? undefined : has(sql`concat(${auditChanges.before}, ${auditChanges.after})`, text),
  );

const pageOf = (table: typeof auditEvents | typeof auditChanges, after: Page["after"]) =>
  keyset({ column: table.at, id: table.id, descending: true, after });

export function listEvents(tx: WorkspaceTx, { after, count, ...filter }: EventFilter & Page) {
  const { beyond, order } = pageOf(auditEvents, after);
  return tx
    .select()
    .from(auditEvents)
    .where(and(eventsOf(filter), beyond))
    .orderBy(...order)
    .limit(count);
}

export function listChanges(tx: WorkspaceTx, { after, count, ...filter }: ChangeFilter & Page) {
  const { beyond, order } = pageOf(auditChanges, after);
  return tx
    .select()
    .from(auditChanges)
    .where(and(changesOf(filter), beyond))
    .orderBy(...order)
    .limit(count);
}

type Export = { after: { at: Date; id: string } | undefined; count: number };
const beyondOf = (table: typeof auditEvents | typeof auditChanges, after: Export["after"]) =>
  after && sql`(${table.at}, ${table.id}) > (${after.at.toISOString()}::timestamptz, ${after.id}::uuid)`;

/** The oldest first, each with its seal where it has one. */
export function exportEvents(tx: WorkspaceTx, filter: EventFilter, { after, count }: Export) {
  return tx
    .select({ row: auditEvents, seal: auditSeals })
    .from(auditEvents)
    .leftJoin(auditSeals, and(eq(auditSeals.workspaceId, here), eq(auditSeals.rowId, auditEvents.id)))
    .where(and(eventsOf(filter), beyondOf(auditEvents, after)))
    .orderBy(asc(auditEvents.at), asc(auditEvents.id))
    .limit(count);
}

export function exportChanges(tx: WorkspaceTx, filter: ChangeFilter, { after, count }: Export) {
  return tx
    .select({ row: auditChanges, seal: auditSeals })
    .from(auditChanges)
    .leftJoin(auditSeals, and(eq(auditSeals.workspaceId, here), eq(auditSeals.rowId, auditChanges.id)))
    .where(and(changesOf(filter), beyondOf(auditChanges, after)))
    .orderBy(asc(auditChanges.at), asc(auditChanges.id))
    .limit(count);
}

const has = (column: SQL, text: string): SQL => sql`strpos(lower(${column}::text), lower(${text})) > 0`;

const ofAction = (action: string): SQL =>
  action.includes(".") ? eq(auditEvents.action, action) : sql`split_part(${auditEvents.action}, '.', 1) = ${action}`;

type KeyRefusal = { keyProof: string; method: string; path: string; code: string; requestId: string };

/** The workspace of the key; null where no such key lives. */
export async function recordKeyRefusal({ pool }: Database, refusal: KeyRefusal): Promise<string | null> {
  const { keyProof, method, path, code, requestId } = refusal;
  const { rows } = await pool.query<{ workspace_id: string | null }>(
    "select app.record_key_refusal($1, $2, $3, $4, $5) as workspace_id",
    [keyProof, method, path, code, requestId],
  );
  return rows[0]!.workspace_id;
}

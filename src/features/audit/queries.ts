import { and, eq, type SQL, sql } from "drizzle-orm";
import type { ScopedTx, WorkspaceTx } from "@/db/client";
import { keyset } from "@/db/keyset";
import { auditEvents } from "@/db/schema/audit";
import { statement } from "@/db/statement";

type NewEvent = Omit<typeof auditEvents.$inferSelect, "workspaceId" | "at">;

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

type Filter = {
  action?: string | undefined;
  subjectId?: string | undefined;
  actorId?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
  after: { value: string; id: string } | undefined;
  count: number;
};

export function listEvents(tx: WorkspaceTx, filter: Filter) {
  const { beyond, order } = keyset({
    column: auditEvents.at,
    id: auditEvents.id,
    descending: true,
    after: filter.after,
  });
  return tx
    .select()
    .from(auditEvents)
    .where(
      and(
        // Named although row-level security holds it too: the planner matches it with the index.
        eq(auditEvents.workspaceId, sql`(select app.workspace_id())`),
        filter.action === undefined ? undefined : ofAction(filter.action),
        filter.subjectId === undefined ? undefined : eq(auditEvents.subjectId, filter.subjectId),
        filter.actorId === undefined ? undefined : eq(auditEvents.actorId, filter.actorId),
        filter.from === undefined ? undefined : sql`${auditEvents.at} >= ${filter.from}::timestamptz`,
        filter.to === undefined ? undefined : sql`${auditEvents.at} < ${filter.to}::timestamptz`,
        beyond,
      ),
    )
    .orderBy(...order)
    .limit(filter.count);
}

const ofAction = (action: string): SQL =>
  action.includes(".") ? eq(auditEvents.action, action) : sql`split_part(${auditEvents.action}, '.', 1) = ${action}`;

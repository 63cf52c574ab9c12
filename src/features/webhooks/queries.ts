import { and, asc, count, eq, gt, inArray, isNull, lte, or, sql } from "drizzle-orm";
import type { Database, WorkspaceTx } from "@/db/client";
import { keyset } from "@/db/keyset";
import { webhooksAttempts, webhooksDeliveries, webhooksEndpoints } from "@/db/schema/webhooks";
import { statement } from "@/db/statement";

type Tx = WorkspaceTx;
export type EndpointRow = typeof webhooksEndpoints.$inferSelect;
export type DeliveryRow = typeof webhooksDeliveries.$inferSelect;
type After = { value: string; id: string } | undefined;

const wakeStatement = statement("webhooks_wake", (db) => ({
  prepare: (name: string) => db.select({ woken: sql`app.wake_webhooks()` }).from(sql`(select) as once`).prepare(name),
}));
/** Travels with the next statement, or with the commit. */
export const wake = (tx: Parameters<typeof wakeStatement.later>[0]) => wakeStatement.later(tx);

export function listEndpoints(tx: Tx, { after, count }: { after: After; count: number }): Promise<EndpointRow[]> {
  const { beyond, order } = keyset({
    column: webhooksEndpoints.createdAt,
    id: webhooksEndpoints.id,
    descending: true,
    after,
  });
  return tx
    .select()
    .from(webhooksEndpoints)
    .where(and(isNull(webhooksEndpoints.removedAt), beyond))
    .orderBy(...order)
    .limit(count);
}

export async function countEndpoints(tx: Tx) {
  const rows = await tx.select({ n: count() }).from(webhooksEndpoints).where(isNull(webhooksEndpoints.removedAt));
  return rows[0]!.n;
}

const live = (id: string) => and(eq(webhooksEndpoints.id, id), isNull(webhooksEndpoints.removedAt));

export async function findEndpoint(tx: Tx, id: string): Promise<EndpointRow | undefined> {
  return (await tx.select().from(webhooksEndpoints).where(live(id)))[0];
}

export async function lockEndpoint(tx: Tx, id: string): Promise<EndpointRow | undefined> {
  return (await tx.select().from(webhooksEndpoints).where(live(id)).for("update"))[0];
}

type NewEndpoint = Pick<EndpointRow, "id" | "url" | "description" | "eventTypes" | "sealedSecret" | "createdBy">;
export async function insertEndpoint(tx: Tx, row: NewEndpoint): Promise<EndpointRow> {
  return (await tx.insert(webhooksEndpoints).values(row).returning())[0]!;
}

export type EndpointChange = Partial<Omit<EndpointRow, "workspaceId" | "id" | "createdBy" | "createdAt" | "updatedAt">>;
export const changeEndpoint = (tx: Tx, id: string, change: EndpointChange) =>
  tx
    .update(webhooksEndpoints)
    .set({ ...change, updatedAt: sql`now()` })
    .where(live(id))
    .returning();

/** The same, as long as it is not removed: what became of a try is no change of the endpoint. */
export const noteHealth = (tx: Tx, id: string, health: EndpointChange) =>
  tx.update(webhooksEndpoints).set(health).where(live(id));

/** Everybody who is to be told of an event; those who are paused as well. */
export const endpointsFor = (tx: Tx, type: string, at: Date) =>
  tx
    .select({ id: webhooksEndpoints.id, status: webhooksEndpoints.status })
    .from(webhooksEndpoints)
    .where(
      and(
        isNull(webhooksEndpoints.removedAt),
        lte(webhooksEndpoints.createdAt, at),
        or(isNull(webhooksEndpoints.eventTypes), sql`${type} = any (${webhooksEndpoints.eventTypes})`),
      ),
    );

type NewDelivery = Pick<DeliveryRow, "id" | "endpointId" | "eventId" | "type" | "occurredAt" | "data" | "status">;
/** Once for each endpoint and event. */
export async function insertDeliveries(tx: Tx, rows: NewDelivery[]) {
  if (rows.length > 0) await tx.insert(webhooksDeliveries).values(rows).onConflictDoNothing();
}

export async function findDelivery(tx: Tx, id: string): Promise<DeliveryRow | undefined> {
  return (await tx.select().from(webhooksDeliveries).where(eq(webhooksDeliveries.id, id)))[0];
}

type Filter = {
  endpointId?: string | undefined;
  status?: DeliveryRow["status"] | undefined;
  type?: string | undefined;
  after: After;
  count: number;
};
export function listDeliveries(tx: Tx, { endpointId, status, type, after, count }: Filter): Promise<DeliveryRow[]> {
  const { beyond, order } = keyset({
    column: webhooksDeliveries.createdAt,
    id: webhooksDeliveries.id,
    descending: true,
    after,
  });
  return tx
    .select()
    .from(webhooksDeliveries)
    .where(
      and(
        eq(webhooksDeliveries.workspaceId, sql`(select app.workspace_id())`),
        endpointId === undefined ? undefined : eq(webhooksDeliveries.endpointId, endpointId),
        status === undefined ? undefined : eq(webhooksDeliveries.status, status),
        type === undefined ? undefined : eq(webhooksDeliveries.type, type),
        beyond,
      ),
    )
    .orderBy(...order)
    .limit(count);
}

export const attemptsOf = (tx: Tx, deliveryId: string) =>
  tx
    .select()
    .from(webhooksAttempts)
    .where(eq(webhooksAttempts.deliveryId, deliveryId))
    .orderBy(asc(webhooksAttempts.number));

/** Sends again, from the first try on. Answers the rows; what is under way is left alone. */
export const reopen = (tx: Tx, ids: string[], now: Date): Promise<DeliveryRow[]> =>
  tx
    .update(webhooksDeliveries)
    .set({ status: "Pending", tries: 0, nextAt: now, endedAt: null })
    .where(and(inArray(webhooksDeliveries.id, ids), sql`${webhooksDeliveries.status} <> 'Pending'`))
    .returning();

type Range = { endpointId: string; from: string; to: string; statuses: DeliveryRow["status"][]; most: number };
export async function idsBetween(tx: Tx, { endpointId, from, to, statuses, most }: Range): Promise<string[]> {
  const rows = await tx
    .select({ id: webhooksDeliveries.id })
    .from(webhooksDeliveries)
    .where(
      and(
        eq(webhooksDeliveries.endpointId, endpointId),
        inArray(webhooksDeliveries.status, statuses),
        sql`${webhooksDeliveries.eventId} is not null`,
        sql`${webhooksDeliveries.occurredAt} >= ${from}::timestamptz and ${webhooksDeliveries.occurredAt} < ${to}::timestamptz`,
      ),
    )
    .orderBy(asc(webhooksDeliveries.occurredAt), asc(webhooksDeliveries.eventId))
    .limit(most);
  return rows.map(({ id }) => id);
}

/** How many tries of an endpoint are under way elsewhere. */
export async function countUnderWay(tx: Tx, endpointId: string, jobId: string, now: Date) {
  const rows = await tx
    .select({ n: count() })
    .from(webhooksDeliveries)
    .where(
      and(
        eq(webhooksDeliveries.endpointId, endpointId),
        eq(webhooksDeliveries.status, "Pending"),
        gt(webhooksDeliveries.claimedUntil, now),
        sql`${webhooksDeliveries.claimedBy} <> ${jobId}`,
      ),
    );
  return rows[0]!.n;
}

/**
 * The next delivery of an endpoint, held by this job from now on. What this same job held before its process died is its own
 * still; what another one's held is free when its time is over.
 */
export async function claimNext(
  tx: Tx,
  {
    endpointId,
    jobId,
    now,
    until,
    pingsOnly,
  }: { endpointId: string; jobId: string; now: Date; until: Date; pingsOnly: boolean },
): Promise<DeliveryRow | undefined> {
  const due = tx
    .select({ id: webhooksDeliveries.id })
    .from(webhooksDeliveries)
    .where(
      and(
        eq(webhooksDeliveries.endpointId, endpointId),
        eq(webhooksDeliveries.status, "Pending"),
        lte(webhooksDeliveries.nextAt, now),
        or(
          isNull(webhooksDeliveries.claimedUntil),
          lte(webhooksDeliveries.claimedUntil, now),
          eq(webhooksDeliveries.claimedBy, jobId),
        ),
        pingsOnly ? isNull(webhooksDeliveries.eventId) : undefined,
      ),
    )
    .orderBy(asc(webhooksDeliveries.nextAt), asc(webhooksDeliveries.eventId))
    .limit(1)
    .for("update", { skipLocked: true });
  const rows = await tx
    .update(webhooksDeliveries)
    .set({ claimedBy: jobId, claimedUntil: until, tries: sql`${webhooksDeliveries.tries} + 1` })
    .where(inArray(webhooksDeliveries.id, due))
    .returning();
  return rows[0];
}

/** Begins a try; one before it that has no end is lost, since whoever made it is no more. Answers its number. */
export async function beginAttempt(tx: Tx, deliveryId: string, now: Date): Promise<number> {
  await tx
    .update(webhooksAttempts)
    .set({ endedAt: now, outcome: "Lost", error: "The process ended before an answer was noted." })
    .where(and(eq(webhooksAttempts.deliveryId, deliveryId), isNull(webhooksAttempts.endedAt)));
  const number = sql<number>`(select coalesce(max(a.number), 0) + 1 from ${webhooksAttempts} a where a.delivery_id = ${deliveryId}::uuid)`;
  const rows = await tx
    .insert(webhooksAttempts)
    .values({ deliveryId, number, startedAt: now })
    .returning({ number: webhooksAttempts.number });
  return rows[0]!.number;
}

type AttemptEnd = Pick<
  typeof webhooksAttempts.$inferSelect,
  "endedAt" | "outcome" | "statusCode" | "response" | "error"
>;
/** False where somebody else took this try for lost meanwhile. */
export async function endAttempt(tx: Tx, deliveryId: string, number: number, end: AttemptEnd): Promise<boolean> {
  const rows = await tx
    .update(webhooksAttempts)
    .set(end)
    .where(
      and(
        eq(webhooksAttempts.deliveryId, deliveryId),
        eq(webhooksAttempts.number, number),
        isNull(webhooksAttempts.endedAt),
      ),
    )
    .returning({ number: webhooksAttempts.number });
  return rows.length > 0;
}

type DeliveryEnd = Partial<Pick<DeliveryRow, "status" | "nextAt" | "endedAt">>;
export const settleDelivery = (tx: Tx, id: string, end: DeliveryEnd) =>
  tx
    .update(webhooksDeliveries)
    .set({ ...end, claimedBy: null, claimedUntil: null })
    .where(eq(webhooksDeliveries.id, id));

/** When an endpoint has something to be tried next; null where it has nothing. Somebody's claim is over in its time. */
export async function nextDue(tx: Tx, endpointId: string, pingsOnly: boolean): Promise<Date | null> {
  const rows = await tx
    .select({ at: sql<string | null>`min(greatest(${webhooksDeliveries.nextAt}, ${webhooksDeliveries.claimedUntil}))` })
    .from(webhooksDeliveries)
    .where(
      and(
        eq(webhooksDeliveries.endpointId, endpointId),
        eq(webhooksDeliveries.status, "Pending"),
        pingsOnly ? isNull(webhooksDeliveries.eventId) : undefined,
      ),
    );
  const at = rows[0]?.at;
  return at ? new Date(at) : null;
}

/** Of everybody. Answers how many deliveries it was, 10,000 at most. */
export async function purge({ pool }: Database): Promise<number> {
  const { rows } = await pool.query<{ purged: string }>("select app.purge_webhooks() as purged");
  return Number(rows[0]!.purged);
}

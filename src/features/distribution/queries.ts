import { and, asc, desc, eq, gte, inArray, isNotNull, isNull, or, type SQL, sql } from "drizzle-orm";
import type { PgUpdateSetSource } from "drizzle-orm/pg-core";
import type { GuestTx, WorkspaceTx } from "@/db/client";
import { keyset } from "@/db/keyset";
import { distributionAttempts, distributionParts, distributionSchedules } from "@/db/schema/distribution";
import { countWhere, localDay, median, within } from "@/db/spans";
import { statement } from "@/db/statement";
import type { Span } from "@/platform/period";
import type { ScheduleStatus } from "./policy";

type Tx = WorkspaceTx;

export type ScheduleRow = typeof distributionSchedules.$inferSelect;
export type LockedSchedule = ScheduleRow & { now: Date };
export type PartRow = typeof distributionParts.$inferSelect;
export type AttemptRow = typeof distributionAttempts.$inferSelect;

const inScope = sql`${distributionSchedules.workspaceId} = (select app.workspace_id())`;

/** Undefined where the same version goes out on that channel at that time already. */
export async function insertSchedule(tx: Tx, row: Omit<typeof distributionSchedules.$inferInsert, "dueAt">) {
  const rows = await tx
    .insert(distributionSchedules)
    .values({ ...row, dueAt: dueFor(row.scheduledTime) })
    .onConflictDoNothing()
    .returning();
  return rows[0];
}

export async function findSchedule(tx: Tx, id: string): Promise<ScheduleRow | undefined> {
  const rows = await tx.select().from(distributionSchedules).where(eq(distributionSchedules.id, id));
  return rows[0];
}

/** With the time of the transaction by the database's clock, the one that jobs are started by. */
export async function lockSchedule(tx: Tx, id: string): Promise<LockedSchedule | undefined> {
  const rows = await tx
    .select({ row: distributionSchedules, now: sql<string>`now()` })
    .from(distributionSchedules)
    .where(and(inScope, eq(distributionSchedules.id, id)))
    .for("update");
  return rows[0] && { ...rows[0].row, now: new Date(rows[0].now) };
}

export type ScheduleChange = PgUpdateSetSource<typeof distributionSchedules>;

/** When a publication planned for a time is due: then, or now where that is gone, by the clock that starts jobs. */
export const dueFor = (at: Date) => sql<Date>`greatest(${at.toISOString()}::timestamptz, now())`;

export async function updateSchedule(tx: Tx, id: string, change: ScheduleChange): Promise<ScheduleRow | undefined> {
  const rows = await tx
    .update(distributionSchedules)
    .set({ ...change, updatedAt: sql`now()` })
    .where(and(inScope, eq(distributionSchedules.id, id)))
    .returning();
  return rows[0];
}

/** Where items are out by now, the latest publication last. */
export const placesOf = (tx: Tx, contentItemIds: string[]) =>
  tx
    .select({
      contentItemId: distributionSchedules.contentItemId,
      channelId: distributionSchedules.channelId,
      publishedUrl: distributionSchedules.publishedUrl,
    })
    .from(distributionSchedules)
    .where(
      and(
        inScope,
        inArray(distributionSchedules.contentItemId, contentItemIds),
        eq(distributionSchedules.status, "Published"),
        isNull(distributionSchedules.removedAt),
      ),
    )
    .orderBy(asc(distributionSchedules.publishedAt), asc(distributionSchedules.id));

/** With its attempts and parts, in one statement. */
export async function findScheduleState(tx: Tx, id: string) {
  const of = (table: typeof distributionAttempts | typeof distributionParts) =>
    sql`${table.workspaceId} = ${distributionSchedules.workspaceId} and ${table.scheduleId} = ${distributionSchedules.id}`;
  const a = distributionAttempts;
  const p = distributionParts;
  const rows = await tx
    .select({
      schedule: distributionSchedules,
      attempts: sql<AttemptJson[]>`(select coalesce(json_agg(json_build_object(
        'number', ${a.number}, 'kind', ${a.kind}, 'startedAt', ${a.startedAt}, 'endedAt', ${a.endedAt},
        'outcome', ${a.outcome}, 'error', ${a.error}) order by ${a.number}), '[]') from ${a} where ${of(a)})`,
      parts: sql<PartJson[]>`(select coalesce(json_agg(json_build_object(
        'position', ${p.position}, 'text', ${p.text}, 'remoteId', ${p.remoteId}, 'remoteUrl', ${p.remoteUrl},
        'publishedAt', ${p.publishedAt}, 'removedAt', ${p.removedAt}) order by ${p.position}), '[]') from ${p} where ${of(p)})`,
    })
    .from(distributionSchedules)
    .where(and(inScope, eq(distributionSchedules.id, id)));
  return rows[0];
}

type Instants<Row, Names extends keyof Row> = Omit<Row, Names> & { [Name in Names]: string | Extract<Row[Name], null> };
type AttemptJson = Instants<
  Pick<AttemptRow, "number" | "kind" | "startedAt" | "endedAt" | "outcome" | "error">,
  "startedAt" | "endedAt"
>;
type PartJson = Instants<
  Pick<PartRow, "position" | "text" | "remoteId" | "remoteUrl" | "publishedAt" | "removedAt">,
  "publishedAt" | "removedAt"
>;

type ListFilter = {
  from?: string | undefined;
  to?: string | undefined;
  status?: ScheduleStatus | undefined;
  channelId?: string | undefined;
  contentItemId?: string | undefined;
  descending: boolean;
  after: { value: string; id: string } | undefined;
  count: number;
};

export function listSchedules(tx: Tx, { descending, after, count, ...filter }: ListFilter) {
  const s = distributionSchedules;
  const { beyond, order } = keyset({ column: s.scheduledTime, id: s.id, descending, after });
  return tx
    .select()
    .from(s)
    .where(
      and(
        inScope,
        filter.from ? sql`${s.scheduledTime} >= ${filter.from}::timestamptz` : undefined,
        filter.to ? sql`${s.scheduledTime} < ${filter.to}::timestamptz` : undefined,
        filter.status && eq(s.status, filter.status),
        filter.channelId ? eq(s.channelId, filter.channelId) : undefined,
        filter.contentItemId ? eq(s.contentItemId, filter.contentItemId) : undefined,
        beyond,
      ),
    )
    .orderBy(...order)
    .limit(count);
}

/** The first that is to go out on a channel from a time on. */
export async function firstPlannedFrom(tx: Tx, channelId: string, from: Date): Promise<string | undefined> {
  const s = distributionSchedules;
  const rows = await tx
    .select({ id: s.id })
    .from(s)
    .where(and(inScope, eq(s.channelId, channelId), eq(s.status, "Scheduled"), gte(s.scheduledTime, from)))
    .orderBy(asc(s.scheduledTime), asc(s.id))
    .limit(1);
  return rows[0]?.id;
}

export type Held = { contentItemId: string; beforeVersion?: number } | { submissionId: string } | { channelId: string };

/** Puts what is still to go out on hold, and answers which. What is going out right now is left to finish. */
const holding = (name: string, which: SQL) =>
  statement(name, (db) =>
    db
      .update(distributionSchedules)
      .set({
        status: "OnHold",
        holdReason: sql`${sql.placeholder("reason")}`,
        jobId: null,
        updatedAt: sql`now()`,
      })
      .where(and(inScope, eq(distributionSchedules.status, "Scheduled"), which))
      .returning({ id: distributionSchedules.id, contentItemId: distributionSchedules.contentItemId }),
  );

/** Stops what a client approved and has not gone out, and tells where each publication of it stands. */
export async function holdReviewed(tx: GuestTx, submissionId: string, reason: string) {
  const { rows } = await tx.execute<{ id: string; status: ScheduleStatus; held: boolean }>(
    sql`select schedule_id as id, state as status, held from app.hold_reviewed(${submissionId}, ${reason})`,
  );
  return rows;
}

const NEWEST = 2_147_483_647;
const holdOfItem = holding(
  "schedules_held_of_item",
  sql`${distributionSchedules.contentItemId} = ${sql.placeholder("contentItemId")} and ${distributionSchedules.versionNumber} < ${sql.placeholder("beforeVersion")}`,
);
const holdOfSubmission = holding(
  "schedules_held_of_submission",
  sql`${distributionSchedules.submissionId} = ${sql.placeholder("submissionId")}`,
);
const holdOfChannel = holding(
  "schedules_held_of_channel",
  sql`${distributionSchedules.channelId} = ${sql.placeholder("channelId")}`,
);

export function holdScheduled(tx: Tx, held: Held, reason: string) {
  if ("contentItemId" in held) return holdOfItem(tx, { beforeVersion: NEWEST, ...held, reason });
  return "submissionId" in held ? holdOfSubmission(tx, { ...held, reason }) : holdOfChannel(tx, { ...held, reason });
}

/** In order; read after the schedule's lock is held, since a statement sees what was committed before it began. */
export const attemptsOf = (tx: Tx, scheduleId: string): Promise<AttemptRow[]> =>
  tx
    .select()
    .from(distributionAttempts)
    .where(
      and(
        sql`${distributionAttempts.workspaceId} = (select app.workspace_id())`,
        eq(distributionAttempts.scheduleId, scheduleId),
      ),
    )
    .orderBy(asc(distributionAttempts.number));

export async function insertAttempt(tx: Tx, row: typeof distributionAttempts.$inferInsert): Promise<AttemptRow> {
  const rows = await tx.insert(distributionAttempts).values(row).returning();
  return rows[0]!;
}

/** An attempt that was over when it was written down: a person's word. */
export const insertEndedAttempt = (
  tx: Tx,
  row: Pick<AttemptRow, "scheduleId" | "number" | "kind"> & { outcome: NonNullable<AttemptRow["outcome"]> },
) => tx.insert(distributionAttempts).values({ ...row, endedAt: sql`now()` });

/** @throws where it has ended already, which would mean that two publishers worked on it */
export async function endAttempt(
  tx: Tx,
  id: string,
  { outcome, error = null }: { outcome: NonNullable<AttemptRow["outcome"]>; error?: string | null },
) {
  const rows = await tx
    .update(distributionAttempts)
    .set({ outcome, error, endedAt: sql`clock_timestamp()` })
    .where(
      and(
        sql`${distributionAttempts.workspaceId} = (select app.workspace_id())`,
        eq(distributionAttempts.id, id),
        isNull(distributionAttempts.endedAt),
      ),
    )
    .returning({ id: distributionAttempts.id });
  if (rows.length === 0) throw new Error(`Attempt ${id} has ended already`);
}

export const partsOf = (tx: Tx, scheduleId: string): Promise<PartRow[]> =>
  tx
    .select()
    .from(distributionParts)
    .where(
      and(
        sql`${distributionParts.workspaceId} = (select app.workspace_id())`,
        eq(distributionParts.scheduleId, scheduleId),
      ),
    )
    .orderBy(asc(distributionParts.position));

export const insertParts = (tx: Tx, rows: (typeof distributionParts.$inferInsert)[]): Promise<PartRow[]> =>
  tx.insert(distributionParts).values(rows).returning();

const thePart = (id: string) =>
  and(sql`${distributionParts.workspaceId} = (select app.workspace_id())`, eq(distributionParts.id, id));

export const markPublished = (tx: Tx, id: string, remote: { remoteId: string; remoteUrl: string | undefined }) =>
  tx
    .update(distributionParts)
    .set({ remoteId: remote.remoteId, remoteUrl: remote.remoteUrl ?? null, publishedAt: sql`now()` })
    .where(thePart(id));

/** Of every publication of that remote object: on networks that update in place, several made the same. */
export const markRemoved = (tx: Tx, channelId: string, remoteId: string) =>
  tx
    .update(distributionParts)
    .set({ removedAt: sql`now()` })
    .where(
      and(
        sql`${distributionParts.workspaceId} = (select app.workspace_id())`,
        eq(distributionParts.channelId, channelId),
        eq(distributionParts.remoteId, remoteId),
        isNull(distributionParts.removedAt),
      ),
    );

/** The schedule and, where several made the same remote object, those whose parts are all down with it. */
export async function markSchedulesRemoved(
  tx: Tx,
  id: string,
  channelId: string,
  remoteIds: string[],
): Promise<string[]> {
  const s = distributionSchedules;
  const p = distributionParts;
  const ofSchedule = sql`${p.workspaceId} = ${s.workspaceId} and ${p.scheduleId} = ${s.id}`;
  const shared = and(
    eq(s.channelId, channelId),
    inArray(s.status, ["Published", "Canceled"]),
    sql`exists (select from ${p} where ${ofSchedule} and ${inArray(p.remoteId, remoteIds)})`,
    sql`not exists (select from ${p} where ${ofSchedule} and ${p.remoteId} is not null and ${p.removedAt} is null)`,
  );
  const rows = await tx
    .update(s)
    .set({ removedAt: sql`now()`, message: null, jobId: null, updatedAt: sql`now()` })
    .where(and(inScope, isNull(s.removedAt), remoteIds.length > 0 ? or(eq(s.id, id), shared) : eq(s.id, id)))
    .returning({ id: s.id });
  return rows.map((row) => row.id);
}

/** The parts of a publication that are out and can be named on their network, in order: what metrics are asked for. */
export const publishedParts = (tx: Tx, scheduleId: string): Promise<PartRow[]> =>
  tx
    .select()
    .from(distributionParts)
    .where(
      and(
        sql`${distributionParts.workspaceId} = (select app.workspace_id())`,
        eq(distributionParts.scheduleId, scheduleId),
        isNotNull(distributionParts.remoteId),
        isNull(distributionParts.removedAt),
      ),
    )
    .orderBy(asc(distributionParts.position));

/** What is out, the newest first. */
export const publishedSchedules = (tx: Tx, contentItemId: string) =>
  tx
    .select()
    .from(distributionSchedules)
    .where(
      and(
        inScope,
        eq(distributionSchedules.contentItemId, contentItemId),
        eq(distributionSchedules.status, "Published"),
        isNull(distributionSchedules.removedAt),
      ),
    )
    .orderBy(desc(distributionSchedules.publishedAt), desc(distributionSchedules.id));

type Asked = { span: Span; previous: Span; timeZone: string };

/** What went out in a period and in the one before, and how it went with what was due then. */
export async function publicationFacts(tx: Tx, { span, previous, timeZone }: Asked) {
  const s = distributionSchedules;
  const out = (during: Span) => sql`${s.status} = 'Published' and ${within(s.publishedAt, during)}`;
  const late = (during: Span) => sql`${out(during)} and ${s.lateMs} > ${LATE_MS}`;
  const due = (status: ScheduleStatus, during: Span) => sql`${s.status} = ${status} and ${within(s.dueAt, during)}`;
  const minutes = sql`${s.lateMs} / 60000.0`;
  const both = { ...previous, to: span.to };
  const rows = await tx
    .select({
      late: countWhere(late(span)),
      lateBefore: countWhere(late(previous)),
      minutesLate: median(minutes, late(span)),
      minutesLateBefore: median(minutes, late(previous)),
      failed: countWhere(due("Failed", span)),
      failedBefore: countWhere(due("Failed", previous)),
      unknown: countWhere(due("Unknown", span)),
      unknownBefore: countWhere(due("Unknown", previous)),
      firstDay: sql<
        string | null
      >`(select ${localDay(sql`min(${s.publishedAt})`, timeZone)} from ${s} where ${s.status} = 'Published')`,
      publishedByDay: sql<Record<string, number>>`(select coalesce(json_object_agg(day, publications), '{}') from (
        select ${localDay(s.publishedAt, timeZone)} as day, count(*) as publications from ${s} where ${out(span)} group by 1) days)`,
      channels: sql<ChannelFacts[]>`(select coalesce(json_agg(c order by c."channelId"), '[]') from (
        select ${s.channelId} as "channelId", ${countWhere(out(span))} as published, ${countWhere(out(previous))} as "publishedBefore"
        from ${s} where ${out(both)} group by 1) c)`,
    })
    .from(s)
    .where(and(inScope, or(within(s.publishedAt, both), within(s.dueAt, both))));
  return rows[0]!;
}

type ChannelFacts = { channelId: string; published: number; publishedBefore: number };

/** What begins so much after it was due counts as late. */
const LATE_MS = 60_000;

/**
 * The other parts of a channel: where each is that went out lately, whatever its words, since two texts may look alike on a
 * network; and null for one with the same text that may be under way. Of the part's own thread only those that are out are
 * told: which of the rest is which is told by what they answer.
 */
export async function otherParts(
  tx: Tx,
  channelId: string,
  { key, text, createdAt }: { key: string; text: string; createdAt: Date },
): Promise<{ remoteId: string | null }[]> {
  const { rows } = await tx.execute<{ remoteId: string | null }>(sql`
    select other.remote_id as "remoteId"
      from distribution_parts other
      join distribution_schedules s on s.workspace_id = other.workspace_id and s.id = other.schedule_id
     where other.workspace_id = (select app.workspace_id())
       and other.channel_id = ${channelId} and other.remote_key <> ${key}
       and (other.remote_id is not null and other.published_at > ${createdAt.toISOString()}::timestamptz - interval '1 hour'
            -- Published without a place: a person has said that it is out, and nobody knows where.
            or (other.remote_id is null and other.text = ${text} and s.status in ('Publishing', 'Unknown', 'Published')
                and not exists (select from distribution_parts own
                                 where own.workspace_id = other.workspace_id and own.channel_id = other.channel_id
                                   and own.remote_key = ${key} and own.schedule_id = other.schedule_id)))`);
  return rows;
}

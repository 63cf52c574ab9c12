import { and, eq, isNull, type SQL, sql } from "drizzle-orm";
import type { Database, WorkspaceTx } from "@/db/client";
import { events, eventsConsumers, eventsPresence } from "@/db/schema/events";
import type { Position } from "./cursor";

type Tx = WorkspaceTx;

export type Filter = { subjectId?: string | undefined; types?: readonly string[] | undefined };

export type EventRow = {
  turn: number;
  id: number;
  type: string;
  subjectId: string;
  payload: Record<string, unknown>;
  actorId: string | null;
  at: string;
};

export type PresenceRow = {
  subjectId: string;
  userId: string;
  name: string;
  clientId: string;
  state: "Viewing" | "Editing";
  versionNumber: number | null;
  field: string | null;
  selection: { start: number; end: number } | null;
  since: string;
};

/** Whoever is still writing has this turn or a later one. */
const BOUND = sql`pg_snapshot_xmin(pg_current_snapshot())::text::bigint`;
/** No event of this server has a later turn. */
const REACHED = sql`pg_snapshot_xmax(pg_current_snapshot())::text::bigint`;
const HERE = sql`workspace_id = (select app.workspace_id())`;

const MOST_PRESENT = 200;
/** Whoever is not heard of for so long has left. */
const PRESENT = sql`(${eventsPresence.leftAt} is null and ${eventsPresence.seenAt} > now() - interval '30 seconds')`;

export type Asked = Filter & {
  /** Where the reader is; without it, only where the end is. */
  after?: Pick<Position, "turn" | "id"> | undefined;
  limit: number;
  /** Whether those who are present are told as well. */
  presence?: boolean;
};

export type News = {
  workspaceId: string;
  /** All events of a lower turn are there, and were told, unless they are as many as was asked for. */
  bound: number;
  /** Whether the place is one that this server has yet to reach: it was another's. */
  ahead: boolean;
  items: EventRow[];
  /** Whether events wait for somebody to finish who may have an earlier one. */
  pending: boolean;
  presence: PresenceRow[];
};

/** One statement, so that one snapshot tells both what there is and up to where it is all. */
export async function readNews(tx: Tx, { after, limit, presence, ...filter }: Asked): Promise<News> {
  const beyond = after && sql`(turn, id) > (${after.turn}::bigint, ${after.id}::bigint)`;
  const picked = sql.join([HERE, ...conditions(filter), ...(beyond ? [beyond] : [])], sql` and `);
  const { rows } = await tx.execute<News & { bound: string }>(sql`
    select app.workspace_id() as "workspaceId", ${BOUND} as bound,
      ${after ? sql`${after.turn}::bigint > ${REACHED}` : sql`false`} as ahead,
      ${after ? found(picked, limit) : NONE} as items,
      ${after ? sql`exists (select from ${events} where ${picked} and turn >= ${BOUND})` : sql`false`} as pending,
      ${presence ? presentRows(filter.subjectId) : NONE} as presence`);
  const row = rows[0]!;
  return { ...row, bound: Number(row.bound) };
}

const NONE = sql`'[]'::json`;

const conditions = ({ subjectId, types }: Filter): SQL[] => [
  ...(subjectId ? [sql`subject_id = ${subjectId}::uuid`] : []),
  ...(types ? [sql`type = any(${sql.param(types)}::text[])`] : []),
];

const found = (picked: SQL, limit: number) => sql`(
  select coalesce(json_agg(e), '[]') from (
    select turn, id, type, subject_id as "subjectId", payload, actor_id as "actorId", at from ${events}
    where ${picked} and turn < ${BOUND} order by turn, id limit ${limit}) e)`;

const presentRows = (itemId?: string) => sql`(
  select coalesce(json_agg(p), '[]') from (
    select content_item_id as "subjectId", user_id as "userId", u.name, client_id as "clientId", state,
      version_number as "versionNumber", field, since,
      case when selection_start is not null then json_build_object('start', selection_start, 'end', selection_end) end as selection
    from ${eventsPresence} join users u on u.id = user_id
    where ${HERE} and ${PRESENT} ${itemId ? sql`and content_item_id = ${itemId}::uuid` : sql``}
    order by since, user_id, client_id limit ${MOST_PRESENT}) p)`;

/** Undefined where there is no such item. */
export async function presentAt(tx: Tx, itemId: string): Promise<PresenceRow[] | undefined> {
  const { rows } = await tx.execute<{ present: PresenceRow[] }>(
    sql`select ${presentRows(itemId)} as present from content_items where id = ${itemId}::uuid`,
  );
  return rows[0]?.present;
}

type Said = Omit<typeof eventsPresence.$inferInsert, "workspaceId" | "userId" | "since" | "seenAt" | "leftAt">;

/** `since` stays as long as somebody is there without a break. */
export async function savePresence(tx: Tx, { contentItemId, clientId, ...said }: Said) {
  await tx
    .insert(eventsPresence)
    .values({ contentItemId, clientId, ...said })
    .onConflictDoUpdate({
      target: [
        eventsPresence.workspaceId,
        eventsPresence.contentItemId,
        eventsPresence.userId,
        eventsPresence.clientId,
      ],
      set: {
        ...said,
        since: sql`case when ${PRESENT} then ${eventsPresence.since} else now() end`,
        seenAt: sql`now()`,
        leftAt: null,
      },
    });
}

export async function leave(
  tx: Tx,
  { itemId, userId, clientId }: { itemId: string; userId: string; clientId?: string | undefined },
) {
  const left = await tx
    .update(eventsPresence)
    .set({ leftAt: sql`now()` })
    .where(
      and(
        eq(eventsPresence.contentItemId, itemId),
        eq(eventsPresence.userId, userId),
        isNull(eventsPresence.leftAt),
        clientId === undefined ? undefined : eq(eventsPresence.clientId, clientId),
      ),
    )
    .returning({ clientId: eventsPresence.clientId });
  return left.length > 0;
}

/** A consumer's place, held until the transaction ends, so that no other process goes on from it meanwhile. */
export async function holdConsumer(tx: Tx, consumer: string): Promise<Pick<Position, "turn" | "id">> {
  await tx.insert(eventsConsumers).values({ consumer }).onConflictDoNothing();
  const rows = await tx
    .select({ turn: eventsConsumers.turn, id: eventsConsumers.eventId })
    .from(eventsConsumers)
    .where(eq(eventsConsumers.consumer, consumer))
    .for("update");
  return rows[0]!;
}

export const advanceConsumer = (tx: Tx, consumer: string, { turn, id }: Pick<Position, "turn" | "id">) =>
  tx
    .update(eventsConsumers)
    .set({ turn, eventId: id, updatedAt: sql`now()` })
    .where(eq(eventsConsumers.consumer, consumer));

/** Of everybody. Answers how many events it were: up to 100,000 at a time. */
export async function purge({ pool }: Database): Promise<number> {
  const { rows } = await pool.query<{ purged: string }>("select app.purge_events() as purged");
  return Number(rows[0]!.purged);
}

import { and, eq, isNull, sql } from "drizzle-orm";
import type { Database, WorkspaceTx } from "@/db/client";
import { eventsConsumers, eventsPresence } from "@/db/schema/events";
import type { Place } from "./cursor";

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

const MOST_PRESENT = 200;
/** Whoever is not heard of for so long has left. */
const PRESENT = sql`(${eventsPresence.leftAt} is null and ${eventsPresence.seenAt} > now() - interval '30 seconds')`;

export type Asked = Filter & {
  /** Where the reader is; without it, only where the end is. */
  after?: Place | undefined;
  limit: number;
  /** Whether those who are present are told as well. */
  presence?: boolean;
};

export type News = {
  workspaceId: string;
  /** Up to where all events are there. */
  settled: Place;
  /** Whether the place is one that this server has yet to come to: it was another's. */
  ahead: boolean;
  items: EventRow[];
  /** Whether there are events that somebody who has yet to commit may still come before. */
  pending: boolean;
  presence: PresenceRow[];
};

export async function readNews(tx: Tx, { after, limit, presence, subjectId, types }: Asked): Promise<News> {
  const { rows } = await tx.execute<News & { turn: string; id: string }>(sql`
    select app.workspace_id() as "workspaceId", settled_turn as turn, settled_id as id, ahead, items, pending,
      ${presence ? presentRows(subjectId) : sql`'[]'::json`} as presence
    from app.read_events(${after?.turn ?? null}::bigint, ${after?.id ?? null}::bigint, ${subjectId ?? null}::uuid,
      ${sql.param(types ?? null)}::text[], ${limit}::int)`);
  const { turn, id, ...news } = rows[0]!;
  return { ...news, settled: { turn: Number(turn), id: Number(id) } };
}

/** In a busy workspace more may have happened in a few seconds than is worth telling. */
const MOST_RECENT = 500;

/** Where the events of the last `seconds` follow; "nothing" where there are none, and undefined where they are too many. */
export async function placeBefore(tx: Tx, seconds: number): Promise<Place | "nothing" | undefined> {
  const { rows } = await tx.execute<{ turn: string | null; id: string | null; seen: string }>(sql`
    select min(turn) filter (where recent) as turn, min(id) filter (where recent) as id, count(*) filter (where recent) as seen
    from (
      select turn, id, at > now() - make_interval(secs => ${seconds}) as recent from events
      where workspace_id = (select app.workspace_id()) order by turn desc, id desc limit ${MOST_RECENT}) newest`);
  const { turn, id, seen } = rows[0]!;
  if (Number(seen) === MOST_RECENT) return undefined;
  return turn === null ? "nothing" : { turn: Number(turn), id: Number(id) - 1 };
}

const presentRows = (itemId?: string) => sql`(
  select coalesce(json_agg(p), '[]') from (
    select content_item_id as "subjectId", user_id as "userId", u.name, client_id as "clientId", state,
      version_number as "versionNumber", field, since,
      case when selection_start is not null then json_build_object('start', selection_start, 'end', selection_end) end as selection
    from ${eventsPresence} join users u on u.id = user_id
    where workspace_id = (select app.workspace_id()) and ${PRESENT} ${itemId ? sql`and content_item_id = ${itemId}::uuid` : sql``}
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
export async function holdConsumer(tx: Tx, consumer: string): Promise<Place> {
  await tx.insert(eventsConsumers).values({ consumer }).onConflictDoNothing();
  const rows = await tx
    .select({ turn: eventsConsumers.turn, id: eventsConsumers.eventId })
    .from(eventsConsumers)
    .where(eq(eventsConsumers.consumer, consumer))
    .for("update");
  return rows[0]!;
}

export const advanceConsumer = (tx: Tx, consumer: string, { turn, id }: Place) =>
  tx
    .update(eventsConsumers)
    .set({ turn, eventId: id, updatedAt: sql`now()` })
    .where(eq(eventsConsumers.consumer, consumer));

/** Of everybody. Answers how many events it were: up to 100,000 at a time. */
export async function purge({ pool }: Database): Promise<number> {
  const { rows } = await pool.query<{ purged: string }>("select app.purge_events() as purged");
  return Number(rows[0]!.purged);
}

import { sql } from "drizzle-orm";
import type { DomainEvent } from "@/platform/events";
import type { WorkspaceTx } from "./client";
import { events } from "./schema/events";
import { announceOnceCommitted, contextOf } from "./scope";
import { statement } from "./statement";

const insertEvent = statement("event_new", (db) =>
  db.insert(events).values({
    type: sql.placeholder("type"),
    subjectId: sql.placeholder("subjectId"),
    payload: sql.placeholder("payload"),
    actorId: sql.placeholder("actorId"),
  }),
);

/** Writes an event in the transaction of what happened, and lets the other rooms react to it there. */
export async function emit(tx: WorkspaceTx, event: DomainEvent) {
  const { db, actor } = contextOf(tx);
  insertEvent.later(tx, { ...event, actorId: actor.userId });
  announceOnceCommitted(tx);
  await db.react(tx, actor, event);
}

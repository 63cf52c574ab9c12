import { sql } from "drizzle-orm";
import { actorIdOf } from "@/platform/actor";
import type { DomainEvent, GuestEvent } from "@/platform/events";
import type { ScopedTx, WorkspaceTx } from "./client";
import { events } from "./schema/events";
import { announceOnceCommitted, contextOf } from "./scope-context";
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
export async function emit<Tx extends ScopedTx>(tx: Tx, event: Tx extends WorkspaceTx ? DomainEvent : GuestEvent) {
  const { db, actor } = contextOf(tx);
  insertEvent.later(tx, { ...event, actorId: actorIdOf(actor) });
  announceOnceCommitted(tx);
  await db.react(tx, actor, event);
}

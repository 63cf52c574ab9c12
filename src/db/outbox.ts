import type { DomainEvent } from "@/platform/events";
import type { WorkspaceTx } from "./client";
import { events } from "./schema/events";
import { contextOf } from "./scope";

/** Writes an event in the transaction of what happened, and lets the other rooms react to it there. */
export async function emit(tx: WorkspaceTx, event: DomainEvent) {
  const { db, actor } = contextOf(tx);
  await tx.insert(events).values({ ...event, actorId: actor.userId });
  await db.react(tx, actor, event);
}

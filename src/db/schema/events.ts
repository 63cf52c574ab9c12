import { sql } from "drizzle-orm";
import { bigint, integer, jsonb, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { at, author, now, workspaceId } from "./columns";

/** Exact up to 2^53: at a million transactions a second, after 285 years. */
const count = () => bigint({ mode: "number" });

export const events = pgTable(
  "events",
  {
    workspaceId: workspaceId(),
    id: count().generatedAlwaysAsIdentity(),
    type: text().notNull(),
    subjectId: uuid().notNull(),
    payload: jsonb().notNull().default({}),
    actorId: uuid(),
    at: now(),
    turn: count()
      .notNull()
      .default(
        sql`greatest(pg_current_xact_id()::text::bigint, pg_snapshot_xmax(pg_current_snapshot())::text::bigint - 1)`,
      ),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.turn, t.id] })],
);

export const eventsConsumers = pgTable(
  "events_consumers",
  {
    workspaceId: workspaceId(),
    consumer: text().notNull(),
    turn: count().notNull().default(0),
    eventId: count().notNull().default(0),
    updatedAt: now(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.consumer] })],
);

export const eventsPresence = pgTable(
  "events_presence",
  {
    workspaceId: workspaceId(),
    contentItemId: uuid().notNull(),
    userId: author(),
    clientId: text().notNull(),
    state: text({ enum: ["Viewing", "Editing"] }).notNull(),
    versionNumber: integer(),
    field: text(),
    selectionStart: integer(),
    selectionEnd: integer(),
    since: now(),
    seenAt: now(),
    leftAt: at(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.contentItemId, t.userId, t.clientId] })],
);

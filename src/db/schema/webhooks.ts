import { bigint, integer, jsonb, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { at, author, bytea, id, now, workspaceId } from "./columns";

export const webhooksEndpoints = pgTable(
  "webhooks_endpoints",
  {
    workspaceId: workspaceId(),
    id: id(),
    url: text().notNull(),
    description: text(),
    eventTypes: text().array(),
    status: text({ enum: ["Enabled", "Paused"] })
      .notNull()
      .default("Enabled"),
    pauseReason: text({ enum: ["Manual", "Gone", "Failing"] }),
    pausedAt: at(),
    sealedSecret: bytea().notNull(),
    previousSecret: bytea(),
    previousUntil: at(),
    failures: integer().notNull().default(0),
    failingSince: at(),
    deliveredAt: at(),
    createdBy: author(),
    createdAt: now(),
    updatedAt: now(),
    removedAt: at(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.id] })],
);

export const webhooksDeliveries = pgTable(
  "webhooks_deliveries",
  {
    workspaceId: workspaceId(),
    id: id(),
    endpointId: uuid().notNull(),
    eventId: bigint({ mode: "number" }),
    type: text().notNull(),
    occurredAt: at().notNull(),
    data: jsonb().$type<Record<string, unknown>>().notNull(),
    status: text({ enum: ["Pending", "Delivered", "Failed", "Skipped"] })
      .notNull()
      .default("Pending"),
    tries: integer().notNull().default(0),
    nextAt: now(),
    claimedBy: text(),
    claimedUntil: at(),
    createdAt: now(),
    endedAt: at(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.id] })],
);

export const webhooksAttempts = pgTable(
  "webhooks_attempts",
  {
    workspaceId: workspaceId(),
    deliveryId: uuid().notNull(),
    number: integer().notNull(),
    startedAt: at().notNull(),
    endedAt: at(),
    outcome: text({ enum: ["Delivered", "Refused", "Unreachable", "Lost"] }),
    statusCode: integer(),
    response: text(),
    error: text(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.deliveryId, t.number] })],
);

import { boolean, integer, jsonb, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { at, author, bytea, id, now, workspaceId } from "./columns";

export const notifications = pgTable(
  "notifications",
  {
    workspaceId: workspaceId(),
    id: id(),
    userId: uuid().notNull(),
    kind: text().notNull(),
    source: text().notNull(),
    subjectId: uuid().notNull(),
    contentItemId: uuid(),
    actorId: uuid(),
    detail: jsonb().$type<Record<string, unknown>>().notNull().default({}),
    inApp: boolean().notNull().default(true),
    createdAt: now(),
    readAt: at(),
    digestAt: at(),
    deliveryId: uuid(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.id] })],
);

export const notificationsPreferences = pgTable(
  "notifications_preferences",
  {
    workspaceId: workspaceId(),
    userId: author(),
    language: text({ enum: ["en", "de"] }),
    timeZone: text(),
    quietFrom: integer(),
    quietUntil: integer(),
    digestHour: integer().notNull().default(8),
    digestWeekday: integer().notNull().default(1),
    choices: jsonb().$type<Record<string, { inApp: boolean; email: string }>>().notNull().default({}),
    unsubscribedAt: at(),
    updatedAt: now(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.userId] })],
);

export const notificationsSettings = pgTable(
  "notifications_settings",
  {
    workspaceId: workspaceId(),
    remindAfterHours: integer().default(24),
    escalateAfterHours: integer().default(72),
    slackSealed: bytea(),
    slackTopics: text().array().notNull().default([]),
    slackFreeAt: now(),
    updatedAt: now(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId] })],
);

export const notificationsDeliveries = pgTable(
  "notifications_deliveries",
  {
    workspaceId: workspaceId(),
    id: id(),
    way: text({ enum: ["Email", "Digest", "Slack"] }).notNull(),
    kind: text(),
    userId: uuid(),
    source: text(),
    detail: jsonb().$type<Record<string, unknown>>().notNull().default({}),
    status: text({ enum: ["Queued", "Sending", "Sent", "Failed", "Bounced", "Skipped"] })
      .notNull()
      .default("Queued"),
    dueAt: at().notNull(),
    attempts: integer().notNull().default(0),
    lost: integer().notNull().default(0),
    address: text(),
    message: text(),
    createdAt: now(),
    updatedAt: now(),
    sentAt: at(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.id] })],
);

/** Reached by definer functions alone. @public */
export const notificationsStoppedAddresses = pgTable("notifications_stopped_addresses", {
  addressHash: text().primaryKey(),
  stoppedAt: now(),
});

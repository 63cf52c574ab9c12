import { bigint, integer, pgTable, primaryKey, smallint, text, uuid } from "drizzle-orm/pg-core";
import { at, id, now, workspaceId } from "./columns";

export const distributionSchedules = pgTable(
  "distribution_schedules",
  {
    workspaceId: workspaceId(),
    id: id(),
    contentItemId: uuid().notNull(),
    versionNumber: integer().notNull(),
    submissionId: uuid().notNull(),
    channelId: uuid().notNull(),
    adaptationId: uuid(),
    contentHash: text().notNull(),
    scheduledTime: at().notNull(),
    timeZone: text(),
    status: text({ enum: ["Scheduled", "Publishing", "Published", "Failed", "Canceled", "OnHold", "Unknown"] })
      .notNull()
      .default("Scheduled"),
    holdReason: text(),
    message: text(),
    lateMs: bigint({ mode: "number" }),
    publishedAt: at(),
    publishedUrl: text(),
    remoteId: text(),
    removedAt: at(),
    dueAt: now(),
    jobId: bigint({ mode: "bigint" }),
    triedFrom: integer().notNull().default(0),
    createdBy: uuid(),
    createdAt: now(),
    updatedAt: now(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.id] })],
);

export const distributionParts = pgTable(
  "distribution_parts",
  {
    workspaceId: workspaceId(),
    id: id(),
    scheduleId: uuid().notNull(),
    channelId: uuid().notNull(),
    position: integer().notNull(),
    remoteKey: text().notNull(),
    text: text().notNull(),
    createdAt: now(),
    remoteId: text(),
    remoteUrl: text(),
    publishedAt: at(),
    removedAt: at(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.id] })],
);

export const distributionAttempts = pgTable(
  "distribution_attempts",
  {
    workspaceId: workspaceId(),
    id: id(),
    scheduleId: uuid().notNull(),
    number: integer().notNull(),
    kind: text({ enum: ["Publish", "Reconcile", "Remove", "Resolve"] })
      .notNull()
      .default("Publish"),
    startedAt: now(),
    endedAt: at(),
    outcome: text({ enum: ["Published", "Absent", "Removed", "Refused", "Passing", "Lost", "Unknown"] }),
    error: text(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.id] })],
);

export const distributionPostingTimes = pgTable(
  "distribution_posting_times",
  {
    workspaceId: workspaceId(),
    channelId: uuid().notNull(),
    /** Of the week: 0 is Monday 00:00, 10,079 is Sunday 23:59. */
    minutes: smallint().array().notNull(),
    updatedAt: now(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.channelId] })],
);

import { bigint, boolean, date, doublePrecision, integer, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { at, author, id, now, workspaceId } from "./columns";

export const sitePages = pgTable(
  "site_pages",
  {
    workspaceId: workspaceId(),
    id: id(),
    contentItemId: uuid().notNull(),
    versionNumber: integer().notNull(),
    remoteKeys: text().array().notNull(),
    slug: text().notNull(),
    formerSlugs: text().array().notNull().default([]),
    title: text().notNull(),
    body: text().notNull(),
    html: text().notNull(),
    excerpt: text().notNull(),
    language: text().notNull(),
    wordCount: integer().notNull(),
    imageUrl: text(),
    canonicalUrl: text(),
    publishedAt: now(),
    updatedAt: now(),
    removedAt: at(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.id] })],
);

export const siteCounters = pgTable(
  "site_counters",
  {
    workspaceId: uuid().notNull(),
    pageId: uuid().notNull(),
    day: date().notNull(),
    metricType: text({ enum: ["views", "reads", "clicks"] }).notNull(),
    value: bigint({ mode: "number" }).notNull().default(0),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.pageId, t.day, t.metricType] })],
);

export const siteDomains = pgTable(
  "site_domains",
  {
    workspaceId: workspaceId(),
    id: id(),
    host: text().notNull(),
    token: text().notNull(),
    status: text({ enum: ["Pending", "Verified", "Lost"] })
      .notNull()
      .default("Pending"),
    isPrimary: boolean().notNull().default(false),
    failures: integer().notNull().default(0),
    problem: text({ enum: ["RecordMissing", "NoAnswer"] }),
    checkedAt: at(),
    verifiedAt: at(),
    createdBy: author(),
    createdAt: now(),
    updatedAt: now(),
    removedAt: at(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.id] })],
);

export const siteTrials = pgTable(
  "site_trials",
  {
    workspaceId: workspaceId(),
    id: id(),
    pageId: uuid().notNull(),
    contentItemId: uuid().notNull(),
    versionNumber: integer().notNull(),
    status: text({ enum: ["Waiting", "Running", "Decided", "Undecided", "Stopped"] })
      .notNull()
      .default("Waiting"),
    needsApproval: boolean().notNull(),
    confidence: integer().notNull(),
    days: integer().notNull(),
    endsAt: at(),
    winner: integer(),
    reason: text({ enum: ["Confident", "TimeOver", "PageChanged", "ByPerson"] }),
    createdBy: author(),
    createdAt: now(),
    approvedBy: uuid(),
    startedAt: at(),
    endedAt: at(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.id] })],
);

export const siteTrialVariants = pgTable(
  "site_trial_variants",
  {
    workspaceId: workspaceId(),
    trialId: uuid().notNull(),
    number: integer().notNull(),
    headline: text().notNull(),
    weight: doublePrecision().notNull(),
    views: integer().notNull().default(0),
    clicks: integer().notNull().default(0),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.trialId, t.number] })],
);

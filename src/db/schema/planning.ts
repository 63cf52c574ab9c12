import { boolean, date, jsonb, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { at, author, id, now, workspaceId } from "./columns";

export const planningTags = pgTable(
  "planning_tags",
  {
    workspaceId: workspaceId(),
    id: id(),
    name: text().notNull(),
    color: text().notNull(),
    createdBy: uuid(),
    createdAt: now(),
    updatedAt: now(),
    removedAt: at(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.id] })],
);

export const planningCampaigns = pgTable(
  "planning_campaigns",
  {
    workspaceId: workspaceId(),
    id: id(),
    name: text().notNull(),
    goal: text().notNull().default(""),
    startsOn: date(),
    endsOn: date(),
    archivedAt: at(),
    createdBy: uuid(),
    createdAt: now(),
    updatedAt: now(),
    removedAt: at(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.id] })],
);

export const planningTemplates = pgTable(
  "planning_templates",
  {
    workspaceId: workspaceId(),
    id: id(),
    name: text().notNull(),
    title: text().notNull(),
    body: text().notNull().default(""),
    metadata: jsonb().$type<Record<string, unknown>>().notNull().default({}),
    brief: jsonb().$type<Record<string, unknown>>(),
    campaignId: uuid(),
    tagIds: uuid().array().notNull().default([]),
    createdBy: uuid(),
    createdAt: now(),
    updatedAt: now(),
    removedAt: at(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.id] })],
);

export const planningViews = pgTable(
  "planning_views",
  {
    workspaceId: workspaceId(),
    id: id(),
    name: text().notNull(),
    shared: boolean().notNull().default(false),
    filter: jsonb().$type<Record<string, unknown>>().notNull(),
    createdBy: author(),
    createdAt: now(),
    updatedAt: now(),
    removedAt: at(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.id] })],
);

/** By which tags and campaigns are counted: the content room's. */
export const itemTags = pgTable("content_item_tags", {
  workspaceId: uuid().notNull(),
  contentItemId: uuid().notNull(),
  tagId: uuid().notNull(),
  removedAt: at(),
});

export const itemCampaigns = pgTable("content_items", {
  workspaceId: uuid().notNull(),
  id: uuid().notNull(),
  campaignId: uuid(),
});

import { boolean, integer, jsonb, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { at, bytea, id, now, workspaceId } from "./columns";

const ROLES = ["Viewer", "Writer", "Editor", "Admin"] as const;

export type ApprovalStep = { role: (typeof ROLES)[number] | "Client" };

export const workspaces = pgTable("workspaces", {
  id: uuid().primaryKey().defaultRandom(),
  name: text().notNull(),
  slug: text().notNull().unique(),
  ownerId: uuid().notNull(),
  branding: jsonb().$type<Record<string, unknown>>().notNull().default({}),
  timeZone: text().notNull().default("UTC"),
  region: text().notNull(),
  language: text().notNull().default("en"),
  approvalSteps: jsonb()
    .$type<ApprovalStep[]>()
    .notNull()
    .default([{ role: "Editor" }, { role: "Admin" }]),
  lateAfterMinutes: integer(),
  primaryHost: text(),
  createdAt: now(),
  updatedAt: now(),
});

export const workspaceMembers = pgTable(
  "workspace_members",
  {
    workspaceId: uuid().notNull(),
    userId: uuid().notNull(),
    role: text({ enum: ROLES }).notNull(),
    joinedAt: now(),
    removedAt: at(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.userId] })],
);

export const workspaceSupport = pgTable(
  "workspace_support",
  {
    workspaceId: workspaceId(),
    id: id(),
    userId: uuid().notNull(),
    reason: text().notNull(),
    begunAt: now(),
    endsAt: at().notNull(),
    mayWrite: boolean().notNull().default(false),
    endedAt: at(),
    endedBy: uuid(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.id] })],
);

export const workspaceSupportRules = pgTable(
  "workspace_support_rules",
  { workspaceId: workspaceId(), forbidden: boolean().notNull().default(false), updatedAt: now() },
  (t) => [primaryKey({ columns: [t.workspaceId] })],
);

export const workspaceInvitations = pgTable(
  "workspace_invitations",
  {
    workspaceId: workspaceId(),
    id: id(),
    email: text().notNull(),
    role: text({ enum: ROLES }).notNull(),
    tokenHash: text().notNull(),
    invitedBy: uuid().notNull(),
    createdAt: now(),
    expiresAt: at().notNull(),
    acceptedAt: at(),
    revokedAt: at(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.id] })],
);

export const workspaceKeys = pgTable(
  "workspace_keys",
  { workspaceId: workspaceId(), wrappedKey: bytea().notNull(), createdAt: now() },
  (t) => [primaryKey({ columns: [t.workspaceId] })],
);

/** Where the site stood before. Written by the database, at each change of `workspaces.slug`. */
export const workspaceFormerSlugs = pgTable(
  "workspace_former_slugs",
  { workspaceId: uuid().notNull(), slug: text().notNull(), leftAt: now() },
  (t) => [primaryKey({ columns: [t.workspaceId, t.slug] })],
);

/** Names of colleagues: the columns of `users` that a workspace sees. */
export const colleagues = pgTable("users", {
  id: uuid().primaryKey(),
  email: text().notNull(),
  emailVerified: boolean().notNull(),
  name: text().notNull(),
  image: text(),
});

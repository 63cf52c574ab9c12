import { integer, jsonb, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
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

/** Names of colleagues: the columns of `users` that a workspace sees. */
export const colleagues = pgTable("users", {
  id: uuid().primaryKey(),
  email: text().notNull(),
  name: text().notNull(),
  image: text(),
});

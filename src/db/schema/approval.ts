import { integer, jsonb, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { at, author, id, now, workspaceId } from "./columns";
import type { StoredPart } from "./content";

const STEP_ROLES = ["Viewer", "Writer", "Editor", "Admin", "Client"] as const;
const STATUSES = ["Pending", "Approved", "Rejected", "Superseded"] as const;

/** What goes out on a channel, or is copied to a network. Without an id, nobody wrote it: it was made by rule. */
export type SubmittedAdaptation = {
  id: string | null;
  /** Null where it is for a network that nothing here publishes to; then `network` says which. */
  channelId: string | null;
  network?: string;
  parts: StoredPart[];
  contentHash: string;
};

export const approvalSubmissions = pgTable(
  "approval_submissions",
  {
    workspaceId: workspaceId(),
    id: id(),
    contentItemId: uuid().notNull(),
    versionNumber: integer().notNull(),
    contentHash: text().notNull(),
    adaptations: jsonb().$type<SubmittedAdaptation[]>().notNull().default([]),
    steps: jsonb().$type<{ role: (typeof STEP_ROLES)[number] }[]>().notNull(),
    status: text({ enum: STATUSES }).notNull().default("Pending"),
    submittedBy: author(),
    submittedAt: now(),
    decidedAt: at(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.id] })],
);

export const approvalWorkflows = pgTable(
  "approval_workflows",
  {
    workspaceId: workspaceId(),
    id: id(),
    submissionId: uuid().notNull(),
    contentItemId: uuid().notNull(),
    versionNumber: integer().notNull(),
    contentHash: text().notNull(),
    step: integer().notNull(),
    role: text({ enum: STEP_ROLES }),
    status: text({ enum: STATUSES }).notNull().default("Pending"),
    writtenBy: uuid().notNull(),
    submittedBy: uuid().notNull(),
    submittedAt: now(),
    approvedBy: uuid(),
    decidedByGuest: uuid(),
    decidedAt: at(),
    comment: text(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.id] })],
);

import { sql } from "drizzle-orm";
import { boolean, integer, jsonb, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { at, author, id, now, workspaceId } from "./columns";

export const DECISIONS = ["Approved", "ChangesRequested", "Held"] as const;

/** Filled from a guest's scope. */
const guestsWorkspace = () => uuid().notNull().default(sql`app.acting_workspace_id()`);
const guestId = () => uuid().notNull().default(sql`app.guest_id()`);

export const reviewLinks = pgTable(
  "review_links",
  {
    workspaceId: workspaceId(),
    id: id(),
    name: text().notNull(),
    message: text(),
    tokenHash: text().notNull(),
    passcodeSalt: text(),
    passcodeCheck: text(),
    canComment: boolean().notNull().default(true),
    canDecide: boolean().notNull().default(true),
    expiresAt: at(),
    revokedAt: at(),
    createdBy: author(),
    createdAt: now(),
    updatedAt: now(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.id] })],
);

export const reviewLinkItems = pgTable(
  "review_link_items",
  {
    workspaceId: workspaceId(),
    linkId: uuid().notNull(),
    contentItemId: uuid().notNull(),
    addedBy: author(),
    addedAt: now(),
    removedAt: at(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.linkId, t.contentItemId] })],
);

export const reviewGuests = pgTable(
  "review_guests",
  {
    workspaceId: uuid().notNull(),
    id: id(),
    linkId: uuid().notNull(),
    name: text().notNull(),
    email: text(),
    tokenHash: text().notNull(),
    passcodeSalt: text(),
    openedAt: now(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.id] })],
);

export const reviewIdempotencyKeys = pgTable(
  "review_idempotency_keys",
  {
    workspaceId: guestsWorkspace(),
    id: id(),
    guestId: guestId(),
    key: text().notNull(),
    fingerprint: text().notNull(),
    status: integer(),
    response: jsonb(),
    createdAt: now(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.id] })],
);

export const reviewReceipts = pgTable(
  "review_receipts",
  {
    workspaceId: guestsWorkspace(),
    id: id(),
    linkId: uuid().notNull().default(sql`app.guest_link_id()`),
    guestId: guestId(),
    contentItemId: uuid().notNull(),
    versionNumber: integer().notNull(),
    submissionId: uuid().notNull(),
    approvalId: uuid(),
    contentHash: text().notNull(),
    decision: text({ enum: DECISIONS }).notNull(),
    comment: text(),
    jws: text().notNull(),
    at: now(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.id] })],
);

import { sql } from "drizzle-orm";
import { integer, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { at, id, workspaceId } from "./columns";

/** Whoever speaks, filled from the scope; null where it is a guest. */
const authorId = () => uuid().default(sql`app.user_id()`);
const inserted = () => at().notNull().default(sql`clock_timestamp()`);

export const commentsThreads = pgTable(
  "comments_threads",
  {
    workspaceId: workspaceId(),
    id: id(),
    contentItemId: uuid().notNull(),
    versionNumber: integer().notNull(),
    visibility: text({ enum: ["Internal", "Client"] })
      .notNull()
      .default("Internal"),
    anchorField: text({ enum: ["title", "body"] }),
    anchorStart: integer(),
    anchorEnd: integer(),
    anchorQuote: text(),
    authorId: authorId(),
    guestId: uuid(),
    createdAt: inserted(),
    resolvedAt: at(),
    resolvedBy: uuid(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.id] })],
);

export const comments = pgTable(
  "comments",
  {
    workspaceId: workspaceId(),
    id: id(),
    contentItemId: uuid().notNull(),
    threadId: uuid().notNull(),
    versionNumber: integer().notNull(),
    body: text().notNull(),
    authorId: authorId(),
    guestId: uuid(),
    createdAt: inserted(),
    editedAt: at(),
    removedAt: at(),
    removedBy: uuid(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.id] })],
);

export const commentsMentions = pgTable(
  "comments_mentions",
  {
    workspaceId: workspaceId(),
    commentId: uuid().notNull(),
    userId: uuid().notNull(),
    createdAt: inserted(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.commentId, t.userId] })],
);

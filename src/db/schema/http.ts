import { sql } from "drizzle-orm";
import { integer, jsonb, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { author, now } from "./columns";

export const idempotencyKeys = pgTable("idempotency_keys", {
  userId: author(),
  workspaceId: uuid().default(sql`app.workspace_id()`),
  key: text().notNull(),
  fingerprint: text().notNull(),
  status: integer(),
  response: jsonb(),
  createdAt: now(),
  id: uuid().primaryKey().defaultRandom(),
});

import { sql } from "drizzle-orm";
import { bigint, integer, jsonb, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { author, now } from "./columns";

export const idempotencyKeys = pgTable("idempotency_keys", {
  userId: author(),
  workspaceId: uuid().default(sql`app.workspace_id()`),
  key: text().notNull(),
  fingerprint: text().notNull(),
  status: integer(),
  response: jsonb(),
  createdAt: now(),
  apiKeyId: uuid().default(sql`app.key_id()`),
  id: uuid().primaryKey().defaultRandom(),
});

/** Reached by the rate limits' library alone, over identity's log-in. @public */
export const httpLimits = pgTable("http_limits", {
  key: text().primaryKey(),
  points: integer().notNull().default(0),
  expire: bigint({ mode: "number" }),
});

import { sql } from "drizzle-orm";
import { customType, timestamp, uuid } from "drizzle-orm/pg-core";

/** First in every tenant table's key; the database fills it from the scope. */
export const workspaceId = () => uuid().notNull().default(sql`app.workspace_id()`);
export const id = () => uuid().notNull().defaultRandom();
/** Whoever acts, filled from the scope. */
export const author = () => uuid().notNull().default(sql`app.user_id()`);
export const at = () => timestamp({ withTimezone: true, precision: 3 });
export const now = () => at().notNull().defaultNow();
export const bytea = customType<{ data: Buffer }>({ dataType: () => "bytea" });

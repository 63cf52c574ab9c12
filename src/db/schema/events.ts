import { bigint, jsonb, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { now, workspaceId } from "./columns";

export const events = pgTable(
  "events",
  {
    workspaceId: workspaceId(),
    id: bigint({ mode: "number" }).generatedAlwaysAsIdentity(),
    type: text().notNull(),
    subjectId: uuid().notNull(),
    payload: jsonb().notNull().default({}),
    actorId: uuid(),
    at: now(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.id] })],
);

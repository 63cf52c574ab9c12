import { jsonb, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { id, now, workspaceId } from "./columns";

export const auditEvents = pgTable(
  "audit_events",
  {
    workspaceId: workspaceId(),
    id: id(),
    at: now(),
    actorKind: text({ enum: ["Member", "System", "Guest"] }).notNull(),
    actorId: uuid(),
    action: text().notNull(),
    subjectType: text().notNull(),
    subjectId: uuid().notNull(),
    detail: jsonb().$type<Record<string, unknown>>().notNull().default({}),
    requestId: text(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.id] })],
);

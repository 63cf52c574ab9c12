import { jsonb, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { at, id, now, workspaceId } from "./columns";

export const personas = pgTable(
  "personas",
  {
    workspaceId: workspaceId(),
    id: id(),
    name: text().notNull(),
    attributes: jsonb().$type<Record<string, unknown>>().notNull().default({}),
    createdBy: uuid(),
    createdAt: now(),
    updatedAt: now(),
    removedAt: at(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.id] })],
);

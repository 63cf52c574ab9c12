import { integer, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { at, author, now, workspaceId } from "./columns";

export const retentionRules = pgTable(
  "retention_rules",
  {
    workspaceId: workspaceId(),
    what: text({
      enum: ["Audit", "Webhooks", "Notifications", "Versions", "Drafts", "Answers", "Metrics", "Events", "Files"],
    }).notNull(),
    days: integer(),
    updatedBy: author(),
    updatedAt: now(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.what] })],
);

export const retentionHolds = pgTable(
  "retention_holds",
  {
    workspaceId: workspaceId(),
    since: at(),
    reason: text(),
    updatedBy: author(),
    updatedAt: now(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId] })],
);

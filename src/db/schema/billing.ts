import { date, integer, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { id, workspaceId } from "./columns";

export const billingSubscriptions = pgTable(
  "billing_subscriptions",
  {
    workspaceId: workspaceId(),
    id: id(),
    tier: text({ enum: ["Free", "Team", "Agency", "Enterprise"] })
      .notNull()
      .default("Free"),
    aiCreditsUsed: integer().notNull().default(0),
    nextBillingDate: date(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.id] })],
);

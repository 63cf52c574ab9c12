import { date, integer, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { at, id, workspaceId } from "./columns";

const amount = () => integer().notNull().default(0);

/** A row is a transaction: accounts, and what they hold after it. Written by the database's functions alone. */
export const billingLedger = pgTable(
  "billing_ledger",
  {
    workspaceId: workspaceId(),
    number: integer().notNull(),
    id: id(),
    kind: text({
      enum: ["Included", "TopUp", "Correction", "Reserve", "Settle", "Release", "Lapse", "Expire", "Return"],
    }).notNull(),
    reservationId: uuid(),
    period: date().notNull(),
    issued: amount(),
    included: amount(),
    toppedUp: amount(),
    reserved: amount(),
    spent: amount(),
    expired: amount(),
    includedBalance: amount(),
    toppedUpBalance: amount(),
    reservedBalance: amount(),
    periodIncluded: amount(),
    periodSpent: amount(),
    note: text(),
    source: text(),
    createdBy: uuid(),
    at: at().notNull(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.number] })],
);

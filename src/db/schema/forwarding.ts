import { bigint, integer, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { at, author, bytea, id, now, workspaceId } from "./columns";

export const forwardingDestinations = pgTable(
  "forwarding_destinations",
  {
    workspaceId: workspaceId(),
    id: id(),
    name: text().notNull(),
    kind: text({ enum: ["Bucket", "Splunk", "JsonLines"] }).notNull(),
    url: text(),
    region: text(),
    bucket: text(),
    prefix: text(),
    sealedSecret: bytea().notNull(),
    hint: text().notNull(),
    status: text({ enum: ["Enabled", "Paused"] })
      .notNull()
      .default("Enabled"),
    pauseReason: text({ enum: ["Manual", "Failing"] }),
    pausedAt: at(),
    sentSequence: bigint({ mode: "number" }).notNull().default(0),
    sentAt: at(),
    pendingThrough: bigint({ mode: "number" }),
    failures: integer().notNull().default(0),
    failingSince: at(),
    lastError: text(),
    nextAt: now(),
    claimedBy: text(),
    claimedUntil: at(),
    testAskedAt: at(),
    testedAt: at(),
    testError: text(),
    createdBy: author(),
    createdAt: now(),
    updatedAt: now(),
    removedAt: at(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.id] })],
);

import { sql } from "drizzle-orm";
import { boolean, jsonb, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { at, author, id, now, workspaceId } from "./columns";

export const privacyErasures = pgTable("privacy_erasures", {
  id: uuid().primaryKey().defaultRandom(),
  userId: uuid().notNull().default(sql`app.person_id()`),
  status: text({ enum: ["Waiting", "Undone", "Done"] })
    .notNull()
    .default("Waiting"),
  askedAt: now(),
  dueAt: at().notNull(),
  endedAt: at(),
  counts: jsonb().$type<Record<string, number>>(),
  receipt: text(),
  heldToldAt: at(),
});

export type ErasureDone = {
  /** How many, by table. */
  rows?: Record<string, number>;
  /** How many of what is beside the tables: jobs, objects, addresses. */
  beside?: Record<string, number>;
  /** The head of the audit log when it went. */
  audit?: { sequence: number; hash: string } | null;
};

export const privacyWorkspaceErasures = pgTable(
  "privacy_workspace_erasures",
  {
    workspaceId: workspaceId(),
    id: id(),
    status: text({ enum: ["Waiting", "Undone", "Running", "Done"] })
      .notNull()
      .default("Waiting"),
    askedBy: author(),
    askedAt: now(),
    dueAt: at().notNull(),
    endedAt: at(),
    admins: uuid().array().notNull().default([]),
    done: jsonb().$type<ErasureDone>().notNull().default({}),
    receipt: text(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.id] })],
);

/** Which workspaces a person is in, and which of them is theirs: the workspaces room's. */
export const ownWorkspaces = pgTable("workspaces", {
  id: uuid().primaryKey(),
  name: text().notNull(),
  slug: text().notNull(),
  ownerId: uuid().notNull(),
});

export const privacyConsents = pgTable(
  "privacy_consents",
  {
    userId: uuid().notNull().default(sql`app.person_id()`),
    document: text({ enum: ["Terms", "Privacy"] }).notNull(),
    version: text().notNull(),
    givenAt: now(),
  },
  (t) => [primaryKey({ columns: [t.userId, t.document, t.version] })],
);

export const privacyChoices = pgTable(
  "privacy_choices",
  {
    userId: uuid().notNull().default(sql`app.person_id()`),
    id: id(),
    optedOut: boolean().notNull(),
    madeBy: text({ enum: ["Person", "Signal"] }).notNull(),
    madeAt: now(),
  },
  (t) => [primaryKey({ columns: [t.userId, t.id] })],
);

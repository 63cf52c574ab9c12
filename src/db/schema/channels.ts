import { pgTable, primaryKey, smallint, text, uuid } from "drizzle-orm/pg-core";
import { at, author, bytea, id, now, workspaceId } from "./columns";

export const channels = pgTable(
  "channels",
  {
    workspaceId: workspaceId(),
    id: id(),
    network: text().notNull(),
    name: text().notNull(),
    status: text({ enum: ["Connected", "Failing", "Revoked", "Disconnected"] })
      .notNull()
      .default("Connected"),
    remoteAccount: text().notNull(),
    healthMessage: text(),
    checkedAt: at(),
    accessEndsAt: at(),
    accessToldDays: smallint(),
    createdBy: uuid(),
    createdAt: now(),
    updatedAt: now(),
    removedAt: at(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.id] })],
);

export const channelsWanted = pgTable(
  "channels_wanted",
  { workspaceId: workspaceId(), network: text().notNull(), createdBy: author(), createdAt: now(), removedAt: at() },
  (t) => [primaryKey({ columns: [t.workspaceId, t.network] })],
);

export const channelsAuthorizations = pgTable(
  "channels_authorizations",
  {
    workspaceId: workspaceId(),
    createdBy: author(),
    network: text().notNull(),
    stateHash: bytea(),
    expiresAt: at().notNull(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.createdBy, t.network] })],
);

export const channelCredentials = pgTable(
  "channel_credentials",
  { workspaceId: workspaceId(), channelId: uuid().notNull(), sealed: bytea().notNull(), updatedAt: now() },
  (t) => [primaryKey({ columns: [t.workspaceId, t.channelId] })],
);

import { bigint, boolean, integer, jsonb, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { at, author, bytea, id, now, workspaceId } from "./columns";

export const assetsKeys = pgTable(
  "assets_keys",
  { workspaceId: workspaceId(), id: id(), wrappedKey: bytea().notNull(), createdAt: now() },
  (t) => [primaryKey({ columns: [t.workspaceId, t.id] })],
);

export const assetsFolders = pgTable(
  "assets_folders",
  {
    workspaceId: workspaceId(),
    id: id(),
    parentId: uuid(),
    name: text().notNull(),
    createdBy: author(),
    createdAt: now(),
    updatedAt: now(),
    removedAt: at(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.id] })],
);

/** A smaller one made of an image, itself kept under its own hash. */
export type StoredVariant = {
  name: string;
  contentType: string;
  width: number;
  height: number;
  sizeBytes: number;
  sha256: string;
};

export const assetsBlobs = pgTable(
  "assets_blobs",
  {
    workspaceId: workspaceId(),
    sha256: text().notNull(),
    keyId: uuid().notNull(),
    sizeBytes: bigint({ mode: "number" }).notNull(),
    width: integer(),
    height: integer(),
    animated: boolean().notNull().default(false),
    variants: jsonb().$type<StoredVariant[]>().notNull().default([]),
    createdAt: now(),
    goingAt: at(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.sha256] })],
);

const purpose = () =>
  text({ enum: ["Asset", "Import"] })
    .notNull()
    .default("Asset");

export const assets = pgTable(
  "assets",
  {
    workspaceId: workspaceId(),
    id: id(),
    purpose: purpose(),
    kind: text({ enum: ["Image", "Video", "Audio", "Document", "Text", "Archive"] }).notNull(),
    fileName: text().notNull(),
    contentType: text().notNull(),
    altText: text().notNull().default(""),
    folderId: uuid(),
    sha256: text().notNull(),
    revision: integer().notNull().default(1),
    createdBy: uuid().notNull(),
    createdAt: now(),
    updatedAt: now(),
    removedAt: at(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.id] })],
);

export const assetsUploads = pgTable(
  "assets_uploads",
  {
    workspaceId: workspaceId(),
    id: id(),
    purpose: purpose(),
    status: text({ enum: ["Open", "Processing", "Ready", "Refused", "Aborted"] })
      .notNull()
      .default("Open"),
    fileName: text().notNull(),
    contentType: text().notNull(),
    sizeBytes: bigint({ mode: "number" }).notNull(),
    sha256: text(),
    altText: text().notNull().default(""),
    folderId: uuid(),
    storageRef: text().notNull(),
    reason: text(),
    assetId: uuid(),
    createdBy: author(),
    createdAt: now(),
    expiresAt: at().notNull(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.id] })],
);

export const assetsUses = pgTable(
  "assets_uses",
  {
    workspaceId: workspaceId(),
    id: id(),
    assetId: uuid().notNull(),
    contentItemId: uuid().notNull(),
    versionNumber: integer().notNull(),
    adaptationId: uuid(),
    createdAt: now(),
    endedAt: at(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.id] })],
);

export const assetsPageUses = pgTable(
  "assets_page_uses",
  { workspaceId: workspaceId(), pageId: uuid().notNull(), assetId: uuid().notNull(), createdAt: now(), endedAt: at() },
  (t) => [primaryKey({ columns: [t.workspaceId, t.pageId, t.assetId] })],
);

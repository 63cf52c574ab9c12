import { and, desc, eq, sql } from "drizzle-orm";
import type { GuestTx, WorkspaceTx } from "@/db/client";
import { contentVersions } from "@/db/schema/content";
import { statement } from "@/db/statement";

type Tx = WorkspaceTx;

export type VersionRow = typeof contentVersions.$inferSelect;

const item = sql.placeholder("item");

type NewVersion = Omit<VersionRow, "id" | "workspaceId" | "updatedAt">;
const newVersion = statement("content_version_new", (db) =>
  db
    .insert(contentVersions)
    .values({
      contentItemId: item,
      versionNumber: sql.placeholder("versionNumber"),
      title: sql.placeholder("title"),
      body: sql.placeholder("body"),
      metadata: sql.placeholder("metadata"),
      assets: sql.placeholder("assets"),
      contentHash: sql.placeholder("contentHash"),
      updatedBy: sql.placeholder("updatedBy"),
    })
    .returning(),
);
/** An item's first version: nobody waits to see it. */
export const addVersion = (tx: Tx, { contentItemId, ...row }: NewVersion) =>
  newVersion.later(tx, { ...row, item: contentItemId });
export const insertVersion = async (tx: Tx, { contentItemId, ...row }: NewVersion): Promise<VersionRow> =>
  (await newVersion(tx, { ...row, item: contentItemId }))[0]!;

const versionByNumber = statement("content_version", (db) =>
  db
    .select()
    .from(contentVersions)
    .where(
      and(eq(contentVersions.contentItemId, item), eq(contentVersions.versionNumber, sql.placeholder("versionNumber"))),
    ),
);
export const findVersion = async (tx: Tx, item: string, versionNumber: number): Promise<VersionRow | undefined> =>
  (await versionByNumber(tx, { item, versionNumber }))[0];

/** The titles of what was put before a client, who sees one version of an item and no other. */
export async function titlesForClient(tx: GuestTx): Promise<Map<string, string>> {
  const rows = await tx
    .select({ id: contentVersions.contentItemId, title: contentVersions.title })
    .from(contentVersions);
  return new Map(rows.map(({ id, title }) => [id, title]));
}

/** A version as its client reads it. */
export async function versionForClient(tx: GuestTx, contentItemId: string, number: number) {
  const { versionNumber, title, body, metadata } = contentVersions;
  const rows = await tx
    .select({ versionNumber, title, body, metadata })
    .from(contentVersions)
    .where(and(eq(contentVersions.contentItemId, contentItemId), eq(versionNumber, number)));
  return rows[0];
}

const summary = {
  id: contentVersions.id,
  contentItemId: contentVersions.contentItemId,
  versionNumber: contentVersions.versionNumber,
  title: contentVersions.title,
  contentHash: contentVersions.contentHash,
  updatedBy: contentVersions.updatedBy,
  updatedAt: contentVersions.updatedAt,
};

export const listVersions = (tx: Tx, contentItemId: string, before: number, count: number) =>
  tx
    .select(summary)
    .from(contentVersions)
    .where(and(eq(contentVersions.contentItemId, contentItemId), sql`${contentVersions.versionNumber} < ${before}`))
    .orderBy(desc(contentVersions.versionNumber))
    .limit(count);

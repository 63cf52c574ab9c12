import { and, desc, eq, getTableColumns, lt, or, type SQL, sql } from "drizzle-orm";
import type { GuestTx, WorkspaceTx } from "@/db/client";
import { contentItems, contentVersionLabels, contentVersions } from "@/db/schema/content";
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

const two = statement("content_versions_two", (db) =>
  db
    .select()
    .from(contentVersions)
    .where(
      and(
        eq(contentVersions.contentItemId, item),
        or(
          eq(contentVersions.versionNumber, sql.placeholder("one")),
          eq(contentVersions.versionNumber, sql.placeholder("other")),
        ),
      ),
    ),
);
/** Two versions of an item, in one round trip; those that there are. */
export const findVersions = (tx: Tx, item: string, one: number, other: number): Promise<VersionRow[]> =>
  two(tx, { item, one, other });

const l = contentVersionLabels;
const ofVersion = sql`from ${l} where ${l.workspaceId} = ${contentVersions.workspaceId} and ${l.contentItemId} = ${contentVersions.contentItemId}
  and ${l.versionNumber} = ${contentVersions.versionNumber} and ${l.removedAt} is null`;
const labels = sql<string[]>`array(select ${l.name} ${ofVersion} order by lower(${l.name}))`;

const versionLabelled = statement("content_version_labelled", (db) =>
  db
    .select({ ...getTableColumns(contentVersions), labels: labels.as("labels") })
    .from(contentVersions)
    .where(
      and(eq(contentVersions.contentItemId, item), eq(contentVersions.versionNumber, sql.placeholder("versionNumber"))),
    ),
);
export const findVersionLabelled = async (tx: Tx, item: string, versionNumber: number) =>
  (await versionLabelled(tx, { item, versionNumber }))[0];

type VersionFilter = { before: number; label: string | undefined; labelled: boolean; count: number };

/** Newest first; undefined where there is no such item, which is read with them. */
export async function listVersions(tx: Tx, contentItemId: string, { before, label, labelled, count }: VersionFilter) {
  const v = contentVersions;
  const named: SQL | undefined = label === undefined ? undefined : sql`and lower(${l.name}) = lower(${label})`;
  const rows = await tx
    .select({
      id: v.id,
      contentItemId: v.contentItemId,
      versionNumber: v.versionNumber,
      title: v.title,
      contentHash: v.contentHash,
      labels: labels.as("labels"),
      updatedBy: v.updatedBy,
      updatedAt: v.updatedAt,
    })
    .from(contentItems)
    .leftJoin(
      v,
      and(
        eq(v.workspaceId, contentItems.workspaceId),
        eq(v.contentItemId, contentItems.id),
        lt(v.versionNumber, before),
        named || labelled ? sql`exists (select ${ofVersion} ${named})` : undefined,
      ),
    )
    .where(eq(contentItems.id, contentItemId))
    .orderBy(desc(v.versionNumber))
    .limit(count);
  return rows.length === 0 ? undefined : rows.filter(isFound);
}

type Found<Row> = { [Column in keyof Row]: NonNullable<Row[Column]> };
const isFound = <Row extends { id: string | null }>(row: Row): row is Row & Found<Row> => row.id !== null;

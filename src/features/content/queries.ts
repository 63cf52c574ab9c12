import { and, eq, getTableColumns, inArray, or, sql } from "drizzle-orm";
import type { ScopedTx, WorkspaceTx } from "@/db/client";
import { contentItems, contentVersions } from "@/db/schema/content";
import { countWhere, localDay, median, within } from "@/db/spans";
import { statement } from "@/db/statement";
import type { Span } from "@/platform/period";
import { type TagOfItem, tagsOfItem } from "./plan/queries";

type Tx = WorkspaceTx;

export type ItemRow = typeof contentItems.$inferSelect;
export type ShownRow = ItemRow & { tags: TagOfItem[] };

const id = sql.placeholder("id");

const itemById = statement("content_item", (db) => db.select().from(contentItems).where(eq(contentItems.id, id)));
export const findItem = async (tx: Tx, id: string): Promise<ItemRow | undefined> => (await itemById(tx, { id }))[0];

/** As it is shown: with its tags. */
const itemShown = statement("content_item_shown", (db) =>
  db
    .select({ ...getTableColumns(contentItems), tags: tagsOfItem(db) })
    .from(contentItems)
    .where(eq(contentItems.id, id)),
);
export const findShown = async (tx: Tx, id: string): Promise<ShownRow | undefined> => (await itemShown(tx, { id }))[0];

export async function titlesOf(tx: Tx, ids: string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await tx
    .select({ id: contentItems.id, title: contentItems.title })
    .from(contentItems)
    .where(inArray(contentItems.id, ids));
  return new Map(rows.map(({ id, title }) => [id, title]));
}

/** Where items stand in their life, by id; those that whoever asks doesn't see are left out. */
export async function statesOf(tx: ScopedTx, ids: string[]) {
  if (ids.length === 0) return new Map<string, Pick<ItemRow, "id" | "title" | "status" | "archivedAt">>();
  const { id, title, status, archivedAt } = contentItems;
  const rows = await tx.select({ id, title, status, archivedAt }).from(contentItems).where(inArray(id, ids));
  return new Map(rows.map((row) => [row.id, row]));
}

/** Row-level security hides from a lock what its holder may not change. */
export const lockItem = async (tx: Tx, id: string): Promise<ItemRow | undefined> => (await lockById(tx, { id }))[0];
const lockById = statement("content_item_locked", (db) =>
  db.select().from(contentItems).where(eq(contentItems.id, id)).for("update"),
);

/** For whoever speaks or decides on an item that they may not change. */
export const holdItem = (tx: Tx, id: string) => tx.execute(sql`select app.lock_item(${id})`);

const itemWithBody = statement("content_item_with_body", (db) =>
  db
    .select({ item: contentItems, version: contentVersions, tags: tagsOfItem(db) })
    .from(contentItems)
    .innerJoin(
      contentVersions,
      and(
        eq(contentVersions.workspaceId, contentItems.workspaceId),
        eq(contentVersions.contentItemId, contentItems.id),
        eq(contentVersions.versionNumber, contentItems.currentVersionNumber),
      ),
    )
    .where(eq(contentItems.id, id)),
);
export const findItemWithBody = async (tx: Tx, id: string) => (await itemWithBody(tx, { id }))[0];

type NewItem = Pick<
  ItemRow,
  "id" | "title" | "createdBy" | "assigneeId" | "dueAt" | "campaignId" | "currentContentHash"
>;
const newItem = statement("content_item_new", (db) =>
  db
    .insert(contentItems)
    .values({
      id,
      title: sql.placeholder("title"),
      createdBy: sql.placeholder("createdBy"),
      assigneeId: sql.placeholder("assigneeId"),
      dueAt: sql`${sql.placeholder("dueAt")}::timestamptz`,
      campaignId: sql.placeholder("campaignId"),
      currentContentHash: sql.placeholder("currentContentHash"),
    })
    .returning(),
);
export const insertItem = async (tx: Tx, row: NewItem): Promise<ItemRow> =>
  (await newItem(tx, { ...row, dueAt: row.dueAt?.toISOString() ?? null }))[0]!;

/** The item's newest version, which makes it a draft again. */
export const advanceItem = (tx: Tx, row: { id: string; title: string; versionNumber: number; contentHash: string }) =>
  advance.later(tx, row);
const advance = statement("content_item_advanced", (db) =>
  db
    .update(contentItems)
    .set({
      title: sql`${sql.placeholder("title")}`,
      status: "Draft",
      currentVersionNumber: sql`${sql.placeholder("versionNumber")}`,
      currentContentHash: sql`${sql.placeholder("contentHash")}`,
      updatedAt: sql`now()`,
    })
    .where(eq(contentItems.id, id)),
);

export async function updateItem(
  tx: Tx,
  id: string,
  change: Partial<typeof contentItems.$inferInsert>,
): Promise<ItemRow | undefined> {
  const rows = await tx
    .update(contentItems)
    .set({ updatedAt: sql`now()`, ...change })
    .where(eq(contentItems.id, id))
    .returning();
  return rows[0];
}

type Asked = { span: Span; previous: Span; timeZone: string };

/** What was made in a period and in the one before, and what of it had gone out for the first time. */
export async function productionFacts(tx: Tx, { span, previous, timeZone }: Asked) {
  const i = contentItems;
  const hours = sql`extract(epoch from ${i.publishedAt} - ${i.createdAt}) / 3600`;
  const rows = await tx
    .select({
      produced: countWhere(within(i.createdAt, span)),
      producedBefore: countWhere(within(i.createdAt, previous)),
      hoursToPublish: median(hours, within(i.publishedAt, span)),
      hoursToPublishBefore: median(hours, within(i.publishedAt, previous)),
      producedByDay: sql<Record<string, number>>`(select coalesce(json_object_agg(day, items), '{}') from (
        select ${localDay(i.createdAt, timeZone)} as day, count(*) as items from ${i} where ${within(i.createdAt, span)} group by 1) days)`,
    })
    .from(i)
    .where(or(within(i.createdAt, { ...previous, to: span.to }), within(i.publishedAt, { ...previous, to: span.to })));
  return rows[0]!;
}

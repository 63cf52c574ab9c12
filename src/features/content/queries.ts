import { and, desc, eq, inArray, isNull, sql } from "drizzle-orm";
import type { WorkspaceTx } from "@/db/client";
import { contentAdaptations, contentItems, contentVersions } from "@/db/schema/content";

type Tx = WorkspaceTx;

export type ItemRow = typeof contentItems.$inferSelect;
export type VersionRow = typeof contentVersions.$inferSelect;
export type AdaptationRow = typeof contentAdaptations.$inferSelect;

export async function findItem(tx: Tx, id: string): Promise<ItemRow | undefined> {
  const rows = await tx.select().from(contentItems).where(eq(contentItems.id, id));
  return rows[0];
}

/** Titles by item id. */
export async function titlesOf(tx: Tx, ids: string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await tx
    .select({ id: contentItems.id, title: contentItems.title })
    .from(contentItems)
    .where(inArray(contentItems.id, ids));
  return new Map(rows.map(({ id, title }) => [id, title]));
}

/** Row-level security hides from a lock what its holder may not change. */
export async function lockItem(tx: Tx, id: string): Promise<ItemRow | undefined> {
  const rows = await tx.select().from(contentItems).where(eq(contentItems.id, id)).for("update");
  return rows[0];
}

export async function findItemWithBody(tx: Tx, id: string) {
  const rows = await tx
    .select({ item: contentItems, version: contentVersions })
    .from(contentItems)
    .innerJoin(
      contentVersions,
      and(
        eq(contentVersions.workspaceId, contentItems.workspaceId),
        eq(contentVersions.contentItemId, contentItems.id),
        eq(contentVersions.versionNumber, contentItems.currentVersionNumber),
      ),
    )
    .where(eq(contentItems.id, id));
  return rows[0];
}

export async function insertItem(tx: Tx, row: typeof contentItems.$inferInsert): Promise<ItemRow> {
  const rows = await tx.insert(contentItems).values(row).returning();
  return rows[0]!;
}

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

export async function insertVersion(tx: Tx, row: typeof contentVersions.$inferInsert): Promise<VersionRow> {
  const rows = await tx.insert(contentVersions).values(row).returning();
  return rows[0]!;
}

export async function findVersion(
  tx: Tx,
  contentItemId: string,
  versionNumber: number,
): Promise<VersionRow | undefined> {
  const rows = await tx
    .select()
    .from(contentVersions)
    .where(and(eq(contentVersions.contentItemId, contentItemId), eq(contentVersions.versionNumber, versionNumber)));
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

type ListFilter = {
  status?: ItemRow["status"] | undefined;
  q?: string | undefined;
  author?: string | undefined;
  createdFrom?: string | undefined;
  createdTo?: string | undefined;
  archived: boolean;
  sort: { column: "createdAt" | "updatedAt" | "title"; descending: boolean };
  after: { value: string; id: string } | undefined;
  count: number;
};

const SORT_COLUMNS = {
  createdAt: contentItems.createdAt,
  updatedAt: contentItems.updatedAt,
  title: contentItems.title,
};

export function listItems(tx: Tx, filter: ListFilter) {
  const column = SORT_COLUMNS[filter.sort.column];
  const direction = filter.sort.descending ? sql`desc` : sql`asc`;
  const beyond = filter.sort.descending ? sql`<` : sql`>`;
  const type = filter.sort.column === "title" ? sql`text` : sql`timestamptz`;
  return tx
    .select()
    .from(contentItems)
    .where(
      and(
        // Named although row-level security holds it too: the planner matches it with the index.
        sql`${contentItems.workspaceId} = (select app.workspace_id())`,
        filter.archived ? sql`${contentItems.archivedAt} is not null` : isNull(contentItems.archivedAt),
        filter.status && eq(contentItems.status, filter.status),
        filter.author ? eq(contentItems.createdBy, filter.author) : undefined,
        filter.createdFrom ? sql`${contentItems.createdAt} >= ${filter.createdFrom}::timestamptz` : undefined,
        filter.createdTo ? sql`${contentItems.createdAt} < ${filter.createdTo}::timestamptz` : undefined,
        filter.q === undefined
          ? undefined
          : sql`${contentItems.title} ilike ${`%${filter.q.replace(/[\\%_]/g, "\\$&")}%`}`,
        filter.after &&
          sql`(${column}, ${contentItems.id}) ${beyond} (${filter.after.value}::${type}, ${filter.after.id}::uuid)`,
      ),
    )
    .orderBy(sql`${column} ${direction}`, sql`${contentItems.id} ${direction}`)
    .limit(filter.count);
}

export async function insertAdaptation(tx: Tx, row: typeof contentAdaptations.$inferInsert): Promise<AdaptationRow> {
  const rows = await tx.insert(contentAdaptations).values(row).returning();
  return rows[0]!;
}

export async function findAdaptation(tx: Tx, contentItemId: string, id: string): Promise<AdaptationRow | undefined> {
  const rows = await tx
    .select()
    .from(contentAdaptations)
    .where(
      and(
        eq(contentAdaptations.id, id),
        eq(contentAdaptations.contentItemId, contentItemId),
        isNull(contentAdaptations.removedAt),
      ),
    );
  return rows[0];
}

export async function updateAdaptation(tx: Tx, id: string, change: Pick<AdaptationRow, "parts" | "contentHash">) {
  const rows = await tx
    .update(contentAdaptations)
    .set({ ...change, updatedAt: sql`now()` })
    .where(eq(contentAdaptations.id, id))
    .returning();
  return rows[0];
}

export const listAdaptations = (tx: Tx, contentItemId: string) =>
  tx
    .select()
    .from(contentAdaptations)
    .where(and(eq(contentAdaptations.contentItemId, contentItemId), isNull(contentAdaptations.removedAt)))
    .orderBy(contentAdaptations.createdAt, contentAdaptations.id)
    .limit(100);

import { and, eq, isNull, notInArray, type SQL, sql } from "drizzle-orm";
import type { WorkspaceTx } from "@/db/client";
import { contentItems, contentItemTags, tagNames } from "@/db/schema/content";

type Tx = WorkspaceTx;
export type TagOfItem = { id: string; name: string; color: string };

const links = contentItemTags;

/** An item's tags in the order of their names, as a column: asked for the rows of a page, and for no other. */
export function tagsOfItem(db: Tx): SQL<TagOfItem[]> {
  const tag = sql`json_build_object('id', ${tagNames.id}, 'name', ${tagNames.name}, 'color', ${tagNames.color})`;
  const tags = db
    .select({ tags: sql`coalesce(json_agg(${tag} order by lower(${tagNames.name}), ${tagNames.id}), '[]')` })
    .from(links)
    .innerJoin(tagNames, and(eq(tagNames.workspaceId, links.workspaceId), eq(tagNames.id, links.tagId)))
    .where(
      and(
        eq(links.workspaceId, contentItems.workspaceId),
        eq(links.contentItemId, contentItems.id),
        isNull(links.removedAt),
      ),
    );
  return sql<TagOfItem[]>`(${tags})`;
}

const ofItem = (contentItemId: string) =>
  and(
    sql`${links.workspaceId} = (select app.workspace_id())`,
    eq(links.contentItemId, contentItemId),
    isNull(links.removedAt),
  );

export async function tagIdsOf(tx: Tx, contentItemId: string): Promise<string[]> {
  const rows = await tx.select({ id: links.tagId }).from(links).where(ofItem(contentItemId));
  return rows.map(({ id }) => id);
}

/** These tags, and no other. */
export async function setTags(tx: Tx, contentItemId: string, tagIds: string[]) {
  if (tagIds.length > 0) {
    await tx
      .insert(links)
      .values(tagIds.map((tagId) => ({ contentItemId, tagId })))
      .onConflictDoUpdate({
        target: [links.workspaceId, links.contentItemId, links.tagId],
        set: { removedAt: null },
        setWhere: sql`${links.removedAt} is not null`,
      });
  }
  await tx
    .update(links)
    .set({ removedAt: sql`now()` })
    .where(and(ofItem(contentItemId), notInArray(links.tagId, tagIds)));
}

/** Off every item. */
export const dropTag = (tx: Tx, tagId: string) =>
  tx
    .update(links)
    .set({ removedAt: sql`now()` })
    .where(
      and(sql`${links.workspaceId} = (select app.workspace_id())`, eq(links.tagId, tagId), isNull(links.removedAt)),
    );

/** On every item, another in its place; once where an item has both. */
export async function moveTag(tx: Tx, tagId: string, into: string) {
  await tx.execute(sql`
    insert into ${links} (content_item_id, tag_id)
    select content_item_id, ${into}::uuid from ${links}
    where workspace_id = (select app.workspace_id()) and tag_id = ${tagId}::uuid and removed_at is null
    on conflict (workspace_id, content_item_id, tag_id) do update set removed_at = null where ${links.removedAt} is not null`);
  await dropTag(tx, tagId);
}

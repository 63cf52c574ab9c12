import { and, eq, isNull, ne, or, sql } from "drizzle-orm";
import type { WorkspaceTx } from "@/db/client";
import { contentBriefs, contentItems, contentVersions } from "@/db/schema/content";

type Tx = WorkspaceTx;
const i = contentItems;

/** Items that aren't archived; `except` is the one that is compared with them. */
const others = (except: string | undefined) =>
  and(
    sql`${i.workspaceId} = (select app.workspace_id())`,
    isNull(i.archivedAt),
    except === undefined ? undefined : ne(i.id, except),
  );

/** Those that have this title, whatever its case: by the index of search, since a match of text uses none under row-level security. */
export const itemsTitled = (tx: Tx, title: string, { except, count }: { except: string | undefined; count: number }) =>
  tx
    .select({ id: i.id, title: i.title })
    .from(i)
    .where(
      and(
        others(except),
        sql`${i.id} in (select app.items_titled(${title}))`,
        sql`lower(${i.title}) = lower(${title})`,
      ),
    )
    .orderBy(i.createdAt, i.id)
    .limit(count);

const inMetadata = sql<string | null>`${contentVersions.metadata} ->> 'keyword'`;

/** What items want to be found by: as their brief says, or else the metadata of their current version. */
export const keywordsOfOthers = (tx: Tx, { except, count }: { except: string | undefined; count: number }) =>
  tx
    .select({
      id: i.id,
      title: i.title,
      keyword: sql<string>`coalesce(nullif(${contentBriefs.keyword}, ''), ${inMetadata})`,
    })
    .from(i)
    .innerJoin(
      contentVersions,
      and(
        eq(contentVersions.workspaceId, i.workspaceId),
        eq(contentVersions.contentItemId, i.id),
        eq(contentVersions.versionNumber, i.currentVersionNumber),
      ),
    )
    .leftJoin(contentBriefs, and(eq(contentBriefs.workspaceId, i.workspaceId), eq(contentBriefs.contentItemId, i.id)))
    .where(and(others(except), or(sql`${contentBriefs.keyword} <> ''`, sql`${inMetadata} <> ''`)))
    .orderBy(i.createdAt, i.id)
    .limit(count);

import { and, eq, inArray, isNull, ne, type SQL, sql } from "drizzle-orm";
import type { SiteTx, WorkspaceTx } from "@/db/client";
import { siteCounters, sitePages } from "@/db/schema/site";
import { isUuid } from "@/platform/actor";
import type { Article, Listed, SiteAddress, SiteFacts, Teaser } from "./ui/facts";

type Tx = WorkspaceTx;
export type PageRow = typeof sitePages.$inferSelect;
export type NewPage = Omit<typeof sitePages.$inferInsert, "workspaceId" | "id" | "formerSlugs" | "removedAt">;
export type MetricType = (typeof siteCounters.$inferSelect)["metricType"];

/** A place in the order of pages: newest first, and by id where two came at once. */
export type Place = { publishedAt: string; id: string };

/*
 * What a visitor sees is read as one JSON value, so that a page costs one round trip. The name and the branding are
 * the workspace's; the visitor's scope opens that one row.
 */
export const FACTS = sql`jsonb_build_object('slug', w.slug, 'primaryHost', w.primary_host, 'name', w.name, 'branding', w.branding, 'language', w.language,
  'timeZone', w.time_zone, 'updatedAt', w.updated_at)`;
const TEASER = sql`jsonb_build_object('id', p.id, 'slug', p.slug, 'title', p.title, 'excerpt', p.excerpt,
  'language', p.language, 'wordCount', p.word_count, 'imageUrl', p.image_url,
  'publishedAt', p.published_at, 'updatedAt', p.updated_at)`;
/** What `ui/links.ts` writes into a page, and who of them has one. Most pages have none, and cost a look. */
const LINKED = sql`case when position('<a href="items/' in p.html) = 0 then '{}' else (
  select coalesce(jsonb_object_agg(l.content_item_id, jsonb_build_object('slug', l.slug, 'updatedAt', l.updated_at)), '{}')
  from site_pages l
  where l.workspace_id = (select app.visited_workspace_id()) and l.removed_at is null and l.content_item_id in (
    select m[1]::uuid
    from regexp_matches(p.html, '<a href="items/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})', 'g') m)) end`;
/** Headlines of the version that is out, while they are tried; null for most pages. */
const TRIAL = sql`jsonb_build_object('trial', (
  select jsonb_build_object('id', t.id, 'variants', jsonb_agg(
    jsonb_build_object('number', v.number, 'headline', v.headline, 'weight', v.weight) order by v.number))
  from site_trials t join site_trial_variants v on v.workspace_id = t.workspace_id and v.trial_id = t.id
  where t.workspace_id = p.workspace_id and t.page_id = p.id and t.version_number = p.version_number and t.status = 'Running'
  group by t.id))`;
const ARTICLE = sql`${TEASER} || jsonb_build_object('contentItemId', p.content_item_id, 'html', p.html, 'canonicalUrl', p.canonical_url,
  'links', ${LINKED})`;
const LIVE = sql`p.workspace_id = (select app.visited_workspace_id()) and p.removed_at is null`;
const NEWEST_FIRST = sql`p.published_at desc, p.id desc`;

const listOf = (shape: SQL, condition: SQL, order: SQL, count: number) => sql`(
  select coalesce(jsonb_agg(q.page), '[]')
  from (select ${shape} as page from site_pages p where ${LIVE} and ${condition} order by ${order} limit ${count}) q)`;

async function one<Row extends Record<string, unknown>>(tx: SiteTx, columns: SQL, source: SQL = sql``) {
  const { rows } = await tx.execute<Row>(
    sql`select ${FACTS} as site, ${columns} from workspaces w ${source} where w.id = (select app.visited_workspace_id())`,
  );
  return rows[0]!;
}

/** Pages from a place on. Towards the newer ones, they come oldest first. */
export function readListing(
  tx: SiteTx,
  { from, towards, count }: { from: Place | undefined; towards: "older" | "newer"; count: number },
) {
  const place = from && sql`(${from.publishedAt}::timestamptz, ${from.id}::uuid)`;
  const beyond = towards === "older" ? sql`<` : sql`>`;
  const order = towards === "older" ? NEWEST_FIRST : sql`p.published_at, p.id`;
  return one<{ site: SiteFacts; pages: Listed[] }>(
    tx,
    sql`${listOf(sql`${TEASER} || ${TRIAL}`, place ? sql`(p.published_at, p.id) ${beyond} ${place}` : sql`true`, order, count)} as pages`,
  );
}

const articleAt = (condition: SQL) => sql`(select ${ARTICLE} from site_pages p where ${LIVE} and ${condition} limit 1)`;

/**
 * The page at an address: its slug, the id of its item, or a slug that it had, looked for in this order.
 * `more` are the newest other ones; `gone` tells of a page that was taken down.
 */
export function readArticle(tx: SiteTx, address: string, moreCount: number) {
  const found = sql`cross join lateral (select coalesce(
    ${articleAt(sql`p.slug = ${address}`)},
    ${isUuid(address) ? articleAt(sql`p.content_item_id = ${address}::uuid`) : sql`null`},
    ${articleAt(sql`p.former_slugs @> array[${address}]::text[]`)}) as page) f`;
  return one<{ site: SiteFacts; page: Article | null; more: Teaser[]; gone: boolean }>(
    tx,
    sql`f.page,
      ${listOf(TEASER, sql`p.id is distinct from (f.page ->> 'id')::uuid`, NEWEST_FIRST, moreCount)} as more,
      case when f.page is null then app.page_was_removed(${address}) else false end as gone`,
    found,
  );
}

export const readFeed = (tx: SiteTx, count: number) =>
  one<{ site: SiteFacts; pages: Article[] }>(tx, sql`${listOf(ARTICLE, sql`true`, NEWEST_FIRST, count)} as pages`);

export const readAddresses = (tx: SiteTx, count: number) =>
  one<{ site: SiteFacts; pages: { slug: string; updatedAt: string }[] }>(
    tx,
    sql`${listOf(sql`jsonb_build_object('slug', p.slug, 'updatedAt', p.updated_at)`, sql`p.canonical_url is null`, NEWEST_FIRST, count)} as pages`,
  );

/** Counts one; false where there is no such page. Calls at the same time meet at the day's row, and none is lost. */
export async function countVisit(tx: SiteTx, pageId: string, metricType: MetricType): Promise<boolean> {
  const { rows } = await tx.execute<{ counted: boolean }>(
    sql`select app.count_visit(${pageId}::uuid, ${metricType}) as counted`,
  );
  return rows[0]!.counted;
}

export async function lockPageOfItem(tx: Tx, contentItemId: string): Promise<PageRow | undefined> {
  const rows = await tx.select().from(sitePages).where(eq(sitePages.contentItemId, contentItemId)).for("update");
  return rows[0];
}

/** Undefined where somebody else has just taken the slug, or made the item's page. */
export async function insertPage(tx: Tx, page: NewPage): Promise<PageRow | undefined> {
  const rows = await tx.insert(sitePages).values(page).onConflictDoNothing().returning();
  return rows[0];
}

export async function updatePage(
  tx: Tx,
  id: string,
  change: Partial<Omit<typeof sitePages.$inferInsert, "updatedAt" | "publishedAt">>,
  { revived = false, touched = true }: { revived?: boolean; touched?: boolean } = {},
): Promise<PageRow> {
  const rows = await tx
    .update(sitePages)
    .set({
      ...change,
      ...(touched && { updatedAt: sql`now()` }),
      ...(revived && { removedAt: null, publishedAt: sql`now()` }),
    })
    .where(eq(sitePages.id, id))
    .returning();
  return rows[0]!;
}

/** Slugs that begin alike and that other pages have or had. */
export async function slugsLike(tx: Tx, base: string, exceptPageId: string | undefined): Promise<Set<string>> {
  const rows = await tx
    .select({ slug: sitePages.slug, formerSlugs: sitePages.formerSlugs })
    .from(sitePages)
    .where(
      and(
        sql`(starts_with(${sitePages.slug}, ${base}) or cardinality(${sitePages.formerSlugs}) > 0)`,
        exceptPageId === undefined ? undefined : ne(sitePages.id, exceptPageId),
      ),
    );
  return new Set(rows.flatMap(({ slug, formerSlugs }) => [slug, ...formerSlugs]));
}

export async function findPageByKey(tx: Tx, key: string): Promise<PageRow | undefined> {
  const rows = await tx
    .select()
    .from(sitePages)
    .where(and(sql`${sitePages.remoteKeys} @> array[${key}]::text[]`, isNull(sitePages.removedAt)));
  return rows[0];
}

/** The page that was taken down; undefined where there is none, or it was down already. */
export async function markRemoved(tx: Tx, id: string): Promise<PageRow | undefined> {
  const rows = await tx
    .update(sitePages)
    .set({ removedAt: sql`now()`, updatedAt: sql`now()` })
    .where(and(eq(sitePages.id, id), isNull(sitePages.removedAt)))
    .returning();
  return rows[0];
}

/** Over all days. A page that is there and was never counted is in the answer, with zeros. */
export async function totalsOf(tx: Tx, pageIds: string[]) {
  const sum = (type: MetricType) =>
    sql<number>`coalesce(sum(${siteCounters.value}) filter (where ${siteCounters.metricType} = ${type}), 0)::float8`;
  const rows = await tx
    .select({
      pages: sql<number>`count(distinct ${sitePages.id})::int`,
      views: sum("views"),
      reads: sum("reads"),
      clicks: sum("clicks"),
    })
    .from(sitePages)
    .leftJoin(siteCounters, eq(siteCounters.pageId, sitePages.id))
    .where(inArray(sitePages.id, pageIds));
  return rows[0]!;
}

type ListFilter = {
  contentItemId?: string | undefined;
  after: { value: string; id: string } | undefined;
  count: number;
};

export async function listPages(tx: Tx, { contentItemId, after, count }: ListFilter) {
  return tx
    .select({
      page: sitePages,
      site: sql<SiteAddress>`(select jsonb_build_object('slug', w.slug, 'primaryHost', w.primary_host)
        from workspaces w where w.id = app.workspace_id())`,
    })
    .from(sitePages)
    .where(
      and(
        // Named although row-level security holds it too: the planner matches it with the index.
        sql`${sitePages.workspaceId} = (select app.workspace_id())`,
        isNull(sitePages.removedAt),
        contentItemId === undefined ? undefined : eq(sitePages.contentItemId, contentItemId),
        after && sql`(${sitePages.publishedAt}, ${sitePages.id}) < (${after.value}::timestamptz, ${after.id}::uuid)`,
      ),
    )
    .orderBy(sql`${sitePages.publishedAt} desc`, sql`${sitePages.id} desc`)
    .limit(count);
}

/** By which words pages are or were asked for: of one and the newest others, or of all, those taken down among them. */
export async function addressesOfPages(tx: Tx, pageId: string | undefined, newest: number): Promise<string[]> {
  const columns = {
    id: sitePages.id,
    slug: sitePages.slug,
    former: sitePages.formerSlugs,
    item: sitePages.contentItemId,
  };
  const some = tx
    .select(columns)
    .from(sitePages)
    .orderBy(sql`${sitePages.publishedAt} desc`, sql`${sitePages.id} desc`)
    .limit(newest);
  const rows = await some;
  const one =
    pageId === undefined || rows.some(({ id }) => id === pageId)
      ? []
      : await tx.select(columns).from(sitePages).where(eq(sitePages.id, pageId));
  return [...one, ...rows].flatMap(({ slug, former, item }) => [slug, item, ...former]);
}

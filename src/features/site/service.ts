import type { z } from "zod";
import type { WorkspaceTx } from "@/db/client";
import { decodeCursor, toPage } from "@/http/cursor";
import type { ListSitePages } from "./contract";
import * as queries from "./queries";

type Tx = WorkspaceTx;

/** The public address of a page, or of the whole site. `publicUrl` has no slash at its end. */
export const pageUrl = (publicUrl: string, siteSlug: string, pageSlug?: string): string =>
  `${publicUrl}/s/${siteSlug}${pageSlug === undefined ? "" : `/${encodeURIComponent(pageSlug)}`}`;

const SORT = "-publishedAt";

export async function listSitePages(
  tx: Tx,
  publicUrl: string,
  { contentItemId, limit, cursor }: z.output<typeof ListSitePages>,
) {
  const rows = await queries.listPages(tx, { contentItemId, after: decodeCursor(cursor, SORT), count: limit + 1 });
  const pages = rows.map(({ page, siteSlug }) => ({ ...page, url: pageUrl(publicUrl, siteSlug, page.slug) }));
  return toPage(pages, limit, SORT, ({ publishedAt }) => publishedAt.toISOString());
}

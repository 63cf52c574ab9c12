import type { z } from "zod";
import type { WorkspaceTx } from "@/db/client";
import { decodeCursor, toPage } from "@/http/cursor";
import { APPLICATION_PATHS, siteHome } from "@/platform/host";
import type { ListSitePages } from "./contract";
import * as queries from "./queries";
import type { SiteAddress } from "./ui/facts";

type Tx = WorkspaceTx;

/** The public address of a page, or of the whole site. `publicUrl` has no slash at its end. */
export function pageUrl(publicUrl: string, site: SiteAddress, pageSlug?: string): string {
  if (pageSlug === undefined) return siteHome(publicUrl, site);
  // On its own host, the application has this word: such a page stays where no word is taken.
  const at = APPLICATION_PATHS.has(pageSlug) ? { ...site, primaryHost: null } : site;
  return `${siteHome(publicUrl, at)}/${encodeURIComponent(pageSlug)}`;
}

const SORT = "-publishedAt";

export async function listSitePages(
  tx: Tx,
  publicUrl: string,
  { contentItemId, limit, cursor }: z.output<typeof ListSitePages>,
) {
  const rows = await queries.listPages(tx, { contentItemId, after: decodeCursor(cursor, SORT), count: limit + 1 });
  const pages = rows.map(({ page, site }) => ({ ...page, url: pageUrl(publicUrl, site, page.slug) }));
  return toPage(pages, limit, SORT, ({ publishedAt }) => publishedAt.toISOString());
}

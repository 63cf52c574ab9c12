/** @jsxImportSource hono/jsx */
import { createHash } from "node:crypto";
import { type Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { secureHeaders } from "hono/secure-headers";
import { readSite, withSite } from "@/db/scope";
import { showFile, type VaultDeps } from "@/features/assets";
import { decodeCursor, encodeCursor } from "@/http/cursor";
import { requestTimeout } from "@/http/front";
import { addressLimits, limit, type RateLimits } from "@/http/limits";
import { refusalOf } from "@/http/problem";
import type { Env } from "@/http/router";
import { isUuid } from "@/platform/actor";
import { ERROR_STATUS } from "@/platform/errors";
import { FEEDS, type FeedFormat, feedOf, latest, SITEMAP_PAGES, sitemapOf } from "./feeds";
import * as queries from "./queries";
import { pageUrl } from "./service";
import { ArticlePage } from "./ui/article-page";
import { BEACON_SCRIPT } from "./ui/beacon-script";
import { brandingOf } from "./ui/branding";
import type { SiteFacts, Teaser } from "./ui/facts";
import { IndexPage } from "./ui/index-page";
import { withLinks } from "./ui/links";
import { NoticePage } from "./ui/notice-page";
import { styleFor } from "./ui/styles";
import { isVisit, metricOf } from "./visits";

type C = Context<Env>;
type Deps = VaultDeps & { publicUrl: string; limits: RateLimits };

const SORT = "-publishedAt";
const PAGE_SIZE = 20;
const MORE_PAGES = 3;
/** Shown for a minute as it is, for ten more while a cache asks anew. */
const SHARED = "public, max-age=60, stale-while-revalidate=600";

/** What anyone may read, under `/s`: no account, no cookie, and one round trip to Postgres for a page. */
export function publicSite({ publicUrl, limits, ...files }: Deps) {
  const app = new Hono<Env>();
  app.onError(plainRefusal);
  app.use(headers, requestTimeout, addressLimits(limits));

  app.get("/:site/rss.xml", (c) => feed(c, "rss", publicUrl));
  app.get("/:site/atom.xml", (c) => feed(c, "atom", publicUrl));
  app.get("/:site/feed.json", (c) => feed(c, "json", publicUrl));
  app.get("/:site/sitemap.xml", (c) => sitemap(c, publicUrl));
  app.get("/:site", (c) => index(c, publicUrl));
  app.get("/:site/:page", (c) => article(c, publicUrl));
  app.get("/:site/assets/:file", (c) => showFile(c, files, c.req.param("site"), c.req.param("file")));
  app.get("/:site/beacon/:page", (c) => countImage(c, limits));
  app.post("/:site/beacon/:page", bodyLimit({ maxSize: 1_024, onError: (c) => c.body(null, 413) }), (c) =>
    countBeacon(c, limits),
  );
  // One address for one page.
  app.get("/:site/", (c) => c.redirect(c.req.path.slice(0, -1), 301));
  app.get("/:site/:page/", (c) => c.redirect(c.req.path.slice(0, -1), 301));
  app.all("*", (c) => plain(c, 404, "There is nothing here."));
  return app;
}

const headers = secureHeaders({
  contentSecurityPolicy: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] },
  crossOriginResourcePolicy: "same-origin",
  xFrameOptions: "DENY",
  // Where a link leads may know which site it stands on, and no more.
  referrerPolicy: "strict-origin-when-cross-origin",
  overwrite: false,
});

const hashSource = (text: string) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
const SCRIPT_SOURCE = hashSource(BEACON_SCRIPT);

/** What a page may load: its own style and script by their hashes, and pictures. */
const policyFor = (site: SiteFacts) =>
  [
    "default-src 'none'",
    `style-src ${hashSource(styleFor(brandingOf(site.branding).primaryColor))}`,
    `script-src ${SCRIPT_SOURCE}`,
    "img-src 'self' https: data:",
    "connect-src 'self'",
    "form-action 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join("; ");

async function index(c: C, publicUrl: string) {
  const slug = c.req.param("site")!;
  const home = pageUrl(publicUrl, slug);
  const { before, after } = c.req.query();
  const cursor = decodeCursor(before ?? after, SORT);
  const towards = before === undefined && after !== undefined ? "newer" : "older";
  const from = cursor && { publishedAt: cursor.value, id: cursor.id };
  const read = await readSite(c.var.db, slug, (tx) => queries.readListing(tx, { from, towards, count: PAGE_SIZE + 1 }));
  const beyond = read.pages.length > PAGE_SIZE;
  // At the top of the list there is one address only.
  if (towards === "newer" && !beyond) return c.redirect(new URL(home).pathname, 302);
  const pages = read.pages.slice(0, PAGE_SIZE);
  if (towards === "newer") pages.reverse();
  const link = (name: "before" | "after", at: Teaser | undefined) =>
    at && `?${name}=${encodeCursor({ sort: SORT, value: new Date(at.publishedAt).toISOString(), id: at.id })}`;
  const query = cursor ? `?${towards === "older" ? "before" : "after"}=${encodeCursor(cursor)}` : "";
  const html = (
    <IndexPage
      site={read.site}
      home={home}
      pages={pages}
      older={towards === "newer" || beyond ? link("before", pages.at(-1)) : undefined}
      newer={cursor && link("after", pages[0])}
      canonical={`${home}${query}`}
      addressOf={(pageSlug) => new URL(pageUrl(publicUrl, slug, pageSlug)).pathname}
    />
  );
  return page(c, read.site, 200, html, latest(read.site, pages));
}

async function article(c: C, publicUrl: string) {
  const [slug, address] = [c.req.param("site")!, c.req.param("page")!];
  const home = pageUrl(publicUrl, slug);
  // Postgres stores no NUL, so that no page has one in its address.
  if (address.includes("\0")) return plain(c, 404, "There is no such page.");
  const found = await readSite(c.var.db, slug, (tx) => queries.readArticle(tx, address, MORE_PAGES));
  const { site, page: shown, more, gone } = found;
  if (!shown) return page(c, site, gone ? 410 : 404, <NoticePage site={site} home={home} gone={gone} />);
  const url = pageUrl(publicUrl, slug, shown.slug);
  if (address !== shown.slug) {
    c.header("Cache-Control", SHARED);
    return c.redirect(new URL(url).pathname, isUuid(address) ? 302 : 301);
  }
  const addressOf = (pageSlug: string) => new URL(pageUrl(publicUrl, slug, pageSlug)).pathname;
  const html = (
    <ArticlePage
      site={site}
      home={home}
      page={{ ...shown, html: withLinks(shown, addressOf) }}
      more={more}
      url={url}
      beacon={`${new URL(home).pathname}/beacon/${shown.id}`}
      addressOf={addressOf}
    />
  );
  return page(c, site, 200, html, latest(site, [shown, ...more, ...Object.values(shown.links)]));
}

async function feed(c: C, format: FeedFormat, publicUrl: string) {
  const { site, pages } = await readSite(c.var.db, c.req.param("site")!, (tx) => queries.readFeed(tx, PAGE_SIZE));
  const linked = pages.flatMap(({ links }) => Object.values(links));
  return cached(c, feedOf(format, publicUrl, site, pages), FEEDS[format].type, latest(site, [...pages, ...linked]));
}

async function sitemap(c: C, publicUrl: string) {
  const slug = c.req.param("site")!;
  const { site, pages } = await readSite(c.var.db, slug, (tx) => queries.readAddresses(tx, SITEMAP_PAGES - 1));
  return cached(c, sitemapOf(publicUrl, site, pages), "application/xml; charset=utf-8", latest(site, pages));
}

function page(c: C, site: SiteFacts, status: 200 | 404 | 410, html: { toString(): unknown }, changed?: Date) {
  c.header("Content-Security-Policy", policyFor(site));
  const text = `<!doctype html>${html.toString()}`;
  if (changed) return cached(c, text, "text/html; charset=utf-8", changed);
  c.header("Cache-Control", "no-store");
  return c.html(text, status);
}

/** RFC 9110, 13.1: the tag is compared where one is sent, the date only where none is. */
function cached(c: C, text: string, type: string, changed: Date) {
  const tag = `W/"${createHash("sha1").update(text).digest("base64url")}"`;
  c.header("Cache-Control", SHARED);
  c.header("ETag", tag);
  c.header("Last-Modified", changed.toUTCString());
  const tags = c.req.header("if-none-match");
  const since = Date.parse(c.req.header("if-modified-since") ?? "");
  const same = tags
    ? tags.split(",").some((one) => one.trim() === "*" || one.trim() === tag)
    : Math.floor(changed.getTime() / 1_000) * 1_000 <= since;
  if (same) return c.body(null, 304);
  c.header("Content-Type", type);
  return c.body(text, 200);
}

async function countBeacon(c: C, limits: RateLimits) {
  const said = c.req.query("event") ?? (await c.req.text());
  return (await count(c, limits, c.req.param("page")!, said.trim()))
    ? c.body(null, 204)
    : plain(c, 404, "There is no such page.");
}

/** The smallest picture there is: transparent, one pixel (GIF89a). */
const PIXEL = Buffer.from("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7", "base64");

/** For who runs no script. A HEAD looks at nothing. */
async function countImage(c: C, limits: RateLimits) {
  const id = c.req.param("page")!.replace(/\.gif$/, "");
  if (c.req.method === "GET" && !(await count(c, limits, id, "view"))) return plain(c, 404, "There is no such page.");
  c.header("Cache-Control", "no-store");
  c.header("Content-Type", "image/gif");
  return c.body(new Uint8Array(PIXEL), 200);
}

/** Whether there is such a page; what is no visit is not counted, and nobody is told. */
async function count(c: C, limits: RateLimits, pageId: string, said: string): Promise<boolean> {
  await limit(c, limits, "beacon", c.var.clientAddress);
  c.header("Cache-Control", "no-store");
  if (!isUuid(pageId)) return false;
  if (!isVisit((name) => c.req.header(name))) return true;
  return withSite(c.var.db, c.req.param("site")!, (tx) => queries.countVisit(tx, pageId, metricOf(said)));
}

function plain(c: C, status: 404 | 410 | 500, sentence: string) {
  c.header("Cache-Control", "no-store");
  return c.text(`${sentence}\n`, status);
}

function plainRefusal(raised: Error, c: C) {
  const refusal = refusalOf(raised);
  if (!refusal || ERROR_STATUS[refusal.code] >= 500) {
    c.var.log?.error({ err: raised, requestId: c.var.requestId }, refusal ? refusal.code : "defect");
  }
  c.header("Cache-Control", "no-store");
  if (!refusal) return plain(c, 500, "Something in ContentOS is broken, and it was logged.");
  // An address that can't be one is answered like one that leads nowhere.
  if ([400, 404].includes(ERROR_STATUS[refusal.code])) return plain(c, 404, "There is no such page.");
  if (refusal.retryAfterSeconds) c.header("Retry-After", String(Math.ceil(refusal.retryAfterSeconds)));
  return c.text(`${refusal.message}\n`, ERROR_STATUS[refusal.code]);
}

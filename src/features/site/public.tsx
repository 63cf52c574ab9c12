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
import { refusalOf, sqlState } from "@/http/problem";
import type { Env } from "@/http/router";
import { isUuid } from "@/platform/actor";
import { ERROR_STATUS } from "@/platform/errors";
import { FEEDS, type FeedFormat, feedOf, latest, SITEMAP_PAGES, sitemapOf } from "./feeds";
import { claimOfVisitor, isOnOwnHost, pathsOf } from "./own-host";
import * as queries from "./queries";
import { pageUrl } from "./service";
import * as trials from "./trials/queries";
import { ArticlePage } from "./ui/article-page";
import { BEACON_SCRIPT } from "./ui/beacon-script";
import { brandingOf } from "./ui/branding";
import type { SiteFacts, Teaser } from "./ui/facts";
import { IndexPage } from "./ui/index-page";
import { withLinks } from "./ui/links";
import { NoticePage } from "./ui/notice-page";
import { styleFor } from "./ui/styles";
import { TRIAL_SCRIPT } from "./ui/trial-script";
import { isVisit, metricOf } from "./visits";

type C = Context<Env>;
type Deps = VaultDeps & {
  publicUrl: string;
  limits: RateLimits;
  /** Whether caches are told what to forget, so that they may keep it longer. */
  purges: boolean;
};

const SORT = "-publishedAt";
const PAGE_SIZE = 20;
const MORE_PAGES = 3;
/** Shown for a minute as it is, for ten more while a cache asks anew. A cache that is told what to forget keeps it an hour. */
const shared = (seconds: number) => `public, max-age=60, s-maxage=${seconds}, stale-while-revalidate=600`;
const [SHARED, SHARED_AND_PURGED] = [shared(60), shared(3_600)];

/** What anyone may read, under `/s`: no account, no cookie, and one round trip to Postgres for a page. */
export function publicSite({ publicUrl, limits, purges, ...files }: Deps) {
  const app = new Hono<Env>();
  app.onError(plainRefusal);
  app.use(headers, requestTimeout, addressLimits(limits));
  app.use(async (c, next) => {
    await next();
    if (purges && c.res.headers.get("cache-control") === SHARED) c.header("Cache-Control", SHARED_AND_PURGED);
  });

  app.get("/:site/rss.xml", (c) => feed(c, "rss", publicUrl));
  app.get("/:site/atom.xml", (c) => feed(c, "atom", publicUrl));
  app.get("/:site/feed.json", (c) => feed(c, "json", publicUrl));
  app.get("/:site/sitemap.xml", (c) => sitemap(c, publicUrl));
  app.get("/:site", (c) => index(c, publicUrl));
  app.get("/:site/:page", (c) => article(c, publicUrl));
  app.get("/:site/assets/:file", (c) => showFile(c, files, claimOfVisitor(c), c.req.param("file")));
  app.get("/:site/beacon/:page", (c) => countImage(c, limits));
  app.post("/:site/beacon/:page", bodyLimit({ maxSize: 1_024, onError: (c) => c.body(null, 413) }), (c) =>
    countBeacon(c, limits),
  );
  app.post("/:site/trial/:trial/:number", bodyLimit({ maxSize: 1_024, onError: (c) => c.body(null, 413) }), (c) =>
    countTrial(c, limits),
  );
  // One address for one page.
  app.get("/:site/", withoutSlash);
  app.get("/:site/:page/", withoutSlash);
  app.all("*", (c) => plain(c, 404, "There is nothing here."));
  return app;
}

/** As the address was written, and within this host: two slashes in front would lead to another. */
const withoutSlash = (c: C) =>
  c.redirect(new URL(c.req.url).pathname.replace(/^\/{2,}/, "/").replace(/\/+$/, "") || "/", 301);

const headers = secureHeaders({
  contentSecurityPolicy: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] },
  crossOriginResourcePolicy: "same-origin",
  xFrameOptions: "DENY",
  // Where a link leads may know which site it stands on, and no more.
  referrerPolicy: "strict-origin-when-cross-origin",
  overwrite: false,
});

const hashSource = (text: string) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
const [BEACON_SOURCE, TRIAL_SOURCE] = [hashSource(BEACON_SCRIPT), hashSource(TRIAL_SCRIPT)];

/** What a page may load: its own style and script by their hashes, and pictures. */
const policyFor = (site: SiteFacts, tried: boolean) =>
  [
    "default-src 'none'",
    `style-src ${hashSource(styleFor(brandingOf(site.branding)))}`,
    `script-src ${tried ? TRIAL_SOURCE : BEACON_SOURCE}`,
    "img-src 'self' https: data:",
    "connect-src 'self'",
    "form-action 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join("; ");

async function index(c: C, publicUrl: string) {
  const { before, after } = c.req.query();
  const cursor = decodeCursor(before ?? after, SORT);
  const towards = before === undefined && after !== undefined ? "newer" : "older";
  const from = cursor && { publishedAt: cursor.value, id: cursor.id };
  const read = await readSite(c.var.db, claimOfVisitor(c), (tx) =>
    queries.readListing(tx, { from, towards, count: PAGE_SIZE + 1 }),
  );
  const home = pageUrl(publicUrl, read.site);
  const { base, addressOf } = pathsOf(c, read.site);
  const beyond = read.pages.length > PAGE_SIZE;
  // At the top of the list there is one address only.
  if (towards === "newer" && !beyond) return c.redirect(base || "/", 302);
  const pages = read.pages.slice(0, PAGE_SIZE);
  if (towards === "newer") pages.reverse();
  const link = (name: "before" | "after", at: Teaser | undefined) =>
    at && `?${name}=${encodeCursor({ sort: SORT, value: new Date(at.publishedAt).toISOString(), id: at.id })}`;
  const elsewhere = atOwnHost(c, read.site, home);
  const query = cursor ? `?${towards === "older" ? "before" : "after"}=${encodeCursor(cursor)}` : "";
  if (elsewhere) return moved(c, `${elsewhere}${query}`);
  if (isFormer(c, read.site)) return moved(c, `${base}${query}`, 308);
  const html = (
    <IndexPage
      site={read.site}
      home={home}
      base={base}
      pages={pages}
      older={towards === "newer" || beyond ? link("before", pages.at(-1)) : undefined}
      newer={cursor && link("after", pages[0])}
      canonical={`${home}${query}`}
      addressOf={addressOf}
    />
  );
  return page(c, read.site, 200, html, latest(read.site, pages));
}

async function article(c: C, publicUrl: string) {
  const address = c.req.param("page")!;
  // Postgres stores no NUL, so that no page has one in its address.
  if (address.includes("\0")) return plain(c, 404, "There is no such page.");
  const found = await readSite(c.var.db, claimOfVisitor(c), (tx) => queries.readArticle(tx, address, MORE_PAGES));
  const { site, page: shown, more, gone } = found;
  const home = pageUrl(publicUrl, site);
  const { base, addressOf } = pathsOf(c, site);
  if (!shown) return page(c, site, gone ? 410 : 404, <NoticePage site={site} home={home} base={base} gone={gone} />);
  const url = pageUrl(publicUrl, site, shown.slug);
  const elsewhere = atOwnHost(c, site, url);
  if (elsewhere) return moved(c, elsewhere, isUuid(address) ? 302 : 301);
  if (address !== shown.slug) return moved(c, addressOf(shown.slug), isUuid(address) ? 302 : 301);
  if (isFormer(c, site)) return moved(c, addressOf(shown.slug), 308);
  const html = (
    <ArticlePage
      site={site}
      home={home}
      base={base}
      page={{ ...shown, html: withLinks(shown, addressOf) }}
      more={more}
      url={url}
      beacon={`${base}/beacon/${shown.id}`}
      addressOf={addressOf}
    />
  );
  return page(c, site, 200, html, latest(site, [shown, ...more, ...Object.values(shown.links)]));
}

/** Where what is asked under `/s` has its address, if the site has a host of its own and the page is there. */
const atOwnHost = (c: C, site: SiteFacts, url: string) =>
  !isOnOwnHost(c) && site.primaryHost !== null && new URL(url).hostname === site.primaryHost ? url : undefined;

/** Whether it was asked for under an address that the site has left: it leads on as long as nobody else has it. */
const isFormer = (c: C, site: SiteFacts) => !isOnOwnHost(c) && c.req.param("site") !== site.slug;

function moved(c: C, to: string, status: 301 | 302 | 308 = 301) {
  c.header("Cache-Control", SHARED);
  return c.redirect(to, status);
}

async function feed(c: C, format: FeedFormat, publicUrl: string) {
  const { site, pages } = await readSite(c.var.db, claimOfVisitor(c), (tx) => queries.readFeed(tx, PAGE_SIZE));
  const elsewhere = atOwnHost(c, site, `${pageUrl(publicUrl, site)}/${FEEDS[format].file}`);
  if (elsewhere) return moved(c, elsewhere);
  if (isFormer(c, site)) return moved(c, `${pathsOf(c, site).base}/${FEEDS[format].file}`, 308);
  const linked = pages.flatMap(({ links }) => Object.values(links));
  return cached(c, feedOf(format, publicUrl, site, pages), FEEDS[format].type, latest(site, [...pages, ...linked]));
}

async function sitemap(c: C, publicUrl: string) {
  const { site, pages } = await readSite(c.var.db, claimOfVisitor(c), (tx) =>
    queries.readAddresses(tx, SITEMAP_PAGES - 1),
  );
  const elsewhere = atOwnHost(c, site, `${pageUrl(publicUrl, site)}/sitemap.xml`);
  if (elsewhere) return moved(c, elsewhere);
  if (isFormer(c, site)) return moved(c, `${pathsOf(c, site).base}/sitemap.xml`, 308);
  return cached(c, sitemapOf(publicUrl, site, pages), "application/xml; charset=utf-8", latest(site, pages));
}

function page(c: C, site: SiteFacts, status: 200 | 404 | 410, html: { toString(): unknown }, changed?: Date) {
  const text = `<!doctype html>${html.toString()}`;
  c.header("Content-Security-Policy", policyFor(site, text.includes(TRIAL_SCRIPT)));
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

/** What was seen or followed of a trial; what is no visit is not counted, and nobody is told. */
async function countTrial(c: C, limits: RateLimits) {
  await limit(c, limits, "beacon", c.var.clientAddress);
  c.header("Cache-Control", "no-store");
  const { trial = "", number = "" } = c.req.param() as Record<string, string>;
  const said = (await c.req.text()).trim();
  const known = isUuid(trial) && /^[0-5]$/.test(number) && (said === "view" || said === "click");
  if (!known) return plain(c, 404, "There is no such page.");
  if (!isVisit((name) => c.req.header(name))) return c.body(null, 204);
  const counted = await withSite(c.var.db, claimOfVisitor(c), (tx) =>
    trials.countTrial(tx, trial, Number(number), said as "view" | "click"),
  );
  return counted ? c.body(null, 204) : plain(c, 404, "There is no such page.");
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
  return withSite(c.var.db, claimOfVisitor(c), (tx) => queries.countVisit(tx, pageId, metricOf(said)));
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
  // Nobody has verified this host: whoever serves pages beside us looks whether it is one of theirs.
  if (isOnOwnHost(c) && sqlState(raised) === "CO404" && c.env) Object.assign(c.env, { unknownHost: true });
  c.header("Cache-Control", "no-store");
  if (!refusal) return plain(c, 500, "Something in ContentOS is broken, and it was logged.");
  // An address that can't be one is answered like one that leads nowhere.
  if ([400, 404].includes(ERROR_STATUS[refusal.code])) return plain(c, 404, "There is no such page.");
  if (refusal.retryAfterSeconds) c.header("Retry-After", String(Math.ceil(refusal.retryAfterSeconds)));
  return c.text(`${refusal.message}\n`, ERROR_STATUS[refusal.code]);
}

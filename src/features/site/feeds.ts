import { Feed } from "feed";
import { escapeHtml } from "@/channels/text";
import { pageUrl } from "./service";
import { brandingOf } from "./ui/branding";
import type { Article, SiteFacts } from "./ui/facts";
import { brandImages } from "./ui/images";
import { withLinks } from "./ui/links";

export type FeedFormat = "rss" | "atom" | "json";

export const FEEDS = {
  rss: { file: "rss.xml", type: "application/rss+xml; charset=utf-8" },
  atom: { file: "atom.xml", type: "application/atom+xml; charset=utf-8" },
  json: { file: "feed.json", type: "application/feed+json; charset=utf-8" },
} as const;

/** When any of this last changed. */
export const latest = (site: SiteFacts, pages: { updatedAt: string }[]): Date =>
  new Date(Math.max(...[site, ...pages].map(({ updatedAt }) => new Date(updatedAt).getTime())));

/** The newest pages in full, without counters or scripts. */
export function feedOf(format: FeedFormat, publicUrl: string, site: SiteFacts, pages: Article[]): string {
  const home = pageUrl(publicUrl, site);
  const { tagline } = brandingOf(site.branding);
  const { logoForOthers: logo } = brandImages(site, home);
  const feed = new Feed({
    id: home,
    title: forXml(site.name),
    link: home,
    description: forXml(tagline ?? site.name),
    language: site.language,
    // Of what is told, not of the moment of telling, so that an unchanged feed stays the same bytes.
    updated: latest(site, pages),
    generator: "ContentOS",
    feedLinks: { rss: `${home}/rss.xml`, atom: `${home}/atom.xml`, json: `${home}/feed.json` },
    ...(logo && { image: logo }),
    author: { name: forXml(site.name), link: home },
  });
  // In the XML formats titles and summaries are HTML, in JSON they are text.
  const asText = format === "json" ? forXml : (text: string) => escapeHtml(forXml(text));
  const addressOf = (slug: string) => pageUrl(publicUrl, site, slug);
  for (const page of pages) {
    const link = pageUrl(publicUrl, site, page.slug);
    feed.addItem({
      title: asText(page.title),
      id: `urn:uuid:${page.id}`,
      guid: `urn:uuid:${page.id}`,
      link,
      description: asText(page.excerpt),
      content: forXml(absolute(withLinks(page, addressOf), link)).replaceAll("]]>", "]]&gt;"),
      date: new Date(page.updatedAt),
      published: new Date(page.publishedAt),
    });
  }
  return { rss: feed.rss2, atom: feed.atom1, json: feed.json1 }[format]();
}

/** Without the characters that XML 1.0 can't have, even escaped. */
const forXml = (text: string) =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
  text.replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g, "");

/** A reader shows the text elsewhere: links within the page lead back to it. The renderer writes double quotes. */
const absolute = (html: string, link: string) =>
  html
    .replace(/(<a [^>]*?href="|<img src=")([^"]*)"/g, (whole, before: string, address: string) => {
      const url = address.replaceAll("&#x26;", "&");
      if (/^[a-z][a-z0-9+.-]*:/i.test(url) || !URL.canParse(url, link)) return whole;
      return `${before}${new URL(url, link).href.replaceAll("&", "&#x26;").replaceAll('"', "%22")}"`;
    })
    // Only what the site makes itself has one, of addresses without commas.
    .replace(/(<img [^>]*?srcset=")([^"]*)"/g, (_, before: string, candidates: string) => {
      const each = candidates.split(", ").map((candidate) => new URL(candidate.split(" ")[0]!, link).href);
      const widths = candidates.split(", ").map((candidate) => candidate.split(" ")[1]);
      return `${before}${each.map((url, index) => `${url} ${widths[index]}`).join(", ")}"`;
    });

/** At most what the protocol allows in one file (sitemaps.org, read 2026-11-22). */
export const SITEMAP_PAGES = 50_000;

export function sitemapOf(publicUrl: string, site: SiteFacts, pages: { slug: string; updatedAt: string }[]): string {
  const entries = [
    { loc: pageUrl(publicUrl, site), at: latest(site, pages) },
    ...pages.map(({ slug, updatedAt }) => ({ loc: pageUrl(publicUrl, site, slug), at: updatedAt })),
  ];
  const urls = entries.slice(0, SITEMAP_PAGES).map(
    // Slugs and addresses are percent-encoded; an ampersand is all that could be left to escape.
    ({ loc, at }) =>
      `  <url><loc>${loc.replaceAll("&", "&amp;")}</loc><lastmod>${new Date(at).toISOString()}</lastmod></url>\n`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n${urls.join("")}</urlset>\n`;
}

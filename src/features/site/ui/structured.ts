import type { Article, SiteFacts } from "./facts";
import { brandImages } from "./images";

/*
 * schema.org, for search engines (Article, BreadcrumbList and Organization as Google documents them; read 2026-11-27).
 * What names the same thing carries the same `@id`.
 */
const CONTEXT = "https://schema.org";

function organizationOf(site: SiteFacts, home: string) {
  const { logoForOthers: logo } = brandImages(site, home);
  return { "@type": "Organization", "@id": `${home}#organization`, name: site.name, url: home, ...(logo && { logo }) };
}

export const blogOf = (site: SiteFacts, home: string) => ({
  "@context": CONTEXT,
  "@type": "Blog",
  name: site.name,
  url: home,
  publisher: organizationOf(site, home),
});

type Told = { site: SiteFacts; home: string; page: Article; canonical: string; image: string | null };

export function articleOf({ site, home, page, canonical, image }: Told) {
  const publisher = organizationOf(site, home);
  const article = {
    "@type": "Article",
    headline: page.title,
    description: page.excerpt,
    inLanguage: page.language,
    datePublished: page.publishedAt,
    dateModified: page.updatedAt,
    wordCount: page.wordCount,
    mainEntityOfPage: canonical,
    ...(image && { image }),
    author: publisher,
    publisher,
  };
  const trail = [
    { "@type": "ListItem", position: 1, name: site.name, item: home },
    { "@type": "ListItem", position: 2, name: page.title, item: canonical },
  ];
  return { "@context": CONTEXT, "@graph": [article, { "@type": "BreadcrumbList", itemListElement: trail }] };
}

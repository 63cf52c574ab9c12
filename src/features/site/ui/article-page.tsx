/** @jsxImportSource hono/jsx */
import { raw } from "hono/html";
import type { Article, SiteFacts, Teaser as TeaserFacts } from "./facts";
import { absoluteImage } from "./images";
import { Layout } from "./layout";
import { articleOf } from "./structured";
import { Teaser } from "./teaser";
import { dayIn, readingMinutes, wordsFor } from "./words";

type Props = {
  site: SiteFacts;
  home: string;
  base: string;
  page: Article;
  more: TeaserFacts[];
  /** Of this page, absolute. */
  url: string;
  beacon: string;
  addressOf: (pageSlug: string) => string;
};

export function ArticlePage({ site, home, base, page, more, url, beacon, addressOf }: Props) {
  const { language } = page;
  const { words, spoken } = wordsFor(language);
  const published = dayIn(spoken, site.timeZone, page.publishedAt);
  const updated = dayIn(spoken, site.timeZone, page.updatedAt);
  return (
    <Layout
      site={site}
      home={home}
      base={base}
      language={language}
      head={headOf({ site, home, page, url })}
      beacon={{ path: beacon, wordCount: page.wordCount }}
    >
      <article class="article">
        <header>
          <h1>{page.title}</h1>
          <p class="meta" {...(spoken !== language && { lang: spoken })}>
            <time datetime={page.publishedAt}>{published}</time>
            {updated !== published && (
              <>
                {` · ${words.updated} `}
                <time datetime={page.updatedAt}>{updated}</time>
              </>
            )}
            {` · ${words.minutes(readingMinutes(page.wordCount))}`}
          </p>
        </header>
        {/* Sanitised by platform/markdown when it was published. */}
        <div class="prose">{raw(page.html)}</div>
        <div data-end></div>
      </article>
      {more.length > 0 && (
        <aside class="more" aria-labelledby="more">
          <h2 id="more" {...(spoken !== language && { lang: spoken })}>
            {words.more}
          </h2>
          <ul class="list">
            {more.map((other) => (
              <Teaser
                key={other.id}
                site={site}
                home={home}
                page={other}
                href={addressOf(other.slug)}
                level={3}
                language={language}
              />
            ))}
          </ul>
        </aside>
      )}
    </Layout>
  );
}

function headOf({ site, home, page, url }: Pick<Props, "site" | "home" | "page" | "url">) {
  const image = page.imageUrl && absoluteImage(home, page.imageUrl);
  const canonical = page.canonicalUrl ?? url;
  return {
    title: page.title,
    description: page.excerpt,
    canonical,
    type: "article" as const,
    imageUrl: image,
    publishedAt: page.publishedAt,
    updatedAt: page.updatedAt,
    structured: articleOf({ site, home, page, canonical, image }),
  };
}

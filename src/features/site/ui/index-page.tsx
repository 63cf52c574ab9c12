/** @jsxImportSource hono/jsx */

import { brandingOf } from "./branding";
import type { Listed, SiteFacts } from "./facts";
import { Layout } from "./layout";
import { blogOf } from "./structured";
import { Teaser } from "./teaser";
import { wordsFor } from "./words";

type Props = {
  site: SiteFacts;
  home: string;
  base: string;
  pages: Listed[];
  /** Addresses of the neighbouring pages of the list. */
  older: string | undefined;
  newer: string | undefined;
  canonical: string;
  addressOf: (pageSlug: string) => string;
};

export function IndexPage({ site, home, base, pages, older, newer, canonical, addressOf }: Props) {
  const { tagline } = brandingOf(site.branding);
  const { words, spoken } = wordsFor(site.language);
  const head = {
    title: site.name,
    description: tagline ?? site.name,
    canonical,
    type: "website" as const,
    structured: blogOf(site, home),
  };
  return (
    <Layout
      site={site}
      home={home}
      base={base}
      language={site.language}
      head={head}
      named={false}
      tried={pages.some(({ trial }) => trial)}
    >
      <header class="opening">
        <h1>{site.name}</h1>
        {tagline && <p>{tagline}</p>}
      </header>
      {pages.length === 0 ? (
        <section class="empty" lang={spoken}>
          <h2>{words.empty}</h2>
          <p>{words.emptyHint}</p>
        </section>
      ) : (
        <ul class="list">
          {pages.map((page) => (
            <Teaser
              key={page.id}
              site={site}
              home={home}
              page={page}
              href={addressOf(page.slug)}
              level={2}
              language={site.language}
              trial={page.trial}
            />
          ))}
        </ul>
      )}
      {(older || newer) && (
        <nav class="turn" aria-label={words.pages} lang={spoken}>
          {newer && (
            <a href={newer} rel="prev">
              ← {words.newer}
            </a>
          )}
          {older && (
            <a href={older} rel="next">
              {words.older} →
            </a>
          )}
        </nav>
      )}
    </Layout>
  );
}

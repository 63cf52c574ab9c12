/** @jsxImportSource hono/jsx */

import { raw } from "hono/html";
import type { Child } from "hono/jsx";
import { BEACON_SCRIPT, readAfterSeconds } from "./beacon-script";
import { brandingOf } from "./branding";
import type { SiteFacts } from "./facts";
import { brandImages } from "./images";
import { styleFor } from "./styles";
import { TRIAL_SCRIPT } from "./trial-script";
import { wordsFor } from "./words";

type PageHead = {
  title: string;
  description: string;
  /** Absolute; undefined for what is no page of its own, which search engines then leave out. */
  canonical: string | undefined;
  type: "website" | "article";
  imageUrl?: string | null | undefined;
  publishedAt?: string;
  updatedAt?: string;
  /** schema.org, as JSON-LD. */
  structured?: object;
};

type Props = {
  site: SiteFacts;
  /** The address of the site, absolute. */
  home: string;
  /** The path under which it was asked; empty on a host of its own. */
  base: string;
  language: string;
  head: PageHead;
  /** What is counted here, if anything. */
  beacon?: { path: string; wordCount: number } | undefined;
  /** Whether the top says whose site it is; not where the page's own heading does. */
  named?: boolean;
  /** Whether headlines of it are tried. */
  tried?: boolean;
  children: Child;
};

/** Every page of a site. All that people wrote goes through JSX, which escapes; `raw` takes only what is made here. */
export function Layout({ site, home, base, language, head, beacon, named = true, tried = false, children }: Props) {
  const { footer } = brandingOf(site.branding);
  const { logo } = brandImages(site, home);
  const { words, spoken, direction } = wordsFor(language);
  return (
    <html lang={language} dir={direction}>
      <Head site={site} home={home} base={base} language={language} head={head} />
      <body
        {...(beacon && { "data-beacon": beacon.path, "data-read-after": readAfterSeconds(beacon.wordCount) })}
        {...(tried && { "data-trials": `${base}/trial` })}
      >
        <a class="skip" href="#text" lang={spoken}>
          {words.skip}
        </a>
        <header class="masthead">
          <div class="wide">
            {(named || logo) && (
              <a class="name" href={base || "/"}>
                {logo && <img src={logo} alt={named ? "" : site.name} />}
                {named && <span>{site.name}</span>}
              </a>
            )}
            <span class="feed">
              <a href={`${base}/rss.xml`} type="application/rss+xml">
                RSS
              </a>
            </span>
          </div>
        </header>
        <main id="text" tabindex={-1}>
          <div class="wide">{children}</div>
        </main>
        <footer class="foot">
          <div class="wide">
            <p>{footer ?? site.name}</p>
            <ul aria-label={words.feeds} lang={spoken}>
              {FEED_LINKS.map(({ file, type, label }) => (
                <li key={file}>
                  <a href={`${base}/${file}`} type={type}>
                    {label}
                  </a>
                </li>
              ))}
            </ul>
            <p lang={spoken}>
              <a href="/privacy-choices">{words.choices}</a>
            </p>
          </div>
        </footer>
        {tried && <script>{raw(TRIAL_SCRIPT)}</script>}
        {beacon && (
          <>
            <script>{raw(BEACON_SCRIPT)}</script>
            <noscript>
              <img class="gif" src={`${beacon.path}.gif`} alt="" width="1" height="1" />
            </noscript>
          </>
        )}
      </body>
    </html>
  );
}

const FEED_LINKS = [
  { file: "rss.xml", type: "application/rss+xml", label: "RSS" },
  { file: "atom.xml", type: "application/atom+xml", label: "Atom" },
  { file: "feed.json", type: "application/feed+json", label: "JSON Feed" },
];

function Head({ site, home, base, language, head }: Pick<Props, "site" | "home" | "base" | "language" | "head">) {
  const { primaryColor, theme } = brandingOf(site.branding);
  const { logoForOthers, favicon } = brandImages(site, home);
  const { title, description, canonical, type, publishedAt, updatedAt, structured } = head;
  const image = head.imageUrl ?? logoForOthers;
  const full = title === site.name ? title : `${title} · ${site.name}`;
  return (
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <title>{full}</title>
      <meta name="description" content={description} />
      {canonical ? <link rel="canonical" href={canonical} /> : <meta name="robots" content="noindex" />}
      {favicon && <link rel="icon" href={favicon} />}
      {FEED_LINKS.map((feed) => (
        <link
          key={feed.file}
          rel="alternate"
          type={feed.type}
          title={`${site.name} (${feed.label})`}
          href={`${base}/${feed.file}`}
        />
      ))}
      <meta property="og:type" content={type} />
      <meta property="og:site_name" content={site.name} />
      <meta property="og:title" content={title} />
      <meta property="og:description" content={description} />
      <meta property="og:url" content={canonical ?? home} />
      <meta property="og:locale" content={language.replace("-", "_")} />
      {image && <meta property="og:image" content={image} />}
      {publishedAt && <meta property="article:published_time" content={publishedAt} />}
      {updatedAt && <meta property="article:modified_time" content={updatedAt} />}
      <meta name="twitter:card" content={head.imageUrl ? "summary_large_image" : "summary"} />
      <meta name="twitter:title" content={title} />
      <meta name="twitter:description" content={description} />
      {image && <meta name="twitter:image" content={image} />}
      {primaryColor && <meta name="theme-color" content={primaryColor} />}
      {structured && <script type="application/ld+json">{raw(jsonInHtml(structured))}</script>}
      <style>{raw(styleFor({ primaryColor, theme }))}</style>
    </head>
  );
}

/** JSON that ends no script element, whatever it says. */
const jsonInHtml = (value: object) => JSON.stringify(value).replaceAll("<", "\\u003c");

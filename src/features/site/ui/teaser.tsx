/** @jsxImportSource hono/jsx */
import type { SiteFacts, Teaser as TeaserFacts, Trial } from "./facts";
import { absoluteImage } from "./images";
import { dayIn, readingMinutes, wordsFor } from "./words";

type Props = {
  site: SiteFacts;
  /** The address of the site, absolute. */
  home: string;
  page: TeaserFacts;
  href: string;
  /** Under which heading it stands. */
  level: 2 | 3;
  /** The language of the page around it. */
  language: string;
  trial?: Trial | null;
};

export function Teaser({ site, home, page, href, level, language, trial }: Props) {
  const { words, spoken } = wordsFor(language);
  const Heading = `h${level}` as "h2" | "h3";
  const own = page.language === language ? {} : { lang: page.language };
  return (
    <li>
      <article class="teaser">
        <div>
          <Heading {...own}>
            <a href={href} {...(trial && { "data-trial": trial.id, "data-variants": JSON.stringify(trial.variants) })}>
              {page.title}
            </a>
          </Heading>
          {level === 2 && page.excerpt && <p {...own}>{page.excerpt}</p>}
          <p class="meta" {...(spoken !== language && { lang: spoken })}>
            <time datetime={page.publishedAt}>{dayIn(spoken, site.timeZone, page.publishedAt)}</time>
            {level === 2 && ` · ${words.minutes(readingMinutes(page.wordCount))}`}
          </p>
        </div>
        {level === 2 && page.imageUrl && (
          <img src={absoluteImage(home, page.imageUrl)} alt="" loading="lazy" decoding="async" />
        )}
      </article>
    </li>
  );
}

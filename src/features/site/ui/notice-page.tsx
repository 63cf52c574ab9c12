/** @jsxImportSource hono/jsx */
import type { SiteFacts } from "./facts";
import { Layout } from "./layout";
import { wordsFor } from "./words";

/** For an address without a page, or one whose page was taken down. */
export function NoticePage({ site, home, gone }: { site: SiteFacts; home: string; gone: boolean }) {
  const { words, spoken } = wordsFor(site.language);
  const title = gone ? words.gone : words.notFound;
  const hint = gone ? words.goneHint : words.notFoundHint;
  return (
    <Layout
      site={site}
      home={home}
      language={spoken}
      head={{ title, description: hint, canonical: undefined, type: "website" }}
    >
      <div class="notice">
        <h1>{title}</h1>
        <p>{hint}</p>
        <a class="go" href={new URL(home).pathname}>
          {words.home}
        </a>
      </div>
    </Layout>
  );
}

/** @jsxImportSource hono/jsx */
import type { SiteFacts } from "./facts";
import { Layout } from "./layout";
import { wordsFor } from "./words";

type Props = { site: SiteFacts; home: string; base: string; gone: boolean };

/** For an address without a page, or one whose page was taken down. */
export function NoticePage({ site, home, base, gone }: Props) {
  const { words, spoken } = wordsFor(site.language);
  const title = gone ? words.gone : words.notFound;
  const hint = gone ? words.goneHint : words.notFoundHint;
  return (
    <Layout
      site={site}
      home={home}
      base={base}
      language={spoken}
      head={{ title, description: hint, canonical: undefined, type: "website" }}
    >
      <div class="notice">
        <h1>{title}</h1>
        <p>{hint}</p>
        <a class="go" href={base || "/"}>
          {words.home}
        </a>
      </div>
    </Layout>
  );
}

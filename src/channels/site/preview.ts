import rehypeSanitize from "rehype-sanitize";
import rehypeStringify from "rehype-stringify";
import remarkGfm from "remark-gfm";
import remarkParse from "remark-parse";
import remarkRehype from "remark-rehype";
import { unified } from "unified";
import type { Preview, Publication } from "@/channels/adapter";
import { textsOf } from "@/channels/default-parts";
import { limits } from "@/channels/site/limits";
import { countGraphemes, escapeHtml } from "@/channels/text";

/** For a browser, where a text that takes long stops one tab; the pages themselves go through platform/markdown, which can't run there. */
const toHtml = unified()
  .use(remarkParse)
  .use(remarkGfm)
  .use(remarkRehype)
  .use(rehypeSanitize)
  .use(rehypeStringify)
  .freeze();

/** A first heading that repeats the title is left out on the page as well. */
function withoutTitle(text: string, title: string): string {
  const first = /^\s*# (.+?) *#* *(?:\n|$)/.exec(text);
  return first?.[1]?.trim() === title.trim() ? text.slice(first[0].length) : text;
}

export const preview = (publication: Publication): Preview => ({
  parts: textsOf(publication, limits).map((text) => ({
    html: `<h1>${escapeHtml(publication.title)}</h1>\n${toHtml.processSync(withoutTitle(text, publication.title))}`,
    length: countGraphemes(text),
    limit: undefined,
    images: publication.images,
  })),
});

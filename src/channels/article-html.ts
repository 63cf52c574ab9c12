import rehypeSanitize from "rehype-sanitize";
import rehypeStringify from "rehype-stringify";
import remarkGfm from "remark-gfm";
import remarkParse from "remark-parse";
import remarkRehype from "remark-rehype";
import { unified } from "unified";

/** For a browser, where a text that takes long stops one tab; the pages themselves go through platform/markdown, which can't run there. */
const pipeline = unified()
  .use(remarkParse)
  .use(remarkGfm)
  .use(remarkRehype)
  .use(rehypeSanitize)
  .use(rehypeStringify)
  .freeze();

/** Safe to put on a page. */
export const articleHtml = (markdown: string): string => pipeline.processSync(markdown).toString();

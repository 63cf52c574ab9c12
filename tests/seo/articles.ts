import rehypeParse from "rehype-parse";
import rehypeRemark from "rehype-remark";
import remarkGfm from "remark-gfm";
import remarkStringify from "remark-stringify";
import { unified } from "unified";

const toMarkdown = unified().use(rehypeParse).use(rehypeRemark).use(remarkGfm).use(remarkStringify).freeze();

/** A page of documentation as an item's text; of a long one, its beginning. */
export function articleOf(html: string): { title: string; body: string } {
  const title = /<title[^>]*>([^<]*)/i.exec(html)?.[1]?.replace(/\s+/g, " ").trim() ?? "";
  return { title: title || "Untitled", body: String(toMarkdown.processSync(html)).slice(0, 60_000) };
}

import rehypeParse from "rehype-parse";
import rehypeStringify from "rehype-stringify";
import { unified } from "unified";
import type { Part, Publication, TextLimits } from "@/channels/adapter";
import { cutToFit, fieldsOf } from "@/channels/default-parts";
import { ALT, limits } from "@/channels/ghost/limits";
import { fits, withoutTitle } from "@/channels/text";
import { renderMarkdown } from "@/platform/markdown";

/** By this a post is found again whose answer was lost. */
export const markerOf = (key: string) => `contentos-${key}`;

/** A picture of the library by its address on the site. */
export type Placed = ReadonlyMap<string, string>;

/** What a post says, as it was approved; the same for each try. */
export function postOf(publication: Publication, part: Part, placed: Placed): Record<string, unknown> {
  const { title, excerpt } = fieldsOf(publication, limits);
  const [first] = publication.images;
  const cover = first && placed.get(first.assetId);
  const html = renderMarkdown(withoutTitle(part.text, title), {
    title,
    asset: (id) => {
      const src = placed.get(id);
      return src === undefined ? undefined : { src, alt: publication.assets.find((asset) => asset.id === id)?.altText };
    },
  });
  return {
    title: title.trim(),
    custom_excerpt: cutTo(excerpt.trim(), EXCERPT),
    html: toCards(html),
    codeinjection_foot: `<!-- ${markerOf(part.key)} -->`,
    ...(publication.slug && { slug: publication.slug }),
    ...(first && cover && { feature_image: cover, feature_image_alt: cutTo(first.altText.trim(), ALT) }),
  };
}

const EXCERPT = limits.fields!.find(({ name }) => name === "excerpt")!;

/** What was written for no network in particular may be longer than Ghost takes: an item's own excerpt, an image's alt text. */
const cutTo = (text: string, most: TextLimits) =>
  text === "" ? null : fits(text, most) ? text : (cutToFit(text, (cut) => cut, most) ?? null);

type Node = {
  type: string;
  tagName?: string;
  value?: string;
  properties?: Record<string, unknown>;
  children?: Node[];
};

const parser = unified().use(rehypeParse, { fragment: true }).freeze();
const writer = unified().use(rehypeStringify).freeze();

/**
 * HTML that is safe already, for `?source=html`: what Ghost's editor has no card for would come out as bare words, so that it
 * goes into cards of HTML (docs.ghost.org/admin-api/posts/creating-a-post, "lossless HTML conversion", read 2026-11-28).
 */
export function toCards(html: string): string {
  const tree = parser.parse(html) as unknown as Node;
  checkmarks(tree);
  return (tree.children ?? [])
    .map((node) => {
      const written = writer.stringify(node as unknown as Parameters<typeof writer.stringify>[0]);
      return node.tagName === "table" || node.tagName === "section"
        ? `<!--kg-card-begin: html-->\n${written}\n<!--kg-card-end: html-->`
        : written;
    })
    .join("");
}

function checkmarks(node: Node): void {
  if (node.tagName === "input")
    Object.assign(node, { type: "text", value: "checked" in (node.properties ?? {}) ? "☑" : "☐" });
  for (const child of node.children ?? []) checkmarks(child);
}

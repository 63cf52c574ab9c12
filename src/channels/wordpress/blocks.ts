import rehypeParse from "rehype-parse";
import rehypeStringify from "rehype-stringify";
import { unified } from "unified";

type Node = {
  type: string;
  tagName?: string;
  value?: string;
  properties?: Record<string, unknown>;
  children?: Node[];
};

const parser = unified().use(rehypeParse, { fragment: true }).freeze();
const writer = unified()
  .use(rehypeStringify, { closeSelfClosing: true, characterReferences: { useNamedReferences: true } })
  .freeze();

/** A picture of the site's own library, by the address under which it stands in the text. */
export type MediaIds = ReadonlyMap<string, number>;

/**
 * HTML that is safe already as what the block editor would have written: people there can go on with it, and WordPress,
 * which makes line breaks of the lines in other HTML, leaves it alone. What has no block of its own is a block of HTML.
 * The forms are those of the core blocks' `save` in WordPress 6.1.
 */
export function toBlocks(html: string, media: MediaIds): string {
  const tree = parser.parse(html) as unknown as Node;
  tidy(tree);
  return blocksIn(tree.children ?? [], media).join("\n\n");
}

/** What WordPress adds by itself, and what its blocks would take for a mistake. */
function tidy(node: Node): void {
  const { tagName, properties = {} } = node;
  if (tagName === "img") for (const name of ["loading", "decoding", "width", "height"]) delete properties[name];
  if (tagName === "code") delete properties.className;
  if ((tagName === "td" || tagName === "th") && typeof properties.align === "string") {
    Object.assign(properties, { className: [`has-text-align-${properties.align}`], dataAlign: properties.align });
    delete properties.align;
  }
  // Authors may not store form fields.
  if (tagName === "input") Object.assign(node, { type: "text", value: "checked" in properties ? "☑" : "☐" });
  for (const child of node.children ?? []) tidy(child);
}

const isElement = (node: Node): boolean => node.type === "element";
const isSpace = (node: Node): boolean => node.type === "text" && (node.value ?? "").trim() === "";

const blocksIn = (nodes: Node[], media: MediaIds): string[] =>
  nodes.filter((node) => !isSpace(node)).map((node) => blockOf(node, media));

function blockOf(node: Node, media: MediaIds): string {
  const { tagName = "", children = [] } = node;
  if (tagName === "p") return paragraph(node, media);
  if (/^h[1-6]$/.test(tagName)) {
    const level = Number(tagName[1]);
    return block("heading", htmlOf(node, media), level === 2 ? undefined : { level });
  }
  if ((tagName === "ul" || tagName === "ol") && isPlainList(node)) return list(node, media);
  if (tagName === "blockquote")
    return block("quote", `<blockquote class="wp-block-quote">${blocksIn(children, media).join("\n\n")}</blockquote>`);
  if (tagName === "pre" && children.filter(isElement).length === 1 && children[0]?.tagName === "code")
    return block(
      "code",
      `<pre class="wp-block-code">${htmlOf(children[0], media).replace(/\n<\/code>$/, "</code>")}</pre>`,
    );
  if (tagName === "table") return block("table", `<figure class="wp-block-table">${htmlOf(node, media)}</figure>`);
  if (tagName === "hr") return block("separator", '<hr class="wp-block-separator has-alpha-channel-opacity"/>');
  return block("html", htmlOf(node, media));
}

/** A picture that stands alone is a figure; one among words stays where it is. */
function paragraph(node: Node, media: MediaIds): string {
  const shown = (node.children ?? []).filter((child) => !isSpace(child));
  const [first] = shown;
  if (shown.length !== 1 || first?.tagName !== "img") return block("paragraph", htmlOf(node, media));
  const id = media.get(String(first.properties?.src));
  return block(
    "image",
    `<figure class="wp-block-image">${htmlOf(first, media)}</figure>`,
    id === undefined ? undefined : { id },
  );
}

/** Of lines, each perhaps with a list below: what else Markdown can put into a list has no block. */
const isPlainList = (node: Node): boolean =>
  items(node).every(({ children = [] }) => {
    const blocks = children.filter(({ tagName = "" }) => /^(p|pre|blockquote|table|h[1-6]|hr|section)$/.test(tagName));
    return (
      blocks.length <= 1 && blocks.every(({ tagName }) => tagName === "p") && children.filter(isList).every(isPlainList)
    );
  });

const items = ({ children = [] }: Node) => children.filter(isElement);
const isList = ({ tagName }: Node) => tagName === "ul" || tagName === "ol";

function list(node: Node, media: MediaIds): string {
  const isOrdered = node.tagName === "ol";
  const start = isOrdered && typeof node.properties?.start === "number" ? node.properties.start : undefined;
  const lines = items(node).map(({ children = [] }) => {
    const words = children
      .filter((child) => !isList(child))
      .flatMap((child) => (child.tagName === "p" ? (child.children ?? []) : [child]));
    const below = children.filter(isList).map((child) => list(child, media));
    return block(
      "list-item",
      `<li>${words
        .map((word) => htmlOf(word, media))
        .join("")
        .trim()}${below.join("")}</li>`,
    );
  });
  const tag = isOrdered ? "ol" : "ul";
  const open = start === undefined ? `<${tag}>` : `<ol start="${start}">`;
  const said = isOrdered ? { ordered: true, ...(start !== undefined && { start }) } : undefined;
  return block("list", `${open}${lines.join("\n\n")}</${tag}>`, said);
}

const block = (name: string, html: string, said?: Record<string, unknown>): string =>
  `<!-- wp:${name} ${said ? `${JSON.stringify(said)} ` : ""}-->\n${html}\n<!-- /wp:${name} -->`;

/**
 * `[` would begin a shortcode, which WordPress runs wherever it stands, also within code; and a line that is only an address
 * becomes what is shown there (`WP_Embed::autoembed`), which the code block of WordPress' own avoids in the same way.
 */
function htmlOf(node: Node, media: MediaIds): string {
  mark(node, media);
  return writer
    .stringify(node as unknown as Parameters<typeof writer.stringify>[0])
    .replaceAll("[", "&#91;")
    .replace(/^([ \t\v\f\r]*https?:)\/\//gim, "$1&#47;&#47;");
}

/** By this class WordPress knows its own pictures, and serves smaller ones where they do. */
function mark(node: Node, media: MediaIds): void {
  const id = node.tagName === "img" ? media.get(String(node.properties?.src)) : undefined;
  if (id !== undefined) node.properties = { ...node.properties, className: [`wp-image-${id}`] };
  for (const child of node.children ?? []) mark(child, media);
}

import GithubSlugger from "github-slugger";
import { LRUCache } from "lru-cache";
import rehypeSanitize, { defaultSchema } from "rehype-sanitize";
import rehypeStringify from "rehype-stringify";
import remarkGfm from "remark-gfm";
import remarkParse from "remark-parse";
import remarkRehype from "remark-rehype";
import { unified } from "unified";
import { bounded } from "./markdown-bounds";

/** Ids that come from the author's text start with this, so that they can't take the place of the page's own. */
const ID_PREFIX = "user-content-";

type HastNode = {
  type: string;
  tagName?: string;
  value?: string;
  properties?: Record<string, unknown>;
  children?: HastNode[];
};

const schema = {
  ...defaultSchema,
  // Raw HTML is gone by then, so that only what is made here has these.
  attributes: { ...defaultSchema.attributes, img: [...(defaultSchema.attributes?.img ?? []), "srcSet", "sizes"] },
  protocols: {
    ...defaultSchema.protocols,
    href: ["http", "https", "mailto"],
    src: ["http", "https"],
    cite: ["http", "https"],
  },
  // The only ids before this point are those of footnotes, which have their prefix already.
  clobberPrefix: "",
};

/** Raw HTML is dropped on the way to HTML; what is left passes a list of what is allowed; then come our own additions. */
const toHtml = unified()
  .use(remarkParse)
  .use(remarkGfm)
  .use(remarkRehype, { clobberPrefix: ID_PREFIX })
  .use(() => (tree, file) => resolveAddresses(tree as HastNode, file.data as Resolvers))
  .use(rehypeSanitize, schema)
  .use(() => (tree, file) => finish(tree as HastNode, file.data.title as string | undefined))
  .use(rehypeStringify)
  .freeze();
const parser = unified().use(remarkParse).use(remarkGfm).freeze();

/** Where a file of the library is shown; `alt` for where the text gives none. */
export type ShownAsset = {
  src: string;
  srcSet?: string | undefined;
  sizes?: string | undefined;
  width?: number | undefined;
  height?: number | undefined;
  alt?: string | undefined;
};
export type ResolveAsset = (id: string) => ShownAsset | undefined;
type Resolvers = {
  /** For addresses such as `asset:2f6f…`; what it doesn't know is left out. */
  asset?: ResolveAsset | undefined;
  /** For addresses such as `content:2f6f…`; of a link that leads to what it doesn't know, the words stay. */
  item?: ((id: string) => string | undefined) | undefined;
};

type RenderOptions = Resolvers & {
  /** What stands above the text as its h1: a first heading that repeats it is left out, others begin at h2. */
  title?: string;
};

/**
 * CommonMark and GFM to HTML that is safe to put into a page, a feed or a mail. Call it before a text is stored: it
 * refuses, as all functions here do, what is too long or would take too long (`bounded` says how).
 */
export const renderMarkdown = (markdown: string, { title, asset, item }: RenderOptions = {}): string =>
  bounded(markdown, () => {
    const file = { value: markdown, data: { title, asset, item } };
    return toHtml.stringify(toHtml.runSync(treeOf(markdown), file), file);
  });

const ASSET = /^asset:(.*)$/is;

/** The id in an address of the library; undefined for any other address. */
const assetIdOf = (address: unknown) => ASSET.exec(String(address))?.[1]?.toLowerCase();

const ITEM = /^content:([^#]*)(#.*)?$/is;

/** Whatever they say passes through the same list of what is allowed. */
function resolveAddresses(tree: HastNode, { asset, item }: Resolvers): void {
  visit(tree, (node) => {
    if (node.children)
      node.children = node.children
        .filter(({ tagName, properties }) => tagName !== "img" || isShown(properties?.src, asset))
        .flatMap((child) => (resolveItem(child, item) ? child : (child.children ?? [])));
    const { properties } = node;
    const id = assetIdOf(node.tagName === "img" ? properties?.src : properties?.href);
    const shown = id === undefined ? undefined : asset?.(id);
    if (!shown || !properties) return;
    if (node.tagName === "a") properties.href = shown.src;
    else Object.assign(properties, shown, { alt: properties.alt || shown.alt });
  });
}

/** Whether it leads somewhere, where it leads to an item. */
function resolveItem({ tagName, properties }: HastNode, resolve: Resolvers["item"]): boolean {
  const [, id, fragment = ""] = (tagName === "a" && ITEM.exec(String(properties?.href))) || [];
  if (id === undefined || !properties) return true;
  const address = resolve?.(id.toLowerCase());
  if (address !== undefined) properties.href = address + fragment;
  return address !== undefined;
}

function isShown(src: unknown, resolve: ResolveAsset | undefined): boolean {
  const id = assetIdOf(src);
  return id === undefined || resolve?.(id) !== undefined;
}

function finish(tree: HastNode, title: string | undefined): void {
  if (title !== undefined) placeBelow(tree, title);
  const slugger = new GithubSlugger();
  visit(tree, (node) => {
    if (node.tagName === undefined) return;
    node.properties ??= {};
    if (/^h[1-6]$/.test(node.tagName) && node.properties.id === undefined)
      node.properties.id = ID_PREFIX + slugger.slug(textOf(node));
    if (node.tagName === "a" && /^https?:/i.test(String(node.properties.href))) node.properties.rel = "noopener";
    if (node.tagName === "img") Object.assign(node.properties, { loading: "lazy", decoding: "async" });
  });
}

function placeBelow(tree: HastNode, title: string): void {
  const first = tree.children?.find(({ type }) => type === "element");
  if (first?.tagName === "h1" && textOf(first).trim() === title.trim())
    tree.children = (tree.children ?? []).filter((node) => node !== first);
  const headings: HastNode[] = [];
  visit(tree, (node) => {
    if (node.tagName && /^h[1-6]$/.test(node.tagName)) headings.push(node);
  });
  if (!headings.some(({ tagName }) => tagName === "h1")) return;
  for (const heading of headings) heading.tagName = `h${Math.min(6, Number(heading.tagName![1]) + 1)}`;
}

export type MdastNode = {
  type: string;
  /** Offsets in UTF-16 code units. */
  position?: { start: { offset: number }; end: { offset: number } };
  value?: string;
  url?: string;
  identifier?: string;
  alt?: string | null;
  children?: MdastNode[];
};

/** For `bounded` work over the text's syntax tree. */
export const withTree = <T>(markdown: string, work: (tree: MdastNode) => T): T =>
  bounded(markdown, () => work(treeOf(markdown) as MdastNode));

type Tree = ReturnType<typeof parser.parse>;
/** A publication asks for excerpt, page and number of words of one text; parsing is most of the work. Nobody changes a tree. */
const trees = new LRUCache<string, Tree>({ max: 16, maxSize: 200_000, sizeCalculation: (_, text) => text.length + 1 });

function treeOf(markdown: string): Tree {
  const known = trees.get(markdown);
  if (known) return known;
  const tree = parser.parse(markdown);
  trees.set(markdown, tree);
  return tree;
}

/** The words alone: blocks are separated by a blank line, rows and lines by a line break. No HTML, no image texts. */
export const plainText = (markdown: string): string => withTree(markdown, (tree) => blocksOf(tree).join("\n\n"));

/** Counts as Unicode does (UAX #29): "don't" is one word, "well-known" two; languages without spaces are counted by dictionary. */
export const countWords = (markdown: string): number =>
  withTree(markdown, (tree) => {
    let words = 0;
    for (const block of blocksOf(tree))
      for (const { isWordLike } of wordSegmenter.segment(block)) if (isWordLike) words++;
    return words;
  });

const wordSegmenter = new Intl.Segmenter("en", { granularity: "word" });
const characterSegmenter = new Intl.Segmenter("en", { granularity: "grapheme" });

/**
 * The beginning of the running text (paragraphs; where there are none, all text) on one line, cut between words.
 * @param maxLength in characters as a reader counts them (grapheme clusters), the closing … included
 */
export const excerptOf = (markdown: string, maxLength: number): string =>
  withTree(markdown, (tree) => {
    const paragraphs = (tree.children ?? []).filter(({ type }) => type === "paragraph").map(inline);
    const text = (paragraphs.some((paragraph) => paragraph.trim() !== "") ? paragraphs : blocksOf(tree)).join(" ");
    return shorten(text.replace(/\s+/g, " ").trim(), maxLength);
  });

function shorten(text: string, maxLength: number): string {
  if (text.length <= maxLength) return text;
  let end = 0;
  let count = 0;
  for (const { segment, index } of characterSegmenter.segment(text)) {
    if (++count < maxLength) end = index + segment.length;
    else if (count > maxLength) return `${cutAtWord(text, end)}…`;
  }
  return text;
}

function cutAtWord(text: string, end: number): string {
  const space = text.lastIndexOf(" ", end);
  return text.slice(0, space > 0 ? space : end).replace(/[\s.,;:!?–—-]+$/u, "");
}

/** The links in the order of the text, as they are written: also relative ones and schemes that rendering drops. */
export const linksOf = (markdown: string): { url: string; text: string }[] =>
  withTree(markdown, (tree) => {
    const definitions = definitionsOf(tree);
    const links: { url: string; text: string }[] = [];
    visit(tree, (node) => {
      const url =
        node.type === "link"
          ? node.url
          : node.type === "linkReference"
            ? definitions.get(node.identifier ?? "")
            : undefined;
      if (url !== undefined) links.push({ url, text: inline(node).trim() });
    });
    return links;
  });

/** A file of the library, as a text names it: shown as an image, or linked to. */
export type AssetNaming = { id: string; as: "Image" | "Link"; alt: string };

/** Those that a text names, in its order; each as often as it is named. What a text without any costs is a look. */
export function assetsNamedIn(markdown: string): AssetNaming[] {
  if (!/asset:/i.test(markdown)) return [];
  return withTree(markdown, (tree) => {
    const definitions = definitionsOf(tree);
    const namings: AssetNaming[] = [];
    visit(tree, (node) => {
      const as = node.type.startsWith("image") ? "Image" : "Link";
      if (!/^(image|link)(Reference)?$/.test(node.type)) return;
      const id = assetIdOf(node.url ?? definitions.get(node.identifier ?? ""));
      if (id !== undefined) namings.push({ id, as, alt: as === "Image" ? (node.alt ?? "") : inline(node).trim() });
    });
    return namings;
  });
}

function definitionsOf(tree: MdastNode): Map<string, string> {
  const definitions = new Map<string, string>();
  visit(tree, ({ type, identifier, url }) => {
    if (type === "definition" && identifier !== undefined && url !== undefined && !definitions.has(identifier))
      definitions.set(identifier, url);
  });
  return definitions;
}

const LINES = new Set(["tableRow", "listItem", "footnoteDefinition"]);
const SILENT = new Set(["html", "definition", "image", "imageReference", "footnoteReference", "yaml"]);

/** One text per block; containers are opened up. */
function blocksOf(node: MdastNode): string[] {
  if (SILENT.has(node.type)) return [];
  if (node.type === "table" || node.type === "list")
    return [(node.children ?? []).flatMap(blocksOf).join("\n")].filter(Boolean);
  if (node.type === "root" || node.type === "blockquote" || (LINES.has(node.type) && node.type !== "tableRow"))
    return (node.children ?? []).flatMap(blocksOf);
  const text = node.type === "tableRow" ? (node.children ?? []).map(inline).join(" ") : inline(node);
  return text.trim() === "" ? [] : [text.trim()];
}

function inline(node: MdastNode): string {
  if (SILENT.has(node.type)) return "";
  if (node.type === "break") return "\n";
  return node.value ?? (node.children ?? []).map(inline).join("");
}

const textOf = (node: HastNode): string => node.value ?? (node.children ?? []).map(textOf).join("");

export function visit<N extends { children?: N[] }>(node: N, look: (node: N) => void): void {
  look(node);
  for (const child of node.children ?? []) visit(child, look);
}

import rehypeParse from "rehype-parse";
import rehypeRemark, { type Options } from "rehype-remark";
import remarkGfm from "remark-gfm";
import remarkStringify from "remark-stringify";
import { unified } from "unified";
import { type Named, type Rename, SourceProblem } from "./entry";
import { LIMITS } from "./limits";
import { withinPatience } from "./patience";

type Handlers = NonNullable<Options["handlers"]>;
type Handle = NonNullable<Handlers[string]>;
type Element = Parameters<Handle>[1];
type State = Parameters<Handle>[0];

export type Converted = { markdown: string; markdownWith: Rename; addresses: Named[]; notes: string[] };
/** What a page says of itself, beside its text. */
export type HtmlPage = Converted & {
  title: string;
  language: string | undefined;
  /** By name or property, in lower case. */
  meta: Record<string, string>;
};

const STRINGIFY = { bullet: "-", rule: "-", fences: true, emphasis: "*", resourceLink: true } as const;
const parser = unified().use(rehypeParse, { fragment: true }).freeze();
const pageParser = unified().use(rehypeParse).freeze();

/** Markdown can't say these; readers are told, by the name of the tag. */
const LOST = new Set(["script", "style", "form", "object", "embed", "canvas", "svg", "math", "template"]);

const isEmphasis = (node: unknown): node is { children: unknown[] } => (node as { type: string }).type === "emphasis";

/** The text of a caption, in the paragraph below its picture. */
const figcaption: Handle = (state, node) => {
  const inside = state.all(node).flatMap((one): unknown[] => (one.type === "paragraph" ? one.children : [one]));
  const children = inside.flatMap((one) => (isEmphasis(one) ? one.children : [one]));
  return { type: "paragraph", children: [{ type: "emphasis", children: children as never }] };
};

function frame(state: State, node: Element, notes: Set<string>) {
  const url = String(node.properties.src ?? "");
  notes.add(`The embedded page ${url.slice(0, 200)} is a link now.`);
  if (!/^https?:/i.test(url)) return undefined;
  const link = {
    type: "link" as const,
    url,
    children: [{ type: "text" as const, value: String(node.properties.title ?? url) }],
  };
  state.patch(node, link);
  return link;
}

function converter(notes: Set<string>) {
  const lost: Handle = (_, node) => {
    notes.add(`<${node.tagName}> can't be said in Markdown and was left out.`);
    return undefined;
  };
  const handlers: Handlers = {
    ...Object.fromEntries([...LOST].map((name) => [name, lost])),
    figcaption,
    iframe: (state, node) => frame(state, node, notes),
  };
  return unified()
    .use(() => (tree) => prepare(tree as HastNode, notes))
    .use(rehypeRemark, { handlers, nodeHandlers: { comment: () => undefined } })
    .use(remarkGfm)
    .use(remarkStringify, STRINGIFY)
    .freeze();
}

type HastNode = {
  type: string;
  tagName?: string;
  value?: string;
  properties?: Record<string, unknown>;
  children?: HastNode[];
};

/** What the conversion would get wrong: anchors without a target are opened, cells over several columns told. */
function prepare(tree: HastNode, notes: Set<string>): void {
  each(tree, (node) => {
    const { colSpan, rowSpan } = node.properties ?? {};
    if (Number(colSpan) > 1 || Number(rowSpan) > 1) notes.add("A table has joined cells, which Markdown can't say.");
    if (node.tagName === "a" && node.properties?.href === undefined) node.tagName = "span";
  });
}

/** An HTML fragment as Markdown, in bounded time. @throws {SourceProblem} for what is too intricate */
export const markdownOf = (html: string): Converted => within(html, () => convert(parser.parse(html) as HastNode));

/** A whole page: its text is that of `<main>` or `<article>` where it has exactly one, else of `<body>`. */
export const pageOf = (html: string): HtmlPage =>
  within(html, () => {
    const tree = pageParser.parse(html) as HastNode;
    const only = (name: string) => {
      const found = findAll(tree, name);
      return found.length === 1 ? found[0] : undefined;
    };
    const text = only("main") ?? only("article") ?? findAll(tree, "body")[0] ?? tree;
    const meta: Record<string, string> = {};
    for (const { properties } of findAll(tree, "meta")) {
      const name = String(properties?.name ?? properties?.property ?? "").toLowerCase();
      if (name && properties?.content !== undefined) meta[name] ??= String(properties.content);
    }
    const [title] = findAll(tree, "title");
    const language = findAll(tree, "html")[0]?.properties?.lang;
    return {
      ...convert({ type: "root", children: text.children ?? [] }),
      title: collapse(title ? textOf(title) : ""),
      language: typeof language === "string" ? language : undefined,
      meta,
    };
  });

/** The words of a fragment on one line: titles and excerpts come with tags and entities. */
export const wordsOf = (html: string): string => within(html, () => collapse(textOf(parser.parse(html) as HastNode)));

/** The encoding that a page declares, looked for where browsers do: in its first 1,024 bytes. */
export const declaredEncoding = (bytes: Uint8Array): string | undefined =>
  /<meta[^>]+charset\s*=\s*["']?\s*([A-Za-z0-9._:-]+)/i.exec(
    Buffer.from(bytes.subarray(0, 1024)).toString("latin1"),
  )?.[1];

/** The tree knows its addresses: to look for them in the Markdown would take longer than all that went before. */
function convert(tree: HastNode): Converted {
  const notes = new Set<string>();
  const processor = converter(notes);
  const text = processor.runSync(tree as never) as MdastNode;
  const written = () => {
    const markdown = processor.stringify(text as never).trim();
    return markdown === "" ? "" : `${markdown}\n`;
  };
  const named: (Named & { node: MdastNode })[] = [];
  each(text, (node) => {
    const kind = node.type === "image" || node.type === "link" ? node.type : undefined;
    if (kind && node.url !== undefined) named.push({ kind, url: node.url, text: node.alt ?? textOf(node), node });
  });
  const markdown = written();
  const markdownWith: Rename = (renamed) => {
    const urls = named.map(renamed);
    if (urls.every((url) => url === undefined)) return markdown;
    named.forEach(({ node, url }, at) => {
      node.url = urls[at] ?? url;
    });
    return withinPatience("HTML", markdown.length, written);
  };
  return { markdown, markdownWith, addresses: named, notes: [...notes].slice(0, MAX_NOTES) };
}
const MAX_NOTES = 20;

type MdastNode = { type: string; url?: string; alt?: string | null; value?: string; children?: MdastNode[] };
type Node<N> = { value?: string; children?: N[] };

/** @throws {SourceProblem} for more HTML than `LIMITS` has, or for what takes too long */
export function within<T>(html: string, work: () => T): T {
  refuseLong(html);
  return withinPatience("HTML", html.length, work);
}

/** What can be told without reading it. @throws {SourceProblem} */
export function refuseLong(html: string): void {
  if (html.length > LIMITS.htmlChars)
    throw new SourceProblem(`It has more than ${LIMITS.htmlChars} characters of HTML: divide it.`);
  if (tagsIn(html) > LIMITS.htmlTags) throw new SourceProblem(`It has more than ${LIMITS.htmlTags} tags: divide it.`);
}

function tagsIn(html: string): number {
  let count = 0;
  for (const _ of html.matchAll(/<[a-z]/gi)) count++;
  return count;
}

export const escapeHtml = (text: string) =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");

const collapse = (text: string) => text.replace(/\s+/g, " ").trim();
const textOf = <N extends Node<N>>(node: N): string => node.value ?? (node.children ?? []).map(textOf).join("");

function each<N extends Node<N>>(node: N, look: (node: N) => void): void {
  look(node);
  for (const one of node.children ?? []) each(one, look);
}

function findAll(tree: HastNode, name: string): HastNode[] {
  const found: HastNode[] = [];
  each(tree, (node) => {
    if (node.tagName === name) found.push(node);
  });
  return found;
}

import { canonicalHash } from "@/platform/canonical-json";
import { refuseIntricate } from "@/platform/markdown-bounds";
import { instantOf } from "./dates";
import { type Entry, type Found, orProblem, type Person, pieceOf, SourceProblem } from "./entry";
import { authorOf } from "./fields";
import { distinct, sound } from "./folder";
import { escapeHtml, markdownOf, wordsOf } from "./html";
import { metadataOf, titleOf } from "./metadata";
import { isExternal, urlAlias } from "./paths";
import type { Source } from "./source";
import { readable } from "./wordpress";
import { child, childrenOf, childText, type XmlNode, xmlRecords } from "./xml";

export type FeedKind = "Rss" | "Atom";
/** `rss/channel/item`, and `feed/entry`. */
const DEPTH: Record<FeedKind, number> = { Rss: 2, Atom: 1 };

/** A feed that was saved as a file. The key is the entry's guid or id, or its address. */
export async function* readFeed(source: Source, path: string, kind: FeedKind): AsyncGenerator<Found> {
  const name = kind === "Rss" ? "item" : "entry";
  let siteUrl = "";
  try {
    for await (const record of xmlRecords(await source.stream(path), DEPTH[kind])) {
      if (!("node" in record)) {
        if (record.tooLarge === name)
          yield { key: `line:${record.line}`, problem: "This entry is longer than one may be." };
        continue;
      }
      const { node, line } = record;
      if (node.name === "link") siteUrl ||= addressOf(node);
      if (node.name !== name) continue;
      const key = keyOf(node) || `line:${line}`;
      yield await orProblem(key, () => {
        const entry = entryOf(node, key, kind, siteUrl);
        const aliases = [urlAlias(baseOf(node, siteUrl)) ?? []].flat();
        return pieceOf({ key, rawHash: canonicalHash(node), aliases }, () => entry);
      });
    }
  } catch (error) {
    if (!(error instanceof SourceProblem)) throw error;
    yield { key: path, problem: error.message };
  }
}

/** What names a feed: its own address, as readers know it. */
export async function addressOfFeed(source: Source, path: string, kind: FeedKind): Promise<string | undefined> {
  for await (const record of xmlRecords(await source.stream(path), DEPTH[kind]))
    if ("node" in record && record.node.name === "link") return addressOf(record.node) || undefined;
  return undefined;
}

const addressOf = (node: XmlNode) => (node.attributes.href ?? node.text).trim();
const keyOf = (node: XmlNode) => childText(node, "guid") || childText(node, "id") || linkOf(node);

/** RSS has one; of Atom's several, the page's own. */
function linkOf(node: XmlNode): string {
  const links = childrenOf(node, "link");
  const alternate = links.find(({ attributes }) => (attributes.rel ?? "alternate") === "alternate");
  return alternate ? addressOf(alternate) : "";
}

/** What its own addresses are relative to. */
function baseOf(node: XmlNode, siteUrl: string): string {
  const link = linkOf(node);
  return URL.canParse(link, siteUrl || undefined) ? new URL(link, siteUrl || undefined).href : siteUrl;
}

function entryOf(node: XmlNode, key: string, kind: FeedKind, siteUrl: string): Entry {
  const link = linkOf(node);
  const content = htmlOf(node, ["content:encoded", "content"]);
  const summary = htmlOf(node, ["description", "summary"]);
  const html = readable(content || summary);
  const { markdown, markdownWith, addresses, notes } = markdownOf(html);
  sound(() => refuseIntricate(markdown));
  const { title, notes: onTitle } = titleOf(readable(titleTextOf(child(node, "title"))), link || key);
  const given = content ? shorten(readable(wordsOf(summary))) : undefined;
  const { metadata, notes: onMetadata } = metadataOf({ excerpt: given });
  const base = baseOf(node, siteUrl);
  const absolute = (address: string) =>
    isExternal(address) ? address : URL.canParse(address, base) ? new URL(address, base).href : undefined;
  return {
    kind: "FeedEntry",
    title,
    body: markdown,
    bodyWith: markdownWith,
    metadata,
    author: personOf(node),
    tags: childrenOf(node, "category")
      .map(({ attributes, text }) => (attributes.term ?? text).trim())
      .filter(Boolean),
    categories: [],
    publishedAt:
      ["pubDate", "published", "dc:date", "updated"].map((name) => instantOf(childText(node, name))).find(Boolean) ??
      null,
    status: "Published",
    images: distinct(addresses, "image").flatMap(({ address, text }) => {
      const url = absolute(address);
      return url === undefined ? [] : [{ address, text, candidates: [url] }];
    }),
    links: distinct(addresses, "link").flatMap(({ address, text }) => {
      const alias = urlAlias(absolute(address) ?? "");
      return alias === undefined ? [] : [{ address, text, candidates: [alias] }];
    }),
    comments: [],
    extra: { link, feed: kind },
    original: null,
    notes: [...onTitle, ...onMetadata, ...notes],
  };
}

/** The first of these that says something, as HTML: Atom may say it as text, as HTML, or as elements. */
function htmlOf(node: XmlNode, names: string[]): string {
  for (const name of names) {
    const found = child(node, name);
    if (!found) continue;
    const type = found.attributes.type ?? (name === "summary" || name === "content" ? "text" : "html");
    const html =
      type === "xhtml" ? found.children.map(markup).join("") : type === "text" ? escapeHtml(found.text) : found.text;
    if (html.trim() !== "") return html;
  }
  return "";
}

const titleTextOf = (node: XmlNode | undefined) =>
  !node
    ? ""
    : node.attributes.type === "xhtml"
      ? textOf(node)
      : node.attributes.type === "text"
        ? node.text
        : wordsOf(node.text);

const textOf = (node: XmlNode): string =>
  node.content.map((one) => (typeof one === "string" ? one : textOf(one))).join("");

function markup(node: XmlNode): string {
  const attributes = Object.entries(node.attributes).map(([name, value]) => ` ${name}="${escapeHtml(value)}"`);
  const inside = node.content.map((one) => (typeof one === "string" ? escapeHtml(one) : markup(one))).join("");
  const name = node.name.replace(/^.*:/, "");
  return /^(br|hr|img)$/.test(name)
    ? `<${name}${attributes.join("")}>`
    : `<${name}${attributes.join("")}>${inside}</${name}>`;
}

function personOf(node: XmlNode): Person | null {
  const atom = child(node, "author");
  if (atom && atom.children.length > 0)
    return authorOf({ name: childText(atom, "name"), email: childText(atom, "email") || undefined });
  const creator = childText(node, "dc:creator");
  if (creator) return authorOf(creator);
  // RSS: `ada@example.com (Ada Lovelace)`.
  const [, email, name] = /^(\S+@\S+)\s*\((.+)\)$/.exec(atom?.text.trim() ?? "") ?? [];
  return name ? { name, email: email!.toLowerCase() } : authorOf(atom?.text);
}

const EXCERPT_CHARS = 500;
const shorten = (text: string) =>
  text.length <= EXCERPT_CHARS
    ? text
    : `${text
        .slice(0, EXCERPT_CHARS - 1)
        .toWellFormed()
        .replace(/\uFFFD$/, "")
        .trimEnd()}…`;

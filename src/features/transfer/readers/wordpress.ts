import { canonicalHash } from "@/platform/canonical-json";
import { refuseIntricate } from "@/platform/markdown-bounds";
import { instantOf } from "./dates";
import {
  type Entry,
  type Found,
  type Named,
  orProblem,
  type Person,
  pieceOf,
  type ReaderComment,
  type Reference,
  SourceProblem,
} from "./entry";
import { distinct, sound } from "./folder";
import { markdownOf, wordsOf } from "./html";
import { metadataOf, titleOf } from "./metadata";
import { urlAlias } from "./paths";
import type { Source } from "./source";
import { storable } from "./text";
import { type Attachment, type Attachments, image, markdownOfPost } from "./wordpress-html";
import { child, childrenOf, childText, type XmlNode, type XmlRecord, xmlRecords } from "./xml";

/** `rss/channel/*`: authors, terms and posts are side by side. */
const DEPTH = 2;

/** What the entries need to know of the whole file, gathered by reading it once before. */
type Site = { url: string; authors: Map<string, Person>; attachments: Map<string, Attachment> };

/** A WordPress export (WXR): posts and pages with their comments. The key is the post's id. */
export async function* readWordPress(source: Source, path: string): AsyncGenerator<Found> {
  const site = await survey(source, path);
  const used = new Set<string>();
  try {
    for await (const record of xmlRecords(await source.stream(path), DEPTH)) {
      const found = await foundIn(record, source, site, used);
      if (found) yield found;
    }
  } catch (error) {
    if (!(error instanceof SourceProblem)) throw error;
    yield { key: path, problem: error.message };
  }
  for (const { id, url } of site.attachments.values())
    if (!used.has(url)) yield { key: `attachment:${id}`, skipped: "No post or page of this export uses this file." };
}

/** The address of the site that the export is of: it stands before the posts. */
export async function siteOfExport(source: Source, path: string): Promise<string | undefined> {
  for await (const record of xmlRecords(await source.stream(path), DEPTH)) {
    if (!("node" in record) || record.node.name === "item") return undefined;
    if (record.node.name === "wp:base_blog_url") return record.node.text.trim() || undefined;
  }
  return undefined;
}

async function survey(source: Source, path: string): Promise<Site> {
  const site: Site = { url: "", authors: new Map(), attachments: new Map() };
  try {
    for await (const record of xmlRecords(await source.stream(path), DEPTH)) {
      if (!("node" in record)) continue;
      const { node } = record;
      if (node.name === "wp:base_blog_url" || (node.name === "link" && site.url === "")) site.url = node.text.trim();
      if (node.name === "wp:author") {
        const login = childText(node, "wp:author_login");
        const email = childText(node, "wp:author_email").toLowerCase();
        site.authors.set(login, {
          name: wordsOf(childText(node, "wp:author_display_name")) || login,
          email: email || null,
        });
      }
      if (node.name === "item" && childText(node, "wp:post_type") === "attachment") {
        const attachment = attachmentOf(node);
        if (attachment.url) site.attachments.set(attachment.id, attachment);
      }
    }
  } catch (error) {
    // Told when the entries are read, with those before it.
    if (!(error instanceof SourceProblem)) throw error;
  }
  return site;
}

const attachmentOf = (node: XmlNode): Attachment => ({
  id: childText(node, "wp:post_id"),
  url: childText(node, "wp:attachment_url"),
  title: childText(node, "title"),
  alt: metaOf(node)._wp_attachment_image_alt ?? "",
  parent: childText(node, "wp:post_parent"),
});

const metaOf = (node: XmlNode): Record<string, string> =>
  Object.fromEntries(
    childrenOf(node, "wp:postmeta").map((meta) => [childText(meta, "wp:meta_key"), childText(meta, "wp:meta_value")]),
  );

const TYPES: Record<string, Entry["kind"]> = { post: "Post", page: "Page" };

async function foundIn(record: XmlRecord, source: Source, site: Site, used: Set<string>): Promise<Found | undefined> {
  if (!("node" in record))
    return record.tooLarge === "item"
      ? { key: `line:${record.line}`, problem: "This entry is longer than a post may be." }
      : undefined;
  const { node } = record;
  if (node.name !== "item") return undefined;
  const type = childText(node, "wp:post_type");
  if (type === "attachment") return undefined;
  const key = `post:${childText(node, "wp:post_id") || `line:${record.line}`}`;
  const kind = TYPES[type];
  if (!kind) return { key, skipped: `A WordPress ${type.slice(0, 60) || "entry without a type"} is no content.` };
  const status = childText(node, "wp:status");
  if (status === "trash" || status === "auto-draft") return { key, skipped: `It is ${status} in WordPress.` };
  const entry = await orProblem(key, () => entryOf(node, { key, kind, status }, source, site));
  if ("problem" in entry) return entry;
  for (const { candidates } of entry.images) for (const one of candidates) used.add(one);
  return pieceOf({ key, rawHash: canonicalHash(node), aliases: aliasesOf(node, site.url) }, () => entry);
}

function aliasesOf(node: XmlNode, siteUrl: string): string[] {
  const id = childText(node, "wp:post_id");
  const urls = [childText(node, "link"), `${siteUrl}/?p=${id}`, `${siteUrl}/?page_id=${id}`];
  return urls.flatMap((url) => urlAlias(url) ?? []);
}

type Known = { key: string; kind: Entry["kind"]; status: string };

function entryOf(node: XmlNode, { key, kind, status }: Known, source: Source, site: Site): Entry {
  const id = childText(node, "wp:post_id");
  const content = readable(child(node, "content:encoded")?.text ?? "");
  const meta = metaOf(node);
  const featured = site.attachments.get(meta._thumbnail_id ?? "");
  const converted = markdownOfPost(withFeatured(content, featured), id, site.attachments);
  const { markdown, markdownWith, addresses, notes } = converted;
  sound(() => refuseIntricate(markdown));
  const slug = childText(node, "wp:post_name");
  const { title, notes: onTitle } = titleOf(readable(wordsOf(childText(node, "title"))), slug || `WordPress ${key}`);
  const { metadata, notes: onMetadata } = metadataOf({
    slug: slug || undefined,
    excerpt: readable(wordsOf(childText(node, "excerpt:encoded"))),
    description: meta._yoast_wpseo_metadesc,
    keyword: meta._yoast_wpseo_focuskw,
  });
  const terms = (domain: string) =>
    childrenOf(node, "category")
      .filter(({ attributes }) => attributes.domain === domain)
      // Names come as they stand in a page: with entities.
      .map(({ text }) => readable(wordsOf(text)));
  const login = childText(node, "dc:creator");
  const link = childText(node, "link");
  return {
    kind,
    title,
    body: markdown,
    bodyWith: markdownWith,
    metadata,
    author: site.authors.get(login) ?? (login ? { name: login, email: null } : null),
    tags: terms("post_tag"),
    categories: terms("category"),
    publishedAt: publishedAtOf(node),
    status: status === "publish" ? "Published" : "Draft",
    images: imagesOf(addresses, source, site.attachments),
    links: linksOf(addresses, site.url),
    comments: commentsOf(node),
    extra: { link, status, postId: id, parent: childText(node, "wp:post_parent"), fields: ownFields(meta) },
    original: null,
    notes: [...onTitle, ...onMetadata, ...notes],
  };
}

/** Its title picture stands first, unless the text shows it anyway. */
const withFeatured = (content: string, featured: Attachment | undefined) =>
  !featured || content.includes(featured.url) ? content : `<figure>${image(featured)}</figure>\n\n${content}`;

/** GMT where WordPress has it; drafts have none. */
function publishedAtOf(node: XmlNode): string | null {
  const gmt = childText(node, "wp:post_date_gmt");
  return instantOf(gmt.startsWith("0000") ? "" : gmt) ?? instantOf(childText(node, "pubDate"));
}

/** Fields that people made; those that begin with `_` are plugins' and WordPress' own. */
const ownFields = (meta: Record<string, string>) =>
  Object.fromEntries(Object.entries(meta).filter(([name]) => name !== "" && !name.startsWith("_")));

/** WordPress keeps smaller copies beside a picture: the picture itself is wanted. */
function imagesOf(addresses: Named[], source: Source, attachments: Attachments): Reference[] {
  const urls = new Set([...attachments.values()].map(({ url }) => url));
  return distinct(addresses, "image").map(({ address, text }) => {
    const whole = address.replace(/-\d+x\d+(?=\.[a-z]+$)/i, "");
    const candidates = [...new Set(urls.has(whole) ? [whole, address] : [address, whole])];
    const files = candidates.flatMap((url) => /\/(wp-content\/.+)$/.exec(url)?.[1] ?? []);
    return { address, text, candidates: [...files.filter((path) => source.has(path)), ...candidates] };
  });
}

function linksOf(addresses: Named[], siteUrl: string): Reference[] {
  return distinct(addresses, "link").flatMap(({ address, text }) => {
    const absolute = URL.canParse(address, siteUrl) ? new URL(address, siteUrl).href : "";
    const alias = urlAlias(absolute);
    return alias !== undefined && /^https?:/.test(absolute) ? [{ address, text, candidates: [alias] }] : [];
  });
}

/** What readers wrote and the site showed. */
function commentsOf(node: XmlNode): ReaderComment[] {
  return childrenOf(node, "wp:comment").flatMap((comment) => {
    const type = childText(comment, "wp:comment_type");
    if (childText(comment, "wp:comment_approved") !== "1" || (type !== "" && type !== "comment")) return [];
    const parent = childText(comment, "wp:comment_parent");
    const body = readable(child(comment, "wp:comment_content")?.text ?? "");
    return {
      id: childText(comment, "wp:comment_id"),
      parent: parent === "0" || parent === "" ? null : parent,
      author: {
        name: readable(wordsOf(childText(comment, "wp:comment_author"))) || "Anonymous",
        email: childText(comment, "wp:comment_author_email").toLowerCase() || null,
      },
      at: instantOf(childText(comment, "wp:comment_date_gmt")),
      body: markdownOf(body.replace(/\n/g, "<br>\n")).markdown,
    };
  });
}

/** Bytes that were no text became U+FFFD: such an entry is told, and not taken with holes. */
export function readable(text: string): string {
  if (text.includes("\uFFFD"))
    throw new SourceProblem(
      "It has characters that can't be read (U+FFFD): its bytes are not of the encoding it names.",
    );
  return storable(text);
}

import type { ContentVersion } from "@contentos/sdk";
import remarkParse from "remark-parse";
import { unified } from "unified";
import type { Publication, PublicationImage } from "@/channels/adapter";

export type TextPart = { text: string; images?: PublicationImage[] | undefined };

/** In characters: as the server cuts it. */
const EXCERPT_LENGTH = 200;

/** What a version and its parts make of a publication, as the server would; for previews and counts alone. */
export function publicationOf(version: ContentVersion, parts: TextPart[], pageUrl: string): Publication {
  const { metadata, body, assets } = version;
  return {
    contentItemId: version.contentItemId,
    versionNumber: version.versionNumber,
    title: version.title,
    body,
    excerpt: metadata.excerpt ?? metadata.description ?? excerptOf(body),
    language: metadata.language ?? "en",
    canonicalUrl: metadata.canonicalUrl ?? pageUrl,
    slug: metadata.slug,
    parts: parts.map(({ text }) => text),
    partImages: parts.map(({ images = [] }) => images),
    images: imagesOf(version),
    assets: assets.map(({ id, altText }) => ({ id, altText })),
  };
}

/** The image that stands for the whole first, then those that the text shows. */
export function imagesOf({ body, metadata, assets }: ContentVersion): PublicationImage[] {
  const shown = [...body.matchAll(/!\[([^\]]*)\]\(asset:([\w-]+)/g)].map(([, alt, id]) => ({ alt: alt!, id: id! }));
  const all = metadata.imageAssetId ? [{ alt: "", id: metadata.imageAssetId }, ...shown] : shown;
  const once = new Map<string, PublicationImage>();
  for (const { alt, id } of all) {
    const known = assets.find((asset) => asset.id === id);
    if (known && !once.has(id)) once.set(id, { assetId: id, altText: alt || known.altText, sha256: known.sha256 });
  }
  return [...once.values()];
}

type Node = { type: string; value?: string; children?: Node[] };

const wordsOf = (node: Node): string => node.value ?? (node.children ?? []).map(wordsOf).join("");

function excerptOf(markdown: string): string {
  const { children } = unified().use(remarkParse).parse(markdown) as Node;
  const words = (children ?? []).filter(({ type }) => type === "paragraph").map(wordsOf);
  const text = words.join(" ").replace(/\s+/g, " ").trim();
  if (text.length <= EXCERPT_LENGTH) return text;
  return `${text.slice(0, EXCERPT_LENGTH).replace(/\s+\S*$/, "")}…`;
}

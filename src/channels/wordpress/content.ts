import type { Part, Publication } from "@/channels/adapter";
import { fieldsOf } from "@/channels/default-parts";
import { withoutTitle } from "@/channels/text";
import { type MediaIds, toBlocks } from "@/channels/wordpress/blocks";
import type { Media } from "@/channels/wordpress/entities";
import { limits } from "@/channels/wordpress/limits";
import { renderMarkdown } from "@/platform/markdown";

/** By this a post is found again whose answer was lost. */
export const markerOf = (key: string) => `contentos-${key}`;

/** What a post says, as it was approved; the same for each try. */
export function postOf(
  publication: Publication,
  part: Part,
  { byAsset, featured }: { byAsset: ReadonlyMap<string, Media>; featured: Media | undefined },
): Record<string, unknown> {
  const { title, excerpt } = fieldsOf(publication, limits);
  const html = renderMarkdown(withoutTitle(part.text, title), {
    title,
    asset: (id) => {
      const media = byAsset.get(id);
      const alt = publication.assets.find((asset) => asset.id === id)?.altText;
      return media && { src: media.source_url, alt };
    },
  });
  const ids: MediaIds = new Map([...byAsset.values()].map((media) => [media.source_url, media.id]));
  return {
    title: inHtml(title),
    excerpt: inHtml(excerpt),
    content: `${toBlocks(html, ids)}\n\n${markerBlock(part.key)}`,
    ...(publication.slug && { slug: publication.slug }),
    ...(featured && { featured_media: featured.id }),
  };
}

/** A block of its own that shows nothing, so that the editor keeps it as it keeps any other. */
const markerBlock = (key: string) => `<!-- wp:html -->\n<!-- ${markerOf(key)} -->\n<!-- /wp:html -->`;

/** Titles and excerpts are HTML to WordPress, from an administrator with whatever it holds. */
const inHtml = (text: string) => text.trim().replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

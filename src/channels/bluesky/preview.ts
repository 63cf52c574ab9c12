import type { Preview, Publication } from "@/channels/adapter";
import { limits } from "@/channels/bluesky/limits";
import { imagesOf, textsOf } from "@/channels/default-parts";
import { inOrder, type Span, spansToHtml } from "@/channels/spans";
import { countGraphemes } from "@/channels/text";

/**
 * What Bluesky will make clickable, near enough for a preview. Left out: addresses without http(s), since telling
 * them from words takes the list of all top-level domains, and whether a mentioned account exists.
 */
export function findSpans(text: string): Span[] {
  const collect = (pattern: RegExp, kind: Span["kind"], trim: (match: string) => string) =>
    Array.from(text.matchAll(pattern), (match): Span => {
      const start = match.index + match[1]!.length;
      return { start, end: start + trim(match[2]!).length, kind };
    });
  const spans = [
    ...collect(/(^|\s|\()(https?:\/\/\S+)/gm, "link", withoutPunctuation),
    ...collect(/(^|\s|\()(@[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]+)\b/gim, "mention", (match) => match),
    ...collect(/(^|\s)([#＃](?!\ufe0f)[^\s]*[^\d\s\p{P}][^\s]*)/gu, "tag", (match) => match.replace(/\p{P}+$/u, "")),
  ];
  return inOrder(spans);
}

/** A full stop after an address is not part of it, nor is a bracket that opened before it. */
function withoutPunctuation(link: string): string {
  const text = link.replace(/[.,;:!?]$/, "");
  return text.endsWith(")") && !text.includes("(") ? text.slice(0, -1) : text;
}

export function preview(publication: Publication): Preview {
  const images = imagesOf(publication, limits);
  return {
    parts: textsOf(publication, limits).map((text, position) => ({
      html: spansToHtml(text, findSpans(text)),
      length: countGraphemes(text),
      limit: limits.maxGraphemes,
      images: images[position] ?? [],
    })),
  };
}

import type { TextLimits } from "@/channels/adapter";

const segmenter = new Intl.Segmenter(undefined, { granularity: "grapheme" });
const encoder = new TextEncoder();

/** What people take for characters: a flag or a family emoji is one. */
export const graphemesOf = (text: string): string[] => Array.from(segmenter.segment(text), ({ segment }) => segment);

/** As Unicode segments them (UAX 29); what networks mean by "characters" where they count graphemes. */
export function countGraphemes(text: string): number {
  let count = 0;
  for (const _ of segmenter.segment(text)) count += 1;
  return count;
}

/** In UTF-8. */
export const countBytes = (text: string): number => encoder.encode(text).byteLength;

/** As the network counts it. */
export const lengthOf = (text: string, { count = countGraphemes }: Pick<TextLimits, "count">): number => count(text);

/** Rather one too many than one too few: what any network takes for a hashtag begins so. */
export const countTags = (text: string): number => text.match(/[#＃][\p{L}\p{N}\p{M}_]/gu)?.length ?? 0;
export const countMentions = (text: string): number => text.match(/[@＠][\p{L}\p{N}_]/gu)?.length ?? 0;

export const fits = (text: string, limits: TextLimits): boolean => {
  const { maxGraphemes, maxBytes, maxTags, maxMentions } = limits;
  return (
    (maxBytes === undefined || countBytes(text) <= maxBytes) &&
    (maxGraphemes === undefined || lengthOf(text, limits) <= maxGraphemes) &&
    (maxTags === undefined || countTags(text) <= maxTags) &&
    (maxMentions === undefined || countMentions(text) <= maxMentions)
  );
};

const ESCAPES: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (character) => ESCAPES[character]!);

/** A first heading that repeats the title is left out wherever the title has a place of its own. */
export function withoutTitle(text: string, title: string): string {
  const first = /^\s*# (.+?) *#* *(?:\n|$)/.exec(text);
  return first?.[1]?.trim() === title.trim() ? text.slice(first[0].length) : text;
}

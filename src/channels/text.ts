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

type TextLimits = { maxGraphemes: number | undefined; maxBytes: number | undefined };

export const fits = (text: string, { maxGraphemes, maxBytes }: TextLimits): boolean =>
  (maxBytes === undefined || countBytes(text) <= maxBytes) &&
  (maxGraphemes === undefined || countGraphemes(text) <= maxGraphemes);

const ESCAPES: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (character) => ESCAPES[character]!);

import type { Limits } from "@/channels/adapter";
import { countGraphemes, fits, graphemesOf } from "@/channels/text";
import { plainText } from "@/platform/markdown";

/** Longer threads are read by nobody; what is over is behind the link. */
const PLAIN_PARTS = 6;
/** What an adaptation's part can hold. */
const MAX_PART_CHARS = 10_000;

type Source = { title: string; body: string; link: string | undefined; language: string };

/** The text without its marks, in which links stand in full behind their words. */
export const readable = (markdown: string): string =>
  plainText(
    markdown
      // A picture says nothing where there are no pictures.
      .replace(/!\[[^\]]*\]\([^)]*\)/g, "")
      .replace(/\[([^\]]+)\]\((https?:\/\/[^\s)]+)[^)]*\)/g, (_, words: string, url: string) =>
        words.includes(url) ? url : `${words} (${url})`,
      ),
  );

/**
 * What can be said by rule alone: for short posts the title and the sentences from the start, as many as fit in whole, then
 * the link; for an article the article. Nothing is rewritten, so nothing is claimed that wasn't said.
 */
export function plainParts({ title, body, link, language }: Source, limits: Limits): string[] {
  if (limits.form === "article") return articleParts(body, limits);
  const most = Math.min(PLAIN_PARTS, limits.maxParts);
  const tail = link !== undefined && fits(link, limits) ? link : undefined;
  const [first, ...sentences] = [title.trim(), ...sentencesOf(readable(body), language)].filter((text) => text !== "");
  if (first === undefined) return tail ? [tail] : [];
  const packed = pack([first, ...sentences], limits);
  if (!tail) return packed.slice(0, most);
  const kept = packed.slice(0, most);
  const joined = `${kept.at(-1)}\n\n${tail}`;
  if (fits(joined, limits)) return [...kept.slice(0, -1), joined];
  return kept.length < most ? [...kept, tail] : [...kept.slice(0, -1), tail];
}

function articleParts(body: string, limits: Limits): string[] {
  const parts: string[] = [];
  for (const block of body.split(/\n{2,}/)) {
    const joined = parts.length > 0 ? `${parts.at(-1)}\n\n${block}` : block;
    if (parts.length > 0 && joined.length <= MAX_PART_CHARS) parts[parts.length - 1] = joined;
    else parts.push(block);
  }
  return parts.filter((part) => part.trim() !== "" && part.length <= MAX_PART_CHARS && fits(part, limits));
}

export function sentencesOf(text: string, language: string): string[] {
  const segmenter = new Intl.Segmenter(language, { granularity: "sentence" });
  return text
    .split(/\n+/)
    .flatMap((line) => joinSplitLinks(Array.from(segmenter.segment(line), ({ segment }) => segment)))
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence !== "");
}

/** A sentence's end within an address or right before one in brackets is none. */
function joinSplitLinks(segments: string[]): string[] {
  return segments.reduce<string[]>((joined, segment) => {
    const last = joined.at(-1);
    // The space after a sentence is still there: behind an address that has one the next sentence begins.
    if (last !== undefined && (/https?:\/\/\S*$/.test(last) || segment.startsWith("("))) {
      joined[joined.length - 1] = last + segment;
    } else joined.push(segment);
    return joined;
  }, []);
}

/** Texts in turn into parts that fit: whole where they do, at words where they don't. The first one is set apart. */
export function pack(texts: string[], limits: Limits): string[] {
  const parts: string[] = [];
  texts.forEach((text, index) => {
    for (const piece of fits(text, limits) ? [text] : piecesOf(text, limits)) {
      const last = parts.at(-1);
      const joined = last === undefined ? piece : `${last}${index === 1 && parts.length === 1 ? "\n\n" : " "}${piece}`;
      if (last !== undefined && fits(joined, limits)) parts[parts.length - 1] = joined;
      else parts.push(piece);
    }
  });
  return parts;
}

/** A text that doesn't fit, by words. What alone is too long is an address, which is left out, or a word, which is cut. */
function piecesOf(text: string, limits: Limits): string[] {
  const pieces: string[] = [];
  for (const word of text.split(/\s+/)) {
    const last = pieces.at(-1);
    const joined = last === undefined ? word : `${last} ${word}`;
    if (last !== undefined && fits(joined, limits)) pieces[pieces.length - 1] = joined;
    else if (fits(word, limits)) pieces.push(word);
    else if (!/^\(?https?:/.test(word)) pieces.push(...cut(word, limits));
  }
  return pieces;
}

function cut(word: string, limits: Limits): string[] {
  const size = Math.max(1, Math.min(limits.maxGraphemes ?? 200, Math.floor((limits.maxBytes ?? 4_000) / 25)));
  const graphemes = graphemesOf(word);
  return Array.from({ length: Math.ceil(countGraphemes(word) / size) }, (_, index) =>
    graphemes.slice(index * size, (index + 1) * size).join(""),
  ).filter((piece) => fits(piece, limits));
}

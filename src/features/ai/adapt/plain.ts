import type { Limits } from "@/channels/adapter";
import { countGraphemes, fits, graphemesOf } from "@/channels/text";
import { plainText } from "@/platform/markdown";
import { blocksIn, bodyParts, lineFor, MAX_PART_CHARS } from "./fields";

/** Longer threads are read by nobody; what is over is behind the link. */
const PLAIN_PARTS = 6;

type Source = { title: string; excerpt: string; body: string; link: string | undefined; language: string };

/** The text without its marks but for those of a list, in which links stand in full behind their words. */
export const readable = (markdown: string): string =>
  plainText(
    markdown
      .replace(/^([ \t]*)[-*+] (?=\S)(?!(?:[-*+] ?)+$)/gm, "$1• ")
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
export function plainParts(source: Source, limits: Limits): string[] {
  const { title, body, link, language } = source;
  if (limits.fields) return fieldParts(source, limits);
  if (limits.form === "article") return articleParts(body, limits);
  if (limits.maxParts === 1) return postParts(source, limits);
  const most = Math.min(PLAIN_PARTS, limits.maxParts);
  const tail = link !== undefined && fits(link, limits) ? link : undefined;
  const [first, ...sentences] = [title.trim(), ...sentencesOf(readable(body), language)].filter((text) => text !== "");
  if (first === undefined) return tail ? [tail] : [];
  const packed = pack([first, ...sentences], limits, most);
  if (!tail) return packed.slice(0, most);
  const kept = packed.slice(0, most);
  const joined = `${kept.at(-1)}\n\n${tail}`;
  if (fits(joined, limits)) return [...kept.slice(0, -1), joined];
  return kept.length < most ? [...kept, tail] : [...kept.slice(0, -1), tail];
}

/** One post: the title, then the paragraphs in whole, the last one by its sentences, and the link. */
function postParts({ title, body, link, language }: Source, limits: Limits): string[] {
  const tail = link !== undefined && fits(link, limits) ? link : undefined;
  const whole = (text: string) => [text, tail].filter(Boolean).join("\n\n");
  let text = "";
  const put = (piece: string, gap: string): boolean => {
    const next = text === "" ? piece : `${text}${gap}${piece}`;
    if (piece !== "" && !fits(whole(next), limits)) return false;
    text = piece === "" ? text : next;
    return true;
  };
  const [first = "", ...more] = [title.trim(), ...readable(body).split(/\n{2,}/)]
    .map((one) => one.trim())
    .filter(Boolean);
  // A title that is too long by itself begins in pieces, and so does a text without one.
  if (!put(first, "")) piecesOf(first, limits, 1).every((piece) => put(piece, " "));
  else {
    const over = more.find((paragraph) => !put(paragraph, "\n\n"));
    if (over !== undefined)
      sentencesOf(over, language).every((sentence, index) => put(sentence, index === 0 ? "\n\n" : " "));
  }
  const made = whole(text);
  return made === "" ? [] : [made];
}

/** A message or a post with a title: the item's own, and its text as it is, in Markdown. */
function fieldParts({ title, excerpt, body, link }: Source, limits: Limits): string[] {
  const { fields = [], maxParts } = limits;
  const said = { title, subject: title, excerpt: excerpt || title, preheader: excerpt || title };
  const lines = fields.flatMap((field) => (field.name === "body" ? [] : [lineFor(said[field.name], field)]));
  const parts = bodyParts(body, { title, link }, fields.at(-1)!).slice(0, maxParts - lines.length);
  return parts.length > 0 && lines.every((line) => line !== "") ? [...lines, ...parts] : [];
}

const articleParts = (body: string, limits: Limits): string[] =>
  blocksIn(body).filter((part) => part.length <= MAX_PART_CHARS && fits(part, limits));

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

/**
 * Texts in turn into parts that fit: whole where they do, at words where they don't. The first one is set apart.
 * @param most what is over isn't looked at
 */
export function pack(texts: string[], limits: Limits, most = limits.maxParts): string[] {
  const parts: string[] = [];
  const put = (piece: string, isSecond: boolean) => {
    const last = parts.at(-1);
    const joined = last === undefined ? piece : `${last}${isSecond && parts.length === 1 ? "\n\n" : " "}${piece}`;
    if (last !== undefined && fits(joined, limits)) parts[parts.length - 1] = joined;
    else parts.push(piece);
  };
  for (const [index, text] of texts.entries()) {
    if (parts.length > most) break;
    for (const piece of fits(text, limits) ? [text] : piecesOf(text, limits, most)) put(piece, index === 1);
  }
  return parts;
}

/** A text that doesn't fit, by words. What alone is too long is an address, which is left out, or a word, which is cut. */
function piecesOf(text: string, limits: Limits, most: number): string[] {
  const pieces: string[] = [];
  for (const word of text.split(/\s+/)) {
    if (pieces.length > most) break;
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

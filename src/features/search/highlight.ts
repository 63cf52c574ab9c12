import type { Segment } from "./contract";
import { fold, foldInPlace } from "./fold";
import type { Part } from "./words";

/** Of a snippet, in characters. */
const LENGTH = 240;
/** How much of it stands before what matched first. */
const LEAD = 60;
/** What inflection adds to a stem, in letters; more makes it another word. */
const LONGEST_ENDING = 5;

const WORD = /[\p{L}\p{N}\p{M}]+/gu;
const LETTER = /[\p{L}\p{N}\p{M}]/u;
/** Scripts that put no spaces between words, and Korean: there a match begins and ends anywhere. */
const DENSE =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

/** How a part of a query stands in a text: words one after the other, the last of which may go on by so many letters. */
type Mark = { words: string[]; ending: number; dense: boolean };
type Range = { start: number; end: number };

/** `stems` are of the parts, in the same order, with spaces between those of several languages. */
export const marksOf = (parts: Part[], stems: string[]): Mark[] =>
  parts.flatMap(({ text, kind }, i) => {
    const words = fold(text.normalize("NFKC")).match(WORD) ?? [];
    if (kind === "Without" || words.length === 0) return [];
    const dense = words.length === 1 && DENSE.test(words[0]!);
    // A stemmer gives such a word back as it was.
    const inflected = dense ? [] : ((stems[i] ?? "").match(WORD) ?? []);
    return [
      { words, dense, ending: kind === "Prefix" ? Number.POSITIVE_INFINITY : 0 },
      ...inflected.map((stem) => ({ words: [stem], dense: false, ending: LONGEST_ENDING })),
    ];
  });

/** Cuts a text into what matches and what doesn't. */
export function highlight(text: string, marks: Mark[]): Segment[] {
  const segments: Segment[] = [];
  let done = 0;
  for (const { start, end } of rangesOf(text, marks)) {
    if (start > done) segments.push({ text: text.slice(done, start), match: false });
    segments.push({ text: text.slice(start, end), match: true });
    done = end;
  }
  if (done < text.length) segments.push({ text: text.slice(done), match: false });
  return segments;
}

/** A piece of a Markdown text around its first match, without the marks of Markdown; its beginning where there is none. */
export function snippet(markdown: string, marks: Mark[]): Segment[] {
  const at = rangesOf(markdown, marks)[0]?.start ?? 0;
  const from = at <= LEAD ? 0 : afterSpace(markdown, at - LEAD, at);
  // Marks take room that the words are then given.
  const text = plain(markdown.slice(from, from + LENGTH * 2));
  const to = text.length <= LENGTH ? text.length : beforeSpace(text, LENGTH);
  const ends = to < text.length || from + LENGTH * 2 < markdown.length;
  return highlight(`${from > 0 ? "…" : ""}${text.slice(0, to)}${ends ? "…" : ""}`, marks);
}

const plain = (markdown: string) =>
  markdown
    .replace(/^[ \t]*(?:#{1,6}|>+|[-*+]|\d+[.)]|```\w*)(?=\s|$)/gm, " ")
    .replace(/[*_`~|]+/g, "")
    .replace(/\s+/g, " ")
    .trim();

/** Right after the first space from `at` on; never between the halves of a character. */
function afterSpace(text: string, at: number, before: number) {
  const space = text.slice(at, before).search(/\s/);
  return space === -1 ? whole(text, at) : at + space + 1;
}
function beforeSpace(text: string, at: number) {
  const space = text.lastIndexOf(" ", at);
  return space < at - LEAD ? whole(text, at) : space;
}
const whole = (text: string, at: number) => (/[\udc00-\udfff]/.test(text[at] ?? "") ? at + 1 : at);

/** Where the marks match, in order and apart. */
function rangesOf(text: string, marks: Mark[]): Range[] {
  if (marks.length === 0) return [];
  const folded = foldInPlace(text);
  const found: Range[] = [];
  for (const mark of marks) {
    const first = mark.words[0]!;
    for (let at = folded.text.indexOf(first); at !== -1; at = folded.text.indexOf(first, at + 1)) {
      const end = mark.dense ? at + first.length : endOf(folded.text, at, mark);
      if (end !== undefined) found.push({ start: folded.place(at), end: folded.place(end) });
    }
  }
  return merged(found);
}

/** Where a mark that begins at a place ends; undefined where it isn't there. */
function endOf(text: string, start: number, { words, ending }: Mark): number | undefined {
  if (isLetterBefore(text, start)) return undefined;
  let at = start;
  for (const [n, word] of words.entries()) {
    const gap = n === 0 ? 0 : untilLetter(text, at);
    if (n > 0 && gap === 0) return undefined;
    at += gap;
    if (!text.startsWith(word, at)) return undefined;
    at += word.length;
  }
  for (let more = 0; letterAt(text, at) > 0; more++) {
    if (more >= ending) return undefined;
    at += letterAt(text, at);
  }
  return at;
}

function untilLetter(text: string, at: number) {
  let length = 0;
  while (at + length < text.length && letterAt(text, at + length) === 0) length++;
  return length;
}

const isLetterBefore = (text: string, at: number) =>
  at > 0 && letterAt(text, at - (/[\udc00-\udfff]/.test(text[at - 1]!) && at > 1 ? 2 : 1)) > 0;

/** How long a letter or digit at a place is in code units; 0 where none is. */
function letterAt(text: string, at: number): number {
  const code = text.codePointAt(at);
  if (code === undefined) return 0;
  if (code < 128) return (code >= 97 && code <= 122) || (code >= 48 && code <= 57) ? 1 : 0;
  return LETTER.test(String.fromCodePoint(code)) ? (code > 0xffff ? 2 : 1) : 0;
}

function merged(ranges: Range[]): Range[] {
  const all: Range[] = [];
  for (const { start, end } of ranges.toSorted((a, b) => a.start - b.start || b.end - a.end)) {
    const last = all.at(-1);
    if (last && start < last.end) last.end = Math.max(last.end, end);
    else if (end > start) all.push({ start, end });
  }
  return all;
}

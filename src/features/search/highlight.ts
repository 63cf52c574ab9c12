import type { Segment } from "./contract";
import type { Part } from "./words";

/** Of a snippet, in characters. */
const LENGTH = 240;
/** How much of it stands before what matched first. */
const LEAD = 60;
/** What inflection adds to a stem; more makes it another word. In letters. */
const LONGEST_ENDING = 5;

const LETTER = "[\\p{L}\\p{N}\\p{M}]";
const WORD = new RegExp(`${LETTER}+`, "gu");
/** Scripts that put no spaces between words, and Korean: there a match begins and ends anywhere. */
const DENSE =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

const LETTERS: Record<string, string> = { ı: "i", ø: "o", ł: "l", đ: "d", ð: "d", ħ: "h", ς: "σ" };
const PAIRS: Record<string, string> = { ß: "ss", æ: "ae", œ: "oe", þ: "th" };

/** As the index has it: without case and accents. */
const fold = (text: string) =>
  text
    .toLowerCase()
    .normalize("NFD")
    .replace(/[\u0300-\u036f\u0591-\u05bd\u05bf-\u05c7\u064b-\u065f\u0670]+/g, "")
    .normalize("NFC")
    .replace(/[ıøłđðħς]/g, (letter) => LETTERS[letter]!)
    .replace(/[ßæœþ]/g, (letter) => PAIRS[letter]!);

/** What of a text matches. Undefined where no part of a query can be seen in one. */
export type Marks = RegExp | undefined;

/** `stems` are of the parts, in the same order, with spaces between those of several languages. */
export function marksOf(parts: Part[], stems: string[]): Marks {
  const patterns = parts.flatMap(({ text, kind }, i) => {
    const words = fold(text.normalize("NFKC")).match(WORD) ?? [];
    if (kind === "Without" || words.length === 0) return [];
    const inflected = (stems[i] ?? "").match(WORD) ?? [];
    return [
      pattern(words, kind === "Prefix" ? `${LETTER}*` : ""),
      ...inflected.map((stem) => pattern([stem], `${LETTER}{0,${LONGEST_ENDING}}`)),
    ];
  });
  return patterns.length > 0 ? new RegExp(patterns.join("|"), "gu") : undefined;
}

/** Words have letters and digits only, so that none means something to the engine. */
const pattern = (words: string[], ending: string) =>
  words.length === 1 && DENSE.test(words[0]!)
    ? words[0]!
    : `(?<!${LETTER})${words.join("[^\\p{L}\\p{N}]+")}${ending}(?!${LETTER})`;

/** Cuts a text into what matches and what doesn't. */
export function highlight(text: string, marks: Marks): Segment[] {
  const segments: Segment[] = [];
  let done = 0;
  for (const [start, end] of rangesOf(text, marks)) {
    if (start > done) segments.push({ text: text.slice(done, start), match: false });
    segments.push({ text: text.slice(start, end), match: true });
    done = end;
  }
  if (done < text.length) segments.push({ text: text.slice(done), match: false });
  return segments;
}

/** A piece of a Markdown text around its first match, without the marks of Markdown; its beginning where there is none. */
export function snippet(markdown: string, marks: Marks): Segment[] {
  const [match] = rangesOf(markdown, marks, 1);
  const at = match?.[0] ?? 0;
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

/** Where the marks match, in order and apart. The text is folded for it, and the places are told in the text as it is. */
function rangesOf(text: string, marks: Marks, most = Number.POSITIVE_INFINITY): [start: number, end: number][] {
  if (!marks) return [];
  const { folded, places } = foldedWithPlaces(text);
  const ranges: [number, number][] = [];
  for (const { 0: found, index } of folded.matchAll(marks)) {
    ranges.push([places(index), places(index + found.length)]);
    if (ranges.length >= most) break;
  }
  return ranges;
}

/** What doesn't fold one to one: a letter that becomes two, and a letter with its accents beside it. */
const UNEVEN = /[ßẞæÆœŒþÞİ]|\P{M}\p{M}+/gu;

function foldedWithPlaces(text: string): { folded: string; places: (at: number) => number } {
  let folded = "";
  const starts: number[] = [];
  const add = (piece: string, start: number) => {
    const to = fold(piece);
    for (let n = 0; n < to.length; n++) starts.push(to.length === piece.length ? start + n : start);
    folded += to;
  };
  let done = 0;
  for (const { 0: piece, index } of text.matchAll(UNEVEN)) {
    add(text.slice(done, index), done);
    add(piece, index);
    done = index + piece.length;
  }
  if (done === 0 && fold(text).length === text.length) return { folded: fold(text), places: (at) => at };
  add(text.slice(done), done);
  starts.push(text.length);
  return { folded, places: (at) => starts[at]! };
}

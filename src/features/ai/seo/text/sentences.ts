import { ParseLatin } from "parse-latin";
import type { LanguageRules } from "../languages/rules";
import type { Span } from "./document";
import { type Word, wordsIn } from "./words";

/** Places are those of the block's text. */
export type Sentence = Span & { text: string; words: Word[]; count: number };

const parser = new ParseLatin();
/** The parser splices lists of its nodes: beyond this many characters in one block, the simpler rules of Unicode do. */
const LONGEST_BLOCK = 10_000;
const segmenter = new Intl.Segmenter("en", { granularity: "sentence" });

export function sentencesIn(text: string, language: string, rules: LanguageRules | undefined): Sentence[] {
  const spans = joinedAtAbbreviations(
    text,
    text.length > LONGEST_BLOCK ? unicodeSpans(text) : latinSpans(text, rules),
    rules,
  );
  return spans.flatMap(({ start, end }) => {
    const said = text.slice(start, end);
    const words = wordsIn(said, language);
    return words.length === 0 ? [] : [{ start, end, text: said, words, count: countOf(words) }];
  });
}

export const countOf = (words: readonly Word[]) => words.reduce((count, { elided }) => count + (elided ? 0 : 1), 0);

type Nlcst = { type: string; children?: Nlcst[]; position?: { start: { offset?: number }; end: { offset?: number } } };

function latinSpans(text: string, rules: LanguageRules | undefined): Span[] {
  const spans: Span[] = [];
  const walk = (node: Nlcst) => {
    if (node.type === "SentenceNode")
      spans.push({ start: node.position?.start.offset ?? 0, end: node.position?.end.offset ?? 0 });
    else node.children?.forEach(walk);
  };
  walk(parser.parse(text) as Nlcst);
  return rules?.ordinalsHavePoints ? spans : spans.flatMap((span) => dividedAtNumbers(text, span));
}

/** The parser takes every point after a number or a single letter for a part of it: "at 5. Then" and "à 5 h. Il". */
const AFTER_NUMBER = /\d(?:\s?\p{Ll})?\.\s+(?=[\p{Lu}¿¡])/gu;

function dividedAtNumbers(text: string, { start, end }: Span): Span[] {
  const borders = Array.from(text.slice(start, end).matchAll(AFTER_NUMBER), ({ index, 0: found }) => ({
    end: start + index + found.trimEnd().length,
    next: start + index + found.length,
  }));
  return [...borders, { end, next: end }].map(({ end: border }, at) => ({
    start: at === 0 ? start : borders[at - 1]!.next,
    end: border,
  }));
}

const unicodeSpans = (text: string): Span[] =>
  Array.from(segmenter.segment(text), ({ segment, index }) => ({
    start: index,
    end: index + segment.trimEnd().length,
  }));

const LAST_WORD = /([\p{L}\p{N}]+(?:\.[\p{L}]+)*)\.\s*$/u;
/** What is an abbreviation before a number, and else may be a word. */
const BEFORE_NUMBERS = new Set("no nr vol fig pp ch chap cap kap abs art núm num bd".split(" "));
const BEGINS_LOW = /^\s*\p{Ll}/u;

/** A point after an abbreviation, a number of order or an initial ends nothing. */
function joinedAtAbbreviations(text: string, spans: Span[], rules: LanguageRules | undefined): Span[] {
  const made: Span[] = [];
  for (const span of spans) {
    const last = made.at(-1);
    if (
      last &&
      goesOn(text.slice(Math.max(last.start, last.end - 30), last.end), text.slice(span.start, span.start + 8), rules)
    )
      last.end = span.end;
    else made.push({ ...span });
  }
  return made;
}

function goesOn(before: string, next: string, rules: LanguageRules | undefined): boolean {
  const word = LAST_WORD.exec(before)?.[1];
  if (word === undefined) return false;
  if (BEGINS_LOW.test(next)) return true;
  if (/^\p{Lu}$/u.test(word)) return true;
  if (rules?.ordinalsHavePoints && /^\d{1,2}$/.test(word)) return true;
  if (BEFORE_NUMBERS.has(word.toLowerCase())) return /^\s*\d/.test(next);
  return rules?.abbreviations.has(word.toLowerCase()) ?? false;
}

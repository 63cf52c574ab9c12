/** A word as it stands: `from` and `to` are places in the text it was found in. */
export type Word = {
  /** In lower case, with ' for every apostrophe. */
  lower: string;
  from: number;
  to: number;
  /** French "l'", "d'", "qu'": a word to match, and none to count. */
  elided: boolean;
};

const WORD = /[\p{L}\p{M}\p{N}]+(?:['’.·-][\p{L}\p{M}\p{N}]+)*/gu;
/** In French an apostrophe ends a word. */
const WORD_FRENCH = /[\p{L}\p{M}\p{N}]+(?:[.·-][\p{L}\p{M}\p{N}]+)*['’]?/gu;
/** Scripts that put no space between words. */
const DENSE = /[\u0e00-\u0eff\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]/;
/** They stand within words and are not read. */
const INVISIBLE = /[\u00ad\u200b-\u200f\u2060\ufeff]/g;
const WITHIN_WORDS = /[\u00ad\u200b-\u200d\u2060\ufeff]/;
const segmenters = new Map<string, Intl.Segmenter>();

/** The longest that is still a word to look up: what is longer is no word of a language. In characters. */
export const LONGEST_WORD = 60;

export function wordsIn(text: string, language: string): Word[] {
  if (DENSE.test(text)) return denseWords(text, language);
  // As long as they were, so that places stay.
  const visible = WITHIN_WORDS.test(text) ? joined(text) : undefined;
  const words: Word[] = [];
  for (const match of (visible?.text ?? text).matchAll(language === "fr" ? WORD_FRENCH : WORD)) {
    const elided = language === "fr" && /['’]$/.test(match[0]);
    const from = visible ? visible.places[match.index]! : match.index;
    const to = visible ? visible.places[match.index + match[0].length - 1]! + 1 : match.index + match[0].length;
    words.push({ lower: plain(elided ? match[0].slice(0, -1) : match[0]), from, to, elided });
  }
  return words;
}

const plain = (word: string) => word.toLowerCase().replaceAll("’", "'");

/** Without what is not seen; where each character stood. */
function joined(text: string) {
  const places: number[] = [];
  const kept: string[] = [];
  for (let at = 0; at < text.length; at++) {
    if (WITHIN_WORDS.test(text[at]!)) continue;
    kept.push(text[at]!);
    places.push(at);
  }
  return { text: kept.join(""), places };
}

function denseWords(text: string, language: string): Word[] {
  let segmenter = segmenters.get(language);
  if (!segmenter) {
    segmenter = new Intl.Segmenter(language, { granularity: "word" });
    segmenters.set(language, segmenter);
  }
  const words: Word[] = [];
  for (const { segment, index, isWordLike } of segmenter.segment(text))
    if (isWordLike) words.push({ lower: plain(segment), from: index, to: index + segment.length, elided: false });
  return words;
}

/** Without what is not seen, on one line. */
export const visible = (text: string) => text.replace(INVISIBLE, "").replace(/\s+/g, " ").trim();

/** Without accents and case. */
export const folded = (word: string) =>
  word
    .normalize("NFD")
    .replace(/\p{M}+/gu, "")
    .toLowerCase()
    .replaceAll("ß", "ss")
    .replaceAll("æ", "ae")
    .replaceAll("œ", "oe")
    .replaceAll("ø", "o");

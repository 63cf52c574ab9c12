import { type ChangeObject, diffArrays } from "diff";

/** From `start` up to but without `end`, in UTF-16 code units, as JavaScript counts. */
export type Span = { start: number; end: number };
export type Texts = { before: string; after: string };
/** A stretch of both texts: the same words in both, or what stood there and what stands there now. */
export type Piece = { was: Span; is: Span; kept: boolean };

/** Beyond so many insertions and removals, texts are compared between the words that each has once: a diff takes their square. */
const MAX_EDITS = 400;
/** Between two such words, and beyond it all is taken as changed. */
const MAX_EDITS_BETWEEN = 60;
/** The squares of all these edits: a third of a second's work. What comes after it is taken as changed. */
const MAX_WORK = 4_000_000;
/** Longer stretches are compared by words and not by characters, which any two of them share. */
const MAX_SPELLED = 200;
/** Scripts without spaces are compared sign by sign. */
const UNSPACED = "\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Thai}";
/** A word has the space behind it, since spaces of their own would be matched as if they were words. */
const WORDS = new RegExp(`\\s+|(?:[${UNSPACED}]|(?:(?![${UNSPACED}])[\\p{L}\\p{M}\\p{N}])+|.)\\s*`, "gsu");
const SIGNS = /./gsu;

/**
 * What two texts have in common and what not, in their order, without a gap: by words, but for whole lines that both
 * begin and end with. Takes some tenths of a second for 400,000 characters, whatever they are.
 */
export function align(texts: Texts): Piece[] {
  const { before, after } = texts;
  const { head, tail } = commonLines(texts);
  const middle = piece(head, before.length - tail, head, after.length - tail, false);
  const pieces: Piece[] = [];
  // Both ends stay what they are: a text's first and last words have a neighbour there.
  add(pieces, piece(-1, head, -1, head, true));
  for (const piece of refine(texts, middle, WORDS)) add(pieces, piece);
  add(pieces, piece(before.length - tail, before.length + 1, after.length - tail, after.length + 1, true));
  return pieces;
}

const lengthOf = ({ start, end }: Span) => end - start;

const piece = (wasStart: number, wasEnd: number, isStart: number, isEnd: number, kept: boolean): Piece => ({
  was: { start: wasStart, end: wasEnd },
  is: { start: isStart, end: isEnd },
  kept,
});

function commonLines({ before, after }: Texts) {
  const shorter = Math.min(before.length, after.length);
  let head = 0;
  while (head < shorter && before[head] === after[head]) head++;
  head = head === 0 ? 0 : before.lastIndexOf("\n", head - 1) + 1;
  let tail = 0;
  while (tail < shorter - head && before.at(-1 - tail) === after.at(-1 - tail)) tail++;
  const lineEnd = before.indexOf("\n", before.length - tail);
  return { head, tail: lineEnd < 0 ? 0 : before.length - lineEnd - 1 };
}

/** What stayed and what changed within a piece, by its words or signs. A word stays one whatever space is behind it. */
function refine({ before, after }: Texts, { was, is }: Piece, split: RegExp): Piece[] {
  const [old, now] = [tokensOf(before, was, split), tokensOf(after, is, split)];
  const pieces: Piece[] = [];
  let [a, b] = [0, 0];
  for (const { count, added, removed } of changesIn(old.words, now.words)) {
    if (added || removed) {
      const [nextA, nextB] = [added ? a : a + count, removed ? b : b + count];
      add(pieces, piece(old.starts[a]!, old.starts[nextA]!, now.starts[b]!, now.starts[nextB]!, false));
      [a, b] = [nextA, nextB];
      continue;
    }
    for (const end = a + count; a < end; a++, b++) {
      const [wasStart, isStart, length] = [old.starts[a]!, now.starts[b]!, old.words[a]!.length];
      const [wasEnd, isEnd] = [old.starts[a + 1]!, now.starts[b + 1]!];
      const same = before.slice(wasStart + length, wasEnd) === after.slice(isStart + length, isEnd);
      add(pieces, piece(wasStart, wasStart + length, isStart, isStart + length, true));
      add(pieces, piece(wasStart + length, wasEnd, isStart + length, isEnd, same));
    }
  }
  return pieces;
}

/** Each word, and where it starts; where the last one ends as well. */
function tokensOf(text: string, { start, end }: Span, split: RegExp) {
  const tokens: string[] = text.slice(start, end).match(split) ?? [];
  const starts = [start];
  for (const token of tokens) starts.push(starts.at(-1)! + token.length);
  return { words: tokens.map((token) => token.trimEnd()), starts };
}

/** Neighbours of one kind are one piece. */
export function add(pieces: Piece[], { was, is, kept }: Piece) {
  const last = pieces.at(-1);
  if (last?.kept === kept) {
    last.was.end = was.end;
    last.is.end = is.end;
  } else if (lengthOf(was) + lengthOf(is) > 0) pieces.push({ was: { ...was }, is: { ...is }, kept });
}

type Change = Pick<ChangeObject<string[]>, "count" | "added" | "removed">;

function changesIn(was: string[], is: string[]): Change[] {
  return diffArrays(was, is, { maxEditLength: MAX_EDITS }) ?? changesBetweenLandmarks(was, is);
}

/** Patience diff: what stands between the words that each text has once, in the order that most of them share. */
function changesBetweenLandmarks(was: string[], is: string[]): Change[] {
  const changes: Change[] = [];
  let from = { was: 0, is: 0 };
  let work = 0;
  for (const to of [...landmarks(was, is), { was: was.length, is: is.length }]) {
    const [removed, added] = [was.slice(from.was, to.was), is.slice(from.is, to.is)];
    const maxEditLength = work > MAX_WORK ? 0 : MAX_EDITS_BETWEEN;
    const found: Change[] = diffArrays(removed, added, { maxEditLength }) ?? [
      { count: removed.length, removed: true, added: false },
      { count: added.length, removed: false, added: true },
    ];
    changes.push(...found);
    work += Math.min(editsIn(found), MAX_EDITS_BETWEEN) ** 2;
    from = to;
  }
  return changes;
}

const editsIn = (changes: Change[]) =>
  changes.reduce((sum, { count, added, removed }) => sum + (added || removed ? count : 0), 0);

/** The longest rising sequence of the pairs, by the piles of patience sorting. */
function landmarks(was: string[], is: string[]) {
  const places = onlyPlaces(is);
  const piles: Landmark[] = [];
  for (const [word, at] of onlyPlaces(was)) {
    const place = places.get(word);
    if (place === undefined) continue;
    let [low, high] = [0, piles.length];
    while (low < high) {
      const pile = (low + high) >> 1;
      if (piles[pile]!.is < place) low = pile + 1;
      else high = pile;
    }
    piles[low] = { was: at, is: place, previous: piles[low - 1] };
  }
  const sequence: Landmark[] = [];
  for (let last = piles.at(-1); last; last = last.previous) sequence.push(last);
  return sequence.reverse();
}
type Landmark = { was: number; is: number; previous: Landmark | undefined };

/** Where each word stands that stands there once, in their order. */
function onlyPlaces(words: string[]) {
  const places = new Map<string, number>();
  const repeated = new Set<string>();
  for (const [at, word] of words.entries()) {
    if (places.has(word)) repeated.add(word);
    else places.set(word, at);
  }
  for (const word of repeated) places.delete(word);
  return places;
}

/** A word that was corrected, sign by sign; two words that have less than half in common are two words. */
export function spell(texts: Texts, piece: Piece): Piece[] {
  const longer = Math.max(lengthOf(piece.was), lengthOf(piece.is));
  if (piece.kept || longer > MAX_SPELLED) return [piece];
  const signs = refine(texts, piece, SIGNS);
  const kept = signs.reduce((sum, sign) => sum + (sign.kept ? lengthOf(sign.was) : 0), 0);
  return kept * 2 >= longer ? signs : [piece];
}

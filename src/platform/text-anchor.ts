import { add, align, type Piece, type Span, spell, type Texts } from "./text-alignment";

/**
 * Where a passage stands in another text. Exact: the same words at the same place. Moved: the same words elsewhere.
 * Changed: what is left of it. Orphaned: nothing that is surely it.
 */
export type Anchored = ({ state: "Exact" | "Moved" | "Changed" } & Span) | { state: "Orphaned" };

/** A passage is known elsewhere by so many characters, its own and those next to it, that stand once in each text. */
const MIN_EVIDENCE = 32;
/** How far a passage's surroundings are looked at, on each side. */
const SURROUNDINGS = 64;
/** Words that stand more often than this are no evidence. */
const MAX_PLACES = 1_000;
/** A quarter of a passage's letters is left of it; less are words that any two texts share … */
const MIN_LEFT = 0.25;
/** … unless so many characters of it stand together. */
const MIN_RUN = 24;

/**
 * Compares two texts once and tells where passages of the first stand in the second. The spans asked for lie in the
 * first text and split no surrogate pair; those answered lie in the second and split none.
 */
export function anchorsInto(before: string, after: string): (passage: Span) => Anchored {
  const texts = { before, after };
  const compared = once(() => align(texts));
  const spelled = remembered((piece: Piece) => spell(texts, piece));
  return (passage) => {
    if (before === after) return { state: "Exact", ...passage };
    const near = compared().filter(({ was }) => was.start <= passage.end && was.end >= passage.start);
    const pieces: Piece[] = [];
    for (const piece of near.flatMap(spelled)) add(pieces, piece);
    const intact = intactPlace(texts, pieces, passage);
    if (intact) return { state: intact.start === passage.start ? "Exact" : "Moved", ...intact };
    const left = whatIsLeft(texts, pieces, passage);
    return left ? { state: "Changed", ...left } : { state: "Orphaned" };
  };
}

/** Whether text was split within a character: between the two halves of a surrogate pair. */
export const splitsCharacter = (text: string, at: number) =>
  /[\uD800-\uDBFF]/.test(text.charAt(at - 1)) && /[\uDC00-\uDFFF]/.test(text.charAt(at));

function once<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

function remembered<K, V>(make: (key: K) => V): (key: K) => V {
  const known = new Map<K, V>();
  return (key) => {
    const value = known.get(key) ?? make(key);
    known.set(key, value);
    return value;
  };
}

const span = (start: number, end: number): Span => ({ start, end });
const lengthOf = ({ start, end }: Span) => end - start;
const textOf = (text: string, { start, end }: Span) => text.slice(start, end);

/** All of the passage's words: where the diff says, unless a copy agrees further with what stood around them. */
function intactPlace(texts: Texts, pieces: Piece[], passage: Span): Span | undefined {
  const aligned = inPlace(texts, pieces, passage);
  const copy = elsewhere(texts, passage);
  if (!copy) return aligned;
  const evidence = lengthOf(shared(texts, passage, copy));
  const enough = aligned ? evidence > lengthOf(shared(texts, passage, aligned)) : evidence >= MIN_EVIDENCE;
  return enough ? copy : aligned;
}

/** Where all of them were kept, or next to what stood next to them and was: a diff may have cut them in two. */
function inPlace(texts: Texts, pieces: Piece[], passage: Span): Span | undefined {
  const { start, end } = passage;
  const places = [span(start, end), span(start - 1, start), span(end, end + 1)]
    .map((kept) => pieces.find((piece) => piece.kept && piece.was.start <= kept.start && piece.was.end >= kept.end))
    .filter((piece) => piece !== undefined)
    .map((piece) => shifted(piece, passage));
  return best(
    texts,
    passage,
    places.filter((place) => textOf(texts.after, place) === textOf(texts.before, passage)),
  );
}

const shifted = ({ was, is }: Piece, { start, end }: Span): Span => ({
  start: start - was.start + is.start,
  end: end - was.start + is.start,
});

/** Wherever they stand with so much around them that it is in each of the texts but once. */
function elsewhere(texts: Texts, passage: Span): Span | undefined {
  const places = placesOf(textOf(texts.before, passage), texts.after, MAX_PLACES + 1);
  const place = places.length > MAX_PLACES ? undefined : best(texts, passage, places);
  if (!place) return undefined;
  const evidence = textOf(texts.after, shared(texts, passage, place));
  const unique = [texts.before, texts.after].every((text) => placesOf(evidence, text, 2).length === 1);
  return unique ? place : undefined;
}

function placesOf(quote: string, text: string, max: number): Span[] {
  const places: Span[] = [];
  for (let at = text.indexOf(quote); at >= 0 && places.length < max; at = text.indexOf(quote, at + 1))
    places.push({ start: at, end: at + quote.length });
  return places;
}

/** A place with as much as stands next to it in the new text as stood next to the passage in the old one. */
function shared({ before, after }: Texts, passage: Span, place: Span): Span {
  let [left, right] = [0, 0];
  while (left < SURROUNDINGS && same(before[passage.start - left - 1], after[place.start - left - 1])) left++;
  while (right < SURROUNDINGS && same(before[passage.end + right], after[place.end + right])) right++;
  return { start: place.start - left, end: place.end + right };
}

const same = (one: string | undefined, other: string | undefined) => one !== undefined && one === other;

function best(texts: Texts, passage: Span, places: Span[]): Span | undefined {
  let [found, highest] = [places[0], -1];
  for (const place of places) {
    const score = lengthOf(shared(texts, passage, place));
    if (score > highest) [found, highest] = [place, score];
  }
  return found;
}

/** From the first to the last word of the passage that was kept, if that is enough of it to be called the same passage. */
function whatIsLeft({ before, after }: Texts, pieces: Piece[], passage: Span): Span | undefined {
  const parts = pieces
    .filter(({ kept, was }) => kept && was.start < passage.end && was.end > passage.start)
    .map((piece) =>
      shifted(piece, {
        start: Math.max(piece.was.start, passage.start),
        end: Math.min(piece.was.end, passage.end),
      }),
    )
    .filter((part) => lettersIn(textOf(after, part)) > 0);
  const [first, last] = [parts[0], parts.at(-1)];
  if (!first || !last) return undefined;
  const letters = parts.reduce((sum, part) => sum + lettersIn(textOf(after, part)), 0);
  const run = Math.max(...parts.map(lengthOf));
  if (letters < MIN_LEFT * lettersIn(textOf(before, passage)) && run < MIN_RUN) return undefined;
  return { start: first.start, end: last.start + textOf(after, last).trimEnd().length };
}

const lettersIn = (text: string) => text.match(/[\p{L}\p{N}]/gu)?.length ?? 0;

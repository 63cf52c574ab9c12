import { diffArrays } from "diff";
import { type Budget, isBlank, isCertain, isWord, linesOf, newBudget, wordsOf } from "./text-tokens";

/** What differs: tokens from..to of one list stand where tokens from..to of the other do. Ends are exclusive. */
export type Change = { before: Range; after: Range };
export type Range = { from: number; to: number };

/** In one gap between anchors; the library's search takes the square of it. */
const MAX_EDITS_IN_GAP = 600;
const MAX_ANCHORINGS = 6;

/**
 * The changes that lead from one list of tokens to the other, in order, with at least one equal token between two. What
 * both lists have once only is an anchor (as in patience diff), and the library compares what is between: it alone
 * would take minutes where nearly everything differs. Beyond the budget, a gap is one change.
 */
export function changesBetween(before: readonly string[], after: readonly string[], budget = newBudget()): Change[] {
  const lists = numbered(before, after);
  const changes: Change[] = [];
  const search = (a: Range, b: Range, anchorings: number) => {
    trim(lists, a, b);
    if (a.from === a.to && b.from === b.to) return;
    if (a.from === a.to || b.from === b.to) return void changes.push({ before: a, after: b });
    const anchors = anchorings > 0 ? anchorsOf(lists, a, b) : [];
    if (anchors.length === 0) return void changes.push(...editsOf(lists, a, b, budget));
    let [i, j] = [a.from, b.from];
    for (const [nextI, nextJ] of [...anchors, [a.to, b.to] as const]) {
      search({ from: i, to: nextI }, { from: j, to: nextJ }, anchorings - 1);
      [i, j] = [nextI + 1, nextJ + 1];
    }
  };
  search({ from: 0, to: before.length }, { from: 0, to: after.length }, MAX_ANCHORINGS);
  return changes;
}

/** Equal tokens have equal numbers, which are compared faster. */
type Lists = { before: number[]; after: number[] };
function numbered(before: readonly string[], after: readonly string[]): Lists {
  const numbers = new Map<string, number>();
  const numberOf = (token: string) => {
    const number = numbers.get(token) ?? numbers.size;
    numbers.set(token, number);
    return number;
  };
  return { before: before.map(numberOf), after: after.map(numberOf) };
}

function trim({ before, after }: Lists, a: Range, b: Range) {
  while (a.from < a.to && b.from < b.to && before[a.from] === after[b.from]) {
    a.from++;
    b.from++;
  }
  while (a.from < a.to && b.from < b.to && before[a.to - 1] === after[b.to - 1]) {
    a.to--;
    b.to--;
  }
}

/** Pairs of equal tokens that stand once in each range, as many as keep their order. */
function anchorsOf({ before, after }: Lists, a: Range, b: Range): [number, number][] {
  const inBefore = onceIn(before, a);
  const inAfter = onceIn(after, b);
  const pairs: [number, number][] = [];
  for (const [token, i] of inBefore) {
    const j = inAfter.get(token);
    if (i >= 0 && j !== undefined && j >= 0) pairs.push([i, j]);
  }
  return longestRising(pairs.sort(([i], [other]) => i - other));
}

/** Where each token stands; -1 for what stands there more than once. */
function onceIn(tokens: readonly number[], { from, to }: Range) {
  const places = new Map<number, number>();
  for (let at = from; at < to; at++) places.set(tokens[at]!, places.has(tokens[at]!) ? -1 : at);
  return places;
}

/** The longest run of pairs, sorted by their first, whose seconds rise too: patience sorting. */
function longestRising(pairs: [number, number][]): [number, number][] {
  const tops: number[] = [];
  const previous: number[] = [];
  for (const [at, [, j]] of pairs.entries()) {
    let [low, high] = [0, tops.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (pairs[tops[middle]!]![1] < j) low = middle + 1;
      else high = middle;
    }
    previous[at] = tops[low - 1] ?? -1;
    tops[low] = at;
  }
  const run: [number, number][] = [];
  for (let at = tops.at(-1) ?? -1; at >= 0; at = previous[at]!) run.push(pairs[at]!);
  return run.reverse();
}

function editsOf({ before, after }: Lists, a: Range, b: Range, budget: Budget): Change[] {
  const maxEditLength = Math.min(MAX_EDITS_IN_GAP, Math.floor(Math.sqrt(budget.edits)));
  const fewest = Math.abs(a.to - a.from - (b.to - b.from));
  const edits =
    fewest <= maxEditLength
      ? diffArrays(before.slice(a.from, a.to), after.slice(b.from, b.to), { maxEditLength })
      : undefined;
  if (!edits) {
    budget.exceeded = true;
    if (fewest <= maxEditLength) budget.edits -= maxEditLength ** 2;
    return [{ before: a, after: b }];
  }
  const changes: Change[] = [];
  let [i, j, made] = [a.from, b.from, 0];
  let open: Change | undefined;
  for (const { added, removed, count } of edits) {
    if (!added && !removed) {
      open = undefined;
      i += count;
      j += count;
      continue;
    }
    if (!open) {
      open = { before: { from: i, to: i }, after: { from: j, to: j } };
      changes.push(open);
    }
    if (removed) open.before.to = i += count;
    else open.after.to = j += count;
    made += count;
  }
  budget.edits -= made ** 2;
  return changes;
}

export type Operation = { kind: "Equal" | "Removed" | "Added"; text: string };
export type TextDiff = {
  /** Equal and Removed, joined, are the one text; Equal and Added are the other. */
  operations: Operation[];
  wordsAdded: number;
  wordsRemoved: number;
  /** Passages, where some were too long to be divided into words; their words are then estimated. */
  granularity: "Words" | "Passages";
};

/** Lines first, and words within the lines that differ. Takes a bounded time, whatever the texts. */
export function diffText(before: string, after: string): TextDiff {
  const budget = newBudget();
  const a = linesOf(before);
  const b = linesOf(after);
  const parts: Part[] = [];
  let at = 0;
  for (const change of changesBetween(a, b, budget)) {
    parts.push(equal(textOf(a, { from: at, to: change.before.from })));
    parts.push(...diffPassage(textOf(a, change.before), textOf(b, change.after), budget));
    at = change.before.to;
  }
  parts.push(equal(textOf(a, { from: at, to: a.length })));
  const wordsIn = (kind: Operation["kind"]) =>
    parts.reduce((sum, part) => (part.kind === kind ? sum + (part.words ?? countWords(part.text, budget)) : sum), 0);
  const [wordsAdded, wordsRemoved] = [wordsIn("Added"), wordsIn("Removed")];
  return { operations: tidied(parts), wordsAdded, wordsRemoved, granularity: budget.exceeded ? "Passages" : "Words" };
}

export const textOf = (tokens: readonly string[], { from, to }: Range) => tokens.slice(from, to).join("");

/** An operation in the making; `words` where they were counted already. */
type Part = Operation & { words?: number };
const equal = (text: string): Part => ({ kind: "Equal", text });

function diffPassage(before: string, after: string, budget: Budget): Part[] {
  const whole: Part[] = [
    { kind: "Removed", text: before },
    { kind: "Added", text: after },
  ];
  if (before === "" || after === "") return whole;
  const { head, tail } = commonEnds(before, after);
  const a = wordsOf(before.slice(head, before.length - tail), budget);
  const b = a && wordsOf(after.slice(head, after.length - tail), budget);
  if (!a || !b) return whole;
  const parts = [equal(before.slice(0, head))];
  let at = 0;
  for (const change of joinedOverBlanks(changesBetween(a, b, budget), a)) {
    parts.push(equal(textOf(a, { from: at, to: change.before.from })));
    parts.push(counted("Removed", a.slice(change.before.from, change.before.to)));
    parts.push(counted("Added", b.slice(change.after.from, change.after.to)));
    at = change.before.to;
  }
  parts.push(equal(textOf(a, { from: at, to: a.length }) + before.slice(before.length - tail)));
  return parts;
}

const counted = (kind: Operation["kind"], tokens: string[]): Part => ({
  kind,
  text: tokens.join(""),
  words: tokens.filter(isWord).length,
});

/** Two words that were replaced side by side are one change to a reader, not two with a space between. */
function joinedOverBlanks(changes: Change[], before: readonly string[]): Change[] {
  const joined: Change[] = [];
  for (const change of changes) {
    const last = joined.at(-1);
    if (last && isBlank(textOf(before, { from: last.before.to, to: change.before.from }))) {
      last.before.to = change.before.to;
      last.after.to = change.after.to;
    } else joined.push(change);
  }
  return joined;
}

/** How much two texts share at both ends, in UTF-16 code units, cut where neither a word nor a character is. */
function commonEnds(before: string, after: string) {
  const most = Math.min(before.length, after.length);
  let same = 0;
  while (same < most && before[same] === after[same]) same++;
  let head = Math.max(0, same - 1);
  while (head > 0 && !isCertain(before, head)) head--;
  same = 0;
  while (same < most - head && before[before.length - 1 - same] === after[after.length - 1 - same]) same++;
  let tail = Math.max(0, same - 1);
  while (tail > 0 && !isCertain(before, before.length - tail)) tail--;
  return { head, tail };
}

const countWords = (text: string, budget: Budget): number =>
  wordsOf(text, budget)?.filter(isWord).length ?? text.match(ROUGHLY_WORDS)?.length ?? 0;

/** Where there is no time for a dictionary: an ideograph counts as a word. */
const ROUGHLY_WORDS = /\p{Script=Han}|[\p{L}\p{M}\p{N}]+/gu;

/** What is empty left out, and neighbours of one kind joined. */
function tidied(parts: Part[]): Operation[] {
  const tidy: Operation[] = [];
  for (const { kind, text } of parts) {
    if (text === "") continue;
    const last = tidy.at(-1);
    if (last?.kind === kind) last.text += text;
    else tidy.push({ kind, text });
  }
  return tidy;
}

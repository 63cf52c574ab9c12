import { type Change, changesBetween, type Range, textOf } from "./text-diff";
import { type Budget, linesOf, newBudget, wordsOf } from "./text-tokens";

/** What both sides changed, each in its own way. */
export type Conflict = {
  base: string;
  theirs: string;
  yours: string;
  /** Where `yours` stands in the merged text, in UTF-16 code units; the end is exclusive. */
  at: { start: number; end: number };
};
export type TextMerge = { text: string; conflicts: Conflict[] };

/**
 * Three texts into one: what one side changed is taken, what both changed alike is taken once. Lines are compared first,
 * and words where both changed the same lines. Where that leaves a conflict, `yours` stands in the text and the conflict
 * tells all three, so that nothing is lost. Both sides are treated alike but for that. Takes a bounded time.
 */
export function mergeText(base: string, theirs: string, yours: string): TextMerge {
  const budget = newBudget();
  const lines = [linesOf(base), linesOf(theirs), linesOf(yours)] as const;
  let text = "";
  const conflicts: Conflict[] = [];
  for (const region of regionsOf(lines, budget)) {
    const parts = "merged" in region ? [region] : mergeWords(region, budget);
    for (const part of parts) {
      if ("merged" in part) {
        text += part.merged;
        continue;
      }
      const [was, other, own] = part.sides;
      const at = { start: text.length, end: text.length + own.length };
      conflicts.push({ base: was, theirs: other, yours: own, at });
      text += own;
    }
  }
  return { text, conflicts };
}

/** Base, theirs and yours. */
type Three<T> = readonly [base: T, theirs: T, yours: T];
type Merged = { merged: string };
type Clash = { sides: Three<string>; ranges: Three<Range> };

/** From beginning to end: what is decided, and where both sides changed the same or what touches it. */
function regionsOf(tokens: Three<readonly string[]>, budget: Budget): (Merged | Clash)[] {
  const [base, theirs, yours] = tokens;
  const left = sideOf(changesBetween(base, theirs, budget));
  const right = sideOf(changesBetween(base, yours, budget));
  const regions: (Merged | Clash)[] = [];
  let at = 0;
  for (;;) {
    const from = Math.min(left.next(), right.next());
    regions.push({ merged: textOf(base, { from: at, to: Math.min(from, base.length) }) });
    if (from === Number.POSITIVE_INFINITY) return regions;
    const starts = [from, left.placeOf(from), right.placeOf(from)] as const;
    let to = from;
    let [changedLeft, changedRight] = [false, false];
    while (Math.min(left.next(), right.next()) <= to) {
      const first = left.next() <= right.next();
      to = Math.max(to, (first ? left : right).take());
      if (first) changedLeft = true;
      else changedRight = true;
    }
    const ends = [to, left.placeOf(to), right.placeOf(to)] as const;
    const ranges = [0, 1, 2].map((n) => ({ from: starts[n]!, to: ends[n]! })) as unknown as Three<Range>;
    const sides = [0, 1, 2].map((n) => textOf(tokens[n]!, ranges[n]!)) as unknown as Three<string>;
    const [, their, your] = sides;
    if (changedLeft && changedRight && their !== your) regions.push({ sides, ranges });
    else regions.push({ merged: changedLeft ? their : your });
    at = to;
  }
}

/** One side's changes in turn, and where a place of the base between them stands on that side. */
function sideOf(changes: Change[]) {
  let taken = 0;
  return {
    /** Where in the base the next change begins. */
    next: () => changes[taken]?.before.from ?? Number.POSITIVE_INFINITY,
    /** Takes it, and says where in the base it ends. */
    take: () => changes[taken++]!.before.to,
    placeOf(inBase: number) {
      const last = changes[taken - 1];
      return last ? inBase - last.before.to + last.after.to : inBase;
    },
  };
}

/** The words of a clash; where they clash as well, all from the first to the last of these clashes is one conflict. */
function mergeWords(clash: Clash, budget: Budget): (Merged | Clash)[] {
  const [base, theirs, yours] = clash.sides.map((side) => wordsOf(side, budget));
  if (!base || !theirs || !yours) return [clash];
  const tokens = [base, theirs, yours] as const;
  const regions = regionsOf(tokens, budget);
  const clashes = regions.filter((region) => "sides" in region);
  const [first, last] = [clashes[0], clashes.at(-1)];
  if (!first || !last) return regions;
  const ranges = first.ranges.map(({ from }, n) => ({ from, to: last.ranges[n]!.to })) as unknown as Three<Range>;
  const sides = ranges.map((range, n) => textOf(tokens[n]!, range)) as unknown as Three<string>;
  return [...regions.slice(0, regions.indexOf(first)), { sides, ranges }, ...regions.slice(regions.indexOf(last) + 1)];
}

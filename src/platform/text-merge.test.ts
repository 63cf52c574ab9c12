import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { mergeText } from "./text-merge";
import { isWord, newBudget, wordsOf } from "./text-tokens";

const word = fc.constantFrom(..."spring is here the menu has four new dishes 春天 👩‍👧 é".split(" "));
const paragraph = fc.array(word, { maxLength: 10 }).map((words) => words.join(" "));
const text = fc.array(paragraph, { maxLength: 8 }).map((paragraphs) => paragraphs.join("\n"));
const edit = fc.record({
  at: fc.nat(),
  cut: fc.nat(4),
  put: fc.array(fc.oneof(word, fc.stringMatching(/^x[0-9]{3}$/)), { maxLength: 3 }),
});
const edits = fc.array(edit, { maxLength: 4 });
type Edit = { at: number; cut: number; put: string[] };

function changed(text: string, edits: Edit[]) {
  const words = text.split(/(?<=\s)/);
  for (const { at, cut, put } of edits) words.splice(at % (words.length + 1), cut, ...put.map((word) => `${word} `));
  return words.join("");
}
/** The same edits, with words that nobody else writes. */
const named = (side: string, edits: Edit[]): Edit[] =>
  edits.map((edit, n) => ({ ...edit, put: edit.put.map((_, at) => `${side}${n}x${at}`) }));
/** A text, and what two people made of it. */
const three = fc
  .tuple(text, edits, edits)
  .map(([base, theirs, yours]) => [base, changed(base, theirs), changed(base, yours)] as const);
const anyThree = fc.oneof(three, fc.tuple(text, text, text));
const runs = { numRuns: 500 };
const wordsIn = (text: string) => new Set(wordsOf(text, newBudget())!.filter(isWord));

describe("a merge", { timeout: 60_000 }, () => {
  test("of what only one side changed is that side's", () => {
    fc.assert(
      fc.property(text, text, (base, other) => {
        expect(mergeText(base, other, base)).toEqual({ text: other, conflicts: [] });
        expect(mergeText(base, base, other)).toEqual({ text: other, conflicts: [] });
        expect(mergeText(base, other, other)).toEqual({ text: other, conflicts: [] });
      }),
      runs,
    );
  });

  test("is as clean, and the same, whoever is called theirs", () => {
    fc.assert(
      fc.property(anyThree, ([base, theirs, yours]) => {
        const one = mergeText(base, theirs, yours);
        const other = mergeText(base, yours, theirs);
        expect(one.conflicts.map(({ base, theirs, yours }) => [base, theirs, yours])).toEqual(
          other.conflicts.map(({ base, theirs, yours }) => [base, yours, theirs]),
        );
        if (one.conflicts.length === 0) expect(one.text).toBe(other.text);
      }),
      runs,
    );
  });

  test("has every word that either side wrote, or tells it in a conflict, and misses none that neither took away", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(5), { maxLength: 40 }), edits, edits, (lines, left, right) => {
        const base = lines.map((breaks, n) => `w${n}${breaks === 0 ? "\n" : " "}`).join("");
        const theirs = changed(base, named("t", left));
        const yours = changed(base, named("y", right));
        const { text, conflicts } = mergeText(base, theirs, yours);
        const [was, their, your, is] = [wordsIn(base), wordsIn(theirs), wordsIn(yours), wordsIn(text)];
        const told = wordsIn(conflicts.map((conflict) => `${conflict.theirs}\n${conflict.yours}`).join("\n"));
        for (const written of [...their, ...your].filter((word) => !was.has(word)))
          expect([written, is.has(written) || told.has(written)]).toEqual([written, true]);
        for (const gone of [...was].filter((word) => !is.has(word) && !told.has(word)))
          expect([gone, their.has(gone) && your.has(gone)]).toEqual([gone, false]);
        for (const found of is)
          expect([found, was.has(found) || their.has(found) || your.has(found)]).toEqual([found, true]);
      }),
      runs,
    );
  });

  test("says where in the text each conflict stands, and each side can be made of it", () => {
    fc.assert(
      fc.property(anyThree, ([base, theirs, yours]) => {
        const { text, conflicts } = mergeText(base, theirs, yours);
        let end = 0;
        for (const { at, yours: own } of conflicts) {
          expect(at.start).toBeGreaterThanOrEqual(end);
          expect(text.slice(at.start, at.end)).toBe(own);
          end = at.end;
        }
      }),
      runs,
    );
  });

  test("keeps the order of edits that lie apart", () => {
    fc.assert(
      fc.property(fc.array(paragraph, { minLength: 3, maxLength: 8 }), fc.nat(), (paragraphs, n) => {
        const numbered = paragraphs.map((paragraph, at) => `${at}: ${paragraph}`);
        const at = n % (numbered.length - 2);
        const theirs = numbered.with(at, "Theirs, written anew.");
        const yours = numbered.with(at + 2, "Yours, written anew.");
        const both = theirs.with(at + 2, "Yours, written anew.");
        expect(mergeText(numbered.join("\n"), theirs.join("\n"), yours.join("\n"))).toEqual({
          text: both.join("\n"),
          conflicts: [],
        });
      }),
    );
  });

  test.each([
    [
      "words of one paragraph",
      "The spring menu is here, with ten dishes.",
      "The spring menu is here, with twelve dishes.",
      "The new spring menu is here, with ten dishes.",
      "The new spring menu is here, with twelve dishes.",
    ],
    [
      "neighbouring items of a list",
      "- one\n- two\n- three\n",
      "- ONE\n- two\n- three\n",
      "- one\n- TWO\n- three\n",
      "- ONE\n- TWO\n- three\n",
    ],
    ["an addition here, a removal there", "a\n\nb\n\nc\n", "a\n\nb\n\nc\n\nd\n", "b\n\nc\n", "b\n\nc\n\nd\n"],
    ["the same change on both sides", "a\nb\nc\n", "a\nB\nc\n", "a\nB\nC\n", "a\nB\nC\n"],
    [
      "words without spaces",
      "我们的春天菜单在这里",
      "我们的秋天菜单在这里",
      "我们的春天菜单在那里",
      "我们的秋天菜单在那里",
    ],
  ])("takes both sides: %s", (_, base, theirs, yours, both) => {
    expect(mergeText(base, theirs, yours)).toEqual({ text: both, conflicts: [] });
  });

  test("tells what both changed in their own way, as narrow as it is, and takes the rest", () => {
    const base = "Spring is here.\n\nThe menu has ten dishes, and wine.\n\nCome in.";
    const theirs = "Spring is here!\n\nThe menu has twelve dishes, and wine.\n\nCome in.";
    const yours = "Spring is here.\n\nThe menu has eleven dishes, and red wine.\n\nCome in.";
    expect(mergeText(base, theirs, yours)).toEqual({
      text: "Spring is here!\n\nThe menu has eleven dishes, and red wine.\n\nCome in.",
      conflicts: [{ base: "ten", theirs: "twelve", yours: "eleven", at: { start: 30, end: 36 } }],
    });
  });

  test("tells a passage that one side changed and the other removed", () => {
    const { text, conflicts } = mergeText("a\n\nThe menu.\n\nc", "a\n\nThe new menu.\n\nc", "a\n\nc");
    expect(conflicts).toMatchObject([{ theirs: expect.stringContaining("new"), yours: "" }]);
    expect(text).toBe("a\n\nc");
  });

  test("of a change and of an addition that touches it asks, on whichever side", () => {
    const told = { base: "two", theirs: "four", yours: "two!" };
    expect(mergeText("one two three", "one four three", "one two! three").conflicts).toMatchObject([told]);
    expect(mergeText("one two three", "one four three", "one (two three").conflicts).toMatchObject([
      { ...told, yours: "(two" },
    ]);
  });

  test("of two additions at one place asks in which order", () => {
    expect(mergeText("a\n", "a\nb\n", "a\nc\n").conflicts).toMatchObject([{ base: "", theirs: "b\n", yours: "c\n" }]);
  });

  test("of 400,000 characters that differ nearly everywhere ends, and loses nothing", () => {
    const lines = (mark: string) => Array.from({ length: 40_000 }, (_, n) => `${n % 7} ${mark} ${n % 3}`).join("\n");
    const [base, theirs, yours] = [lines("a"), lines("b"), lines("c")];
    const { text, conflicts } = mergeText(base, theirs, yours);
    expect(conflicts.length).toBeGreaterThan(0);
    expect(text === yours).toBe(true);
  });
});

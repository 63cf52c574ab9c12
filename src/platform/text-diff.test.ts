import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { changesBetween, diffText, type Operation } from "./text-diff";
import { newBudget } from "./text-tokens";

const one = (operations: Operation[], kinds: Operation["kind"][]) =>
  operations.filter(({ kind }) => kinds.includes(kind)).map(({ text }) => text);
const beforeOf = (operations: Operation[]) => one(operations, ["Equal", "Removed"]).join("");
const afterOf = (operations: Operation[]) => one(operations, ["Equal", "Added"]).join("");

const anyText = fc.oneof(
  fc.string({ unit: "grapheme", maxLength: 60 }),
  fc.string({ unit: "binary", maxLength: 60 }),
  fc.string({
    unit: fc.constantFrom(..."a b\n\r\t.'1,é\u0301\u200d👩👧🇩🇪กำ春天\u0600क्षि가ᄀ"),
    maxLength: 60,
  }),
);
const word = fc.constantFrom(
  "spring",
  "is",
  "here",
  "the",
  "menu",
  "**bold**",
  "[a](b)",
  "Frühling",
  "春天来了",
  "👩‍👧",
  "2,000.5",
);
const line = fc.array(word, { maxLength: 12 }).map((words) => words.join(" "));
const markdown = fc
  .array(fc.tuple(fc.constantFrom("", "# ", "- ", "> ", "| ", "```"), line), { maxLength: 12 })
  .map((lines) => lines.map(([mark, text]) => mark + text).join("\n"));
const text = fc.oneof(anyText, markdown);
/** A text, and one that came of it by a few cuts. */
const edited = fc
  .tuple(text, fc.array(fc.tuple(fc.nat(), fc.nat(20), line), { maxLength: 4 }))
  .map(([before, edits]) => {
    const characters = [...before];
    for (const [at, cut, put] of edits) characters.splice(at % (characters.length + 1), cut, put);
    return [before, characters.join("")] as const;
  });
const pair = fc.oneof(fc.tuple(text, text), edited);
const runs = { numRuns: 500 };

describe("what differs between two texts", { timeout: 60_000 }, () => {
  test("leads from the one to the other, exactly", () => {
    fc.assert(
      fc.property(pair, ([before, after]) => {
        const { operations } = diffText(before, after);
        expect([beforeOf(operations), afterOf(operations)]).toEqual([before, after]);
        for (const [at, { kind, text }] of operations.entries()) {
          expect(text).not.toBe("");
          expect(kind).not.toBe(operations[at - 1]?.kind);
        }
      }),
      runs,
    );
  });

  test("never divides what a reader sees as one character", () => {
    const graphemes = new Intl.Segmenter("und", { granularity: "grapheme" });
    const endsOf = (text: string) =>
      new Set([...graphemes.segment(text)].map(({ index, segment }) => index + segment.length));
    fc.assert(
      fc.property(pair, ([before, after]) => {
        const { operations } = diffText(before, after);
        for (const [text, kinds] of [
          [before, ["Equal", "Removed"]],
          [after, ["Equal", "Added"]],
        ] as const) {
          const ends = endsOf(text);
          let at = 0;
          for (const part of one(operations, [...kinds])) {
            at += part.length;
            expect(ends.has(at), JSON.stringify([before, after, at])).toBe(true);
          }
        }
      }),
      runs,
    );
  });

  test("is told in words, with how many came and went", () => {
    expect(diffText("Spring is here.\n\nCome in.", "Spring is nearly here.\n\nCome in!")).toEqual({
      operations: [
        { kind: "Equal", text: "Spring is " },
        { kind: "Added", text: "nearly " },
        { kind: "Equal", text: "here.\n\nCome in" },
        { kind: "Removed", text: "." },
        { kind: "Added", text: "!" },
      ],
      wordsAdded: 1,
      wordsRemoved: 0,
      granularity: "Words",
    });
  });

  test("joins words that were replaced side by side", () => {
    expect(diffText("a red fox ran", "a blue cat ran").operations).toEqual([
      { kind: "Equal", text: "a " },
      { kind: "Removed", text: "red fox" },
      { kind: "Added", text: "blue cat" },
      { kind: "Equal", text: " ran" },
    ]);
  });

  test("finds the words of languages that write no spaces", () => {
    const { operations, wordsAdded, wordsRemoved } = diffText("我们的春天菜单在这里", "我们的秋天菜单在这里");
    expect(operations).toEqual([
      { kind: "Equal", text: "我们的" },
      { kind: "Removed", text: "春天" },
      { kind: "Added", text: "秋天" },
      { kind: "Equal", text: "菜单在这里" },
    ]);
    expect([wordsAdded, wordsRemoved]).toEqual([1, 1]);
  });

  test("of nothing, and of what stayed the same, is nothing", () => {
    expect(diffText("", "").operations).toEqual([]);
    expect(diffText("Same\n", "Same\n")).toMatchObject({ operations: [{ kind: "Equal" }], wordsAdded: 0 });
    expect(diffText("", "New words").operations).toEqual([{ kind: "Added", text: "New words" }]);
  });
});

/** 200,000 tosses. */
function coin(seed: number): string[] {
  let state = seed;
  return Array.from({ length: 200_000 }, () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state < 1_073_741_824 ? "a" : "b";
  });
}

/** Texts of the most that a version may have. The suite's time limit is what a search without bounds breaks. */
describe("a text of 400,000 characters", { timeout: 60_000 }, () => {
  const long = (from: string) => from.repeat(Math.ceil(400_000 / from.length)).slice(0, 400_000);
  const paragraphs = Array.from(
    { length: 1_000 },
    (_, n) => `Paragraph ${n}: ${long("Spring is here. ").slice(0, 380)}`,
  );
  const article = paragraphs.join("\n\n");

  test("is compared word by word where little changed, however much is equal", () => {
    const after = article
      .replace("Paragraph 7: Spring is", "Paragraph 7: Spring was")
      .replace("Paragraph 990", "Section 990");
    const diff = diffText(article, after);
    expect(diff).toMatchObject({ wordsAdded: 2, wordsRemoved: 2, granularity: "Words" });
    expect(afterOf(diff.operations)).toBe(after);
  });

  test("is compared word by word although it is one line", () => {
    const before = article.replaceAll("\n\n", " ");
    const after = before.replace("Paragraph 500: Spring", "Paragraph 500: Autumn");
    expect(diffText(before, after)).toMatchObject({ wordsAdded: 1, wordsRemoved: 1, granularity: "Words" });
  });

  test("one ideograph in 400,000 is found", () => {
    const before = long("春天来了花开了");
    expect(diffText(before, `${before.slice(0, 200_001)}冬${before.slice(200_001)}`).operations).toHaveLength(3);
  });

  test.each([
    ["of lines that are all alike", coin(1).join("\n"), coin(2).join("\n")],
    ["of words that are all alike", coin(1).join(" "), coin(2).join(" ")],
    ["written anew", article, paragraphs.toReversed().join("\n\n").replaceAll("Spring", "Autumn")],
    ["without spaces", long("春天来了花开了我们的菜单"), long("秋天到了叶落了他们的歌声")],
    ["of one character and its marks", `a${long("\u0301").slice(1)}`, `b${long("\u0301").slice(1)}`],
    ["of letters that join", long("ع"), long("غ")],
  ])("%s is compared less finely, says so, and is exact", (_, before, after) => {
    const diff = diffText(before, after);
    expect(diff.granularity).toBe("Passages");
    expect(beforeOf(diff.operations) === before && afterOf(diff.operations) === after).toBe(true);
    expect(diff.wordsAdded).toBeGreaterThan(0);
  });
});

describe("the changes between two lists", { timeout: 60_000 }, () => {
  test("lie apart, and lead from the one to the other", () => {
    const tokens = fc.array(fc.constantFrom("a", "b", "c", "d", "e", "f"), { maxLength: 40 });
    fc.assert(
      fc.property(tokens, tokens, (before, after) => {
        const made = [...before];
        const changes = changesBetween(before, after);
        for (const [at, change] of changes.entries()) {
          const next = changes[at + 1];
          if (next) {
            expect(next.before.from).toBeGreaterThan(change.before.to);
            expect(next.before.from - change.before.to).toBe(next.after.from - change.after.to);
          }
        }
        for (const { before: old, after: now } of changes.toReversed())
          made.splice(old.from, old.to - old.from, ...after.slice(now.from, now.to));
        expect(made).toEqual(after);
      }),
      runs,
    );
  });

  test("are found behind a passage that is beyond comparing", () => {
    const before = [...coin(1).slice(0, 8_000), "anchor", "x", "y", "x", "y", "x"];
    const after = [...coin(2).slice(0, 8_000), "anchor", "x", "y", "y", "y", "x"];
    const budget = newBudget();
    const changes = changesBetween(before, after, budget);
    expect(changes.at(-1)).toEqual({ before: { from: 8_003, to: 8_004 }, after: { from: 8_003, to: 8_004 } });
    expect([changes.length, budget.exceeded]).toEqual([2, true]);
  });

  test("keep to what stands once where much was moved", () => {
    const before = Array.from({ length: 2_000 }, (_, n) => `line ${n}`);
    const after = before.flatMap((line, n) => (n % 2 ? [line] : [line, `new ${n}`]));
    expect(changesBetween(before, after)).toHaveLength(1_000);
  });
});

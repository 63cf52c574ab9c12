import fc from "fast-check";
import { describe, expect, test, vi } from "vitest";
import type { Span } from "./text-alignment";
import { type Anchored, anchorsInto, splitsCharacter } from "./text-anchor";

/** Thousands of texts take their time where the machine has other work. */
vi.setConfig({ testTimeout: 60_000 });

/** Words that stand once in a text, and words that edits bring in: they share no letter, so that it is known what is whose. */
const OLD = ["ba", "ce", "di", "fo", "gu", "hä", "ji", "ko", "lé", "mu"];
const oldWord = (n: number) => [...String(n).padStart(4, "0")].map((digit) => OLD[Number(digit)]).join("");
const newWord = fc.constantFrom("NEW", "ЖУК", "🙂", "👩‍🚀", "汉字", "TWO WORDS", "— ", "R\n\nS", "WXYZ".repeat(9));

type Draft = { left: string[]; passage: string[]; right: string[] };
/** Paragraphs of words that are all different, with a passage somewhere in them. */
const draft = (minimum = 1): fc.Arbitrary<Draft> =>
  fc
    .record({
      words: fc.uniqueArray(fc.nat(9_999), { minLength: minimum, maxLength: 60 }),
      from: fc.nat(),
      length: fc.nat({ max: 12 }),
      breaks: fc.array(fc.nat(60), { maxLength: 5 }),
    })
    .map(({ words, from, length, breaks }) => {
      const text = words.map((word, at) => `${oldWord(word)}${breaks.includes(at) ? ".\n\n" : " "}`);
      const start = from % (words.length - minimum + 1);
      const end = Math.min(words.length, start + minimum + length);
      const passage = text.slice(start, end);
      // The passage ends with its last word, and what parted it from the next one is no part of it.
      const last = passage.pop()!;
      const word = /^\p{L}+/u.exec(last)![0];
      return {
        left: text.slice(0, start),
        passage: [...passage, word],
        right: [last.slice(word.length), ...text.slice(end)],
      };
    });

type Edit = { at: number; remove: number; insert: string };
const edits = (insert: fc.Arbitrary<string>, maxLength = 8) =>
  fc.array(fc.record({ at: fc.nat(), remove: fc.nat({ max: 3 }), insert }), { maxLength });

function edited(words: string[], changes: Edit[]): string[] {
  const now = [...words];
  for (const { at, remove, insert } of changes) now.splice(at % (now.length + 1), remove, ...(insert && [insert]));
  return now;
}

const text = (...parts: string[][]) => parts.flat().join("");
const passageOf = ({ left, passage }: Draft): Span => ({
  start: text(left).length,
  end: text(left, passage).length,
});
const follow = (it: Draft, after: string) => anchorsInto(text(it.left, it.passage, it.right), after)(passageOf(it));
const standsAt = (it: Draft, start: number): Anchored => ({
  state: start === passageOf(it).start ? "Exact" : "Moved",
  start,
  end: start + text(it.passage).length,
});

/** Words of the passage's own, between others, so that a copy is no part of the passage's surroundings. */
const copyOf = ({ passage }: Draft) => `COPY ${text(passage)} OF IT `;
const spaced = newWord.map((word) => `${word} `);

describe("edits around a passage", () => {
  test("leave it where it is, whatever is put in, taken out and repeated elsewhere", () => {
    // A copy can't be told from a passage that stands alone.
    const among = draft().filter(({ left, right }) => left.length + right.length > 1);
    const around = among.chain((it) =>
      fc.record({
        it: fc.constant(it),
        left: edits(fc.oneof(spaced, fc.constant(copyOf(it)), fc.constant(""))),
        right: edits(fc.oneof(spaced, fc.constant(copyOf(it)), fc.constant(""))),
      }),
    );
    fc.assert(
      fc.property(around, ({ it, left, right }) => {
        // What stands next to the passage stays: nor can it be told from one that was taken out of its surroundings.
        const [before, behind] = [
          [...edited(it.left.slice(0, -1), left), ...it.left.slice(-1)],
          [...it.right.slice(0, 2), ...edited(it.right.slice(2), right)],
        ];
        // Without a space the next word would be another word.
        if (/^\p{L}/u.test(text(behind))) behind.unshift(" ");
        expect(follow(it, text(before, it.passage, behind))).toEqual(standsAt(it, text(before).length));
      }),
      { numRuns: 500 },
    );
  });

  test("may touch its ends, letter by letter", () => {
    const signs = fc.constantFrom("", "S", "“", "🙂", "Ж", "(", "**");
    fc.assert(
      fc.property(draft(), signs, signs, (it, first, last) => {
        expect(follow(it, text(it.left, [first], it.passage, [last], it.right))).toEqual(
          standsAt(it, text(it.left, [first]).length),
        );
      }),
      { numRuns: 300 },
    );
  });

  test("may take all that stood on its other side, also where the text begins or ends with it", () => {
    const first = anchorsInto("ab cd X", "ab cdZZZZZZZZZ")({ start: 0, end: 5 });
    expect(first).toEqual({ state: "Exact", start: 0, end: 5 });
    const last = anchorsInto("X ab cd", "ZZZZZZZZZab cd")({ start: 2, end: 7 });
    expect(last).toEqual({ state: "Moved", start: 9, end: 14 });
  });

  test("may put its copy next to it: one of the two is it", () => {
    fc.assert(
      fc.property(draft(), fc.constantFrom(" ", "", "\n\n"), (it, between) => {
        const after = text(it.left, it.passage, [between], it.passage, it.right);
        const second = text(it.left, it.passage, [between]).length;
        expect([standsAt(it, text(it.left).length), standsAt(it, second)]).toContainEqual(follow(it, after));
      }),
    );
  });

  test("may be more than a diff takes on", () => {
    const words = Array.from({ length: 6_000 }, (_, at) => `${oldWord(at)}${at % 60 === 59 ? ".\n\n" : " "}`);
    const it = { left: words.slice(0, 3_000), passage: words.slice(3_000, 3_010), right: words.slice(3_010) };
    const change = (from: string[]) => from.map((word, at) => (at % 5 === 0 ? "NEW " : word));
    const left = change(it.left);
    expect(follow(it, text(left, it.passage, change(it.right)))).toEqual(standsAt(it, text(left).length));
    const inside = [...it.passage.slice(0, 4), "NEW ", ...it.passage.slice(5)];
    expect(follow(it, text(left, inside, change(it.right)))).toEqual({
      state: "Changed",
      start: text(left).length,
      end: text(left, inside).trimEnd().length,
    });
  });
});

test("in a script without spaces, signs are the words", () => {
  const chapter = Array.from({ length: 300 }, (_, at) => String.fromCodePoint(0x4e00 + at)).join("");
  const passage = { start: 150, end: 160 };
  const quote = chapter.slice(150, 160);
  const many = [...chapter].map((sign, at) => (at % 3 === 0 && (at < 150 || at >= 160) ? "新" : sign)).join("");
  expect(anchorsInto(chapter, many)(passage)).toEqual({ state: "Exact", ...passage });
  const changed = many.replace(quote, `${quote.slice(0, 4)}新新${quote.slice(5)}`);
  expect(anchorsInto(chapter, changed)(passage)).toEqual({ state: "Changed", start: 150, end: 161 });
});

test("where much has changed, only words that stand once lead from one text to the other", () => {
  const filled = (word: string) => Array.from({ length: 300 }, (_, at) => `${word}${at} `).join("");
  const before = `One red green blue two ${filled("a")}`;
  const after = `red, the green, the blue, the blue! One red green NEW two ${filled("b")}`;
  const start = after.indexOf("red green");
  expect(anchorsInto(before, after)({ start: 4, end: 18 })).toEqual({ state: "Changed", start, end: start + 9 });
});

test("comparing has an end: what comes after it is taken as changed", () => {
  const filled = (word: string) => Array.from({ length: 1_300 }, (_, at) => `U${at} ${`${word} `.repeat(30)}`).join("");
  const said = "red green blue white ";
  const heard = "red green NEW white ";
  const [before, after] = [`${said}${filled("a")}${said}`, `${heard}${filled("b")}${heard}`];
  const last = before.length - said.length;
  const anchorIn = anchorsInto(before, after);
  expect(anchorIn({ start: 0, end: 20 })).toMatchObject({ state: "Changed" });
  expect(anchorIn({ start: last, end: last + 20 })).toEqual({ state: "Orphaned" });
});

describe("a passage that moved", () => {
  test("is found by its words and those next to it, also where they were repeated before", () => {
    const moving = draft(8).chain((it) =>
      fc.record({ it: fc.constant(it), other: edits(spaced), repeated: fc.boolean() }),
    );
    fc.assert(
      fc.property(moving, ({ it, other, repeated }) => {
        const right = repeated ? [...it.right, copyOf(it)] : it.right;
        const old = { ...it, right };
        const rest = edited([...it.left, "\n\n", ...right], other);
        expect(follow(old, text(rest, ["\n\n"], it.passage))).toEqual(
          repeated ? expect.objectContaining({ state: expect.any(String) }) : standsAt(old, text(rest).length + 2),
        );
      }),
    );
  });

  test.each([
    [200, "Moved"],
    [1_200, "Orphaned"],
  ])("goes with its paragraph past others, unless its words stand everywhere: %i times", (count, state) => {
    const paragraph = (n: number) => `${oldWord(n)} spring ${oldWord(n + 1_000)} ${oldWord(n + 2_000)}.\n\n`;
    const paragraphs = Array.from({ length: count }, (_, n) => paragraph(n));
    const [before, after] = [
      paragraphs.join(""),
      [paragraphs[20], ...paragraphs.slice(0, 20), ...paragraphs.slice(21)].join(""),
    ];
    const into = paragraph(20).indexOf("spring");
    const start = before.indexOf(paragraph(20)) + into;
    const now = after.indexOf(paragraph(20)) + into;
    const found = anchorsInto(before, after)({ start, end: start + 6 });
    expect(found).toEqual(state === "Moved" ? { state, start: now, end: now + 6 } : { state });
  });

  test("is not taken for another that reads the same", () => {
    const common = "We meet again in spring, as every year.";
    const before = `First. ${common} One.\n\nSecond. ${common} Two.\n\nThird.`;
    const start = before.indexOf(common);
    const passage = { start, end: start + common.length };
    expect(anchorsInto(before, `Second. ${common} Two.\n\nThird.`)(passage)).toEqual({ state: "Orphaned" });
    const short = { start: 0, end: 5 };
    expect(anchorsInto("First of all.", "Nothing. What comes First?")(short)).toEqual({ state: "Orphaned" });
  });
});

describe("edits within a passage", () => {
  const inside = draft(4).chain((it) =>
    fc.record({
      it: fc.constant(it),
      /** At most every second word goes. */
      gone: fc.subarray(
        it.passage.flatMap((_, at) => (at % 2 ? [at] : [])),
        { minLength: 1 },
      ),
      instead: fc.oneof(spaced, fc.constant("")),
      left: edits(spaced),
      right: edits(spaced),
    }),
  );

  test("leave what is left of it", () => {
    fc.assert(
      fc.property(inside, ({ it, gone, instead, left, right }) => {
        const now = it.passage.map((word, at) => (gone.includes(at) ? instead : word));
        const before = edited(it.left, left);
        const behind = [" ", ...edited(it.right, right)];
        const kept = now.filter((_, at) => !gone.includes(at));
        const start = text(before, now).indexOf(kept[0]!);
        const lastKept = kept.at(-1)!.trimEnd();
        const end = text(before, now).lastIndexOf(lastKept) + lastKept.length;
        expect(follow(it, text(before, now, behind))).toEqual({ state: "Changed", start, end });
      }),
      { numRuns: 300 },
    );
  });

  test("leave words: a sign that is left alone is none", () => {
    const after = "It says “NEW” is here, (again).";
    const found = anchorsInto("It says “Spring” is here, (again).", after)({ start: 8, end: 33 });
    expect(found).toEqual({ state: "Changed", start: after.indexOf("”"), end: after.length - 1 });
    expect(anchorsInto("It is “…” here.", "It is “!” here.")({ start: 6, end: 9 })).toEqual({ state: "Orphaned" });
  });

  test("may correct a word", () => {
    const before = "The spring lauch is near.";
    const at = before.indexOf("lauch");
    const launch = anchorsInto(before, "The spring launch is near.");
    expect(launch({ start: at, end: at + 5 })).toEqual({ state: "Changed", start: at, end: at + 6 });
    expect(anchorsInto(before, "The spring party is near.")({ start: at, end: at + 5 })).toEqual({ state: "Orphaned" });
    // A third of the letters, in their order: that is no correction.
    expect(anchorsInto("A planet.", "A pencil.")({ start: 2, end: 8 })).toEqual({ state: "Orphaned" });
  });

  test("may leave a phrase of a long one, and a few common words are none", () => {
    const before =
      "Before. In the spring of the year we open the second of the two shops that we had in the plan for so long, near the old harbour, where a hundred years ago the boats came in with oranges and tea. After.";
    const passage = { start: 8, end: before.indexOf(" After") };
    const phrase = "we open the second of the two shops";
    const cut = `Before. At last ${phrase}. After.`;
    const left = anchorsInto(before, cut)(passage);
    expect(left.state).toBe("Changed");
    if (left.state !== "Orphaned") expect(cut.slice(left.start, left.end)).toContain(phrase);
    const rewritten = "Before. Nobody knows whether the price of bread in winter goes up. After.";
    expect(anchorsInto(before, rewritten)(passage)).toEqual({ state: "Orphaned" });
  });
});

test("a passage that was deleted is an orphan, whatever else changed", () => {
  const around = draft().chain((it) => fc.record({ it: fc.constant(it), left: edits(spaced), right: edits(spaced) }));
  fc.assert(
    fc.property(around, fc.boolean(), ({ it, left, right }, replaced) => {
      const after = text(edited(it.left, left), replaced ? ["INSTEAD OF IT"] : [], edited(it.right, right));
      expect(follow(it, after)).toEqual({ state: "Orphaned" });
    }),
    { numRuns: 300 },
  );
});

describe("of any two texts", () => {
  const anything = fc.oneof(
    fc.string({ unit: "binary", maxLength: 200 }),
    fc.string({ unit: fc.constantFrom("a", "b", " ", "\n", "🙂", "👩‍🚀", "字", "é"), maxLength: 200 }),
  );
  const spanIn = (before: string) =>
    fc
      .tuple(fc.nat(before.length), fc.nat(before.length))
      .map(([one, other]) => ({ start: Math.min(one, other), end: Math.max(one, other) }))
      .filter(({ start, end }) => start < end && !splitsCharacter(before, start) && !splitsCharacter(before, end));

  test("what is answered lies within the text and between its characters, and says the same words or says that it doesn't", () => {
    const any = anything
      .filter((before) => before.length > 1)
      .chain((before) => fc.tuple(fc.constant(before), spanIn(before), anything));
    fc.assert(
      fc.property(any, ([before, passage, after]) => {
        const found = anchorsInto(before, after)(passage);
        if (found.state === "Orphaned") return;
        const { state, start, end } = found;
        expect(start).toBeGreaterThanOrEqual(0);
        expect(end).toBeGreaterThan(start);
        expect(end).toBeLessThanOrEqual(after.length);
        expect([splitsCharacter(after, start), splitsCharacter(after, end)]).toEqual([false, false]);
        const quote = before.slice(passage.start, passage.end);
        if (state !== "Changed") expect(after.slice(start, end)).toBe(quote);
        expect(state === "Exact").toBe(state !== "Changed" && start === passage.start);
      }),
      { numRuns: 1_000 },
    );
  });

  test("what was kept behind a passage is no part of it", () => {
    expect(anchorsInto("éb🙂bé👩‍🚀\n é", "bbé👩‍🚀")({ start: 0, end: 1 })).toEqual({ state: "Orphaned" });
  });

  test("the same text is the same place", () => {
    expect(anchorsInto("One two", "One two")({ start: 4, end: 7 })).toEqual({ state: "Exact", start: 4, end: 7 });
  });

  test("one with more than a diff takes on and nothing in common is told apart", () => {
    const before = Array.from({ length: 60_000 }, (_, at) => oldWord(at % 10_000)).join(" ");
    const after = "NEW WORDS ".repeat(40_000);
    expect(before.length).toBeGreaterThan(400_000);
    expect(anchorsInto(before, after)({ start: 0, end: 20 })).toEqual({ state: "Orphaned" });
    expect(anchorsInto("a ".repeat(2_000), `b ${"a ".repeat(1_999)}b`)({ start: 2, end: 3 }).state).not.toBe("Changed");
  });
});

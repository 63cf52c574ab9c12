import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { highlight, marksOf, snippet } from "./highlight";
import { partsOf } from "./words";

const marks = (query: string, ...stems: string[]) => marksOf(partsOf(query), stems);
const shown = (segments: { text: string; match: boolean }[]) =>
  segments.map(({ text, match }) => (match ? `[${text}]` : text)).join("");

describe("what matched", () => {
  test.each([
    ["spring", [], "Spring launch, springs and offspring", "[Spring] launch, [springs] and offspring"],
    ["launch spring ", [], "A launch, launches", "A [launch], launches"],
    ['"of the year"', [], "The word of the  Year, of a year", "The word [of the  Year], of a year"],
    [
      "running",
      ["run"],
      "She runs, ran and is running a runtimeservice",
      "She [runs], ran and is [running] a runtimeservice",
    ],
    ["-spring launch", [], "Spring launch", "Spring [launch]"],
    ["grosse", [], "Große Straße", "[Große] Straße"],
    ["uber", [], "ÜBER u\u0308ber über", "[ÜBER] [u\u0308ber] [über]"],
    ["ısparta", [], "ISPARTA İsparta", "[ISPARTA] [İsparta]"],
    ["京都", [], "東京都と京都", "東[京都]と[京都]"],
    ["京都", ["京都"], "京都に行く", "[京都]に行く"],
    ["e-mail", [], "An e-mail, an e mail, an email", "An [e-mail], an [e mail], an email"],
    ["a.b*c", [], "axbbc a.b*c", "axbbc [a.b*c]"],
    ["nothing", [], "Spring", "Spring"],
    ["!!!", [], "Spring!!!", "Spring!!!"],
  ])("of %j (%j) in %j is %j", (query, stems, text, right) => {
    expect(shown(highlight(text, marks(query, ...stems)))).toBe(right);
  });

  const text = fc.oneof(
    fc.string({ unit: "grapheme", maxLength: 200 }),
    fc.string({ unit: "binary", maxLength: 200 }),
    fc
      .array(fc.constantFrom("spring", "Straße", "İstanbul", "東京都", "e\u0301t\u00e9", "😀", " ", "-", "ß", "ﬁ"), {
        maxLength: 40,
      })
      .map((all) => all.join("")),
  );
  test("is cut out of the text, whatever the text and the query: put together again it is the text", () => {
    fc.assert(
      fc.property(text, text, (said, query) => {
        const segments = highlight(said, marks(query, "spring straß"));
        expect(segments.map((segment) => segment.text).join("")).toBe(said);
        for (const segment of segments) expect(segment.text).not.toBe("");
      }),
    );
  });

  test("never lies between the halves of a character", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "grapheme", maxLength: 400 }),
        fc.string({ unit: "grapheme", maxLength: 10 }),
        (said, query) => {
          for (const segment of [...highlight(said, marks(query)), ...snippet(said, marks(query))])
            expect(segment.text.isWellFormed()).toBe(true);
        },
      ),
    );
  });
});

describe("a snippet", () => {
  test("has the words without the marks of Markdown, and keeps those of code", () => {
    const body = "# Spring\n\n> The **best** of _it_:\n\n- one\n- two\n\n```ts\nconst a = b[0];\n```";
    expect(shown(snippet(body, marks("best")))).toBe("Spring The [best] of it: one two const a = b[0];");
  });

  test("of a long text lies around the first match, and says where it was cut", () => {
    const long = `${"before ".repeat(200)}needle ${"after ".repeat(200)}`;
    const text = shown(snippet(long, marks("needle")));
    expect(text).toMatch(/^…before .*\[needle\] after .*…$/);
    expect(text.length).toBeLessThan(260);
  });

  test("is the beginning where nothing can be seen to match", () => {
    expect(shown(snippet("word ".repeat(200), marks("needle")))).toMatch(/^word word .*…$/);
  });

  test("of a text without spaces is no longer than others", () => {
    const text = shown(snippet("東京".repeat(500), marks("京東")));
    expect(text.replaceAll(/[[\]]/g, "").length).toBeLessThan(250);
  });
});

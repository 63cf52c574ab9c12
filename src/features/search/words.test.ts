import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { partsOf } from "./words";

const told = (query: string) => partsOf(query).map(({ kind, text }) => `${kind} ${text}`);

describe("a query", () => {
  test.each([
    ["spring", ["Prefix spring"]],
    ["spring launch", ["Word spring", "Prefix launch"]],
    ['"spring launch"', ["Phrase spring launch"]],
    ['"spring launch', ["Phrase spring launch"]],
    ['spring "of the year" launch', ["Word spring", "Phrase of the year", "Prefix launch"]],
    ["spring -launch", ["Word spring", "Without launch"]],
    ['spring -"of the year"', ["Word spring", "Without of the year"]],
    ["e-mail", ["Prefix e-mail"]],
    ["- spring", ["Prefix spring"]],
    ["--spring", ["Without -spring"]],
    ["東京 大阪", ["Word 東京", "Prefix 大阪"]],
    ["!!! ???", []],
    ['""', []],
    ["", []],
  ])("%j is %j", (query, parts) => {
    expect(told(query)).toEqual(parts);
  });

  test("goes on after a word only, so that an exclusion at the end leaves the word before it whole", () => {
    expect(told("launch -spring")).toEqual(["Word launch", "Without spring"]);
  });

  test("of any length and kind makes parts that have letters, and never too many", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 300 }), (query) => {
        const parts = partsOf(query);
        expect(parts.length).toBeLessThanOrEqual(32);
        for (const { text } of parts) expect(text).toMatch(/[\p{L}\p{N}]/u);
      }),
    );
  });
});

import { describe, expect, it } from "vitest";
import { likeness, linksIn, namesIn, numbersIn, unfounded } from "./claims";

const SOURCE =
  'Spring starts with 3 cuts, says Mina Keller of the Botanical Garden. It cost €1,250.50 in two years. "Old wood goes first." See https://example.com/a_(b).html or ask @mina.k.';
const claimed = (text: string, language = "en") => unfounded(text, SOURCE, language).map(({ kind }) => kind);

describe("what a text claims", () => {
  it.each([
    ["3 cuts are enough", []],
    ["Three cuts are enough", []],
    ["2 years of roses", []],
    ["It cost 1.250,50", []],
    ["It cost 1250.5 euros", []],
    ["4 cuts are enough", ["Number"]],
    ["It cost 1,250.51", ["Number"]],
    ["Up by 300%", ["Number"]],
    ["The gardener Mina Keller on roses", []],
    ["Keller's roses", []],
    ["What Angela Merkel says of roses", ["Name", "Name"]],
    ["Roses, by NASA", ["Name"]],
    ["“Old wood goes first”", []],
    ["“Buy our roses now”", ["Quote"]],
    ["Ask @mina.k", []],
    ["Ask @somebody", ["Mention"]],
    ["More at https://evil.example/x", ["Link"]],
  ])("is looked up in its source: %s", (text, kinds) => {
    expect(claimed(text)).toEqual(kinds);
  });

  it("takes German nouns for words, and two capitals in a row for a name", () => {
    const source = "Im Frühjahr werden Rosen geschnitten, sagt Mina Keller.";
    expect(unfounded("Rosen brauchen einen Schnitt", source, "de")).toEqual([]);
    expect(unfounded("Das sagt Mina Keller", source, "de")).toEqual([]);
    expect(unfounded("Rosen nach Angela Merkel", source, "de").map(({ text }) => text)).toEqual(["Merkel"]);
  });

  it("finds links, numbers and names as they stand", () => {
    expect(linksIn("(https://a.example/x?y=1), https://b.example.")).toEqual([
      "https://a.example/x?y=1",
      "https://b.example",
    ]);
    expect(numbersIn("1,000 and 1.000 and zwölf")).toEqual(["1000", "12"]);
    expect(namesIn("Then Keller came. There it was.", "en")).toEqual(["Keller"]);
  });

  it("tells how alike two headlines are", () => {
    expect(likeness("When to prune your roses", "When to prune roses")).toBeGreaterThan(0.6);
    expect(likeness("When to prune your roses", "Water in the evening")).toBeLessThan(0.2);
    expect(likeness("Roses", "ROSES!")).toBe(1);
  });
});

import { describe, expect, it } from "vitest";
import { checksOf, fitted, inventionsIn, type RewriteRules } from "./check";
import { missingIn, structureOf } from "./structure";

const PASSAGE = [
  "## When to prune",
  "Prune **roses** when it is between 9 and 12 degrees, says Mina Keller, and read [the guide](https://example.com/roses).",
  "- Old wood first\n- Then the rest",
  "```sh\nprune --all\n```",
  "![A rose](asset:0f0e0d0c-0000-4000-8000-000000000001)",
].join("\n\n");
const ARTICLE =
  "# Spring\n\nThe garden is in Leipzig and has 40 kinds. See [more](content:0f0e0d0c-0000-4000-8000-000000000002).";
const rules = (over: Partial<RewriteRules> = {}): RewriteRules => ({
  way: "Rewrite",
  text: PASSAGE,
  source: `${PASSAGE}\n\n${ARTICLE}`,
  language: "en",
  ...over,
});
const warned = (answer: string, over: Partial<RewriteRules> = {}) =>
  checksOf(answer, rules(over))
    .filter(({ status }) => status === "Warn")
    .map(({ id }) => id);

describe("what an answer may not have", () => {
  it("nothing, where it is the passage in other words", () => {
    expect(inventionsIn(PASSAGE.replace("when it is", "while it is"), rules())).toEqual([]);
  });

  it.each([
    ["a number", "Prune at 17 degrees.", /Number "17"/],
    ["a name", "You prune them as Harriet does.", /Name "Harriet"/],
    ["a quote", "“Roses are for fools”, says the guide.", /Quote/],
    ["a link", "Read [this](https://evil.example/claim).", /evil\.example/],
    ["a link that is no web address", "Read [this](javascript:alert).", /javascript/],
    ["another item", "See [this](content:0f0e0d0c-0000-4000-8000-00000000dead).", /content:/],
    ["an image that carries something out", "![x](https://evil.example/p.png?q=secret)", /evil\.example/],
    ["HTML", "Prune.\n\n<script>alert(1)</script>", /script/],
    ["code", "Run `rm -rf /` first.", /rm -rf/],
    ["other code than there was", PASSAGE.replace("--all", "--none"), /prune --none/],
  ])("%s", (_, answer, fault) => {
    expect(inventionsIn(answer, rules()).join("\n")).toMatch(fault);
  });

  it("what the article around it says may be said", () => {
    expect(
      inventionsIn("In Leipzig there are 40 kinds. [More](content:0f0e0d0c-0000-4000-8000-000000000002).", rules()),
    ).toEqual([]);
    expect(inventionsIn("In Leipzig there are 40 kinds.", rules({ source: PASSAGE }))).toHaveLength(2);
  });

  it("a translation writes names as its language does, and no other number or link", () => {
    const translated =
      "Rosen schneidet man bei 9 bis 12 Grad, sagt Frau Mina Keller: [Leitfaden](https://example.com/roses).";
    expect(inventionsIn(translated, rules({ way: "Translate" }))).toEqual([]);
    expect(inventionsIn(translated.replace("12", "14"), rules({ way: "Translate" }))).toHaveLength(1);
    expect(inventionsIn(translated.replace("roses", "rosen"), rules({ way: "Translate" }))).toHaveLength(1);
  });
});

describe("what it has to keep, or it is told", () => {
  it("all is kept where nothing was changed", () => expect(warned(PASSAGE)).toEqual([]));

  it.each<[string, string, string[]]>([
    ["a link", PASSAGE.replace("[the guide](https://example.com/roses)", "the guide"), ["links"]],
    ["a picture", PASSAGE.replace(/!\[.*$/, "").trim(), ["links"]],
    ["a number", PASSAGE.replace("between 9 and 12 degrees", "mild"), ["numbers"]],
    ["a name", PASSAGE.replace("Mina Keller", "the gardener"), ["names"]],
    ["a heading", PASSAGE.replace("## When", "When"), ["structure"]],
    ["a heading's level", PASSAGE.replace("## When", "### When"), ["structure"]],
    ["a list", PASSAGE.replaceAll("- ", ""), ["structure"]],
    ["code", PASSAGE.replace(/```sh[\s\S]*?```/, ""), ["structure"]],
  ])("%s", (_, answer, ids) => expect(warned(answer)).toEqual(ids));

  it("that a shorter text is shorter, and a longer one longer", () => {
    expect(warned(PASSAGE, { way: "Shorten" })).toEqual(["length"]);
    expect(warned(PASSAGE.replace("says Mina Keller, and ", ""), { way: "Shorten" })).toEqual(["names"]);
    expect(warned(PASSAGE, { way: "Expand" })).toEqual(["length"]);
    expect(warned(`${PASSAGE}\n\nAnd some words more.`, { way: "Expand" })).toEqual([]);
  });
});

it("an answer takes the passage's place: its white space stays, and a fence around it goes", () => {
  expect(fitted("```markdown\nShort.\n```", "\n\nLonger.  ")).toBe("\n\nShort.  ");
  expect(fitted("```sh\nls\n```", "```sh\nls -l\n```\n")).toBe("```sh\nls\n```\n");
});

it("counts what is there more than once", () => {
  expect(missingIn(["a", "a", "b"], ["a"])).toEqual(["a", "b"]);
  expect(structureOf("# A\n\n1. x\n\n> y\n\n| a | b |\n| - | - |\n| 1 | 2 |\n\n---").blocks).toEqual([
    "h1",
    "numbered list",
    "quote",
    "table 2×2",
    "divider",
  ]);
});

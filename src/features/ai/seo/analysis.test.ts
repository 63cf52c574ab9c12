import { describe, expect, it } from "vitest";
import { AppError } from "@/platform/errors";
import { analyze } from "./analysis";
import type { Subject } from "./subject";
import { CHECK_IDS, type CheckId } from "./table";
import { widthOf } from "./width";

const subjectOf = (body: string, given: Partial<Subject> = {}): Subject => ({
  body,
  title: "Notes",
  description: undefined,
  slug: undefined,
  keyword: "",
  hasCover: false,
  altOf: () => undefined,
  isOwn: () => false,
  surroundings: undefined,
  now: new Date("2026-06-01T12:00:00Z"),
  ...given,
});
const found = (id: CheckId, body: string, given?: Partial<Subject>, language = "en") => {
  const { checks, skipped } = analyze(subjectOf(body, given), language);
  return checks.find((check) => check.id === id) ?? skipped.find((check) => check.id === id);
};
const quotesOf = (id: CheckId, body: string, given?: Partial<Subject>, language?: string) => {
  const check = found(id, body, given, language);
  return check && "evidence" in check ? check.evidence.passages.map(({ start, end }) => body.slice(start, end)) : [];
};

const PASSIVE = "The letter was written by the mayor.";
const ACTIVE = "He likes it. She does too. We sing. They dance.";

describe("places", () => {
  it("are those of the Markdown, whatever stands around and within the words", () => {
    const marked = "The **letter** was [written &amp; sent](https://example.com/a) by the \\*mayor\\*.";
    const body = `# Title\n\n> ${ACTIVE}\n> ${PASSIVE}\n\n- One\n\n${marked} Bye.\n`;
    expect(quotesOf("passive-voice", body)).toEqual([PASSIVE, marked]);
  });

  it("hold behind what isn't seen and beside emoji", () => {
    const body = `👍🏽 We sing 🎉. ${ACTIVE} The let\u00adter was writ\u200bten by the mayor. The letter was sent by \u202edaed\u202c Bob.`;
    expect(quotesOf("passive-voice", body)).toEqual([
      "The let\u00adter was writ\u200bten by the mayor.",
      "The letter was sent by \u202edaed\u202c Bob.",
    ]);
  });

  it("are told of headings, links, images and paragraphs", () => {
    const body = "## One\n\nSee [here](https://example.com/a).\n\n#### Deep\n\n![](https://example.com/b.png)";
    expect(quotesOf("headings", body)).toEqual(["#### Deep"]);
    expect(quotesOf("link-texts", body)).toEqual(["[here](https://example.com/a)"]);
    expect(quotesOf("image-alt", body)).toEqual(["![](https://example.com/b.png)"]);
    const long = "word ".repeat(160).trim();
    expect(quotesOf("paragraph-length", `Short.\n\n${long}\n\nShort.`)).toEqual([long]);
  });

  it("are twenty at most, with how many there are", () => {
    const check = found("link-texts", "[here](https://example.com) ".repeat(30));
    expect(check).toMatchObject({ evidence: { passageCount: 30, params: { count: 30 } } });
    expect(quotesOf("link-texts", "[here](https://example.com) ".repeat(30))).toHaveLength(20);
  });
});

describe("the surroundings", () => {
  const id = "2f6f1c5e-8f39-4b52-8f0e-0d4f6d3f5a10";
  const other = { id, title: "Other" };
  const around = (given: Partial<NonNullable<Subject["surroundings"]>>, more: Partial<Subject> = {}) => ({
    surroundings: { publishedAt: null, sameTitle: [], sameKeyword: [], deadLinks: new Set<string>(), ...given },
    ...more,
  });
  const keyword = { keyword: "spring menu" };

  it.each<[CheckId, string, string, Partial<Subject>]>([
    ["duplicate-title", "Pass", "unique", around({})],
    ["duplicate-title", "Fail", "duplicate", around({ sameTitle: [other] })],
    ["cannibalization", "Pass", "alone", around({}, keyword)],
    ["cannibalization", "Warn", "shared", around({ sameKeyword: [other] }, keyword)],
    ["cannibalization", "Fail", "shared", around({ sameKeyword: [other, other] }, keyword)],
    ["freshness", "Pass", "fresh", around({ publishedAt: new Date("2026-01-01") })],
    ["freshness", "Warn", "old", around({ publishedAt: new Date("2025-01-01") })],
    ["freshness", "Fail", "old", around({ publishedAt: new Date("2023-01-01") })],
    ["links-dead", "Pass", "none", around({})],
    ["links-dead", "Fail", "some", around({ deadLinks: new Set([id]) })],
    ["structured-data", "Pass", "whole", { hasCover: true, description: "What it is." }],
    ["structured-data", "Warn", "noImage", { description: "What it is." }],
    ["structured-data", "Warn", "noDescription", { hasCover: true }],
    ["structured-data", "Fail", "neither", {}],
  ])("%s is %s (%s)", (check, status, reason, given) => {
    expect(found(check, `See [that](content:${id.toUpperCase()}).`, given)).toMatchObject({ status, reason });
  });

  it.each<[CheckId, string, Partial<Subject>]>([
    ["freshness", "NotPublished", around({})],
    ["freshness", "NoItem", {}],
    ["cannibalization", "NoKeyword", around({})],
    ["links-dead", "NoItem", {}],
    ["keyword-density", "NoKeyword", {}],
    ["keyword-density", "TooShort", keyword],
    ["keyword-in-description", "NoDescription", keyword],
    ["keyword-title-start", "NotInTitle", keyword],
    ["title-width", "NoTitle", { title: undefined }],
    ["passive-voice", "TooShort", {}],
    ["headings", "NoHeadings", {}],
    ["image-alt", "NoImages", {}],
  ])("%s has nothing to judge: %s", (check, because, given) => {
    expect(found(check, "A text.", given)).toEqual({ id: check, because });
  });

  it("takes the library's words for an image that the text has none for", () => {
    const asset = `![](asset:${id})`;
    expect(found("image-alt", asset, { altOf: () => "A roof" })).toMatchObject({ status: "Pass" });
    expect(found("image-alt", asset, { altOf: () => "" })).toMatchObject({ status: "Fail" });
    expect(found("image-alt", asset)).toEqual({ id: "image-alt", because: "NoImages" });
  });

  it("knows its own addresses", () => {
    const isOwn = (url: string) => url.startsWith("https://own.example/");
    const body = "[a](https://own.example/s/x) [b](https://other.example) [c](../y) [d](#z) [e](mailto:a@b.example)";
    expect(quotesOf("links-internal", body, { isOwn })).toEqual(["[a](https://own.example/s/x)", "[c](../y)"]);
    expect(quotesOf("links-external", body, { isOwn })).toEqual(["[b](https://other.example)"]);
  });
});

describe("the score", () => {
  it("is what passed, and every check is judged or told why not", () => {
    const { score, categories, checks, skipped } = analyze(subjectOf("We sing."), "en");
    expect([...checks, ...skipped].map(({ id }) => id).sort()).toEqual([...CHECK_IDS].sort());
    const worth = { Pass: 1, Warn: 0.5, Fail: 0 };
    const all = checks.reduce((sum, { weight }) => sum + weight, 0);
    const reached = checks.reduce((sum, { weight, status }) => sum + weight * worth[status], 0);
    expect(score).toBe(Math.round((100 * reached) / all));
    expect(categories.every((category) => category.score >= 0 && category.score <= 100)).toBe(true);
    const ranks = checks.map(({ status }) => worth[status]);
    expect(ranks).toEqual([...ranks].sort());
  });

  it("judges no sentences of a language that it doesn't know, and the rest all the same", () => {
    const { checks, skipped } = analyze(subjectOf("Det var en gång. ".repeat(20)), "sv");
    expect(skipped).toContainEqual({ id: "passive-voice", because: "LanguageUnknown" });
    expect(checks.map(({ id }) => id)).toContain("text-length");
  });
});

it.each([
  ["MMMMMMMMMM", 20, 166.6],
  ["iiiiiiiiii", 20, 44.4],
  ["How to grind coffee beans at home without a grinder", 20, 463.2],
  ["Zürich: Straße – “quoted” … 50 € & more", 14, 254.4],
  ["Ça coûte 3 % de moins, ¿verdad?", 14, 211.7],
])("measures %s as Chromium does in Liberation Sans, which is as wide as Arial", (text, sizePx, pixels) => {
  expect(Math.abs(widthOf(text, sizePx) - pixels)).toBeLessThanOrEqual(1);
  expect(widthOf(text.normalize("NFD"), sizePx)).toBe(widthOf(text, sizePx));
});

describe("hostile texts", () => {
  /** Enough to take what is quadratic beyond its time; what is longer than is judged is cut. */
  const MOST_CHARACTERS = 25_000;
  const fill = (piece: string) => piece.repeat(Math.floor(MOST_CHARACTERS / piece.length));
  /** Half a second and 15 ms per 1,000 characters of what is judged, and what a busy machine adds. */
  const MOST_MS = 8_000;

  it.each([
    ["one word", "a".repeat(1_048_576)],
    ["an endless paragraph", "We are told. ".repeat(80_000)],
    ["one word with points", fill("a.")],
    ["words without an end", fill("word ")],
    ["links", fill("[a](/b) ")],
    ["links in lines", fill("[a](/b)\n\n")],
    ["images", fill("![](/b)\n\n")],
    ["headings", fill("# a\n\n")],
    ["deep headings and lists", fill("- a\n")],
    ["nested lists", Array.from({ length: 150 }, (_, at) => `${"  ".repeat(at)}- a`).join("\n")],
    ["deep quotes", `${"> ".repeat(5_000)}a`],
    ["open brackets", fill("[")],
    ["stars", fill("*a")],
    ["entities", fill("&amp;")],
    ["escapes", fill("\\*")],
    ["zero width", fill("a\u200b")],
    ["right to left", fill("\u202eشكرا جزيلا. ")],
    ["combining marks", `a${"\u0301".repeat(300_000)}`],
    ["no spaces", fill("日本語の文章。")],
    ["emoji", fill("👩‍👩‍👧‍👦")],
    ["apostrophes", fill("l'a ")],
    ["a table", `|a|b|\n|-|-|\n${"|c|d|\n".repeat(4_000)}`],
    ["points", fill(". ")],
  ])("%s: answered or refused, in time", (_, body) => {
    const before = performance.now();
    try {
      const { score } = analyze(subjectOf(body, { keyword: "a word" }), "en");
      expect(score).toBeGreaterThanOrEqual(0);
    } catch (refused) {
      expect(refused).toBeInstanceOf(AppError);
    }
    expect(performance.now() - before).toBeLessThan(MOST_MS);
  });
});

it("judges the beginning of a text that is longer than a book's chapter", () => {
  const body = `${"word ".repeat(40)}\n\n`.repeat(600);
  expect(analyze(subjectOf(body), "en")).toMatchObject({ isWhole: false });
  expect(analyze(subjectOf("We sing."), "en")).toMatchObject({ isWhole: true });
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { aPublication } from "#tests/peers/adapter-contract";
import type { Limits } from "@/channels/adapter";
import { limits as bluesky } from "@/channels/bluesky/limits";
import { checkParts } from "@/channels/check-parts";
import { defaultParts, textsOf } from "@/channels/default-parts";
import { countBytes, countGraphemes } from "@/channels/text";

const short = (maxGraphemes: number): Limits => ({ ...bluesky, maxGraphemes });
const made = (changes: Parameters<typeof aPublication>[0], limits = bluesky) =>
  defaultParts(aPublication(changes), limits);

describe("parts by rule", () => {
  it("are title, excerpt and link", () => {
    expect(made({})).toEqual([
      "How we plan a quarter\n\nWhat we learnt from four quarters of planning in the open.\n\nhttps://example.com/plan",
    ]);
    expect(made({ canonicalUrl: undefined, excerpt: "" })).toEqual(["How we plan a quarter"]);
    expect(made({ title: " ", excerpt: "\n", canonicalUrl: undefined })).toEqual([]);
  });

  it("cut the excerpt at a word, then leave it out, then cut the title; the link stays whole", () => {
    expect(made({}, short(70))).toEqual(["How we plan a quarter\n\nWhat we learnt from…\n\nhttps://example.com/plan"]);
    expect(made({}, short(48))).toEqual(["How we plan a quarter\n\nhttps://example.com/plan"]);
    expect(made({}, short(38))).toEqual(["How we plan…\n\nhttps://example.com/plan"]);
    expect(made({}, short(24))).toEqual(["https://example.com/plan"]);
    expect(made({}, short(23))).toEqual(["How we plan a quarter"]);
  });

  it("cut where there are no words to cut at, and never inside a character", () => {
    expect(made({ title: "계획".repeat(300), excerpt: "", canonicalUrl: undefined })).toEqual([
      `${"계획".repeat(149)}계…`,
    ]);
    const [text] = made({ title: "👩‍👩‍👧".repeat(400), excerpt: "", canonicalUrl: undefined });
    expect(text).toBe(`${"👩‍👩‍👧".repeat(166)}…`);
    expect(countBytes(text!)).toBe(2991);
  });

  it("always pass the check of the limits that they were made for", () => {
    const words = fc.oneof(
      fc.string({ unit: "grapheme", maxLength: 900 }),
      fc.lorem({ maxCount: 120 }),
      fc.string({ unit: "binary", maxLength: 400 }),
      fc
        .array(fc.constantFrom(" ", "\n", ",", "e\u0301", "👩‍👩‍👧", "क्षि", "\u0600a", "word"), { maxLength: 500 })
        .map((all) => all.join("")),
    );
    const link = fc.option(
      fc.webUrl({ withQueryParameters: true }).chain((url) => fc.nat(400).map((more) => `${url}/${"x".repeat(more)}`)),
      { nil: undefined },
    );
    const limits = fc.record({
      form: fc.constant("thread" as const),
      maxParts: fc.constant(25),
      maxGraphemes: fc.option(fc.integer({ min: 2, max: 300 }), { nil: undefined }),
      maxBytes: fc.option(fc.integer({ min: 200, max: 3000 }), { nil: undefined }),
      maxImages: fc.constant(0),
    });
    fc.assert(
      fc.property(words, words, link, limits, (title, excerpt, canonicalUrl, limit) => {
        const publication = aPublication({ title, excerpt, canonicalUrl });
        const parts = defaultParts(publication, limit);
        expect(parts.length).toBeLessThanOrEqual(1);
        const errors = checkParts(publication, limit, "Test").filter(({ severity }) => severity === "Error");
        const hasText = `${title}${canonicalUrl ?? ""}`.trim() !== "";
        if (parts.length > 0) expect(errors).toEqual([]);
        else expect(errors.map(({ code }) => code)).toEqual(["nothing_to_send"]);
        // Short words always find room, so that nothing is lost that could have been said.
        if (hasText && countGraphemes(title.trim()) === title.trim().length && title.trim() !== "") {
          expect(parts).toHaveLength(1);
        }
        const fitsAlone =
          canonicalUrl !== undefined &&
          canonicalUrl.length <= Math.min(limit.maxGraphemes ?? Infinity, limit.maxBytes ?? Infinity);
        if (fitsAlone) expect(parts[0]).toContain(canonicalUrl);
      }),
      { numRuns: 300 },
    );
  });
});

describe("texts", () => {
  it("are the adaptation's where there is one, else the article's or made by rule", () => {
    const article: Limits = {
      form: "article",
      maxParts: 1,
      maxGraphemes: undefined,
      maxBytes: undefined,
      maxImages: 0,
    };
    expect(textsOf(aPublication({ parts: ["a", "b"] }), bluesky)).toEqual(["a", "b"]);
    expect(textsOf(aPublication({ parts: ["a", "b"] }), article)).toEqual(["a\n\nb"]);
    expect(textsOf(aPublication(), article)).toEqual([aPublication().body]);
    const fields = (["title", "excerpt", "body"] as const).map((name) => ({ ...article, name }));
    expect(textsOf(aPublication({ parts: ["a", "b", "c", "d"] }), { ...article, fields })).toEqual(["c\n\nd"]);
    expect(textsOf(aPublication(), { ...article, fields })).toEqual([aPublication().body]);
    expect(textsOf(aPublication(), bluesky)).toEqual(defaultParts(aPublication(), bluesky));
  });
});

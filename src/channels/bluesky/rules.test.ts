import { RichText } from "@atproto/api";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { aPublication } from "#tests/peers/adapter-contract";
import { findSpans, preview } from "@/channels/bluesky/preview";
import { validate } from "@/channels/bluesky/validate";
import { countBytes, countGraphemes } from "@/channels/text";

const codes = (...parts: string[]) => validate(aPublication({ parts })).map(({ code, position }) => [code, position]);

describe("Bluesky's limits", () => {
  it("are counted in graphemes and in bytes, up to the last one", () => {
    expect(codes("x".repeat(300))).toEqual([]);
    expect(codes("x".repeat(301))).toEqual([["part_too_long", 0]]);
    expect(codes("ok", "👩‍👩‍👧".repeat(166))).toEqual([]);
    expect(codes("ok", "👩‍👩‍👧".repeat(167))).toEqual([["part_too_large", 1]]);
    expect(codes("ok", "👩‍👩‍👧".repeat(301))).toEqual([
      ["part_too_long", 1],
      ["part_too_large", 1],
    ]);
    expect(codes("ok", " \n")).toEqual([["part_empty", 1]]);
    expect(codes(...Array.from({ length: 25 }, () => "ok"))).toEqual([]);
    expect(codes(...Array.from({ length: 26 }, () => "ok"))).toEqual([["too_many_parts", undefined]]);
  });

  it("are counted as Bluesky's own library counts", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: "grapheme" }), fc.string({ unit: "binary" })), (text) => {
        const rich = new RichText({ text });
        expect([countGraphemes(text), countBytes(text)]).toEqual([rich.graphemeLength, rich.length]);
      }),
    );
  });

  it("tell that title, excerpt and link stand in for an adaptation", () => {
    expect(validate(aPublication())).toMatchObject([{ severity: "Warning", code: "no_adaptation" }]);
    const nothing = aPublication({ title: "", excerpt: "", canonicalUrl: undefined });
    expect(validate(nothing)).toMatchObject([{ severity: "Error", code: "nothing_to_send" }]);
  });
});

describe("Bluesky's preview", () => {
  it("escapes the text, and marks what becomes clickable", () => {
    const text = "<b> @brand.test see\nhttps://example.com/?a=1&b=2. #Launch!";
    expect(preview(aPublication({ parts: [text] })).parts).toEqual([
      {
        html:
          '&lt;b&gt; <span class="mention">@brand.test</span> see<br>' +
          '<a href="https://example.com/?a=1&amp;b=2" rel="nofollow noopener noreferrer" target="_blank">' +
          'https://example.com/?a=1&amp;b=2</a>. <span class="tag">#Launch</span>!',
        length: 58,
        limit: 300,
        images: [],
      },
    ]);
  });

  it("marks what Bluesky's library would mark", () => {
    const token = fc.constantFrom(
      "word",
      "@brand.bsky.social",
      "(@brand.test)",
      "@nobody",
      "me@example.com",
      "https://example.com",
      "https://example.com/a?b=c#d",
      "https://example.com/a.",
      "(https://example.com/a)",
      "https://example.com/a_(b)",
      "HTTP://EXAMPLE.COM/",
      "https://example.com/'\"<>",
      "#launch",
      "#launch!",
      "#2026",
      "#q3-plan",
      "#＃",
      "##",
      "#",
      "＃計画",
      "👩‍👩‍👧",
    );
    const text = fc.array(fc.tuple(token, fc.constantFrom(" ", "\n", "  ")), { maxLength: 12 });
    fc.assert(
      fc.property(text, (tokens) => {
        const written = tokens.flat().join("");
        const rich = new RichText({ text: written });
        rich.detectFacetsWithoutResolution();
        const bytes = Buffer.from(written);
        const theirs = (rich.facets ?? []).map(({ index }) =>
          bytes.subarray(index.byteStart, index.byteEnd).toString(),
        );
        expect(findSpans(written).map(({ start, end }) => written.slice(start, end))).toEqual(theirs);
      }),
      { numRuns: 1000 },
    );
  });
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { aPublication } from "#tests/peers/adapter-contract";
import { articleHtml } from "@/channels/article-html";
import { ADAPTABLE } from "@/channels/network-names";
import { ADAPTABLE_RULES, canConnect, rulesOf } from "@/channels/networks";
import { htmlBytesOf, MAX_BODY_BYTES } from "@/channels/newsletter/limits";
import { CHANNEL_RULES } from "@/channels/rules";

const found = (network: keyof typeof ADAPTABLE_RULES, ...parts: string[]) =>
  ADAPTABLE_RULES[network]
    .validate(aPublication({ parts }))
    .map(({ severity, code, position }) => [severity, code, position] as const);
const errors = (...asked: Parameters<typeof found>) =>
  found(...asked).flatMap(([severity, code]) => (severity === "Error" ? [code] : []));

it("keeps what can be connected apart from what can be adapted for", () => {
  expect(ADAPTABLE.filter(canConnect)).toEqual(["bluesky", "mastodon", "linkedin", "wordpress"]);
  for (const network of ADAPTABLE)
    expect(rulesOf(network)).toMatchObject({ network, ...(canConnect(network) && CHANNEL_RULES[network]) });
  expect(rulesOf("site")).toBe(CHANNEL_RULES.site);
});

describe("limits, up to the last character", () => {
  it("X: 280 as it counts", () => {
    expect(errors("x", "x".repeat(280), "計".repeat(140), `${"x".repeat(257)} https://test.com`.slice(1))).toEqual([]);
    expect(errors("x", "x".repeat(281))).toEqual(["part_too_long"]);
    expect(errors("x", "計".repeat(141))).toEqual(["part_too_long"]);
  });
  it("LinkedIn: 3,000, one post", () => {
    expect(errors("linkedin", "x".repeat(3_000))).toEqual([]);
    expect(errors("linkedin", "x".repeat(3_001))).toEqual(["part_too_long"]);
    expect(errors("linkedin", "👍".repeat(1_501))).toEqual(["part_too_long"]);
    expect(errors("linkedin", "one", "two")).toEqual(["too_many_parts"]);
  });
  it("Instagram: 2,200, 30 hashtags, 20 mentions; links are words, and a picture is needed", () => {
    const tags = (count: number) => Array.from({ length: count }, (_, index) => `#t${index}`).join(" ");
    const mentions = (count: number) => Array.from({ length: count }, (_, index) => `@m${index}`).join(" ");
    expect(errors("instagram", "x".repeat(2_200))).toEqual([]);
    expect(errors("instagram", "x".repeat(2_201))).toEqual(["part_too_long"]);
    expect(errors("instagram", tags(30))).toEqual([]);
    expect(errors("instagram", tags(31))).toEqual(["too_many_tags"]);
    expect(errors("instagram", mentions(20))).toEqual([]);
    expect(errors("instagram", mentions(21))).toEqual(["too_many_mentions"]);
    expect(found("instagram", `https://a.example ${tags(6)}`).map(([, code]) => code)).toEqual([
      "links_are_words",
      "many_tags",
      "image_missing",
    ]);
  });
  it("newsletter: a subject, a preheader, a body that mail clients don't cut off", () => {
    expect(found("newsletter", "Roses", "What to cut", "# Text")).toEqual([]);
    expect(errors("newsletter", "Roses", "What to cut")).toEqual(["field_missing"]);
    expect(errors("newsletter", "Roses\nBcc: all", "What to cut", "Text")).toEqual(["line_broken"]);
    expect(errors("newsletter", "x".repeat(151), "What", "Text")).toEqual(["part_too_long"]);
    expect(found("newsletter", "x".repeat(51), "What", "Text")).toEqual([["Warning", "subject_long", 0]]);
    const half = "x".repeat(MAX_BODY_BYTES / 2 - htmlBytesOf(""));
    expect(errors("newsletter", "Roses", "What", half, half)).toEqual([]);
    expect(errors("newsletter", "Roses", "What", half, `${half}x`)).toEqual(["message_too_large"]);
  });
  it("WordPress: a title, an excerpt and a body", () => {
    expect(found("wordpress", "Roses", "What to cut", "## Text\n\n![A rose](asset:1)")).toEqual([
      ["Warning", "library_images", 2],
    ]);
    expect(errors("wordpress", "Roses", " ", "Text")).toEqual(["part_empty"]);
  });
});

it("reckons no newsletter smaller than its HTML", () => {
  const mark = fc.constantFrom(
    "*",
    "**",
    "_",
    "~~",
    "`",
    "# ",
    "> ",
    "- ",
    "1. ",
    "|",
    "\n",
    "\n\n",
    "[a](https://a.example)",
    "<b>",
    "&",
    "\\",
    "www.a.example",
    "a@b.example",
    "word ",
    "é",
    "👍",
    "![a](https://a.example/b.png)",
    "---",
    "|a|b|\n|-|-|\n|c|d|\n",
  );
  fc.assert(
    fc.property(fc.array(mark, { maxLength: 60 }), (marks) => {
      const text = marks.join("");
      expect(htmlBytesOf(text)).toBeGreaterThanOrEqual(Buffer.byteLength(articleHtml(text)));
    }),
    { numRuns: 400 },
  );
});

describe("previews", () => {
  const shown = (network: keyof typeof ADAPTABLE_RULES, ...parts: string[]) =>
    ADAPTABLE_RULES[network].preview(aPublication({ parts })).parts;
  it("escape what was written, and count as the network does", () => {
    for (const network of ADAPTABLE) {
      for (const { html } of shown(
        network,
        "<script>1</script>",
        "<img src=x onerror=1>",
        "<script>1</script>\n\n[a](javascript:1)",
      )) {
        expect(html).not.toMatch(/<script|<img|href="javascript:/);
      }
    }
    expect(shown("x", "See test.com @ana #Spring")).toMatchObject([
      {
        html: 'See <a href="https://test.com" rel="nofollow noopener noreferrer" target="_blank">test.com</a> <span class="mention">@ana</span> <span class="tag">#Spring</span>',
        length: 40,
        limit: 280,
      },
    ]);
    expect(shown("instagram", "https://a.example")).toMatchObject([
      { html: "https://a.example", length: 17, limit: 2_200 },
    ]);
    expect(shown("newsletter", "Roses", "What", "## Now", "*Then*").map(({ field, html }) => [field, html])).toEqual([
      ["subject", "<p>Roses</p>"],
      ["preheader", "<p>What</p>"],
      ["body", "<h2>Now</h2>"],
      ["body", "<p><em>Then</em></p>"],
    ]);
  });
});

it("counts a part of hostile text, as long as one can be, in no time that matters", () => {
  const hostile = ["a", "a.", "@", "https://", "a.co/(", "((", "a_", "www.", "?!", "\u200d", "#", "a@"];
  for (const piece of hostile) {
    const text = `https://a.co/${piece.repeat(Math.floor(9_900 / piece.length))}`;
    const began = performance.now();
    for (const network of ADAPTABLE) ADAPTABLE_RULES[network].validate(aPublication({ parts: [text, "b", text] }));
    expect([piece, performance.now() - began < 5_000]).toEqual([piece, true]);
  }
});

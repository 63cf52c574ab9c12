import { describe, expect, it } from "vitest";
import { aPublication, partsFor } from "#tests/peers/adapter-contract";
import { createWordPressAdapter } from "@/channels/wordpress/adapter";
import { toBlocks } from "@/channels/wordpress/blocks";
import { markerOf, postOf } from "@/channels/wordpress/content";
import { wordpressRules } from "@/channels/wordpress/rules";

const adapter = createWordPressAdapter();
const codes = (changes: Parameters<typeof aPublication>[0]) =>
  wordpressRules.validate(aPublication(changes)).map(({ severity, code }) => [severity, code]);

describe("WordPress' rules", () => {
  it("take an article as it is, and an adaptation by its fields", () => {
    expect(codes({})).toEqual([]);
    expect(codes({ title: " " })).toEqual([["Error", "title_missing"]]);
    expect(codes({ body: "" })).toEqual([["Warning", "body_empty"]]);
    expect(codes({ parts: ["Title", "Excerpt", "Body"] })).toEqual([]);
    expect(codes({ parts: ["Title", "Excerpt"] })).toEqual([["Error", "field_missing"]]);
    expect(codes({ parts: ["Two\nlines", "Excerpt", "Body"] })).toEqual([["Error", "line_broken"]]);
  });

  it("say that files stay behind, and nothing of pictures, which go along", () => {
    expect(codes({ body: "![A rose](asset:1) and [a file](asset:2)" })).toEqual([["Warning", "library_files"]]);
    expect(codes({ parts: ["Title", "Excerpt", "![A rose](asset:1)"] })).toEqual([]);
  });

  it("make one post of all the parts, and show what is in it", () => {
    const context = { fetch, clock: { now: () => new Date(0) }, signal: new AbortController().signal };
    const parts = (changes = {}) => partsFor(adapter, aPublication(changes), context).map(({ text }) => text);
    expect(parts()).toEqual([aPublication().body]);
    expect(parts({ parts: ["Title", "Excerpt", "One", "Two"] })).toEqual(["One\n\nTwo"]);
    const html = (changes = {}) => wordpressRules.preview(aPublication(changes)).parts.map((part) => part.html);
    expect(html({ title: "<b>" })).toEqual([
      "<h1>&lt;b&gt;</h1>\n<h1>Plan</h1>\n<p>What we <strong>learnt</strong>.</p>",
    ]);
    expect(html({ parts: ["Title", "Excerpt", "*Body*"] })).toEqual([
      "<p>Title</p>",
      "<p>Excerpt</p>",
      "<p><em>Body</em></p>",
    ]);
  });
});

describe("a post", () => {
  const part = { position: 0, key: "k1", createdAt: new Date(0), text: "<script>1</script>\n\nText", images: [] };

  it("has its marker in a block that shows nothing, the same each time", () => {
    const post = () => postOf(aPublication({ title: "<i>A & b" }), part, { byAsset: new Map(), featured: undefined });
    expect(post()).toEqual(post());
    expect(post()).toMatchObject({
      title: "&lt;i&gt;A &amp; b",
      content: `<!-- wp:paragraph -->\n<p>Text</p>\n<!-- /wp:paragraph -->\n\n<!-- wp:html -->\n<!-- ${markerOf("k1")} -->\n<!-- /wp:html -->`,
    });
  });

  it.each([
    ["a line that goes on", "<p>a\nb</p>", "<!-- wp:paragraph -->\n<p>a\nb</p>\n<!-- /wp:paragraph -->"],
    ["a shortcode", "<p>[gallery]</p>", "<!-- wp:paragraph -->\n<p>&#91;gallery]</p>\n<!-- /wp:paragraph -->"],
    [
      "code with addresses alone on their lines",
      "<pre><code>https://a.example/1\n  HTTPS://a.example/2?a&amp;b\n\nhttp://a.example/3\n</code></pre>",
      '<!-- wp:code -->\n<pre class="wp-block-code"><code>https://a.example/1\n  HTTPS:&#47;&#47;a.example/2?a&amp;b\n\nhttp:&#47;&#47;a.example/3</code></pre>\n<!-- /wp:code -->',
    ],
    [
      "such code in a list",
      "<ul><li><pre><code>a\nhttps://a.example/1\n</code></pre></li></ul>",
      "<!-- wp:html -->\n<ul><li><pre><code>a\nhttps:&#47;&#47;a.example/1\n</code></pre></li></ul>\n<!-- /wp:html -->",
    ],
    [
      "a list that begins at three",
      '<ol start="3"><li>a</li></ol>',
      '<!-- wp:list {"ordered":true,"start":3} -->\n<ol start="3"><!-- wp:list-item -->\n<li>a</li>\n<!-- /wp:list-item --></ol>\n<!-- /wp:list -->',
    ],
    [
      "a list of more than lines",
      "<ul><li><p>a</p><pre><code>b</code></pre></li></ul>",
      "<!-- wp:html -->\n<ul><li><p>a</p><pre><code>b</code></pre></li></ul>\n<!-- /wp:html -->",
    ],
    [
      "a picture from elsewhere",
      '<p><img src="https://a.example/b.png" alt="B" loading="lazy"></p>',
      '<!-- wp:image -->\n<figure class="wp-block-image"><img src="https://a.example/b.png" alt="B" /></figure>\n<!-- /wp:image -->',
    ],
  ])("writes %s as the block editor would", (_what, html, blocks) => {
    expect(toBlocks(html, new Map())).toBe(blocks);
  });
});

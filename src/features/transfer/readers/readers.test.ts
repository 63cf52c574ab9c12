import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readWhole, type Whole } from "#tests/factories/whole";
import { detect, openSource, readEntries } from "./detect";
import { type Found, isPiece } from "./entry";
import { divide, fieldsOf } from "./front-matter";

type Told = Awaited<ReturnType<typeof readWhole>>;
const isWhole = (one: Told): one is Whole => "rawHash" in one;

let base: string;
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), "contentos-readers-"));
});
afterEach(() => rmSync(base, { recursive: true, force: true }));

async function read(files: Record<string, string | Buffer>, options: { encoding?: string } = {}): Promise<Told[]> {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(base, path)), { recursive: true });
    writeFileSync(join(base, path), content);
  }
  const [only] = Object.keys(files);
  const path = Object.keys(files).length === 1 && /\.xml$/.test(only!) ? join(base, only!) : base;
  const source = await openSource(path, path.split("/").at(-1)!);
  const found: Told[] = [];
  for await (const one of readEntries(source, await detect(source), options)) found.push(await readWhole(one));
  await source.close();
  return found;
}
async function entry(...args: Parameters<typeof read>): Promise<Whole> {
  const [one] = await read(...args);
  if (!one || !isWhole(one)) throw new Error(JSON.stringify(one));
  return one;
}
const problem = async (...args: Parameters<typeof read>) => {
  const [one] = await read(...args);
  return one && "problem" in one ? one.problem : undefined;
};

it("tells entries apart without reading what they say, and reads each once", async () => {
  writeFileSync(join(base, "a.html"), "<title>A</title><p>Text");
  writeFileSync(join(base, "deep.html"), "<div>".repeat(20_000));
  const source = await openSource(base, "base");
  const found: Found[] = [];
  for await (const one of readEntries(source, await detect(source), {})) found.push(one);
  const [fine, deep] = found.filter(isPiece);
  expect(found.map(({ key }) => key)).toEqual(["a.html", "deep.html"]);
  expect(fine!.read()).toBe(fine!.read());
  // Whoever had read it would have told.
  expect(() => deep!.read()).toThrow("too intricate");
});

describe("front matter", () => {
  it.each([
    [
      "Jekyll",
      "title: A\ndate: 2024-02-03 10:00:00 +0100\ncategories: [x]\ntags: [y]\nlayout: post",
      "2024-02-03T09:00:00.000Z",
    ],
    [
      "Hugo",
      'title: "A"\npublishDate: 2024-02-03T09:00:00Z\ncategories: ["x"]\ntags: ["y"]\ndraft: false\nlayout: post',
      "2024-02-03T09:00:00.000Z",
    ],
    [
      "Astro",
      "title: A\npubDatetime: 2024-02-03T09:00:00.000Z\ncategory: x\ntags:\n  - y\nlayout: post",
      "2024-02-03T09:00:00.000Z",
    ],
  ])("of %s is understood in its own words, and what nobody knows is kept", async (_, yaml, publishedAt) => {
    expect(await entry({ "a.md": `---\n${yaml}\n---\nText` })).toMatchObject({
      title: "A",
      publishedAt,
      status: "Published",
      categories: ["x"],
      tags: ["y"],
      extra: { layout: "post" },
      body: "Text",
    });
  });

  it("says what it is when it is missing: the title is the heading, or the name; a dated name is a date", async () => {
    expect(await entry({ "a.md": "Some *words*\n\n# Heading #\n" })).toMatchObject({
      title: "Heading",
      status: "Draft",
      publishedAt: null,
    });
    expect(await entry({ "2024-02-03-the-name.md": "Words" })).toMatchObject({
      title: "the-name",
      metadata: { slug: "the-name" },
      publishedAt: "2024-02-03T00:00:00.000Z",
    });
  });

  it("that doesn't fit a field of ours is told, kept, and keeps nobody from their entry", async () => {
    const long = "x".repeat(400);
    const one = await entry({ "a.md": `---\ntitle: ${long}\nslug: Not A Slug\ndescription: ${long}\n---\n` });
    expect(one.metadata).toEqual({});
    expect(one.title).toHaveLength(300);
    expect(one.notes).toHaveLength(3);
  });

  it.each([
    ["none", "# A\n", null, "# A\n"],
    ["an empty one", "---\n---\nText", "", "Text"],
    ["a rule and no more", "---\nText", null, "---\nText"],
    ["line ends of Windows", "---\r\na: 1\r\n---\r\nText\r\n", "a: 1", "Text\n"],
    ["hyphens in a text", "---\na: x --- y\n---\nText\n---\nMore", "a: x --- y", "Text\n---\nMore"],
  ])("with %s is divided where it ends", (_, text, yaml, body) => {
    expect(divide(text)).toEqual({ yaml, body });
  });

  it("is YAML 1.2: a date, a yes and a version stay the words that they are", () => {
    expect(fieldsOf("date: 2024-02-03\nanswer: yes\nno: off")).toEqual({
      date: "2024-02-03",
      answer: "yes",
      no: "off",
    });
  });
});

describe("encodings", () => {
  const html = (charset: string, text: Buffer) =>
    Buffer.concat([
      Buffer.from(`<html><head><meta charset="${charset}"><title>`),
      text,
      Buffer.from("</title></head></html>"),
    ]);

  it.each([
    ["UTF-8 with a mark", Buffer.from("\ufeff# Grüße €")],
    ["UTF-16, little end first", Buffer.from("\ufeff# Grüße €", "utf16le")],
    ["UTF-16, big end first", Buffer.from("\ufeff# Grüße €", "utf16le").swap16()],
  ])("%s is read by its mark", async (_, bytes) => {
    expect((await entry({ "a.md": bytes })).title).toBe("Grüße €");
  });

  it("windows-1252 is read where it is declared: by the page, or by whoever brings it", async () => {
    const euro = Buffer.from([0x80, 0x20, 0xfc, 0x93]);
    expect((await entry({ "a.html": html("windows-1252", euro) })).title).toBe("€ ü“");
    rmSync(join(base, "a.html"));
    expect(
      (await entry({ "a.md": Buffer.concat([Buffer.from("# "), euro]) }, { encoding: "windows-1252" })).title,
    ).toBe("€ ü“");
  });

  it("bytes that are no text are told and not guessed at", async () => {
    expect(await problem({ "a.md": Buffer.from([0x23, 0x20, 0xfc]) })).toContain("bytes that are not UTF-8");
    expect(await problem({ "a.md": Buffer.from([0x23, 0x20, 0x81]) }, { encoding: "windows-1252" })).toContain(
      "not windows-1252",
    );
    rmSync(join(base, "a.md"));
    expect(await problem({ "a.html": html("koi8-r", Buffer.from("x")) })).toContain("its encoding is koi8-r");
  });

  it("an XML file says its own, and an entry with bytes of another is told alone", async () => {
    const rss = (encoding: string, titles: Buffer[]) =>
      Buffer.concat([
        Buffer.from(`<?xml version="1.0" encoding="${encoding}"?><rss><channel>`),
        ...titles.flatMap((title, n) => [
          Buffer.from(`<item><guid>${n}</guid><title>`),
          title,
          Buffer.from("</title></item>"),
        ]),
        Buffer.from("</channel></rss>"),
      ]);
    expect((await entry({ "a.xml": rss("windows-1252", [Buffer.from([0x80])]) })).title).toBe("€");
    const mixed = await read({ "a.xml": rss("utf-8", [Buffer.from("fine"), Buffer.from([0xfc])]) });
    expect(mixed).toMatchObject([{ title: "fine" }, { problem: expect.stringContaining("U+FFFD") }]);
  });
});

describe("a folder", () => {
  it("tells which pictures and entries a text names, however it names them", async () => {
    const found = await read({
      "blog/one.md":
        "![a](../img/a.png) ![b](/b.png) [two](two) [two](./two.md#x) [root](/blog/two/) [out](https://x.test) ![out](https://x.test/c.png)\n\n[r]: two.html",
      "blog/two.md": "---\nslug: second\npermalink: /other/place/\n---\n",
    });
    const [one, two] = found as Whole[];
    expect(one!.images).toEqual([
      { address: "../img/a.png", text: "a", candidates: ["img/a.png"] },
      {
        address: "/b.png",
        text: "b",
        candidates: ["b.png", "static/b.png", "public/b.png", "assets/b.png", "src/assets/b.png"],
      },
    ]);
    for (const { candidates } of one!.links) expect(candidates.some((name) => two!.aliases.includes(name))).toBe(true);
    expect(one!.links.map(({ address }) => address)).toEqual(["two", "./two.md#x", "/blog/two/", "two.html"]);
    expect(two!.aliases).toEqual(expect.arrayContaining(["blog/two.md", "blog/two", "blog/second", "other/place"]));
  });

  it("with a WordPress export beside its pages is that export; with a feed it is the pages", async () => {
    const rss = '<?xml version="1.0"?><rss><channel><item><title>Of the feed</title></item></channel></rss>';
    expect(await read({ "index.xml": rss, "a.md": "# Page" })).toMatchObject([{ title: "Page" }]);
  });
});

describe("a WordPress export", () => {
  const wxr = (...items: string[]) =>
    `<?xml version="1.0"?><rss xmlns:wp="http://wordpress.org/export/1.2/"><channel><wp:base_blog_url>https://old.test</wp:base_blog_url>${items.join("")}</channel></rss>`;
  const post = (
    id: number,
    content: string,
    more = "<wp:post_type>post</wp:post_type><wp:status>publish</wp:status>",
  ) =>
    `<item><title>Post ${id}</title><wp:post_id>${id}</wp:post_id><content:encoded><![CDATA[${content}]]></content:encoded>${more}</item>`;
  const file = (id: number, parent = 0) =>
    post(
      id,
      "",
      `<wp:post_type>attachment</wp:post_type><wp:post_parent>${parent}</wp:post_parent><wp:attachment_url>https://old.test/wp-content/uploads/${id}.jpg</wp:attachment_url>`,
    );
  const body = async (content: string, ...others: string[]) =>
    (await entry({ "x.xml": wxr(post(1, content), ...others) })).body;

  it.each([
    ["paragraphs of the classic editor", "One\ntwo\n\nThree", "One\\\ntwo\n\nThree\n"],
    ["a list and a text", "Before\n<ul>\n<li>a</li>\n</ul>\nAfter", "Before\n\n- a\n\nAfter\n"],
    ["code", "<pre>a\n\nb</pre>", "```\na\n\nb\n```\n"],
    [
      "a caption",
      '[caption id="x"]<img src="https://old.test/i.jpg" alt="I"> Below[/caption]',
      "![I](https://old.test/i.jpg)\n\n*Below*\n",
    ],
    ["an embed", "[embed]https://video.test/1[/embed]", "[https://video.test/1](https://video.test/1)\n"],
    [
      "blocks",
      "<!-- wp:paragraph --><p>One</p><!-- /wp:paragraph --><!-- wp:separator --><hr/><!-- /wp:separator -->",
      "One\n\n---\n",
    ],
  ])("shows %s as WordPress does", async (_, content, markdown) => {
    expect(await body(content)).toBe(markdown);
  });

  it("shows the pictures of a gallery, by their ids or of the post", async () => {
    const picture = (id: number) => `![Post ${id}](https://old.test/wp-content/uploads/${id}.jpg)`;
    expect(await body('[gallery ids="8,7"]', file(7), file(8))).toBe(`${picture(8)}\n\n${picture(7)}\n`);
    expect(await body("[gallery]", file(7, 1), file(8, 2))).toBe(`${picture(7)}\n`);
  });

  it("keeps an unknown shortcode as text, and tells of it", async () => {
    const one = await entry({ "x.xml": wxr(post(1, 'Write: [contact-form-7 id="1"] and [1] and [note].')) });
    expect(one.body).toBe('Write: \\[contact-form-7 id="1"] and \\[1] and \\[note].\n');
    expect(one.notes).toEqual(["The shortcode [contact-form-7] stays as text."]);
  });

  it("skips what is no content, or was thrown away, and says so", async () => {
    const of = (type: string, status = "publish") =>
      `<wp:post_type>${type}</wp:post_type><wp:status>${status}</wp:status>`;
    const found = await read({
      "x.xml": wxr(
        post(1, "", of("nav_menu_item")),
        post(2, "", of("post", "trash")),
        post(3, "x", of("page", "draft")),
        file(9),
      ),
    });
    expect(found).toMatchObject([
      { key: "post:1", skipped: "A WordPress nav_menu_item is no content." },
      { key: "post:2", skipped: "It is trash in WordPress." },
      { key: "post:3", kind: "Page", status: "Draft" },
      { key: "attachment:9", skipped: "No post or page of this export uses this file." },
    ]);
  });
});

describe("a feed", () => {
  it("of RSS gives its entries", async () => {
    const rss = `<?xml version="1.0"?><rss><channel><link>https://b.test</link><item><guid>1</guid><link>https://b.test/one</link><title>A &amp;amp; B</title>
      <content:encoded><![CDATA[<p>Hello <img src="/i.png" alt="I"> <a href="/two">two</a></p>]]></content:encoded><description>Short</description>
      <category>x</category><author>ada@example.com (Ada)</author><pubDate>Sat, 03 Feb 2024 10:00:00 +0100</pubDate></item></channel></rss>`;
    expect(await entry({ "x.xml": rss })).toMatchObject({
      key: "1",
      title: "A & B",
      body: "Hello ![I](/i.png) [two](/two)\n",
      metadata: { excerpt: "Short" },
      tags: ["x"],
      author: { name: "Ada", email: "ada@example.com" },
      publishedAt: "2024-02-03T09:00:00.000Z",
      images: [{ address: "/i.png", candidates: ["https://b.test/i.png"] }],
      links: [{ address: "/two", candidates: ["//b.test/two"] }],
      aliases: ["//b.test/one"],
    });
  });

  it.each([
    ["text", '<content type="text">a &lt; b</content>', "a < b\n"],
    ["HTML", '<content type="html">&lt;b&gt;x&lt;/b&gt;</content>', "**x**\n"],
    [
      "elements",
      '<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>a <em>b</em><br/>c</p></div></content>',
      "a *b*\\\nc\n",
    ],
  ])("of Atom says its words as %s", async (_, content, markdown) => {
    const atom = `<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><entry><id>tag:1</id><title>T</title><author><name>Ada</name></author>
      <category term="x"/><link rel="edit" href="https://b.test/edit"/><link href="https://b.test/1"/><published>2024-02-03T09:00:00Z</published>${content}</entry></feed>`;
    expect(await entry({ "x.xml": atom })).toMatchObject({
      key: "tag:1",
      body: markdown,
      tags: ["x"],
      author: { name: "Ada", email: null },
      aliases: ["//b.test/1"],
    });
  });
});

describe("a page of HTML", () => {
  it("gives its main text, and what it says of itself", async () => {
    const page = `<!doctype html><html lang="de"><head><title>T &amp; U</title><meta name="description" content="D"><meta name="keywords" content="a, b"></head>
      <body><nav>Menu</nav><main><h1>T</h1><table><tr><th>A</th></tr><tr><td>1</td></tr></table><script>x</script></main></body></html>`;
    expect(await entry({ "a.html": page })).toMatchObject({
      title: "T & U",
      body: "# T\n\n| A |\n| - |\n| 1 |\n",
      metadata: { description: "D", language: "de" },
      tags: ["a", "b"],
      original: null,
      notes: ["<script> can't be said in Markdown and was left out."],
    });
  });
});

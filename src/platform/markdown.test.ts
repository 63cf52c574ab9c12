import { describe, expect, it } from "vitest";
import { AppError } from "./errors";
import { assetsNamedIn, countWords, excerptOf, linksOf, plainText, renderMarkdown } from "./markdown";
import { bounded, MAX_MARKDOWN_CHARS } from "./markdown-bounds";

const TAGS =
  "a blockquote br code del em h1 h2 h3 h4 h5 h6 hr img input li ol p pre section strong sup table tbody td th thead tr ul";
const ATTRIBUTES =
  "align alt aria-describedby aria-label checked class data-footnote-backref data-footnote-ref data-footnotes decoding disabled href id loading rel src start title type";

/** Reads the HTML strictly: whatever is not a tag or text of the known kind fails. */
function dangersIn(html: string): string[] {
  const dangers: string[] = [];
  const rest = html.replace(
    /<\/?([a-z0-9]+)((?:\s+[a-z-]+(?:="[^"]*")?)*)>/g,
    (_all, tag: string, attributes: string) => {
      if (!TAGS.split(" ").includes(tag)) dangers.push(tag);
      for (const [, name = "", value = ""] of attributes.matchAll(/([a-z-]+)(?:="([^"]*)")?/g)) {
        if (!ATTRIBUTES.split(" ").includes(name)) dangers.push(name);
        if (name === "id" && !/^(user-content-|footnote-label)/.test(value)) dangers.push(`id ${value}`);
        const address = value.replace(/&#x([0-9a-f]+);/gi, (_, code: string) =>
          String.fromCodePoint(Number.parseInt(code, 16)),
        );
        if (["href", "src"].includes(name) && !/^(https?:|mailto:|[^:]*$|[^:]*[/?#])/i.test(address))
          dangers.push(address);
      }
      return "";
    },
  );
  if (rest.includes("<")) dangers.push(rest);
  return dangers;
}

const VECTORS = [
  "<script>alert(1)</script>",
  "a <script>alert(1)</script> b",
  "<img src=x onerror=alert(1)>",
  "<svg onload=alert(1)>",
  "<svg><script>alert&#40;1&#41;</script></svg>",
  "<iframe src=javascript:alert(1)></iframe>",
  '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
  "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
  "<a href=javascript:alert(1)>x</a>",
  "<form action=javascript:alert(1)><button>x</button></form>",
  "<body onload=alert(1)>",
  "<style>*{background:url(javascript:alert(1))}</style>",
  "<base href=https://evil.example/>",
  '<meta http-equiv="refresh" content="0;url=javascript:alert(1)">',
  "<details open ontoggle=alert(1)>",
  "<!--><img src=x onerror=alert(1)>-->",
  "<![CDATA[><img src=x onerror=alert(1)>]]>",
  "<?xml version='1.0'?><img src=x onerror=alert(1)>",
  "[x](javascript:alert(1))",
  "[x](JaVaScRiPt:alert(1))",
  "[x](&#x6A;avascript:alert(1))",
  "[x](javascript&colon;alert(1))",
  "[x](java\\script:alert(1))",
  "[x](<java\tscript:alert(1)>)",
  "[x](< javascript:alert(1)>)",
  "[x](\u0001javascript:alert(1))",
  "[x](vbscript:msgbox(1))",
  "[x](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)",
  "[x](blob:https://example.org/1)",
  "[x](file:///etc/passwd)",
  "[x][r]\n\n[r]: javascript:alert(1)",
  "<javascript:alert(1)>",
  "![x](javascript:alert(1))",
  "![x](data:image/svg+xml;base64,PHN2Zz4=)",
  '![x"onerror="alert(1)](https://example.org/a.png)',
  '[x](https://example.org/"onmouseover="alert(1))',
  '[x](https://example.org "t\\"onmouseover=alert(1) x=\\"")',
  "![x](https://example.org/a.png 'a\"onerror=\"alert(1)')",
  "`<script>alert(1)</script>`",
  '```"><script>alert(1)</script>\ncode\n```',
  '```js" onmouseover="alert(1)\ncode\n```',
  "# <img src=x onerror=alert(1)>",
  '# "onmouseover="alert(1)',
  "|<img src=x onerror=alert(1)>|\n|-|\n|<script>alert(1)</script>|",
  "[^1]\n\n[^1]: <img src=x onerror=alert(1)>",
  '[^"onclick=alert(1)]\n\n[^"onclick=alert(1)]: x',
  "&lt;script&gt;alert(1)&lt;/script&gt;",
  "\\<script>alert(1)\\</script>",
  "<scr<script>ipt>alert(1)</scr</script>ipt>",
  "www.example.org/<script>alert(1)</script>",
];

describe("renderMarkdown", () => {
  it.each(VECTORS)("leaves nothing to run in %j", (markdown) => {
    expect(dangersIn(renderMarkdown(markdown))).toEqual([]);
  });

  it("has a reader in this test that sees such things", () => {
    const bad = [
      "<script>",
      '<p onclick="x">',
      '<a href="javascript:x">',
      '<a href="&#x6A;avascript:x">',
      '<p id="top">',
      "<img src=x>",
      "<!-- x",
    ];
    for (const html of bad) expect([html, dangersIn(html).length]).toEqual([html, 1]);
    expect(dangersIn('<a href="/a:b">x</a><a href="#x"><a href="mailto:a@b">')).toEqual([]);
  });

  it("drops raw HTML and keeps the words within it", () => {
    expect(renderMarkdown("a <b>bold</b> word\n\n<div>\n\n*x*\n\n</div>")).toBe(
      "<p>a bold word</p>\n<p><em>x</em></p>",
    );
  });

  it("knows CommonMark and GFM", () => {
    const html = renderMarkdown(
      "# A\n\n~~b~~ **c** `d`\n\n|e|f|\n|-|:-:|\n|1|2|\n\n- [x] g\n\n3. h\n\n```ts\ni\n```\n\nj@k.org",
    );
    for (const piece of [
      ...[
        "<del>b</del>",
        "<strong>c</strong>",
        '<th align="center">f</th>',
        '<ol start="3">',
        '<code class="language-ts">',
      ],
      ...['<input type="checkbox" checked disabled>', '<a href="mailto:j@k.org">'],
    ])
      expect(html).toContain(piece);
  });

  it("gives headings ids of their own, and links within the text their targets", () => {
    const html = renderMarkdown("# Straße & *mehr*\n\n## Straße & mehr\n\n## location\n\nx[^n]\n\n[^n]: y");
    const ids = [...html.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id);
    expect(ids.slice(0, 3)).toEqual(
      ["straße--mehr", "straße--mehr-1", "location"].map((slug) => `user-content-${slug}`),
    );
    for (const [, target] of html.matchAll(/href="#([^"]*)"/g)) expect(ids).toContain(target);
    expect(renderMarkdown("# Straße & *mehr*")).toBe(
      '<h1 id="user-content-straße--mehr">Straße &#x26; <em>mehr</em></h1>',
    );
  });

  it("marks links to elsewhere, and lets images wait", () => {
    expect(renderMarkdown("[x](https://a.example)")).toContain('<a href="https://a.example" rel="noopener">');
    expect(renderMarkdown("[x](/a)")).toContain('<a href="/a">');
    expect(renderMarkdown("![x](https://a.example/b.png)")).toContain('loading="lazy"');
  });
});

describe("hostile text", () => {
  /** `stopped` says that the work had begun: what a shape gives away is refused before. */
  const code = (work: () => unknown) => {
    try {
      work();
      return { code: "done", stopped: false };
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      return { code: error.code, stopped: error.cause !== undefined };
    }
  };

  it.each([
    ["quotes", ">".repeat(50_000)],
    ["quotes, spaced", "> ".repeat(50_000)],
    ["open brackets", "[".repeat(100_000)],
    ["closed brackets", "]".repeat(100_000)],
    ["nested images", `${"![".repeat(5000)}a${"](b)".repeat(5000)}`],
    ["nested links", `${"[".repeat(20_000)}a${"](b)".repeat(20_000)}`],
    ["nested emphasis", "*a".repeat(50_000) + "b*".repeat(50_000)],
  ])("%s are refused at once", (_name, markdown) => {
    for (const work of [renderMarkdown, plainText, countWords, linksOf]) {
      expect(code(() => work(markdown))).toEqual({ code: "invalid_request", stopped: false });
    }
  });

  it("is stopped when its time is over, where no shape gives it away", () => {
    const forever = () => {
      for (;;);
    };
    expect(code(() => bounded("x", forever))).toEqual({ code: "invalid_request", stopped: true });
    const endless = (depth: number): number => endless(depth + 1) + 1;
    expect(code(() => bounded("x", () => endless(0))).code).toBe("invalid_request");
    expect(() => bounded("x", () => [].reduce((a) => a))).toThrow(TypeError);
  });

  it("finishes with stars, backticks, pipes and escapes", () => {
    for (const mark of ["*", "`", "|", "\\", "_", "~", "#", "&"])
      expect([mark, code(() => renderMarkdown(mark.repeat(20_000))).code]).toEqual([mark, "done"]);
  });

  it("is refused when it is too long", () => {
    expect(code(() => renderMarkdown("*".repeat(MAX_MARKDOWN_CHARS + 1))).code).toBe("too_large");
    expect(code(() => renderMarkdown("*".repeat(MAX_MARKDOWN_CHARS))).code).toBe("done");
  });

  it("is not taken for ordinary long text, tables, logs or code", () => {
    const prose = `${"The *quick* brown [fox](https://a.example) jumps. ".repeat(10)}\n\n`.repeat(100);
    const table = `|a|b|\n|-|-|\n${"|[x](https://a.example)|*y*|\n".repeat(500)}`;
    const log = `\`\`\`\n${"\u001b[31mred\u001b[0m\n".repeat(2000)}\`\`\``;
    for (const text of [prose, table, log]) expect(code(() => renderMarkdown(text)).code).toBe("done");
  });
});

describe("words", () => {
  const text =
    "# Title\n\nOne *two* [three](https://a.example) <b>four</b>.\nFive  \nsix ![not](a.png)\n\n- a\n- b\n\n|c|d|\n|-|-|\n|e|f|\n\n[r]: x";

  it("plainText keeps words and separates blocks", () => {
    expect(plainText(text)).toBe("Title\n\nOne two three four.\nFive\nsix\n\na\nb\n\nc d\ne f");
    expect([plainText(""), plainText("<div>x</div>"), plainText("![a](b)")]).toEqual(["", "", ""]);
  });

  it("countWords counts words in any script", () => {
    expect(countWords(text)).toBe(13);
    expect(countWords("don't — well-known, 3.5 ...")).toBe(4);
    expect(countWords("我喜欢编程")).toBeGreaterThan(1);
    expect(countWords("")).toBe(0);
  });

  it("excerptOf takes the running text, ends at a word and counts as readers do", () => {
    expect(excerptOf(text, 100)).toBe("One two three four. Five six");
    expect(excerptOf(text, 28)).toBe("One two three four. Five six");
    expect(excerptOf(text, 27)).toBe("One two three four. Five…");
    expect(excerptOf(text, 20)).toBe("One two three four…");
    expect(excerptOf("# Only a title", 100)).toBe("Only a title");
    expect(excerptOf("Donaudampfschifffahrt", 6)).toBe("Donau…");
    expect(excerptOf("👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦", 3)).toBe("👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦");
    expect(excerptOf("👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦", 2)).toBe("👩‍👩‍👧‍👦…");
    expect(excerptOf("", 10)).toBe("");
  });

  it("linksOf lists links of every kind in their order", () => {
    const links = linksOf(
      "[a *b*](https://1.example) <https://2.example> [c][d] www.3.example ![i](https://no.example) [e](/4)\n\n[d]: mailto:x@y",
    );
    expect(links).toEqual([
      { url: "https://1.example", text: "a b" },
      { url: "https://2.example", text: "https://2.example" },
      { url: "mailto:x@y", text: "c" },
      { url: "http://www.3.example", text: "www.3.example" },
      { url: "/4", text: "e" },
    ]);
  });
});

it("says the same of a text however often and in whatever order it is asked", () => {
  const text = "# Title\n\nOne [two](https://a.example) three[^1].\n\n[^1]: A note.\n\n- [ ] four";
  const ask = () => [excerptOf(text, 50), renderMarkdown(text, { title: "Title" }), countWords(text), plainText(text)];
  const first = ask();
  renderMarkdown(text);
  expect(ask()).toEqual(first);
});

describe("files of the library", () => {
  const id = "2f6f1c5e-8f39-4b52-8f0e-0d4f6d3f5a10";
  const asset = (asked: string) =>
    asked === id
      ? { src: "assets/a.webp", srcSet: "assets/a.webp 320w", width: 320, height: 200, alt: "Tulips" }
      : undefined;

  it("are named by images and links, also by reference, and by nothing else", () => {
    const text = `![One](asset:${id}) [*two*](asset:other) ![][r] [x]: no\n\n\`asset:code\`\n\n    asset:block\n\nasset:plain\n\n[r]: <ASSET:Third>`;
    expect(assetsNamedIn(text)).toEqual([
      { id, as: "Image", alt: "One" },
      { id: "other", as: "Link", alt: "two" },
      { id: "third", as: "Image", alt: "" },
    ]);
    expect(assetsNamedIn("No file, and https://example.com/asset.png")).toEqual([]);
  });

  it("are shown where they are known, with the text's own words before the library's", () => {
    const html = renderMarkdown(`![](asset:${id}) ![Mine](asset:${id}) [read](asset:${id})`, { asset });
    expect(html.match(/<img [^>]*srcset="assets\/a\.webp 320w"[^>]*>/g)).toHaveLength(2);
    expect(html).toContain('alt="Tulips"');
    expect(html).toContain('alt="Mine"');
    expect(html).toContain('<a href="assets/a.webp">read</a>');
  });

  it("are left out where they are not known, or nobody resolves them; the words of a link stay", () => {
    for (const options of [{}, { asset: () => undefined }]) {
      const html = renderMarkdown(`![A](asset:${id}) [read](asset:${id}) ![B](https://example.com/b.png)`, options);
      expect(html).not.toContain("asset:");
      expect(html.match(/<img/g)).toHaveLength(1);
      expect(html).toContain("read");
    }
  });

  it("bring no address and no attribute that a text could not have", () => {
    const evil = () => ({ src: "javascript:alert(1)", onerror: "alert(1)", alt: '"><script>' }) as never;
    const html = renderMarkdown(`![x](asset:${id}) [y](asset:${id})`, { asset: evil });
    expect(dangersIn(html)).toEqual([]);
    expect(html).not.toContain("javascript");
    expect(html).not.toContain("onerror");
  });
});

import { describe, expect, it } from "vitest";
import { itemsNamedIn, withItemLinks, withPlainItemLinks } from "./item-links";
import { renderMarkdown } from "./markdown";

const here = "0d5d1b8e-3c0c-4d7c-a3ee-d0ab27ac9ea7";
const gone = "1d5d1b8e-3c0c-4d7c-a3ee-d0ab27ac9ea7";
const addressOf = (id: string) => (id === here ? "https://x.test/s/a/b" : undefined);

describe("links between items", () => {
  it.each([
    ["[a](content:HERE)", "[a](https://x.test/s/a/b)"],
    ['[a **b**](<content:HERE#part> "T")', '[a **b**](<https://x.test/s/a/b#part> "T")'],
    ['[a **b**](content:GONE#part "T"), c', "a **b**, c"],
    ["[![alt](asset:x)](content:GONE)", "![alt](asset:x)"],
    ["[](content:GONE)!", "!"],
    ["<content:GONE> and <content:HERE>", " and <https://x.test/s/a/b>"],
    ["[a][1] [b][2] [2]\n\n[1]: content:HERE\n[2]: content:GONE\n", "[a][1] b 2\n\n[1]: https://x.test/s/a/b\n\n"],
    ["[content:HERE](content:HERE)", "[content:HERE](https://x.test/s/a/b)"],
    ["`[a](content:HERE)`\n\n    [a](content:GONE)\n", "`[a](content:HERE)`\n\n    [a](content:GONE)\n"],
    ["[a](content:none) and content:GONE", "[a](content:none) and content:GONE"],
  ])("%s", (written, wanted) => {
    const named = (text: string) => text.replaceAll("HERE", here).replaceAll("GONE", gone);
    expect(withItemLinks(named(written), addressOf)).toBe(named(wanted));
  });

  it("are found in any case, each once", () => {
    expect(itemsNamedIn(`[a](content:${here}) [b](CONTENT:${here.toUpperCase()}) content:${gone} content:x`)).toEqual([
      here,
      gone,
    ]);
  });

  it("are addresses in words without Markdown", () => {
    const text = `[a](content:${here}#x) content:${gone}\ncontent:${here}. [b](content:${gone})`;
    expect(withPlainItemLinks(text, addressOf)).toBe("a https://x.test/s/a/b#x\nhttps://x.test/s/a/b. b");
  });

  it("are what the page says they are, else words, and never something that runs", () => {
    const text = `[a *b*](content:${here.toUpperCase()}#c) [d](content:${gone}) ![e](content:${here})`;
    expect(renderMarkdown(text, { item: addressOf })).toContain(
      '<p><a href="https://x.test/s/a/b#c" rel="noopener">a <em>b</em></a> d ',
    );
    expect(renderMarkdown(text)).toContain("<p>a <em>b</em> d ");
    expect(renderMarkdown(`[a](content:x)`, { item: () => "javascript:alert(1)" })).toBe("<p><a>a</a></p>");
  });
});

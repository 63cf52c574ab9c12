import { readdirSync, readFileSync } from "node:fs";
import { getSchema } from "@tiptap/core";
import type { Node } from "@tiptap/pm/model";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parse } from "./parse";
import { SCHEMA_EXTENSIONS } from "./schema";
import { serialise, styleOf } from "./serialise";

const schema = getSchema(SCHEMA_EXTENSIONS);

function read(text: string) {
  const { doc, origins, after } = parse(schema, text);
  const source = { origins: new Map(origins.map((origin) => [origin.id, origin])), after, style: styleOf(text) };
  return { doc, origins, write: (changed: Node = doc) => serialise(changed, source).text };
}

const guides = readdirSync("docs/guides").map((name) => readFileSync(`docs/guides/${name}`, "utf8"));

const LINES = [
  "# Heading",
  "Setext\n===",
  "Two\nlines\n---",
  "- one\n- two\n  - deep",
  "* star\n\n  more",
  "1. one\n2. two",
  "1) a\n1) b",
  "- [ ] open\n- [x] done",
  "> quote\n> goes on\n\n> another",
  "```js\nlet a;\n```",
  "~~~\nx\n~~~",
  "    code\n    more",
  "| a | b |\n|---|:-:|\n| 1 | `2` |\n| 3 |",
  "<div>\nhtml\n</div>",
  "text <br> with tag",
  "Some *em* and __strong__ and ~~gone~~.",
  "A [link](https://example.com 'title') and <https://example.org> and https://bare.example.",
  '![alt](asset:1 "t")',
  "[full][ref] and [ref][] and [ref]\n\n[ref]: https://example.com",
  "Note[^1].\n\n[^1]: It says\n    so.",
  "* * *",
  "hard  \nbreak\\\nhere",
  "&amp; &copy; \\* escaped",
  "\ttab",
  "- \n- ",
  ">",
  "trailing   ",
  "<!-- c -->",
  "***both* one**",
  "# ",
  "a\u00a0b",
  "😀 text",
];
const someMarkdown = fc
  .array(
    fc.tuple(
      fc.oneof(
        fc.constantFrom(...LINES),
        fc.string({ maxLength: 30 }),
        fc.string({ unit: fc.constantFrom(..."*_`~[]()<>#-+!|\\ \t\n1.>:ab&".split("")), maxLength: 30 }),
      ),
      fc.constantFrom("\n", "\n\n", "\n\n\n", "\r\n\r\n", "\n \t\n", "\r", ""),
    ),
    { maxLength: 8 },
  )
  .map((parts) => parts.flat().join(""));

/** The document with other words in one of its paragraphs. */
function reworded(doc: Node, place: number, words: string): Node {
  const children = doc.children.map((node, index) =>
    index === place ? node.type.create(node.attrs, schema.text(words)) : node,
  );
  return doc.type.create(doc.attrs, children);
}

describe("a text that was opened", () => {
  it("is saved letter by letter, whatever it is", () => {
    fc.assert(
      fc.property(someMarkdown, (text) => {
        const { doc, write } = read(text);
        doc.check();
        expect(write()).toBe(text);
      }),
      { numRuns: 3_000 },
    );
  });

  it("is so for all guides, and for what is easily lost", () => {
    const texts = ["", "\n\n", " ", "\uFEFF# With a mark", "a\r\nb\r\n\r\nc", "a\u0000b", ...guides, ...LINES];
    for (const text of texts) expect(read(text).write()).toBe(text);
  });

  it("changes in the paragraph that was changed, and nowhere else", () => {
    let changed = 0;
    for (const text of guides) {
      const { doc, origins, write } = read(text);
      doc.children.forEach((node, place) => {
        if (node.type.name !== "paragraph") return;
        const { source, start } = origins[place]!;
        const expected = `${text.slice(0, start)}Other words${text.slice(start + source.length)}`;
        expect(write(reworded(doc, place, "Other words"))).toBe(expected);
        changed++;
      });
    }
    expect(changed).toBeGreaterThan(100);
  });

  it("is left alone around a changed block, whatever the text is", () => {
    fc.assert(
      fc.property(someMarkdown, fc.nat(), (text, which) => {
        const { doc, origins, write } = read(text);
        const paragraphs = doc.children.flatMap((node, place) => (node.type.name === "paragraph" ? [place] : []));
        if (paragraphs.length === 0) return;
        const place = paragraphs[which % paragraphs.length]!;
        const { source, start } = origins[place]!;
        const written = write(reworded(doc, place, "Other words"));
        const [head, tail] = [text.slice(0, start), text.slice(start + source.length)];
        const loosened = written.replace(/\r\n|\r|\n/g, "");
        expect(loosened).toBe(`${head}Other words${tail}`.replace(/\r\n|\r|\n/g, ""));
      }),
      { numRuns: 1_000 },
    );
  });
});

describe("a block that was changed", () => {
  /** Has every block written anew, and read again. */
  const again = (text: string) => {
    const { doc } = read(text);
    const bare = doc.type.create(
      null,
      doc.children.map((node) => node.type.create({ ...node.attrs, origin: null }, node.content)),
    );
    return serialise(bare, { origins: new Map(), after: "\n", style: styleOf(text) }).text;
  };

  it("says the same in other letters", () => {
    const meaning = (text: string) => JSON.stringify(read(text).doc.toJSON().content).replace(/"origin":\d+/g, "");
    for (const text of guides) expect(meaning(again(text))).toBe(meaning(text));
  });

  it("is written as its writer writes", () => {
    expect(again("* one\n* two\n\n_yes_ and **no**\n\n***\n")).toBe("* one\n* two\n\n_yes_ and **no**\n\n***\n");
    expect(again("1) a\n2) b\n")).toContain("1. a");
    expect(again("[a][ref] and https://bare.example/x_y\n\n[ref]: https://example.com\n")).toBe(
      "[a][ref] and https://bare.example/x_y\n\n[ref]: https://example.com\n",
    );
    expect(again("Note[^1] and<br>tag.\n\n[^1]: So.\n")).toBe("Note[^1] and<br>tag.\n\n[^1]: So.\n");
    expect(again("- one\n\n\n\n* another\n")).toBe("- one\n\n* another\n");
  });

  it("has no space within its emphasis, and none at its ends", () => {
    const bold = schema.marks.bold!.create();
    const said = schema.nodes.paragraph!.create(null, [
      schema.text("a "),
      schema.text("b ", [bold]),
      schema.text("c "),
    ]);
    const doc = schema.topNodeType.create(null, said);
    expect(serialise(doc, { origins: new Map(), after: "", style: styleOf("") }).text).toBe("a **b** c\n");
  });
});

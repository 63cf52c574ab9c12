import { readdirSync, readFileSync } from "node:fs";
import { getSchema } from "@tiptap/core";
import { describe, expect, it } from "vitest";
import { parse } from "./parse";
import { placesOf } from "./places";
import { SCHEMA_EXTENSIONS } from "./schema";
import { serialise, styleOf } from "./serialise";

const schema = getSchema(SCHEMA_EXTENSIONS);

function read(text: string) {
  const { doc, origins, after } = parse(schema, text);
  const source = { origins: new Map(origins.map((origin) => [origin.id, origin])), after, style: styleOf(text) };
  return { doc, places: placesOf(doc, serialise(doc, source).pieces, origins) };
}

/** The first place in the editor where these words stand. */
function find(doc: ReturnType<typeof read>["doc"], words: string) {
  let found: { from: number; to: number } | undefined;
  doc.descendants((node, at) => {
    const place = node.isText ? node.text!.indexOf(words) : -1;
    if (place >= 0) found ??= { from: at + place, to: at + place + words.length };
  });
  return found!;
}

describe("places in the editor and in its Markdown", () => {
  it.each([
    ["One *two* three", "two"],
    ["> quoted\n> words *here*\n", "words"],
    ["- one\n- two `code` three", "code"],
    ["| a | b |\n|---|---|\n| c | dee |\n", "dee"],
    ["Fish &amp; chips \\* and more", "and more"],
    ["<br> then [a link](https://example.com) words", "words"],
    ["```js\nlet a = 1;\n```\n\nafter", "a = 1"],
    ["# One\r\n\r\nTwo\r\nthree", "three"],
    ["[^1]: A note\n\nThen <b>this</b> one", "one"],
    ["[\nSee https://bare.example now", "now"],
  ])("are found in %j", (text, words) => {
    const { doc, places } = read(text);
    const { from, to } = find(doc, words);
    const span = places.inMarkdown(from, to)!;
    expect(text.slice(span.start, span.end)).toBe(words);
    expect(places.inEditor(span)).toEqual({ from, to });
  });

  it("hold for every word of the guides", () => {
    let words = 0;
    for (const name of readdirSync("docs/guides")) {
      const text = readFileSync(`docs/guides/${name}`, "utf8");
      const { doc, places } = read(text);
      doc.descendants((node, at) => {
        for (const { 0: word, index } of node.text?.matchAll(/[\p{L}\d]+/gu) ?? []) {
          const [from, to] = [at + index, at + index + word.length];
          const span = places.inMarkdown(from, to)!;
          expect(text.slice(span.start, span.end)).toBe(word);
          expect(places.inEditor(span)).toEqual({ from, to });
          words++;
        }
      });
    }
    expect(words).toBeGreaterThan(5_000);
  });

  it("tell where words are that stand in several blocks, and nothing where there are none", () => {
    const text = "One\n\n- two\n- three\n";
    const { doc, places } = read(text);
    const span = places.inMarkdown(find(doc, "One").from, find(doc, "three").to)!;
    expect(text.slice(span.start, span.end)).toBe("One\n\n- two\n- three");
    expect(places.inMarkdown(0, 1)).toBeUndefined();
    expect(places.inEditor({ start: 3, end: 5 })).toBeUndefined();
  });
});

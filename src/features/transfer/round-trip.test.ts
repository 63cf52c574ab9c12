import fc from "fast-check";
import { expect, it } from "vitest";
import { stringify } from "yaml";
import { fingerprint, markdownFile } from "./markdown-file";
import { addressesOf, withAddresses } from "./readers/addresses";
import { wordsOf } from "./readers/fields";
import { divide, fieldsOf } from "./readers/front-matter";

const word = fc
  .string({ minLength: 1, maxLength: 12, unit: "grapheme" })
  .filter((text) => text.trim() === text && text !== "" && text.isWellFormed());
const yamlValue = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: "small" },
    word,
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(fc.stringMatching(/^[a-z]{1,8}$/), tie("value"), { maxKeys: 3 }),
  ),
})).value;
const fields = fc.dictionary(fc.stringMatching(/^[a-z][a-z_]{0,10}$/), yamlValue, { maxKeys: 6 });
const lines = fc.array(fc.oneof(word, fc.constant(""), fc.constant("# Heading"), fc.constant("- item")), {
  maxLength: 8,
});

const bare = { title: "T", tags: [] as string[], categories: [] as string[] };

it("fields that nobody here knows come out as they came in, whatever else was changed", () => {
  fc.assert(
    fc.property(fields, lines, word, (given, text, title) => {
      const own = Object.fromEntries(Object.entries(given).map(([name, value]) => [`x_${name}`, value]));
      const bytes = Buffer.from(`---\n${stringify(own)}---\n${text.join("\n")}`);
      const said = { title, body: "New", metadata: { slug: "new" }, tags: ["one"] };
      const out = markdownFile(said, null, { bytes, encoding: undefined, imported: bare });
      const { yaml, body } = divide(out);
      const { title: told, slug, tags, ...rest } = fieldsOf(yaml!);
      expect(body).toBe("New");
      expect([String(told ?? bare.title), slug, tags]).toEqual([title, "new", ["one"]]);
      expect(rest).toEqual(own);
    }),
    { numRuns: 200 },
  );
});

it("a file that is written anew says what the item says", () => {
  fc.assert(
    fc.property(
      word,
      lines,
      fc.uniqueArray(
        fc.stringMatching(/^[a-z ]{1,10}$/).filter((tag) => tag.trim() === tag),
        { maxLength: 4 },
      ),
      (title, text, tags) => {
        const said = { title, body: text.join("\n"), metadata: { description: title }, tags };
        const { yaml, body } = divide(markdownFile(said, null));
        const read = fieldsOf(yaml!);
        expect([read.title, read.description, wordsOf(read.tags)]).toEqual([title, title, tags]);
        expect(body).toBe(`\n${said.body}`);
      },
    ),
    { numRuns: 200 },
  );
});

it("the order of tags is no difference, and everything else is", () => {
  const said = { title: "T", body: "B", metadata: {}, tags: ["a", "b"] };
  expect(fingerprint({ ...said, tags: ["b", "a"] })).toBe(fingerprint(said));
  for (const other of [{ title: "U" }, { body: "C" }, { metadata: { slug: "s" } }, { tags: ["a"] }])
    expect(fingerprint({ ...said, ...other })).not.toBe(fingerprint(said));
});

it("renaming addresses changes them and nothing else, and renaming them back is the same text", () => {
  const url = fc.stringMatching(/^[a-z]{1,6}(\/[a-z]{1,6})?\.(md|png)$/);
  const piece = fc.oneof(
    word.map((text) => text.replace(/[\\`*_[\]<>()!]/g, "")),
    fc.tuple(url, word).map(([to, text]) => `[${text.replace(/[\\`*_[\]<>()!&]/g, "")}x](${to})`),
    fc.tuple(url, word).map(([to, text]) => `![${text.replace(/[\\`*_[\]<>()!&]/g, "")}](${to} "t")`),
    fc.constant("`[code](a.md)`"),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 10 }), (pieces) => {
      const text = pieces.join(" ");
      const addresses = addressesOf(text);
      const renamed = withAddresses(text, addresses, ({ url }) => `asset:${url}`);
      const back = withAddresses(renamed, addressesOf(renamed), ({ url }) => url.replace(/^asset:/, ""));
      expect(back).toBe(text);
      expect(addressesOf(renamed)).toHaveLength(addresses.length);
    }),
    { numRuns: 300 },
  );
});

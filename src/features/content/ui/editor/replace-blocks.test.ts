import { getSchema } from "@tiptap/core";
import { EditorState, TextSelection } from "@tiptap/pm/state";
import fc from "fast-check";
import { expect, it } from "vitest";
import { createDocument } from "../markdown/document";
import { SCHEMA_EXTENSIONS } from "../markdown/schema";
import { replaceBlocks } from "./replace-blocks";

const schema = getSchema(SCHEMA_EXTENSIONS);
const opened = (text: string) => {
  const document = createDocument(schema);
  return { document, state: EditorState.create({ doc: document.open(text) }) };
};
const BLOCKS = [
  "# Top",
  "One *word*.",
  "One *word*.",
  "* a\n* b",
  "1. x",
  "> said",
  "***",
  "```\ncode\n```",
  "Last  \nline",
];

it("whatever stood there, the text is then the other one, to the letter", () => {
  const text = fc.array(fc.constantFrom(...BLOCKS), { maxLength: 8 }).map((blocks) => blocks.join("\n\n\n"));
  fc.assert(
    fc.property(text, text, (before, after) => {
      const { document, state } = opened(before);
      const next = state.apply(replaceBlocks(state, document.open(after)));
      expect(document.write(next.doc)).toBe(after);
    }),
    { numRuns: 300, seed: 7 },
  );
});

it("what says the same is not touched: places in it go along", () => {
  const { document, state } = opened("First.\n\nSecond.\n\nThird.");
  const tr = replaceBlocks(state, document.open("First.\n\nThe second, at more length.\n\nThird."));
  const [first, third] = [2, state.doc.content.size - 3];
  expect(tr.mapping.mapResult(first)).toMatchObject({ deleted: false, pos: first });
  expect(tr.mapping.mapResult(third)).toMatchObject({ deleted: false, pos: tr.doc.content.size - 3 });
  expect(tr.mapping.mapResult(state.doc.child(0).nodeSize + 3).deleted).toBe(true);
});

it("the cursor stays where it was", () => {
  const { document, state } = opened("First.\n\nSecond.");
  const there = state.apply(state.tr.setSelection(TextSelection.create(state.doc, 3)));
  const next = there.apply(replaceBlocks(there, document.open("First.\n\nAnother one.")));
  expect(next.selection.head).toBe(3);
});

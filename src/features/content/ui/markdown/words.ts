import type { Node } from "@tiptap/pm/model";

const segmenter = new Intl.Segmenter("en", { granularity: "word" });
/** A block that is as it was has as many words as it had. */
const known = new WeakMap<Node, number>();

export function countWords(text: string): number {
  let words = 0;
  for (const { isWordLike } of segmenter.segment(text)) if (isWordLike) words++;
  return words;
}

export const wordsIn = (doc: Node): number => doc.children.reduce((sum, block) => sum + wordsOf(block), 0);

function wordsOf(block: Node): number {
  const before = known.get(block);
  if (before !== undefined) return before;
  const words = countWords(block.textBetween(0, block.content.size, "\n"));
  known.set(block, words);
  return words;
}

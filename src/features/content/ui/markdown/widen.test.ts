import { expect, it } from "vitest";
import { widened } from "./widen";

const TEXT = "# Top\n\nPrune **all roses** in [spring](https://example.com).\n\n- one\n- two\n";
const widen = (words: string) => {
  const start = TEXT.indexOf(words);
  const { start: from, end } = widened(TEXT, { start, end: start + words.length });
  return TEXT.slice(from, end);
};
const LINE = "Prune **all roses** in [spring](https://example.com).";

it.each([
  ["what can be read alone stays", "Prune **all roses** in", "Prune **all roses** in"],
  ["so does a word within a mark", "roses", "roses"],
  ["a mark that is cut in two", "Prune **all", LINE],
  ["a link that is cut in two", "in [spring", LINE],
  ["a link that ends too early", "[spring](https:", LINE],
  ["several lines", "ne\n- t", "- one\n- two"],
  ["several blocks", "Top\n\nPrune", `# Top\n\n${LINE}`],
])("%s", (_, words, wide) => expect(widen(words)).toBe(wide));

it("the whole text stays as it is, but for its last line break", () => {
  expect(widened(TEXT, { start: 0, end: TEXT.length })).toEqual({ start: 0, end: TEXT.length - 1 });
});

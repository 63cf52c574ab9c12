import type { ReadBlock } from "../reading";
import { type Checks, places } from "../subject";
import { subheadingsOf } from "./keyword";

const WORDS = { enough: 300, thin: 200 };
const SECTION = { long: 300, tooLong: 350 };
const PARAGRAPH = { long: 150, tooLong: 200 };

export const structureChecks: Checks = {
  "text-length": ({ reading: { wordCount: words } }) => {
    const params = { words, enough: WORDS.enough };
    if (words >= WORDS.enough) return { status: "Pass", reason: "good", params };
    return { status: words >= WORDS.thin ? "Warn" : "Fail", reason: words === 0 ? "empty" : "short", params };
  },
  headings: ({ subject, reading }) => {
    if (!reading.blocks.some(({ kind }) => kind === "Heading")) return { because: "NoHeadings" };
    const headings = subheadingsOf(reading, subject.title);
    const show = (of: ReadBlock[]) => ({ params: { count: of.length }, ...places(reading.source, of) });
    const first = headings.filter(({ depth }) => depth === 1);
    if (first.length > 1 || (first.length === 1 && headings.length < reading.blocks.filter(isHeading).length))
      return { status: "Fail", reason: "twoFirst", ...show(first) };
    const empty = headings.filter(({ text }) => text.trim() === "");
    if (empty.length > 0) return { status: "Warn", reason: "empty", ...show(empty) };
    const deep = headings.filter(({ depth }, at) => at > 0 && depth > headings[at - 1]!.depth + 1);
    if (deep.length > 0) return { status: "Warn", reason: "skipped", ...show(deep) };
    return { status: "Pass", reason: "order", params: { count: headings.length } };
  },
  "subheading-distribution": ({ reading }) => {
    if (reading.wordCount === 0) return { because: "TooShort" };
    if (reading.wordCount <= SECTION.long) return { status: "Pass", reason: "short" };
    const sections = sectionsOf(reading.blocks);
    const long = sections.filter(({ words }) => words > SECTION.long);
    const params = { count: long.length, words: Math.max(...sections.map(({ words }) => words)), most: SECTION.long };
    if (long.length === 0) return { status: "Pass", reason: "good", params };
    const status = params.words > SECTION.tooLong ? "Fail" : "Warn";
    return { status, reason: "long", params, ...places(reading.source, long) };
  },
  "paragraph-length": ({ reading }) => {
    const paragraphs = reading.blocks.filter(({ kind }) => kind === "Paragraph");
    if (paragraphs.length === 0) return { because: "TooShort" };
    const long = paragraphs.filter(({ count }) => count > PARAGRAPH.long);
    const params = { count: long.length, most: PARAGRAPH.long };
    if (long.length === 0) return { status: "Pass", reason: "good", params };
    const status = long.some(({ count }) => count > PARAGRAPH.tooLong) ? "Fail" : "Warn";
    return { status, reason: "long", params, ...places(reading.source, long) };
  },
};

const isHeading = ({ kind }: ReadBlock) => kind === "Heading";

/** What stands between two headings; its place is its first block. */
function sectionsOf(blocks: readonly ReadBlock[]) {
  const sections: { start: number; end: number; words: number }[] = [];
  let isNew = true;
  for (const block of blocks) {
    if (isHeading(block)) {
      isNew = true;
      continue;
    }
    if (isNew) sections.push({ start: block.start, end: block.end, words: 0 });
    isNew = false;
    sections.at(-1)!.words += block.count;
  }
  return sections.length > 0 ? sections : [{ start: 0, end: 0, words: 0 }];
}

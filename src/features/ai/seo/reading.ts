import type { MdastNode } from "@/platform/markdown";
import { rulesOf } from "./languages/known";
import type { LanguageRules } from "./languages/rules";
import { type Block, type Outline, outlineOf, type Span } from "./text/document";
import { countOf, type Sentence, sentencesIn } from "./text/sentences";
import { stemOf } from "./text/stems";
import { wordsIn } from "./text/words";

export type ReadBlock = Block & { sentences: Sentence[]; count: number };
/** `place` is where it stands in the source. */
export type ReadSentence = Sentence & { place: Span; paragraph: number };

/** A text as the checks see it: read once, asked often. */
export type Reading = Omit<Outline, "blocks"> & {
  source: string;
  language: string;
  rules: LanguageRules | undefined;
  blocks: ReadBlock[];
  /** Of paragraphs: what is judged as sentences. */
  prose: ReadSentence[];
  wordCount: number;
  stem: (word: string) => string;
};

export function read(tree: MdastNode, source: string, language: string): Reading {
  const rules = rulesOf(language);
  const outline = outlineOf(tree, source);
  const blocks = outline.blocks.map((block) => {
    const sentences = block.kind === "Paragraph" ? sentencesIn(block.text, language, rules) : whole(block, language);
    return { ...block, sentences, count: sentences.reduce((sum, { count }) => sum + count, 0) };
  });
  const prose = blocks.flatMap((block, paragraph) =>
    block.kind !== "Paragraph"
      ? []
      : block.sentences.map((sentence) => ({
          ...sentence,
          paragraph,
          place: block.inSource(sentence.start, sentence.end),
        })),
  );
  const wordCount = blocks.reduce((sum, { count }) => sum + count, 0);
  return { ...outline, source, language, rules, blocks, prose, wordCount, stem: lexicon(language) };
}

function whole({ text }: Block, language: string): Sentence[] {
  const words = wordsIn(text, language);
  return words.length === 0 ? [] : [{ start: 0, end: text.length, text, words, count: countOf(words) }];
}

/** A word of a text comes again and again. */
function lexicon(language: string): (word: string) => string {
  const known = new Map<string, string>();
  return (word) => {
    const found = known.get(word);
    if (found !== undefined) return found;
    const stem = stemOf(word, language);
    known.set(word, stem);
    return stem;
  };
}

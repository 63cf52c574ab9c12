import type { Node } from "@tiptap/pm/model";
import type { Root } from "mdast";
import remarkGfm from "remark-gfm";
import remarkStringify, { type Options } from "remark-stringify";
import { unified } from "unified";
import type { Origin } from "./parse";
import { blockToMdast, isEmptyParagraph } from "./to-mdast";

/** What is known of the source: its blocks by their ids, what came after the last, and how its writer writes. */
export type Source = { origins: ReadonlyMap<number, Origin>; after: string; style: Style };
export type Style = {
  bullet: "*" | "-" | "+";
  emphasis: "*" | "_";
  rule: "*" | "-" | "_";
  fence: "`" | "~";
  eol: string;
};

/** How somebody writes Markdown, told from their text. */
export function styleOf(text: string): Style {
  const first = <T extends string>(pattern: RegExp, otherwise: T) => (pattern.exec(text)?.[1] ?? otherwise) as T;
  return {
    bullet: first<Style["bullet"]>(/^ {0,3}([-*+])[ \t]+\S/m, "-"),
    emphasis: first<Style["emphasis"]>(/(?:^|[\s(])([*_])(?![*_\s])[^*_\n]+\1(?![*_\w])/m, "*"),
    rule: first<Style["rule"]>(/^ {0,3}([-*_])(?:[ \t]*\1){2,}[ \t]*$/m, "-"),
    fence: first<Style["fence"]>(/^ {0,3}([`~])\1\1/m, "`"),
    eol: text.includes("\r\n") ? "\r\n" : "\n",
  };
}

/** A block of the document, and where its Markdown stands in the whole. */
export type Piece = { node: Node; start: number; end: number };

/**
 * The document as Markdown. A block that is as it was read is its source, letter by letter; so is what stood between two
 * such blocks. Only what was changed is written anew.
 */
export function serialise(doc: Node, source: Source): { text: string; pieces: Piece[] } {
  const pieces: Piece[] = [];
  let text = "";
  let before: Written | undefined;
  for (const node of doc.children) {
    const origin = source.origins.get(node.attrs.origin);
    const same = origin !== undefined && (origin.node === node || origin.node.eq(node));
    if (!same && isEmptyParagraph(node)) continue;
    const written: Written = { node, origin, same, markdown: "" };
    written.markdown = same ? origin.source : stringify(node, origin, before, source.style);
    text += between(before, written, source.style.eol);
    const start = text.length;
    text += written.markdown;
    pieces.push({ node, start, end: text.length });
    before = written;
  }
  if (!before) return { text, pieces };
  const last = before.origin && before.same && !source.origins.has(before.origin.id + 1);
  return { text: text + (last ? source.after : endOf(source)), pieces };
}

type Written = { node: Node; origin: Origin | undefined; same: boolean; markdown: string };

/** A text that ended with a line's end still does. */
const endOf = ({ after, style }: Source) => (/^\s*$/.test(after) && after !== "" ? after : style.eol);

function between(before: Written | undefined, written: Written, eol: string): string {
  const known = written.origin?.before;
  if (!before) return known !== undefined && isFirst(written.origin!) ? known : "";
  const neighbours = before.origin && written.origin && written.origin.id === before.origin.id + 1;
  if (neighbours && known !== undefined && ((before.same && written.same) || BLANK_LINE.test(known))) return known;
  return eol + eol;
}

const BLANK_LINE = /(\r\n|\r|\n)[ \t]*(\r\n|\r|\n)/;
const isFirst = ({ start, before }: Origin) => start === before.length;

function stringify(node: Node, origin: Origin | undefined, before: Written | undefined, style: Style): string {
  if (node.type.name === "markdownBlock") return node.textContent.replaceAll("\n", style.eol);
  const tree: Root = { type: "root", children: [blockToMdast(node)] };
  const options: Options = {
    bullet: style.bullet,
    emphasis: style.emphasis,
    rule: style.rule,
    fence: style.fence,
    fences: true,
    listItemIndent: "one",
    ...listOptions(node, origin, before, style),
  };
  const markdown = writerFor(options).stringify(tree).replace(/\n$/, "");
  return style.eol === "\n" ? markdown : markdown.replaceAll("\n", style.eol);
}

/** One is made for each way to write, and kept: making one takes longer than writing a paragraph. */
const writers = new Map<string, ReturnType<typeof newWriter>>();
const newWriter = (options: Options) =>
  unified().use(remarkGfm, { tablePipeAlign: false }).use(remarkStringify, options).freeze();

function writerFor(options: Options) {
  const name = JSON.stringify(options);
  const writer = writers.get(name) ?? newWriter(options);
  writers.set(name, writer);
  return writer;
}

/** A list keeps its own signs, and has others than the list just before it, which it would else be part of. */
function listOptions(node: Node, origin: Origin | undefined, before: Written | undefined, style: Style): Options {
  const ordered = node.type.name === "orderedList";
  if (!ordered && node.type.name !== "bulletList") return {};
  const own = markerOf(origin?.source);
  const taken = before?.node.type === node.type ? markerOf(before.markdown) : undefined;
  if (ordered) {
    const signs = [own, ".", ")"].filter((sign) => sign === "." || sign === ")");
    const numbers = [...(origin?.source ?? "").matchAll(/^ {0,3}(\d+)[.)]/gm)].map(([, number]) => number);
    const increment = numbers.length < 2 || numbers[0] !== numbers[1];
    return { bulletOrdered: signs.find((sign) => sign !== taken)!, incrementListMarker: increment };
  }
  const signs = [own, style.bullet, "-", "*"].filter((sign) => sign === "-" || sign === "*" || sign === "+");
  const bullet = signs.find((sign) => sign !== taken)!;
  return { bullet, bulletOther: bullet === "-" ? "*" : "-" };
}

const markerOf = (markdown = "") => /^\s*(?:\d+([.)])|([-*+]))/.exec(markdown)?.slice(1).find(Boolean);

import type { Node, Schema } from "@tiptap/pm/model";
import type { Definition, Root, RootContent } from "mdast";
import remarkGfm from "remark-gfm";
import remarkParse from "remark-parse";
import { unified } from "unified";
import { blockOf, type Leaf, sourceBlock, unixLines } from "./from-mdast";

/** A block as it was read: its node, its source letter by letter, and what stood between it and the one before. */
export type Origin = {
  id: number;
  node: Node;
  source: string;
  before: string;
  /** Where it begins in the text that it was read from. */
  start: number;
  /** Their places count from `start`. */
  leaves: Leaf[];
};

/** A text in the editor. Nothing of it is lost: all `before` and `source`, and `after`, are the text again. */
export type Parsed = { doc: Node; origins: Origin[]; after: string };

const parser = unified().use(remarkParse).use(remarkGfm).freeze();

/** @param firstId of the origins, so that those of several texts can be told apart */
export function parse(schema: Schema, text: string, firstId = 0): Parsed {
  // A byte order mark is no part of the text for remark.
  if (!text.startsWith(BYTE_ORDER_MARK)) return read(schema, text, firstId);
  const { doc, origins, after } = read(schema, text.slice(1), firstId);
  const moved = origins.map((origin, place) => ({
    ...origin,
    start: origin.start + 1,
    ...(place === 0 && { before: BYTE_ORDER_MARK + origin.before }),
  }));
  return { doc, origins: moved, after };
}

const BYTE_ORDER_MARK = "\uFEFF";

function read(schema: Schema, text: string, firstId: number): Parsed {
  const origins: Origin[] = [];
  const tree = parser.parse(text) as Root;
  const definitions = definitionsIn(tree);
  let at = 0;
  const add = (start: number, end: number, made: { node: Node; leaves: Leaf[] }) => {
    const id = firstId + origins.length;
    const node = made.node.type.create({ ...made.node.attrs, origin: id }, made.node.content);
    const leaves = made.leaves.map(({ value, from, to }) => ({ value, from: from - start, to: to - start }));
    origins.push({ id, node, source: text.slice(start, end), before: text.slice(at, start), start, leaves });
    at = end;
  };
  for (const child of tree.children) {
    const { start, end } = child.position!;
    const begin = Math.max(at, lineStart(text, start.offset!));
    add(begin, end.offset!, blockOf(schema, text, child, definitions) ?? asSource(schema, text, begin, end.offset!));
  }
  if (origins.length === 0) add(text.length, text.length, { node: schema.nodes.paragraph!.create(), leaves: [] });
  const nodes = origins.map(({ node }) => node);
  return { doc: schema.topNodeType.create(null, nodes), origins, after: text.slice(at) };
}

function asSource(schema: Schema, text: string, from: number, to: number) {
  const value = text.slice(from, to);
  return { node: sourceBlock(schema, value), leaves: [{ value: unixLines(value), from, to }] };
}

/** What stands before it on its line belongs to a block if it is blank: the indent of code, say. */
function lineStart(text: string, at: number): number {
  const start = Math.max(text.lastIndexOf("\n", at - 1), text.lastIndexOf("\r", at - 1)) + 1;
  return /^[ \t]*$/.test(text.slice(start, at)) ? start : at;
}

/** The first of several counts. */
function definitionsIn(tree: Root): Map<string, Definition> {
  const found = new Map<string, Definition>();
  const look = (node: Root | RootContent) => {
    if (node.type === "definition" && !found.has(node.identifier)) found.set(node.identifier, node);
    if ("children" in node) for (const child of node.children) look(child as RootContent);
  };
  look(tree);
  return found;
}

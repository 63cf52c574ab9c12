import type { MdastNode } from "@/platform/markdown";

/** Offsets in UTF-16 code units of the source Markdown. */
export type Span = { start: number; end: number };

/** A run of words between block borders: its plain text, and where each character of it stands in the source. */
export type Block = Span & {
  kind: "Paragraph" | "Heading" | "Line";
  /** Of a heading: 1 to 6. */
  depth: number;
  text: string;
  /** Where the text from one place to another stands in the source. */
  inSource: (from: number, to: number) => Span;
};
export type Link = Span & { url: string; text: string };
export type Image = Span & { url: string; alt: string };

export type Outline = { blocks: Block[]; links: Link[]; images: Image[] };

/** What is read of a text: code, HTML and definitions are no words. */
export function outlineOf(tree: MdastNode, source: string): Outline {
  const outline: Outline = { blocks: [], links: [], images: [] };
  const definitions = definitionsOf(tree);
  const walk = (node: MdastNode, within: "Item" | null) => {
    if (SILENT.has(node.type)) return;
    const leaves = LEAVES[node.type];
    if (leaves) {
      const block = blockOf(node, leaves, source);
      // What stands in a list and is no sentence is a line of it.
      if (within === "Item" && block.kind === "Paragraph" && !ENDS.test(block.text)) block.kind = "Line";
      if (block.text.trim() !== "" || block.kind === "Heading") outline.blocks.push(block);
      namedIn(node, definitions, outline);
      return;
    }
    for (const child of node.children ?? []) walk(child, node.type === "listItem" ? "Item" : within);
  };
  walk(tree, null);
  return outline;
}

const SILENT = new Set(["code", "html", "definition", "yaml"]);
const LEAVES: Record<string, Block["kind"]> = { paragraph: "Paragraph", heading: "Heading", tableCell: "Line" };
const ENDS = /[.!?…:]["'”’»)]*\s*$/;

type Stretch = { at: number; value: string; offset: number; linear: boolean };

function blockOf(node: MdastNode, kind: Block["kind"], source: string): Block {
  const pieces: string[] = [];
  const stretches: Stretch[] = [];
  let at = 0;
  const add = (value: string, { start, end }: Span) => {
    pieces.push(value);
    stretches.push({ at, value, offset: start, linear: end - start === value.length });
    at += value.length;
  };
  const read = (child: MdastNode) => {
    if (child.type === "break") return add("\n", spanOf(child));
    // Code has its words, but they are names: they count as one.
    if (child.type === "inlineCode") return add(child.value ?? "", spanOf(child));
    if (child.value !== undefined) return child.type === "text" ? add(child.value, spanOf(child)) : undefined;
    for (const each of child.children ?? []) read(each);
  };
  for (const child of node.children ?? []) read(child);
  const whole = spanOf(node);
  return { ...whole, kind, depth: depthOf(node), text: pieces.join(""), inSource: placesIn(stretches, whole, source) };
}

function placesIn(stretches: Stretch[], whole: Span, source: string): Block["inSource"] {
  const place = (at: number, closing: boolean): number | undefined => {
    // The one that has the character, or of an end the one that ends with it.
    let [low, high] = [0, stretches.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      const begins = stretches[middle]!.at;
      if (closing ? begins < at : begins <= at) low = middle;
      else high = middle - 1;
    }
    const found = stretches[low];
    if (!found) return undefined;
    const within = Math.max(0, Math.min(at - found.at, found.value.length));
    return found.offset + (found.linear ? within : escaped(source, found, within));
  };
  return (from, to) => {
    const start = place(from, false) ?? whole.start;
    return { start, end: Math.max(start, place(to, true) ?? whole.end) };
  };
}

const ENTITY = /^&(?:#\d{1,7}|#x[\da-f]{1,6}|\w{1,31});/i;

/** How far `count` characters go in a source that has escapes, entities, and signs of a quote or a list before its lines. */
function escaped(source: string, { value, offset }: Stretch, count: number): number {
  let at = offset;
  for (let done = 0; done < count; done++) {
    if (source[at] === "\\" && source[at] !== value[done]) at += 2;
    else if (source[at] === "&") at += ENTITY.exec(source.slice(at, at + 40))?.[0].length || 1;
    else at++;
    if (value[done] === "\n") while (/[ \t>]/.test(source[at] ?? "") && source[at] !== value[done + 1]) at++;
  }
  return at - offset;
}

function namedIn(node: MdastNode, definitions: Map<string, string>, { links, images }: Outline) {
  const url = node.url ?? definitions.get(node.identifier ?? "");
  if (node.type.startsWith("link")) links.push({ ...spanOf(node), url: url ?? "", text: wordsOf(node).trim() });
  if (node.type.startsWith("image")) images.push({ ...spanOf(node), url: url ?? "", alt: (node.alt ?? "").trim() });
  for (const child of node.children ?? []) namedIn(child, definitions, { links, images, blocks: [] });
}

const wordsOf = (node: MdastNode): string => node.value ?? node.alt ?? (node.children ?? []).map(wordsOf).join("");

function definitionsOf(node: MdastNode, found = new Map<string, string>()): Map<string, string> {
  if (node.type === "definition" && node.url !== undefined && !found.has(node.identifier ?? ""))
    found.set(node.identifier ?? "", node.url);
  for (const child of node.children ?? []) definitionsOf(child, found);
  return found;
}

const spanOf = ({ position }: MdastNode): Span => ({
  start: position?.start.offset ?? 0,
  end: position?.end.offset ?? 0,
});
const depthOf = (node: MdastNode) => (node as { depth?: number }).depth ?? 0;

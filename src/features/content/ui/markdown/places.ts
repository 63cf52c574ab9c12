import type { Node } from "@tiptap/pm/model";
import type { Leaf } from "./from-mdast";
import type { Origin } from "./parse";
import type { Piece } from "./serialise";

type Span = { start: number; end: number };
/** Places in the editor and in its Markdown that are the same, for `size` characters on. */
type Stretch = { at: number; offset: number; size: number };

/** Between places of the document and of its Markdown. Both answer undefined where there is nothing of it. */
export type Places = {
  inMarkdown(from: number, to: number): Span | undefined;
  inEditor(span: Span): { from: number; to: number } | undefined;
};

/**
 * @param pieces of the document, as it was serialised
 * @param origins of that Markdown, read again: of each block where its words stand
 */
export function placesOf(doc: Node, pieces: readonly Piece[], origins: readonly Origin[]): Places {
  const starts = new Map<number, number>(origins.map((origin, place) => [origin.start, place]));
  const stretches: Stretch[] = [];
  let piece = 0;
  doc.forEach((node, at) => {
    if (pieces[piece]?.node !== node) return;
    const found = starts.get(pieces[piece]!.start);
    piece++;
    if (found !== undefined) stretches.push(...stretchesOf(node, at, origins[found]!));
  });
  return {
    inMarkdown(from, to) {
      const inside = stretches.filter(({ at, size }) => at < to && at + size > from);
      const [first, last] = [inside[0], inside.at(-1)];
      if (!first || !last) return undefined;
      const start = first.offset + Math.max(0, from - first.at);
      return { start, end: last.offset + Math.min(last.size, to - last.at) };
    },
    inEditor({ start, end }) {
      const inside = stretches.filter(({ offset, size }) => offset < end && offset + size > start);
      const [first, last] = [inside[0], inside.at(-1)];
      if (!first || !last) return undefined;
      const from = first.at + Math.max(0, start - first.offset);
      return { from, to: last.at + Math.min(last.size, end - last.offset) };
    },
  };
}

/** Walks through a block's words in the editor and in its source at once. */
function stretchesOf(block: Node, at: number, { start, leaves, source }: Origin): Stretch[] {
  const runs: { at: number; size: number }[] = [];
  const look = (node: Node, place: number) => {
    if (node.isInline) runs.push({ at: place, size: node.nodeSize });
    node.forEach((child, offset) => {
      look(child, place + offset + 1);
    });
  };
  look(block, at);
  const words = runs.reduce((sum, { size }) => sum + size, 0);
  // Written in another way than it is read: better no place than a wrong one.
  if (words !== leaves.reduce((sum, { value }) => sum + value.length, 0)) return [];
  const made: Stretch[] = [];
  let [run, within] = [0, 0];
  for (const leaf of leaves) {
    for (const offset of offsetsOf(leaf, source)) {
      while (within === runs[run]!.size) [run, within] = [run + 1, 0];
      const size = leaf.value === "\uFFFC" ? leaf.to - leaf.from : 1;
      add(made, { at: runs[run]!.at + within, offset: start + offset, size: 1 }, size);
      within++;
    }
  }
  return made;
}

function add(made: Stretch[], next: Stretch, size: number) {
  const last = made.at(-1);
  if (size === 1 && last && last.at + last.size === next.at && last.offset + last.size === next.offset) last.size++;
  else made.push(next);
}

const ENTITY = /^&(?:#\d+|#x[\da-f]+|\w+);/i;

/** Where each of a leaf's characters stands in the source: one after another, but for escapes and signs between lines. */
function offsetsOf({ value, from, to }: Leaf, source: string): number[] {
  if (value.length === to - from) return Array.from({ length: value.length }, (_, place) => from + place);
  let place = from;
  return value.split("").map((character) => {
    const entity = ENTITY.exec(source.slice(place, Math.min(place + 40, to)))?.[0];
    const found = entity ? place : source.indexOf(character, place);
    const at = found >= 0 && found < to ? found : Math.min(place, to);
    place = at + (entity?.length ?? 1);
    return at;
  });
}

import type { Node } from "@tiptap/pm/model";
import { type EditorState, TextSelection, type Transaction } from "@tiptap/pm/state";

/**
 * Puts another document in the place of the one that is there. Blocks that say the same stay, with the comments, the
 * cursor and the undo steps in them; only where they were read from is told anew.
 */
export function replaceBlocks({ doc: before, selection, tr }: EditorState, after: Node): Transaction {
  const [had, has] = [before.childCount, after.childCount];
  const most = Math.min(had, has);
  let head = 0;
  while (head < most && saysTheSame(before.child(head), after.child(head))) head++;
  let tail = 0;
  while (tail < most - head && saysTheSame(before.child(had - 1 - tail), after.child(has - 1 - tail))) tail++;
  const [from, to] = [placeOf(before, head), placeOf(before, had - tail)];
  if (head + tail < had || head + tail < has)
    tr.replaceWith(from, to, after.content.cut(placeOf(after, head), placeOf(after, has - tail)));
  tr.doc.forEach((node, at, index) => {
    const { origin } = after.child(index).attrs;
    if (node.attrs.origin !== origin) tr.setNodeAttribute(at, "origin", origin);
  });
  const at = selection.head;
  if (at > from && at < to) tr.setSelection(TextSelection.near(tr.doc.resolve(Math.min(at, tr.doc.content.size))));
  return tr;
}

const withoutOrigin = (node: Node) => node.type.create({ ...node.attrs, origin: null }, node.content);
const saysTheSame = (one: Node, other: Node) => withoutOrigin(one).eq(withoutOrigin(other));

function placeOf(doc: Node, index: number): number {
  let at = 0;
  for (let child = 0; child < index; child++) at += doc.child(child).nodeSize;
  return at;
}

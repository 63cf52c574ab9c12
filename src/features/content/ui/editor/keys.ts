import { type ChainedCommands, type Editor, Extension } from "@tiptap/core";
import type { ResolvedPos } from "@tiptap/pm/model";
import { liftListItem, sinkListItem, splitListItem } from "@tiptap/pm/schema-list";
import { TextSelection } from "@tiptap/pm/state";
import { addRowAfter, CellSelection, deleteTable, goToNextCell, isInTable } from "@tiptap/pm/tables";

/** What turns the lines that are selected into something; the menu, the toolbar and the keys share it. */
export const TURN: Record<string, (chain: ChainedCommands) => ChainedCommands> = {
  paragraph: (chain) => chain.setNode("paragraph"),
  heading1: (chain) => chain.setNode("heading", { level: 1 }),
  heading2: (chain) => chain.setNode("heading", { level: 2 }),
  heading3: (chain) => chain.setNode("heading", { level: 3 }),
  bulletList: (chain) => chain.toggleList("bulletList", "listItem"),
  orderedList: (chain) => chain.toggleList("orderedList", "listItem"),
  taskList: (chain) => chain.toggleList("bulletList", "listItem").updateAttributes("listItem", { checked: false }),
  blockquote: (chain) => chain.toggleWrap("blockquote"),
  codeBlock: (chain) => chain.toggleNode("codeBlock", "paragraph"),
  divider: (chain) => chain.insertContent([{ type: "horizontalRule" }, { type: "paragraph" }]),
  table: (chain) =>
    chain.insertContent(emptyTable(3, 3)).command(({ tr }) => {
      // On with the first cell of it.
      const { $from } = tr.selection;
      const end = $from.depth > 0 ? $from.end(1) : $from.pos;
      let at: number | undefined;
      tr.doc.nodesBetween(0, Math.min(end, tr.doc.content.size), (node, place) => {
        if (node.type.name === "table") at = place;
        return false;
      });
      if (at !== undefined) tr.setSelection(TextSelection.near(tr.doc.resolve(at + 1)));
      return true;
    }),
};

const emptyTable = (rows: number, columns: number) => ({
  type: "table",
  content: Array.from({ length: rows }, (_, row) => ({
    type: "tableRow",
    content: Array.from({ length: columns }, () => ({ type: row === 0 ? "tableHeader" : "tableCell" })),
  })),
});

export const turnInto = (editor: Editor, what: string) => TURN[what]!(editor.chain().focus()).run();

/** Keys that a writer knows from elsewhere. Ctrl-K and Ctrl-S are the application's. */
export const Keys = Extension.create({
  name: "keys",
  priority: 1000,
  addKeyboardShortcuts() {
    const { editor } = this;
    const mark = (name: string) => () => editor.commands.toggleMark(name);
    const turn = (what: string) => () => TURN[what]!(editor.chain()).run();
    return {
      "Mod-b": mark("bold"),
      "Mod-i": mark("italic"),
      "Mod-e": mark("code"),
      "Mod-Shift-x": mark("strike"),
      "Mod-Alt-0": turn("paragraph"),
      "Mod-Alt-1": turn("heading1"),
      "Mod-Alt-2": turn("heading2"),
      "Mod-Alt-3": turn("heading3"),
      "Mod-Shift-7": turn("orderedList"),
      "Mod-Shift-8": turn("bulletList"),
      "Mod-Shift-9": turn("taskList"),
      "Mod-Shift-b": turn("blockquote"),
      "Mod-Alt-c": turn("codeBlock"),
      "Shift-Enter": () => inCell(editor) || editor.commands.insertContent({ type: "hardBreak" }),
      Enter: () => nextRow(editor) || splitItem(editor),
      Tab: () => nextCell(editor, 1) || withItem(editor, sinkListItem),
      "Shift-Tab": () => nextCell(editor, -1) || withItem(editor, liftListItem),
      Backspace: () => dropWholeTable(editor) || outdent(editor),
      Delete: () => dropWholeTable(editor),
    };
  },
});

const inCell = ({ state }: Editor) => /^table(Cell|Header)$/.test(state.selection.$from.parent.type.name);

const withItem = ({ state, view, schema }: Editor, command: typeof liftListItem): boolean =>
  isInItem(state.selection.$from) && command(schema.nodes.listItem!)(state, view.dispatch);

const isInItem = ($from: ResolvedPos) => $from.depth > 1 && $from.node(-1).type.name === "listItem";

function splitItem({ state, view, schema }: Editor): boolean {
  const { $from } = state.selection;
  if (!isInItem($from)) return false;
  const attrs = { checked: $from.node(-1).attrs.checked === null ? null : false };
  return splitListItem(schema.nodes.listItem!, attrs)(state, view.dispatch);
}

function nextCell({ state, view }: Editor, direction: 1 | -1): boolean {
  if (!isInTable(state)) return false;
  if (goToNextCell(direction)(state, view.dispatch) || direction === -1) return true;
  addRowAfter(state, view.dispatch);
  return goToNextCell(1)(view.state, view.dispatch);
}

/** A cell has one line: Enter goes on below it, and makes a row where there is none. */
function nextRow(editor: Editor): boolean {
  if (!inCell(editor)) return false;
  const { view } = editor;
  const { $from } = view.state.selection;
  const column = $from.index(-1);
  const end = $from.after(-1);
  if ($from.index(-2) === $from.node(-2).childCount - 1) addRowAfter(view.state, view.dispatch);
  const row = view.state.doc.nodeAt(end)!;
  let at = end + 1;
  for (let cell = 0; cell < column; cell++) at += row.child(cell).nodeSize;
  view.dispatch(view.state.tr.setSelection(TextSelection.create(view.state.doc, at + 1)).scrollIntoView());
  return true;
}

function dropWholeTable({ state, view }: Editor): boolean {
  const { selection } = state;
  if (!(selection instanceof CellSelection && selection.isRowSelection() && selection.isColSelection())) return false;
  return deleteTable(state, view.dispatch);
}

/** At its very beginning, a heading becomes a paragraph and an item leaves its list. */
function outdent(editor: Editor): boolean {
  const { $from, empty } = editor.state.selection;
  if (!empty || $from.parentOffset > 0) return false;
  if ($from.parent.type.name === "heading") return editor.commands.setNode("paragraph");
  if (!isInItem($from) || $from.index(-1) > 0) return false;
  if ($from.node(-1).attrs.checked !== null) return editor.commands.updateAttributes("listItem", { checked: null });
  return withItem(editor, liftListItem);
}

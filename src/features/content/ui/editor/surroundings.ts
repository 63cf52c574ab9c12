import { Extension } from "@tiptap/core";
import { baseKeymap } from "@tiptap/pm/commands";
import { dropCursor } from "@tiptap/pm/dropcursor";
import { gapCursor } from "@tiptap/pm/gapcursor";
import { history, redo, undo } from "@tiptap/pm/history";
import { keymap } from "@tiptap/pm/keymap";
import { Plugin } from "@tiptap/pm/state";
import { tableEditing } from "@tiptap/pm/tables";
import { Decoration, DecorationSet } from "@tiptap/pm/view";

type Options = { placeholder: string };

/** Undo, what is shown while something is dragged, a last line to write on, and what stands in an empty text. */
export const Surroundings = Extension.create<Options>({
  name: "surroundings",
  addOptions: () => ({ placeholder: "" }),
  addKeyboardShortcuts() {
    const { editor } = this;
    const run = (command: typeof undo) => () => command(editor.state, editor.view.dispatch);
    return { "Mod-z": run(undo), "Mod-y": run(redo), "Mod-Shift-z": run(redo) };
  },
  addProseMirrorPlugins() {
    const { placeholder } = this.options;
    return [
      history(),
      dropCursor({ width: 2, class: "drop-cursor" }),
      gapCursor(),
      tableEditing(),
      lastLine(),
      emptyText(placeholder),
      keymap(baseKeymap),
    ];
  },
});

/** Behind a table or code one could write nothing else. */
const lastLine = () =>
  new Plugin({
    appendTransaction: (transactions, _old, { doc, schema, tr }) =>
      transactions.some(({ docChanged }) => docChanged) && doc.lastChild?.type.name !== "paragraph"
        ? tr.insert(doc.content.size, schema.nodes.paragraph!.create()).setMeta("addToHistory", false)
        : null,
  });

const emptyText = (placeholder: string) =>
  new Plugin({
    props: {
      decorations: ({ doc }) =>
        doc.childCount === 1 && doc.firstChild!.isTextblock && doc.firstChild!.content.size === 0
          ? DecorationSet.create(doc, [
              Decoration.node(0, doc.content.size, { class: "empty", "data-placeholder": placeholder }),
            ])
          : null,
    },
  });

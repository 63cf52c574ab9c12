import { Extension } from "@tiptap/core";
import { type EditorState, Plugin, PluginKey } from "@tiptap/pm/state";

/** A `/` at the beginning of a word, and what was typed behind it. */
export type Slash = { from: number; to: number; query: string };
type State = { slash: Slash | null; closedAt: number | null };

const key = new PluginKey<State>("slash");
export const slashOf = (state: EditorState): Slash | null => key.getState(state)?.slash ?? null;

/** Closed, it stays so until the `/` is another one. */
export const closeSlash = (state: EditorState) => state.tr.setMeta(key, { close: true });

function find({ selection, doc }: EditorState): Slash | null {
  const { $from, empty } = selection;
  if (!empty || $from.parent.type.name !== "paragraph") return null;
  const before = doc.textBetween($from.start(), $from.pos, undefined, "\uFFFC");
  const match = /(?:^|\s)\/([\p{L}\d]{0,20})$/u.exec(before);
  return match ? { from: $from.pos - match[1]!.length - 1, to: $from.pos, query: match[1]! } : null;
}

type Options = { onKey: (event: KeyboardEvent) => boolean };

/** Tells where the menu is asked for; what is in it, and what its keys do, is the menu's own. */
export const SlashCommands = Extension.create<Options>({
  name: "slashCommands",
  priority: 1100,
  addOptions: () => ({ onKey: () => false }),
  addProseMirrorPlugins() {
    const { onKey } = this.options;
    return [
      new Plugin<State>({
        key,
        state: {
          init: () => ({ slash: null, closedAt: null }),
          apply(tr, value, _old, state) {
            if (!tr.docChanged && !tr.selectionSet && !tr.getMeta(key)) return value;
            const slash = find(state);
            const closedAt = tr.getMeta(key)?.close ? (slash?.from ?? null) : slash ? value.closedAt : null;
            return { slash: slash && slash.from !== closedAt ? slash : null, closedAt };
          },
        },
        props: { handleKeyDown: (view, event) => slashOf(view.state) !== null && onKey(event) },
      }),
    ];
  },
});

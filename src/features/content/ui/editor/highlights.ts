import { Extension } from "@tiptap/core";
import { type EditorState, Plugin, PluginKey } from "@tiptap/pm/state";
import { Decoration, DecorationSet } from "@tiptap/pm/view";

/** A passage that is spoken of. */
export type Highlight = { id: string; from: number; to: number };

const key = new PluginKey<DecorationSet>("highlights");

export const showHighlights = (state: EditorState, highlights: readonly Highlight[], active: string | null) =>
  state.tr.setMeta(
    key,
    DecorationSet.create(
      state.doc,
      highlights.map(({ id, from, to }) => {
        const attributes = { class: "passage", "data-thread": id, ...(id === active && { "data-active": "" }) };
        return Decoration.inline(from, to, attributes, { id });
      }),
    ),
  );

/** Where a passage stands by now. */
export function highlightOf(state: EditorState, id: string): Highlight | undefined {
  const found = key.getState(state)?.find(undefined, undefined, (spec) => spec.id === id) ?? [];
  return found[0] && { id, from: found[0].from, to: found[0].to };
}

type Options = { onChoose: (id: string) => void };

/** They go along with the text as it is changed. */
export const Highlights = Extension.create<Options>({
  name: "highlights",
  addOptions: () => ({ onChoose: () => {} }),
  addProseMirrorPlugins() {
    const { onChoose } = this.options;
    return [
      new Plugin<DecorationSet>({
        key,
        state: {
          init: () => DecorationSet.empty,
          apply: (tr, shown) => tr.getMeta(key) ?? shown.map(tr.mapping, tr.doc),
        },
        props: {
          decorations: (state) => key.getState(state),
          handleClick: (view, at) => {
            const [passage] = key.getState(view.state)?.find(at, at) ?? [];
            if (passage) onChoose(passage.spec.id as string);
            return false;
          },
        },
      }),
    ];
  },
});

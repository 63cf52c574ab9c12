import { EditorState } from "@tiptap/pm/state";
import { useEditor } from "@tiptap/react";
import { useEffect, useMemo, useRef, useState } from "react";
import { createDocument, type MarkdownDocument } from "../markdown/document";
import { SCHEMA_EXTENSIONS } from "../markdown/schema";
import { imagesIn, sliceOf, textOf } from "./clipboard";
import { Highlights } from "./highlights";
import { InputRules } from "./input-rules";
import { Keys } from "./keys";
import { replaceBlocks } from "./replace-blocks";
import { SlashCommands } from "./slash";
import { Surroundings } from "./surroundings";
import { Views, type ViewTexts } from "./views";

export type Events = {
  onChange: () => void;
  onImages: (files: File[], at: number) => void;
  onEditImage: (at: number) => void;
  onChoosePassage: (id: string) => void;
  onSlashKey: (event: KeyboardEvent) => boolean;
  addressOf: (src: string) => Promise<string>;
};
type Settings = {
  text: string;
  editable: boolean;
  label: string;
  placeholder: string;
  texts: ViewTexts;
  events: Events;
};

/** TipTap over a Markdown document. What is done in it is told by events; those that are given last count. */
export function useTextEditor({ text, editable, label, placeholder, texts, events }: Settings) {
  const latest = useRef(events);
  latest.current = events;
  const documentOf = useRef<MarkdownDocument>(undefined);
  const [ready, setReady] = useState(false);
  const extensions = useMemo(
    () => [
      ...SCHEMA_EXTENSIONS,
      Keys,
      InputRules,
      Surroundings.configure({ placeholder }),
      SlashCommands.configure({ onKey: (event) => latest.current.onSlashKey(event) }),
      Highlights.configure({ onChoose: (id) => latest.current.onChoosePassage(id) }),
      Views.configure({
        texts,
        addressOf: (src) => latest.current.addressOf(src),
        onEditImage: (at) => latest.current.onEditImage(at),
      }),
    ],
    [placeholder, texts],
  );
  const editor = useEditor({
    immediatelyRender: false,
    shouldRerenderOnTransaction: false,
    injectCSS: true,
    extensions,
    editable,
    editorProps: {
      attributes: { "aria-label": label, "aria-multiline": "true", role: "textbox", spellcheck: "true" },
      clipboardTextParser: (pasted, _context, _plain, view) => sliceOf(view.state.schema, pasted),
      clipboardTextSerializer: (slice, view) => textOf(view.state.schema, slice, documentOf.current!.write),
      handlePaste: (view, { clipboardData }) => take(view.editable, imagesIn(clipboardData), view.state.selection.to),
      handleDrop: (view, { dataTransfer, clientX: left, clientY: top }) => {
        const at = view.posAtCoords({ left, top })?.pos ?? view.state.selection.to;
        return take(view.editable, imagesIn(dataTransfer), at);
      },
    },
    onCreate: ({ editor: made }) => {
      documentOf.current = createDocument(made.schema);
      const doc = documentOf.current.open(text);
      made.view.updateState(EditorState.create({ doc, plugins: made.state.plugins }));
      setReady(true);
    },
    onUpdate: () => latest.current.onChange(),
  });
  const take = (may: boolean, files: File[], at: number) => {
    if (!may || files.length === 0) return false;
    latest.current.onImages(files, at);
    return true;
  };
  useEffect(() => {
    editor?.setEditable(editable, false);
  }, [editor, editable]);

  const read = () => (editor && documentOf.current ? documentOf.current.write(editor.state.doc) : text);
  /** Puts another text in its place; the cursor stays about where it was, and an undo brings the old one back. */
  const replace = (next: string) => {
    if (!editor || !documentOf.current || next === read()) return;
    editor.view.dispatch(replaceBlocks(editor.state, documentOf.current.open(next)));
  };
  return { editor, ready, read, replace, places: () => editor && documentOf.current?.places(editor.state.doc) };
}

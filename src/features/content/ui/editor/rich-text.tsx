"use client";

import { FileButton, VisuallyHidden } from "@mantine/core";
import type { EditorView } from "@tiptap/pm/view";
import { EditorContent } from "@tiptap/react";
import { type RefObject, useEffect, useImperativeHandle, useMemo, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import { countWords, wordsIn } from "../markdown/words";
import { useAssetAddresses } from "./asset-addresses";
import classes from "./editor.module.css";
import { highlightOf, showHighlights } from "./highlights";
import { ImageDialog } from "./image-dialog";
import { LinkDialog } from "./link-dialog";
import { SlashMenu } from "./slash-menu";
import { Toolbar } from "./toolbar";
import { useTextEditor } from "./use-text-editor";

type Span = { start: number; end: number };
export type Passage = Span & { quote: string };
export type TextHandle = {
  /** The Markdown as it stands. */
  read: () => string;
  replace: (text: string) => void;
  /** What is selected, as it stands in the Markdown. */
  passage: () => Passage | undefined;
  reveal: (threadId: string) => void;
  /** Selects what stands there in the Markdown; false where it can't be shown. */
  show: (span: Span) => boolean;
  focus: () => void;
  words: () => number;
};
/** Where in the text's Markdown a thread's passage is. */
export type Marked = { id: string; start: number; end: number };

type Props = {
  text: string;
  editable: boolean;
  handle: RefObject<TextHandle | null>;
  onChange: () => void;
  marked: readonly Marked[];
  activeThread: string | null;
  onChooseThread: (id: string) => void;
  onComment?: (() => void) | undefined;
  onRewrite?: (() => void) | undefined;
};
type Asked = { kind: "link" } | { kind: "alt"; at: number; alt: string } | { kind: "files"; files: File[]; at: number };

type Writing = Pick<ReturnType<typeof useTextEditor>, "editor" | "ready" | "read" | "replace" | "places">;

function useHandle(handle: Props["handle"], { editor, ready, read, replace, places }: Writing, text: string) {
  useImperativeHandle(handle, () => ({
    read,
    replace,
    focus: () => editor?.commands.focus(),
    words: () => (editor && ready ? wordsIn(editor.state.doc) : countWords(text)),
    passage() {
      const { from, to, empty } = editor!.state.selection;
      const span = empty ? undefined : places()?.inMarkdown(from, to);
      return span && { ...span, quote: read().slice(span.start, span.end) };
    },
    reveal(threadId) {
      const passage = editor && highlightOf(editor.state, threadId);
      if (!passage) return;
      editor.commands.setTextSelection(passage.to);
      const { node } = editor.view.domAtPos(passage.from);
      (node instanceof Element ? node : node.parentElement)?.scrollIntoView({ block: "center" });
    },
    show(span) {
      const place = editor && ready ? places()?.inEditor(span) : undefined;
      if (!editor || !place) return false;
      editor.commands.setTextSelection(place);
      select(editor.view, place);
      return true;
    },
  }));
}

/** Also where nobody may write: there, the editor itself selects nothing. */
function select(view: EditorView, { from, to }: { from: number; to: number }) {
  const [start, end] = [view.domAtPos(from), view.domAtPos(to)];
  view.focus();
  document.getSelection()?.setBaseAndExtent(start.node, start.offset, end.node, end.offset);
  const { node } = start;
  (node instanceof Element ? node : node.parentElement)?.scrollIntoView({ block: "center" });
}

/** A text that is written as it looks, and is Markdown. */
export function RichText({ text, editable, handle, onChange, marked, activeThread, ...props }: Props) {
  const { onChooseThread, onComment, onRewrite } = props;
  const t = useTranslations("editor");
  const [asked, setAsked] = useState<Asked>();
  const addressOf = useAssetAddresses();
  const slashKey = useRef<(event: KeyboardEvent) => boolean>(() => false);
  const openFiles = useRef<() => void>(null);
  const { editor, ready, read, replace, places } = useTextEditor({
    text,
    editable,
    label: t("text"),
    placeholder: t("placeholder"),
    texts: useViewTexts(),
    events: {
      onChange,
      onImages: (files, at) => setAsked({ kind: "files", files, at }),
      onEditImage: (at) => setAsked({ kind: "alt", at, alt: editor?.state.doc.nodeAt(at)?.attrs.alt ?? "" }),
      onChoosePassage: onChooseThread,
      onSlashKey: (event) => slashKey.current(event),
      addressOf,
    },
  });
  useHandle(handle, { editor, ready, read, replace, places }, text);
  // biome-ignore lint/correctness/useExhaustiveDependencies: Places are those of the text of this moment.
  useEffect(() => {
    if (!editor || !ready) return;
    const shown = marked.flatMap(({ id, ...span }) => {
      const place = places()?.inEditor(span);
      return place ? [{ id, ...place }] : [];
    });
    editor.view.dispatch(showHighlights(editor.state, shown, activeThread));
  }, [editor, ready, marked, activeThread]);

  if (!editor) return <div aria-busy className={classes.loading} />;
  const putIn = (alt: string, assetId?: string) => {
    if (asked?.kind === "alt") {
      editor.view.dispatch(editor.state.tr.setNodeAttribute(asked.at, "alt", alt));
      setAsked(undefined);
    } else if (asked?.kind === "files" && assetId) {
      const [, ...more] = asked.files;
      const image = { type: "image", attrs: { src: `asset:${assetId}`, alt } };
      editor.chain().insertContentAt(Math.min(asked.at, editor.state.doc.content.size), image).focus().run();
      setAsked(more.length > 0 ? { ...asked, files: more, at: editor.state.selection.to } : undefined);
    }
  };
  const close = () => setAsked(undefined);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: The keys are those of the text within.
    <div
      className={classes.frame}
      onKeyDown={(event) => {
        const command = event.ctrlKey || event.metaKey;
        if (command && event.shiftKey && event.key.toLowerCase() === "l" && editable) setAsked({ kind: "link" });
        else if (command && event.altKey && event.code === "KeyM" && onComment) onComment();
        else return;
        event.preventDefault();
      }}
    >
      {ready && (editable || onComment) && (
        <Toolbar
          editor={editor}
          editable={editable}
          onLink={() => setAsked({ kind: "link" })}
          onImage={() => openFiles.current?.()}
          onComment={onComment}
          onRewrite={onRewrite}
        />
      )}
      <EditorContent editor={editor} className={classes.text} />
      {ready && editable && (
        <>
          <SlashMenu editor={editor} keyRef={slashKey} onImage={() => openFiles.current?.()} onRewrite={onRewrite} />
          <FilePicker
            openRef={openFiles}
            onPick={(files) => setAsked({ kind: "files", files, at: editor.state.selection.to })}
          />
        </>
      )}
      {asked?.kind === "link" && <LinkDialog editor={editor} onClose={close} />}
      {asked?.kind === "alt" && <ImageDialog alt={asked.alt} onDone={putIn} onClose={close} />}
      {asked?.kind === "files" && (
        <ImageDialog key={asked.files.length} file={asked.files[0]} onDone={putIn} onClose={close} />
      )}
    </div>
  );
}

function FilePicker({ openRef, onPick }: { openRef: RefObject<(() => void) | null>; onPick: (files: File[]) => void }) {
  const t = useTranslations("editor");
  return (
    <FileButton multiple accept="image/*" onChange={(files) => files.length > 0 && onPick(files)}>
      {({ onClick }) => {
        openRef.current = onClick;
        return <VisuallyHidden aria-hidden>{t("does.image")}</VisuallyHidden>;
      }}
    </FileButton>
  );
}

function useViewTexts() {
  const t = useTranslations("editor.views");
  return useMemo(
    () => ({
      done: t("done"),
      noAlt: t("noAlt"),
      editAlt: t("editAlt"),
      missing: t("missing"),
      source: t("source"),
      code: t("code"),
    }),
    [t],
  );
}

"use client";

import type { ContentItemWithBody } from "@contentos/sdk";
import { Alert, Stack, Textarea } from "@mantine/core";
import { IconArchive, IconEye } from "@tabler/icons-react";
import { memo, type RefObject, useCallback, useEffect, useImperativeHandle, useMemo, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import { anchorsInto } from "@/platform/text-anchor";
import { Problem } from "@/ui/api";
import { LoadingRows } from "@/ui/loading-rows";
import { ProblemAlert } from "@/ui/problem-alert";
import { useShortcut } from "@/ui/shortcuts";
import { type Marked, type Passage, RichText, type TextHandle } from "./editor/rich-text";
import { SourceText } from "./editor/source-text";
import { widened } from "./markdown/widen";
import { localCopies } from "./writing/local-copy";
import { MergeView } from "./writing/merge-view";
import { ElsewhereNotice, NewerNotice, RestoredNotice } from "./writing/notices";
import { type Start, startOf } from "./writing/start";
import { StateBar } from "./writing/state-bar";
import { useDraft } from "./writing/use-draft";
import { useWriting } from "./writing/use-writing";
import classes from "./writing/writing.module.css";

/** What the page around may ask of the text. */
export type WriterHandle = {
  /** What is selected, as it stands in the current version; undefined where it isn't in there. */
  passage: () => Passage | undefined;
  reveal: (threadId: string) => void;
  /** Selects a passage of the text as it stands here; false where it has changed, or can't be shown. */
  show: (passage: Passage) => boolean;
  /** What is selected as it stands here, else all of it: as Markdown that can be read alone. */
  chosen: () => Passage;
  /** Puts words in its place, as if they were typed; false where it isn't there any more. */
  put: (passage: Passage, words: string) => boolean;
};

type Props = {
  item: ContentItemWithBody;
  userId: string;
  mayEdit: boolean;
  nameOf: (userId: string | null) => string;
  handle: RefObject<WriterHandle | null>;
  /** Passages of the current version that are spoken of. */
  marked: readonly Marked[];
  activeThread: string | null;
  onChooseThread: (id: string) => void;
  onComment: () => void;
  onRewrite?: (() => void) | undefined;
  /** Told what stands here: at once, and in pauses of whoever writes. */
  onWords?: ((words: { title: string; body: string }) => void) | undefined;
};

/** Title and text of an item, for who writes and for who reads. */
export function Writer(props: Props) {
  const { item, userId, mayEdit } = props;
  const writes = mayEdit && !item.archivedAt;
  const { pending, draft } = useDraft(item.id, writes);
  const [start, setStart] = useState<Start>();
  useEffect(() => {
    if (pending || start) return;
    const local = writes ? localCopies(userId, item.id, window.localStorage).read() : undefined;
    setStart(startOf({ ...item.currentVersion, title: item.title }, draft, local));
  }, [pending, start, writes, draft, userId, item]);
  if (!start) return <LoadingRows rows={8} />;
  return <Opened {...props} mayEdit={writes} start={start} />;
}

const Text = memo(RichText);

function Opened(props: Props & { start: Start }) {
  const { item, mayEdit, nameOf, handle, marked, activeThread, onChooseThread, onComment, onRewrite } = props;
  const t = useTranslations("editor");
  const writing = useWriting(props);
  const { text, state, current, saving, base } = writing;
  const words = useWordCount(text, `${state.at} ${writing.revision}`);
  const shown = useMarked(marked, current.body, writing);
  const onChange = useTelling(writing, props.onWords);
  const changed = state.at !== "version" || !("body" in base);
  const save = () => {
    if (mayEdit && changed) void writing.save();
  };
  useShortcut("mod+s", t("saveVersion"), save);
  useImperativeHandle(handle, () => ({
    passage: () => passageIn(current.body, writing.read().body, text.current?.passage()),
    reveal: (threadId) => text.current?.reveal(threadId),
    show: ({ quote, ...span }) => isThere(writing.read().body, span, quote) && (text.current?.show(span) ?? false),
    chosen() {
      const { body } = writing.read();
      const span = text.current?.passage();
      const { start, end } = span ? widened(body, span) : { start: 0, end: body.length };
      return { start, end, quote: body.slice(start, end) };
    },
    put({ start, end, quote }, words) {
      const { body } = writing.read();
      if (body.slice(start, end) !== quote) return false;
      writing.put(`${body.slice(0, start)}${words}${body.slice(end)}`);
      return true;
    },
  }));
  const author = nameOf(item.currentVersion.updatedBy);
  const begun = item.status === "InReview" || item.status === "Approved";
  return (
    <Stack gap="md">
      <Notices {...props} writing={writing} changed={changed} save={save} />
      <Title
        value={writing.title}
        readOnly={!mayEdit}
        onChange={(typed) => {
          writing.setTitle(typed);
          onChange();
        }}
        error={titleIssue(saving.error)}
        onEnter={() => text.current?.focus()}
      />
      {writing.mode === "rich" ? (
        <Text
          text={writing.opened}
          editable={mayEdit}
          handle={text}
          onChange={onChange}
          marked={shown}
          activeThread={activeThread}
          onChooseThread={onChooseThread}
          onComment={onComment}
          onRewrite={onRewrite}
        />
      ) : (
        <SourceText
          text={writing.opened}
          editable={mayEdit}
          handle={text}
          onChange={onChange}
          marked={shown}
          onRewrite={onRewrite}
        />
      )}
      {!titleIssue(saving.error) && !saving.merge && <ProblemAlert error={saving.error} />}
      <StateBar
        state={state.at}
        versionNumber={base.versionNumber}
        words={words}
        mode={writing.mode}
        onMode={writing.changeMode}
        mayEdit={mayEdit}
        canSave={changed}
        pending={saving.pending}
        onSave={save}
        hint={begun && changed && mayEdit ? t("startsAnew") : undefined}
      />
      {saving.merge && (
        <MergeView
          key={saving.merge.basedOn}
          merge={saving.merge}
          name={author}
          pending={saving.pending}
          error={saving.error}
          onClose={saving.later}
          onSave={(settled) => void writing.saveSettled({ ...settled, baseVersion: saving.merge!.basedOn })}
        />
      )}
    </Stack>
  );
}

type NoticesProps = Props & {
  start: Start;
  writing: ReturnType<typeof useWriting>;
  changed: boolean;
  save: () => void;
};

/** What whoever writes is to know before they go on. */
function Notices({ item, mayEdit, nameOf, start, writing, changed, save }: NoticesProps) {
  const [notice, setNotice] = useState(start.restoredFrom !== undefined);
  const { state, current, base, saving } = writing;
  const newer = current.versionNumber > base.versionNumber;
  return (
    <>
      {!mayEdit && <ReadingNotice archived={item.archivedAt !== null} />}
      {notice && start.restoredFrom && (
        <RestoredNotice
          start={start}
          newest={current.versionNumber}
          onClose={() => setNotice(false)}
          onDiscard={() => {
            writing.discard();
            setNotice(false);
          }}
          onOther={() => {
            if (start.other) writing.take(start.other);
            setNotice(false);
          }}
        />
      )}
      {state.at === "elsewhere" && (
        <ElsewhereNotice
          onTake={() => {
            writing.take({ ...state.other, title: state.other.title ?? item.title });
            writing.keeper.current?.follow(state.other);
          }}
          onKeep={() => writing.keeper.current?.follow(state.other)}
        />
      )}
      {newer && changed && !notice && (
        <NewerNotice
          name={nameOf(item.currentVersion.updatedBy)}
          versionNumber={current.versionNumber}
          pending={saving.pending}
          onMerge={save}
        />
      )}
    </>
  );
}

function ReadingNotice({ archived }: { archived: boolean }) {
  const t = useTranslations("editor");
  return (
    <Alert
      variant="light"
      color="gray"
      p="xs"
      icon={archived ? <IconArchive size={16} aria-hidden /> : <IconEye size={16} aria-hidden />}
    >
      {archived ? t("archived") : t("readOnly")}
    </Alert>
  );
}

type TitleProps = {
  value: string;
  readOnly: boolean;
  onChange: (title: string) => void;
  error: string | undefined;
  onEnter: () => void;
};

function Title({ value, readOnly, onChange, error, onEnter }: TitleProps) {
  const t = useTranslations("editor");
  return (
    <Textarea
      aria-label={t("title")}
      placeholder={t("title")}
      value={value}
      readOnly={readOnly}
      error={error}
      maxLength={300}
      autosize
      variant="unstyled"
      classNames={{ input: classes.title }}
      onChange={(event) => onChange(event.currentTarget.value.replace(/\s*\n\s*/g, " "))}
      onKeyDown={(event) => {
        if (event.key !== "Enter" || event.nativeEvent.isComposing) return;
        event.preventDefault();
        onEnter();
      }}
    />
  );
}

const titleIssue = (error: Error | null) =>
  error instanceof Problem ? error.issues.find(({ path }) => path === "title")?.message : undefined;

/** Threads speak of the version that was saved; the text may have gone on. */
function useMarked(marked: readonly Marked[], saved: string, { read, revision, mode }: ReturnType<typeof useWriting>) {
  // biome-ignore lint/correctness/useExhaustiveDependencies: After that, they go along with the text.
  return useMemo(() => {
    const anchorIn = anchorsInto(saved, read().body);
    return marked.flatMap(({ id, start, end }) => {
      const place = anchorIn({ start, end });
      return place.state === "Orphaned" ? [] : [{ id, start: place.start, end: place.end }];
    });
  }, [marked, saved, revision, mode]);
}

/** A passage of what stands here, as it stands in the version that was saved. */
function passageIn(saved: string, here: string, passage: Passage | undefined): Passage | undefined {
  if (!passage) return undefined;
  const place = anchorsInto(here, saved)({ start: passage.start, end: passage.end });
  if (place.state === "Orphaned") return undefined;
  return { start: place.start, end: place.end, quote: saved.slice(place.start, place.end) };
}

/** Its quote may be the beginning of it only. */
const isThere = (body: string, { start, end }: { start: number; end: number }, quote: string) =>
  body.slice(start, end).startsWith(quote);

const TELL_MS = 900;

/** What to call at every change. */
function useTelling({ read, revision, onChange }: ReturnType<typeof useWriting>, onWords: Props["onWords"]) {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  // biome-ignore lint/correctness/useExhaustiveDependencies: A revision is another text.
  useEffect(() => {
    onWords?.(read());
    return () => clearTimeout(timer.current);
  }, [onWords, read, revision]);
  return useCallback(() => {
    onChange();
    clearTimeout(timer.current);
    if (onWords) timer.current = setTimeout(() => onWords(read()), TELL_MS);
  }, [onChange, onWords, read]);
}

const COUNT_MS = 700;

/** Counted in pauses. */
function useWordCount(text: RefObject<TextHandle | null>, when: string): number {
  const [count, setCount] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: It is when the words have changed.
  useEffect(() => {
    const timer = setTimeout(() => setCount(text.current?.words() ?? 0), COUNT_MS);
    return () => clearTimeout(timer);
  }, [text, when]);
  return count;
}

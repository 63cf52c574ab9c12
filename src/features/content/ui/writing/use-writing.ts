import type { ContentItemWithBody } from "@contentos/sdk";
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import { mergeText } from "@/platform/text-merge";
import { notices } from "@/ui/notices";
import type { TextHandle } from "../editor/rich-text";
import type { Words } from "./local-copy";
import type { Start } from "./start";
import type { Mode } from "./state-bar";
import { useKeeper } from "./use-keeper";
import { useSaving } from "./use-saving";

type Base = { versionNumber: number; title: string; body: string };
type Options = { item: ContentItemWithBody; userId: string; mayEdit: boolean; start: Start };

/** The words as they stand, what they are based on, and how others take their place. */
function useWords(start: Start, current: Base) {
  const text = useRef<TextHandle>(null);
  const [title, setTitleNow] = useState(start.title);
  const [opened, setOpened] = useState(start.body);
  /** Counts the times that another text was put in the place of what was there. */
  const [revision, setRevision] = useState(0);
  const [base, setBaseNow] = useState<Base | { versionNumber: number }>(() =>
    start.baseVersion === current.versionNumber ? current : { versionNumber: start.baseVersion },
  );
  const now = useRef({ title, body: start.body, base });
  const read = useCallback((): Words => {
    const body = text.current?.read() ?? now.current.body;
    now.current.body = body;
    return { title: now.current.title, body, baseVersion: now.current.base.versionNumber };
  }, []);
  // The editor goes away before effects are undone.
  useLayoutEffect(() => () => void read(), [read]);
  const isSaved = useCallback((words: Words) => {
    const { base: saved } = now.current;
    return "body" in saved && words.title === saved.title && words.body === saved.body;
  }, []);
  const setTitle = useCallback((typed: string) => {
    now.current.title = typed;
    setTitleNow(typed);
  }, []);
  const setBase = useCallback((next: Base | { versionNumber: number }) => {
    now.current.base = next;
    setBaseNow(next);
  }, []);
  const show = useCallback(
    (words: { title: string; body: string }) => {
      now.current.body = words.body;
      setTitle(words.title);
      setOpened(words.body);
      text.current?.replace(words.body);
      setRevision((times) => times + 1);
    },
    [setTitle],
  );
  return { text, title, setTitle, opened, setOpened, revision, base, setBase, read, isSaved, show };
}

/** The words of one item while somebody writes: where they are kept, and how they become a version. */
export function useWriting({ item, userId, mayEdit, start }: Options) {
  const t = useTranslations("editor");
  const current = versionOf(item);
  const [mode, setMode] = useState<Mode>("rich");
  const words = useWords(start, current);
  const { read, isSaved, show, setBase, base } = words;
  const { state, keeper } = useKeeper({
    itemId: item.id,
    userId,
    enabled: mayEdit,
    draftVersion: start.draftVersion,
    restored: start.restoredFrom !== undefined,
    read,
    isSaved,
  });
  const onChange = useCallback(() => keeper.current?.touch(), [keeper]);
  const setTitle = (typed: string) => {
    words.setTitle(typed);
    onChange();
  };
  const saving = useSaving({
    id: item.id,
    onSaved({ version, from }) {
      const typed = read();
      setBase(version);
      const title = typed.title === from.title ? version.title : typed.title;
      // What was typed while it was saved stays, and what came in from others is brought in.
      const body = typed.body === from.body ? version.body : mergeText(from.body, version.body, typed.body).text;
      if (title !== typed.title || body !== typed.body) show({ title, body });
      keeper.current?.ended();
      const { versionNumber } = version;
      notices.show({ message: t(version.merged ? "versionMerged" : "versionSaved", { versionNumber }) });
    },
  });
  useEffect(() => {
    // Nobody writes here, and there is a newer version: it is shown.
    if (current.versionNumber <= base.versionNumber || !isSaved(read())) return;
    setBase(current);
    show(current);
  }, [current, base, isSaved, read, setBase, show]);
  const changeMode = (next: Mode) => {
    words.setOpened(read().body);
    setMode(next);
  };
  const discard = () => {
    setBase(current);
    show(current);
    void keeper.current?.push();
    notices.show({ message: t("restored.thrown", { versionNumber: current.versionNumber }) });
  };
  const take = (other: Words) => {
    setBase(other.baseVersion === current.versionNumber ? current : { versionNumber: other.baseVersion });
    show(other);
    onChange();
  };
  /** Another text in the place of this one, as if it were typed. */
  const put = (body: string) => {
    show({ title: read().title, body });
    onChange();
  };
  return {
    ...words,
    setTitle,
    put,
    mode,
    changeMode,
    state,
    keeper,
    current,
    onChange,
    saving,
    save: async () => {
      await keeper.current?.rest();
      await saving.save(read());
    },
    saveSettled: (settled: Words) => saving.save(settled, read()),
    discard,
    take,
  };
}

const versionOf = ({ title, currentVersion: { versionNumber, body } }: ContentItemWithBody): Base => ({
  versionNumber,
  title,
  body,
});

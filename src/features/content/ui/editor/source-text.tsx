import { ActionIcon, Stack, Textarea, Tooltip } from "@mantine/core";
import { IconWand } from "@tabler/icons-react";
import { type RefObject, useImperativeHandle, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import { countWords } from "../markdown/words";
import classes from "../writing/writing.module.css";
import type { Marked, TextHandle } from "./rich-text";

type Props = {
  text: string;
  editable: boolean;
  handle: RefObject<TextHandle | null>;
  onChange: () => void;
  marked: readonly Marked[];
  onRewrite?: (() => void) | undefined;
};

/** The Markdown itself. */
export function SourceText({ text, editable, handle, onChange, marked, onRewrite }: Props) {
  const t = useTranslations("editor");
  const [source, setSource] = useState(text);
  const latest = useRef(text);
  const area = useRef<HTMLTextAreaElement>(null);
  const set = (next: string) => {
    latest.current = next;
    setSource(next);
  };
  const select = (start: number, end: number) => {
    area.current?.focus();
    area.current?.setSelectionRange(start, end);
  };
  useImperativeHandle(handle, () => ({
    read: () => latest.current,
    replace: set,
    focus: () => area.current?.focus(),
    words: () => countWords(latest.current),
    passage() {
      const { selectionStart: start, selectionEnd: end } = area.current!;
      return start < end ? { start, end, quote: latest.current.slice(start, end) } : undefined;
    },
    show({ start, end }) {
      select(start, end);
      return end <= latest.current.length;
    },
    reveal(threadId) {
      const passage = marked.find(({ id }) => id === threadId);
      if (passage) select(passage.start, passage.end);
    },
  }));
  return (
    <Stack gap={4}>
      {editable && onRewrite && (
        <Tooltip label={t("does.rewrite")} openDelay={400} position="right">
          <ActionIcon
            variant="subtle"
            color="gray"
            size="lg"
            aria-label={t("does.rewrite")}
            // The selection stays where it is.
            onMouseDown={(event) => event.preventDefault()}
            onClick={onRewrite}
          >
            <IconWand size={18} stroke={1.6} />
          </ActionIcon>
        </Tooltip>
      )}
      <Textarea
        ref={area}
        aria-label={`${t("text")}, Markdown`}
        value={source}
        readOnly={!editable}
        autosize
        minRows={16}
        spellCheck
        classNames={{ input: classes.source }}
        onChange={(event) => {
          set(event.currentTarget.value);
          onChange();
        }}
      />
    </Stack>
  );
}
